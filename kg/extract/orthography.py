"""Names by the way that English writes them: a title fills its quotation marks, an acronym is made of initials, and a
country is known.

What the model reads in part or overlooks, and a reader who has never met the name takes for one all the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec.structs import replace
from spacy.lang.en.stop_words import STOP_WORDS

from kg.countries import countries
from kg.extract.designations import REGISTRATION
from kg.extract.forenames import gender_of
from kg.extract.tagger import Name
from kg.names import initials

_TITLE = re.compile(r"“([^“”\n]{3,80})”|\"([^\"\n]{3,80})\"")
_OWNER = re.compile(r" \w")
# Beside what the model itself must not call a name (`pipeline.joined`), which training reads as well.
_NO_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March July September October November "
    "December Easter Christmas Ramadan Passover Thanksgiving Halloween Lent Internet Covid "
    "The A An This That These Those He She They His Her Its Their".split()
)
_DANGLING = re.compile(r"(?:\s+(?:of|and|the|at|for|by|with|from|or))+$")
_SAINTS = ("St", "Saint")  # St. John's is a town
_SMALL = frozenset("a an and as at by for from in into of on or the to with".split())
_CAPITALISED = re.compile(r"\b[A-Z]\w* \Z")
_CONTEXT = 30  # characters before a country that are looked at
_NEXT = re.compile(r" ([a-z]+)")
_REGISTRATION = re.compile(rf" (?=(?:{REGISTRATION})$)")
_SURE = 0.9
_LEAST = 3  # letters of an acronym that is told by its letters alone


def as_written(text: str, names: Iterable[Name]) -> list[Name]:
    """Return the names with titles in their whole length, and beside them acronyms of names and countries, in order."""
    read = (part for name in names for part in _registered(text, _trimmed(text, _whole(text, name))))
    found = [name for name in read if not _is_word(text[name.start : name.end])]
    long = {letters: name for name in found if len(letters := _letters(text[name.start : name.end], name)) >= _LEAST}
    if long:
        acronyms = rf"\b(?:{'|'.join(map(re.escape, sorted(long)))})\b(?![-’'.]\w)"
        found += _beside(
            found, (replace(long[m[0]], start=m.start(), end=m.end()) for m in re.finditer(acronyms, text))
        )
    found += _beside(found, _countries(text))
    return sorted(found, key=lambda name: name.start)


def _is_word(words: str) -> bool:
    return words in _NO_NAMES or (words.islower() and words in STOP_WORDS)


def _beside(found: list[Name], others: Iterable[Name]) -> list[Name]:
    """Return those of the others, in the order of the text, that overlap none of the found, which do not overlap."""
    taken = sorted((name.start, name.end) for name in found)
    free = []
    for one in others:
        before = bisect_left(taken, (one.end, 0))
        if not before or taken[before - 1][1] <= one.start:
            free.append(one)
    return free


def _countries(text: str) -> Iterator[Name]:
    for match in _country_names().finditer(text):
        after = text.find("\n", match.end())
        line = text[text.rfind("\n", 0, match.start()) + 1 : after if after >= 0 else len(text)]
        within = _CAPITALISED.search(text, max(0, match.start() - _CONTEXT), match.start())  # "Air France"
        if not line.isupper() and within is None and not (match[0].isupper() and _modifies(text, match.end())):
            yield Name(*match.span(), "Place", _SURE)


def _modifies(text: str, end: int) -> bool:
    # "the US actor": an abbreviation before a noun does the work of an adjective, which names no place.
    after = _NEXT.match(text, end)
    return after is not None and after[1] not in STOP_WORDS


@cache
def _country_names() -> re.Pattern[str]:
    """Return what finds the names of countries that are no other's, away from words that they may be one name with."""
    names = {name for one in countries() if not one.shared for name in (one.name, *one.aliases)}
    alone = sorted((name for name in names if gender_of(f"{name} X") is None), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w&-])(?=[A-Z])(?:{'|'.join(map(re.escape, alone))})(?![\w&-]|\.\w| [A-Z])")


def _trimmed(text: str, name: Name) -> Name:
    # "Valletta's Grand Harbour", "Bengaluru–Howrah Express", "Patria of": what joins it to the next word is not in it.
    words = text[name.start : name.end]
    owns = name.type in ("Person", "Place") and _OWNER.match(text, name.end) and not words.startswith(_SAINTS)
    bare = words.removesuffix("'s").removesuffix("’s") if owns else words
    bare = _DANGLING.sub("", bare.rstrip("-–— !." if name.type == "Vehicle" else "-–— !"))
    return replace(name, end=name.start + len(bare)) if bare else name


def _registered(text: str, name: Name) -> Iterator[Name]:
    # "Airbus A350 JA13XJ" is a model and a craft.
    mark = _REGISTRATION.search(text[name.start : name.end]) if name.type == "Vehicle" else None
    if mark is None:
        yield name
    else:
        yield replace(name, end=name.start + mark.start())
        yield replace(name, start=name.start + mark.end())


def _letters(words: str, name: Name) -> str:
    return initials(words).upper() if " " in words and name.type not in ("Person", "Work") else ""


def _whole(text: str, name: Name) -> Name:
    if name.type != "Work":
        return name
    for match in _TITLE.finditer(text, max(0, name.start - 82), name.end + 82):
        start, end = match.span(1) if match[1] else match.span(2)
        if start <= name.start and name.end <= end and _is_title(text[start:end]):
            return replace(name, start=start, end=end)
    return name


def _is_title(words: str) -> bool:
    inside = words.split()
    ends = inside[0][:1].isupper() and inside[-1][:1].isupper()
    return ends and all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in inside)
