"""Names by the way that English writes them: a title fills its quotation marks, an acronym is made of initials.

What the model reads in part or overlooks, and a reader who has never met the name takes for one all the same.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from kg.extract.tagger import Name
from kg.names import initials

_TITLE = re.compile(r"“([^“”\n]{3,80})”|\"([^\"\n]{3,80})\"")
_OWNER = re.compile(r" \w")
_SAINTS = ("St", "Saint")  # St. John's is a town
_SMALL = frozenset("a an and as at by for from in into of on or the to with".split())
_LEAST = 3  # letters of an acronym that is told by its letters alone


def as_written(text: str, names: Iterable[Name]) -> list[Name]:
    """Return the names with titles in their whole length, and the acronyms of names of several words, in order."""
    found = [_trimmed(text, _whole(text, name)) for name in names]
    long = {letters: name for name in found if len(letters := _letters(text[name.start : name.end], name)) >= _LEAST}
    if long:
        found += [
            Name(*match.span(), long[match[0]].type, long[match[0]].score)
            for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(long)))})\b(?![-’'.]\w)", text)
            if not any(name.start < match.end() and match.start() < name.end for name in found)
        ]
    return sorted(found, key=lambda name: name.start)


def _trimmed(text: str, name: Name) -> Name:
    # "Valletta's Grand Harbour", "Bengaluru–Howrah Express": what joins it to the next word is no part of it.
    words = text[name.start : name.end]
    owns = name.type in ("Person", "Place") and _OWNER.match(text, name.end) and not words.startswith(_SAINTS)
    bare = (words.removesuffix("'s").removesuffix("’s") if owns else words).rstrip("-–— ")
    return replace(name, end=name.start + len(bare)) if bare else name


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
