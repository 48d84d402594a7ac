"""How two names may be names of one thing: the kinds of likeness, from equal to the short form of each other.

Names are in normal form (`kg.names.normal`). Of a short form, many things may be meant ("J. Smith", "AP", "Daring"):
so it tells which of the two it is, and clustering never lets it bridge two longer ones.
"""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from jellyfish import metaphone
from rapidfuzz.distance import JaroWinkler, Levenshtein

from kg.countries import country_of
from kg.names import COMMON_WORDS, GENERATIONS, SHIP_PREFIXES, SMALL_WORDS, fold, numbers


class Likeness(StrEnum):
    """How alike two names are; each name is a comparison's in `weights.toml`."""

    SAME_NAME = "same_name"
    SAME_SOUND = "same_sound"
    ONE_LETTER_APART = "one_letter_apart"
    SPACED_OTHERWISE = "spaced_otherwise"
    OTHER_ORDER = "other_order"
    NICKNAME = "nickname"
    SOUNDS_ALIKE = "sounds_alike"
    SHORT_INITIALS = "short_initials"
    SHORT_MIDDLE = "short_middle"
    SHORT_PREFIX = "short_prefix"
    SHORT_WORDS = "short_words"
    SHORT_ACRONYM = "short_acronym"
    SHORT_BARE = "short_bare"
    NONE = "none"


class Alike(NamedTuple):
    """A likeness, and which of the two names is a short form: 0 the left, 1 the right, None neither."""

    kind: Likeness
    short: int | None = None


NOT_ALIKE = Alike(Likeness.NONE)


@lru_cache(maxsize=1 << 18)
def likeness(type: str, one: str, other: str) -> Alike:
    """Return the strongest likeness of two names of things of that type."""
    if one == other:
        return Alike(Likeness.SAME_NAME)
    if numbers(one)[1] != numbers(other)[1]:
        return NOT_ALIKE
    return _as_wholes(type, one, other) or _as_short_forms(type, one, other) or NOT_ALIKE


def _as_wholes(type: str, one: str, other: str) -> Alike | None:
    if one.replace(" ", "") == other.replace(" ", "") and len(one) > 4:
        return Alike(Likeness.SPACED_OTHERWISE)
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return None
    if _same_sound(one, other):
        return Alike(Likeness.SAME_SOUND)
    if len(ours) > 1 and sorted(ours) == sorted(theirs):
        return Alike(Likeness.OTHER_ORDER)
    if _one_letter_apart(type, one, other):
        return Alike(Likeness.ONE_LETTER_APART)
    if type == "Person" and len(ours) > 1:
        if fold(" ".join(ours[1:])) == fold(" ".join(theirs[1:])) and are_nicknames(ours[0], theirs[0]):
            return Alike(Likeness.NICKNAME)
        if ours[0][-1] == theirs[0][-1] and all(_sound_alike(a, b) for a, b in zip(ours, theirs, strict=True)):
            return Alike(Likeness.SOUNDS_ALIKE)
    return None


def _as_short_forms(type: str, one: str, other: str) -> Alike | None:
    short = int(len(other) < len(one))
    brief, full = (other, one) if short else (one, other)
    kind = _short_person(brief.split(), full.split()) if type == "Person" else _short_thing(type, brief, full)
    return Alike(kind, short) if kind else None


def _short_person(brief: list[str], full: list[str]) -> Likeness | None:
    if len(brief) == 1:
        return Likeness.SHORT_BARE if len(full) > 1 and brief[0] in (full[0], full[-1], surname(full)) else None
    ours, theirs = surname(brief), surname(full)
    generations = {*brief} & GENERATIONS, {*full} & GENERATIONS
    if fold(ours) != fold(theirs) or (all(generations) and generations[0] != generations[1]):
        return None
    given, long = brief[: brief.index(ours)], full[: full.index(theirs)]
    if not given or not long:
        return None
    letters = "".join(word[0] for word in long)
    if len(given[0]) < 3 and given[0] != long[0] and letters.startswith("".join(given)):
        return Likeness.SHORT_INITIALS
    if given[0] == long[0] or are_nicknames(given[0], long[0]):
        return Likeness.SHORT_MIDDLE if _within(given[1:], long[1:]) else None
    return None


