"""Things to the entries of a user's own list: by names, as resolution compares them, types and birth dates."""

from collections.abc import Iterator

from kg.names import initials
from kg.resolve.block import keys
from kg.resolve.evidence import marks_exclude
from kg.resolve.link.entries import Catalogue, Entry, name_key
from kg.resolve.link.thing import Link, Thing
from kg.resolve.match import alike, exclude, score, subtypes_exclude
from kg.resolve.profile import Profile

SURE = 0.6  # of names that are not the same, with nothing beside them that could speak for it
CLEAR = 4.0  # so many times better odds than for the next make an entry the one that is meant
_LETTERS = 6  # a name no longer than this may be an acronym


class Listed:
    """Links by a catalogue of entries."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __call__(self, thing: Thing, /) -> Link | None:
        """Return the id of the entry that the thing is; None where several are like it, or what is told contradicts."""
        profiles = _telling(thing)
        if not profiles:
            return None
        wanted = {key for one in profiles for key in (*keys(one), *(f"=|{name_key(name)}" for name in _names(one)))}
        found: dict[Entry, float] = {}
        for entry in self.catalogue.find(sorted(wanted)):
            if _fits(thing, entry):
                found[entry] = max(_likeness(profile, entry) for profile in profiles)
        meant = _clear(thing, {entry: value for entry, value in found.items() if value >= SURE})
        return None if meant is None else Link(same_as=(meant.id,))


def _telling(thing: Thing) -> list[Profile]:
    """Return the profiles whose names tell who it is: no surname, no acronym beside a name that it may not be of."""
    parts = [one for one in thing.profiles if one.part]
    known = [one for one in thing.profiles if one.is_open and (not parts or one.mark)]
    full = [one for one in known if len(one.name) > _LETTERS or " " in one.name]
    acronyms = {initials(one.name) for one in full}
    return [one for one in known if one in full or one.name in acronyms] or known


def _names(profile: Profile) -> Iterator[str]:
    """Yield the full names of a profile; acronyms are many things'."""
    yield profile.name
    yield from sorted(profile.aliases.keys() - profile.acronyms)


def _fits(thing: Thing, entry: Entry) -> bool:
    """Tell whether nothing speaks against it: type, subtype, birth date; of one that was split, its date must speak."""
    if entry.type != thing.type or subtypes_exclude(thing.subtype, entry.subtype):
        return False
    marks = [one.mark for one in thing.profiles if one.mark.startswith("born ")]
    if entry.born and any(marks_exclude(mark, f"born {entry.born}") for mark in marks):
        return False
    return bool(entry.born and marks) or not any(one.part for one in thing.profiles)


def _likeness(profile: Profile, entry: Entry) -> float:
    """Return how surely the profile is the entry by its names: 1 for the same name."""
    best = 0.0
    for other in entry.profiles():
        if other.name in _names(profile) and not exclude(profile, other):
            return 1.0
        if alike(profile, other).short is None:
            best = max(best, min(score(profile, other), 0.99))
    return best


def _clear(thing: Thing, found: dict[Entry, float]) -> Entry | None:
    """Return the one entry that is meant, None where that is not clear."""
    for sharper in (_same_birth, _same_subtype):
        found = {entry: value for entry, value in found.items() if sharper(thing, entry)} or found
    ids = {entry.id for entry, value in found.items() if value == 1.0}
    if ids:
        return next(entry for entry in found if found[entry] == 1.0) if len(ids) == 1 else None
    ranked = sorted(found, key=lambda entry: (-found[entry], entry.id))
    if len(ranked) > 1 and _odds(found[ranked[0]]) < CLEAR * _odds(found[ranked[1]]):
        return None
    return ranked[0] if ranked else None


def _same_birth(thing: Thing, entry: Entry) -> bool:
    return bool(entry.born) and any(one.mark.startswith("born ") for one in thing.profiles)


def _same_subtype(thing: Thing, entry: Entry) -> bool:
    return thing.subtype is not None and thing.subtype == entry.subtype


def _odds(probability: float) -> float:
    return probability / (1 - probability)
