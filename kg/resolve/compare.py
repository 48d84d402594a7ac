"""What speaks for and against two profiles being one thing, beside their names: small comparisons with names.

Each takes two profiles, depends on these alone, and returns how far it holds, from 0 to 1.

The encoder's vector of a mention in its context is none of them. It would have to be kept for each mention, some 1.5 kB
that the records have no field for, and what it tells of a name is the sentence that the name stands in, which the names
beside it, offices, places and ties tell in words that a person who judges can read.
"""

from collections.abc import Callable, Iterable

from kg.names import SMALL_WORDS
from kg.resolve.evidence import TIE
from kg.resolve.profile import Profile

Comparison = Callable[[Profile, Profile], float]

_SEVERAL = 4  # so many shared names are as good as more


def shares_names(left: Profile, right: Profile) -> float:
    """The same names stand beside them: one is little, several are much."""
    return min(len(left.near & right.near), _SEVERAL) / _SEVERAL


def shares_no_name(left: Profile, right: Profile) -> float:
    """Several names stand beside each, and none is the same."""
    return float(min(len(left.near), len(right.near)) >= _SEVERAL and not left.near & right.near)


def shares_ties(left: Profile, right: Profile) -> float:
    """A text relates each to the same third thing, or one to it, where the other stands beside it."""
    ours, theirs = _told(left, TIE), _told(right, TIE)
    if ours & theirs:
        return 1.0
    return 0.5 if ours & right.near or theirs & left.near else 0.0


def shares_position(left: Profile, right: Profile) -> float:
    """They hold the same office or have the same occupation, at least in a word of it."""
    return float(bool(_words(_told(left, "position")) & _words(_told(right, "position"))))


def other_position(left: Profile, right: Profile) -> float:
    """Each has an office or occupation, and no word of these is the same."""
    ours, theirs = _words(_told(left, "position")), _words(_told(right, "position"))
    return float(bool(ours and theirs) and not ours & theirs)


def shares_place(left: Profile, right: Profile) -> float:
    """They were born, live, or lie in the same place."""
    return float(bool(_told(left, "place") & _told(right, "place")))


def other_place(left: Profile, right: Profile) -> float:
    """Each is in some place, and none is the same."""
    ours, theirs = _told(left, "place"), _told(right, "place")
    return float(bool(ours and theirs) and not ours & theirs)


def same_mark(left: Profile, right: Profile) -> float:
    """Both have the same birth date, or hull or tail number."""
    return float(bool(left.mark) and bool(right.mark) and _one_holds_the_other(left.mark, right.mark))


def other_date(left: Profile, right: Profile) -> float:
    """They died, or were founded, on different dates."""
    return float(any(_dates_differ(_told(left, kind), _told(right, kind)) for kind in ("died", "founded")))


def one_word(left: Profile, right: Profile) -> float:
    """A name of theirs is a single word."""
    return float(" " not in left.name or " " not in right.name)


def other_type(left: Profile, right: Profile) -> float:
    """They are held for things of different types."""
    return float(left.type != right.type)


def other_subtype(left: Profile, right: Profile) -> float:
    """They are known to be things of different subtypes."""
    return float(
        left.type == right.type and None not in (left.subtype, right.subtype) and left.subtype != right.subtype
    )


def unknown_subtype(left: Profile, right: Profile) -> float:
    """Of one the subtype is known, of the other it is not."""
    return float(left.type == right.type and (left.subtype is None) != (right.subtype is None))


COMPARISONS: tuple[Comparison, ...] = (
    shares_names,
    shares_no_name,
    shares_ties,
    shares_position,
    other_position,
    shares_place,
    other_place,
    same_mark,
    other_date,
    one_word,
    other_type,
    other_subtype,
    unknown_subtype,
)


def _told(profile: Profile, kind: str) -> frozenset[str]:
    return profile.facts.get(kind, frozenset())


def _words(positions: Iterable[str]) -> set[str]:
    return {word for position in positions for word in position.split() if word not in SMALL_WORDS}


def _one_holds_the_other(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _dates_differ(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    known, said = list(ours), list(theirs)
    return bool(known and said) and not any(_one_holds_the_other(one, other) for one in known for other in said)
