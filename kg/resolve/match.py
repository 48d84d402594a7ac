"""The one matcher: the probability that two profiles are one thing, from named comparisons with learnt weights.

`weights.toml` holds the weights, which `python -m kg.train resolution` fits. What cannot be is no matter of weights.
"""

import tomllib
from functools import cache
from importlib.resources import files
from math import exp

from kg.names import GENERATIONS, numbers
from kg.resolve.compare import COMPARISONS
from kg.resolve.evidence import marks_exclude
from kg.resolve.likeness import NOT_ALIKE, Alike, Likeness, likeness
from kg.resolve.profile import Profile

SAME = 0.5
"""From this probability on two profiles match."""

# A vehicle or a company can rightly be called by both of these; all other subtypes of one type exclude each other.
_OVERLAP = ({"Company", "NewsMedia"}, {"Ship", "Submarine"}, {"Aircraft", "Drone"}, {"Car", "Truck"})
_NEEDS_SUPPORT = {Likeness.SHORT_BARE, Likeness.SHORT_INITIALS, Likeness.SHORT_ACRONYM}


def alike(left: Profile, right: Profile) -> Alike:
    """Return how alike the names of two profiles are; of things of different types only the same name is."""
    if left.type == right.type:
        return likeness(left.type, left.name, right.name)
    return Alike(Likeness.SAME_NAME) if left.name == right.name else NOT_ALIKE


def score(left: Profile, right: Profile) -> float:
    """Return the probability that the two are one thing; it depends on them alone, and is 0 where they cannot be."""
    found = comparisons(left, right)
    if found is None:
        return 0.0
    table = weights()
    return 1 / (1 + exp(-table["bias"] - sum(table[name] * value for name, value in found.items())))


def comparisons(left: Profile, right: Profile) -> dict[str, float] | None:
    """Return each comparison that holds, and how far; None where the two cannot be one thing."""
    kind = alike(left, right).kind
    if kind is Likeness.NONE or exclude(left, right):
        return None
    found = {compare.__name__: value for compare in COMPARISONS if (value := compare(left, right))}
    if (kind in _NEEDS_SUPPORT or not (left.is_open and right.is_open)) and not supported(kind, left, right):
        return None
    return {kind.value: 1.0, **found}


def supported(kind: Likeness, left: Profile, right: Profile) -> bool:
    """Tell whether something beside a short form of a name speaks for the two; for a bare name, what a text relates."""
    if kind is Likeness.SHORT_BARE:
        return bool(left.related & right.related)
    return kind in _NEEDS_SUPPORT and bool(left.support & right.support)


def exclude(left: Profile, right: Profile) -> bool:
    """Tell whether nothing can be both: by subtype, number, birth date, hull number, or generation."""
    if marks_exclude(left.mark, right.mark):
        return True
    if left.type != right.type:
        return bool(left.country or right.country)
    if subtypes_exclude(left.subtype, right.subtype):
        return True
    if left.type == "Person":
        ours, theirs = ({*profile.name.split()} & GENERATIONS for profile in (left, right))
        return bool(ours and theirs and ours != theirs)
    (stem, count), (other_stem, other_count) = numbers(left.name), numbers(right.name)
    return stem == other_stem and count != other_count


def subtypes_exclude(one: str | None, other: str | None) -> bool:
    """Tell whether nothing can be both; an unknown subtype excludes none."""
    return None not in (one, other) and one != other and {one, other} not in _OVERLAP


@cache
def weights() -> dict[str, float]:
    """Return the weight of each comparison and of each likeness, and the bias."""
    table = tomllib.loads((files("kg.resolve") / "weights.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}
