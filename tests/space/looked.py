"""A space to look at: what `sample` says, resolved as a real one is, and hostile texts."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace
from sample import THINGS, Text, first, second

import kg
from kg.model import Document, Extraction
from kg.space import Space

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "nul\x00inside",
    "\u202eright to left\u202c",
    "👩‍🚀 emoji 🇺🇦",
    "e\u0301 combining, \ufeff and \u2028 lines",
)


def sources(texts: Iterable[Text], things: dict[str, tuple[str, str | None]] = THINGS) -> list[Document | Extraction]:
    """Return the texts as documents with extractions, each name of them a chain of its own."""
    found: list[Document | Extraction] = []
    for text in texts:
        names = list(dict.fromkeys(mention.text for mention in text.mentions))
        mentions = tuple(
            replace(one, type=things[one.text][0], subtype=things[one.text][1], cluster=names.index(one.text))
            for one in text.mentions
        )
        document = text.document()
        found += [document, replace(text.extraction(), content=document.content, mentions=mentions)]
    return found


def made(path: Path, *texts: Text, things: dict[str, tuple[str, str | None]] = THINGS) -> Path:
    """Make a space of these texts, of `sample` where there are none."""
    with Space.create(path) as space:
        kg.add(sources(texts or (first(), second()), things), space)
    return path