def _within(some: list[str], all: list[str]) -> bool:
    """Tell whether the middle names are among the others, or their initials."""
    initials = "".join(word if len(word) < 3 else word[0] for word in all)
    return not some or "".join(word if len(word) < 3 else word[0] for word in some) == initials


def _short_thing(type: str, brief: str, full: str) -> Likeness | None:
    words, longer = brief.split(), full.split()
    if type == "Vehicle" and longer[0] in SHIP_PREFIXES and longer[1:] == words:
        return Likeness.SHORT_PREFIX
    if len(words) == 1 and len(brief) < 8 and brief in acronyms(full):
        return Likeness.SHORT_ACRONYM
    if type == "Organisation" and brief == core_words(full):
        return Likeness.SHORT_WORDS
    return None


def surname(words: Sequence[str]) -> str:
    """Return the word of a person's name that is the surname: the last, but for a generation."""
    kept = [word for word in words if word not in GENERATIONS]
    return kept[-1] if kept else words[-1]


def is_initials(name: str) -> bool:
    """Tell whether a person's first names are only initials: "j smith", "jk rowling"."""
    words = name.split()
    return len(words) > 1 and len(words[0]) < 3


@lru_cache(maxsize=1 << 16)
def core_words(name: str) -> str:
    """Return the name without the last words that it goes on without ("aeroflot airlines"), all of it but these."""
    words = name.split()
    while len(words) > 1 and (words[-1] in COMMON_WORDS or words[-1] in SMALL_WORDS):
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms that a name of several words makes, with and without its small words."""
    words = name.split()
    if len(words) < 2:
        return frozenset()
    kept = [word for word in words if word not in SMALL_WORDS]
    made = {"".join(word[0] for word in each) for each in (words, kept)}
    return frozenset(one for one in made if len(one) > 1)


def are_nicknames(one: str, other: str) -> bool:
    """Tell whether one first name is the other's short form, or both are of a third."""
    return bool(_formal(one) & _formal(other))


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("kg.resolve") / "nicknames.toml").read_text(encoding="utf-8"))["short"]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, short in table.items():
        for each in (name, *short.split()):
            found[each].add(name)
    return {each: frozenset(names) for each, names in found.items()}


def _formal(name: str) -> frozenset[str]:
    return _nicknames().get(name, frozenset())


def formal_names(name: str) -> frozenset[str]:
    """Return the first names that it may be the short form of, itself among them: for keys."""
    return _formal(name) or frozenset((name,))


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """Return the phonetic key of a word, the word itself where it has none."""
    return metaphone(word) or word if len(word) > 2 and word.isascii() else word


def _same_sound(one: str, other: str) -> bool:
    """They are romanisations of one name, long enough that this is no chance."""
    return (min(len(one), len(other)) >= 7 or " " in one) and fold(one) == fold(other)


def _sound_alike(one: str, other: str) -> bool:
    if one == other or fold(one) == fold(other):
        return True
    return sound(one) == sound(other) and JaroWinkler.similarity(one, other) >= 0.8


def _one_letter_apart(type: str, one: str, other: str) -> bool:
    """All words are equal but one long word, in which there is a slip of the pen; of persons only in the surname."""
    if " " not in one:
        return False
    words = list(zip(fold(one).split(), fold(other).split(), strict=True))
    apart = [at for at, (ours, theirs) in enumerate(words) if ours != theirs]
    if len(apart) != 1 or (type == "Person" and apart[0] != len(words) - 1):
        return False
    written = one.split()[apart[0]], other.split()[apart[0]]
    return _slip(*written) and Levenshtein.normalized_similarity(one, other) >= 0.93


def _slip(one: str, other: str) -> bool:
    alike = one[0] == other[0] and min(len(one), len(other)) > 4
    if not alike or Levenshtein.normalized_similarity(one, other) < 0.85:
        return False
    return not (country_of(one.title()) or country_of(other.title()))  # Ireland is no slip for Iceland
