"""The one matcher: how alike two profiles are, as a table of small comparisons with weights."""

from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from kg.countries import country_of
from kg.names import fold, numbers
from kg.resolve.profile import Profile

Comparison = Callable[[Profile, Profile], bool]

SAME = 0.7
"""From this score on two profiles are one entity."""

# A vehicle or a company can rightly be called by both of these; all other subtypes exclude each other.
_OVERLAP = ({"Company", "NewsMedia"}, {"Ship", "Submarine"}, {"Aircraft", "Drone"}, {"Car", "Truck"})


def same_name(left: Profile, right: Profile) -> bool:
    """Their names are equal in normal form."""
    return left.name == right.name


def same_sound(left: Profile, right: Profile) -> bool:
    """Their names are romanisations of one name, long enough that this is no chance."""
    long = min(len(left.name), len(right.name)) >= 7
    return (long or " " in left.name) and fold(left.name) == fold(right.name)


def one_letter_apart(left: Profile, right: Profile) -> bool:
    """All words are equal but one long word, in which there is a slip of the pen; of persons only in the surname."""
    if left.name.count(" ") != right.name.count(" ") or " " not in left.name:
        return False
    words = list(zip(fold(left.name).split(), fold(right.name).split(), strict=True))
    apart = [at for at, (one, other) in enumerate(words) if one != other]
    if len(apart) != 1 or (left.type == "Person" and apart[0] != len(words) - 1):
        return False
    written = left.name.split()[apart[0]], right.name.split()[apart[0]]
    return _slip(*written) and Levenshtein.normalized_similarity(left.name, right.name) >= 0.93


def _slip(one: str, other: str) -> bool:
    alike = one[0] == other[0] and min(len(one), len(other)) > 4
    if not alike or Levenshtein.normalized_similarity(one, other) < 0.85:
        return False
    return not (country_of(one.title()) or country_of(other.title()))  # Ireland is no slip for Iceland


def other_type(left: Profile, right: Profile) -> bool:
    """They are things of different types."""
    return left.type != right.type


def other_subtype(left: Profile, right: Profile) -> bool:
    """They are known to be things of different subtypes."""
    return subtypes_exclude(left.subtype, right.subtype)


def other_number(left: Profile, right: Profile) -> bool:
    """Their numbers differ: MS-18 is never MS-19."""
    return numbers(left.name)[1] != numbers(right.name)[1]


def unknown_subtype(left: Profile, right: Profile) -> bool:
    """Of one the subtype is known, of the other it is not."""
    return (left.subtype is None) != (right.subtype is None)


def only_here(left: Profile, right: Profile) -> bool:
    """One of them is a bare surname, or the like, which means nothing outside its document."""
    return not (left.is_open and right.is_open)


LIKENESS: tuple[tuple[Comparison, float], ...] = ((same_name, 1.0), (same_sound, 0.9), (one_letter_apart, 0.8))
OBJECTIONS: tuple[tuple[Comparison, float], ...] = (
    (only_here, 1.0),
    (other_type, 1.0),
    (other_subtype, 1.0),
    (other_number, 1.0),
    (unknown_subtype, 0.05),
)


def score(left: Profile, right: Profile) -> float:
    """Return the strongest likeness less all objections; from `SAME` on they are one entity."""
    likeness = next((weight for compare, weight in LIKENESS if compare(left, right)), 0.0)
    if not likeness:
        return 0.0
    return max(0.0, likeness - sum(weight for object_to, weight in OBJECTIONS if object_to(left, right)))


def subtypes_exclude(one: str | None, other: str | None) -> bool:
    """Tell whether nothing can be both; an unknown subtype excludes none."""
    return None not in (one, other) and one != other and {one, other} not in _OVERLAP
