"""GUM's CoNLL-U files as texts with their coreference chains, which stand in the `Entity=` brackets of the last column.

`(3-person-giv:act-…` opens a mention of thing 3 and `3)` closes it; `(3-person-…)` does both on one word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kg.bench.files import Files
from kg.bench.words import Span
from kg.errors import InputError
from kg.model import Document

REMEDY = "give the folder or .zip of GUM's .conllu files, or a part of it, like gum.zip/dev"
Chains = Sequence[Sequence[Span]]

_BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")


class Annotated(Struct, frozen=True):
    """A document, its genre, and its chains, those of one mention among them."""

    document: Document
    genre: str
    chains: Chains


def read(path: str) -> list[Annotated]:
    """Return the documents of the development files where these are told apart, else of all files.

    Raises `InputError` where the path holds no CoNLL-U files, or files without `Entity=`.
    """
    files = Files(path)
    documents: list[Annotated] = []
    for name in files.matching("dev/*.conllu", "*-dev.conllu", "*.conllu", remedy=REMEDY):
        documents += parse(files.text(name).split("\n"), path=files.place(name))
    if not any(one.chains for one in documents):
        raise InputError(f"marks no entities in the last column; {REMEDY}", path=path)
    return documents


def parse(lines: Iterable[str], *, path: str = "") -> Iterator[Annotated]:
    """Yield the documents of a file; raise `InputError` at a line that is not CoNLL-U or closes what is not open."""
    text = _Text()
    for number, line in enumerate(lines, 1):
        key, _, value = line.lstrip("# ").partition(" = ")
        if line.startswith("#") and key in ("newdoc", "newdoc id"):
            if text.written:
                yield text.annotated()
            text = _Text(value.strip())
        elif line.startswith("# newpar"):
            text.gap = "\n\n" if text.written else ""
        elif line.strip() and not line.startswith("#"):
            columns = line.rstrip("\r").split("\t")
            if len(columns) != 10:
                raise InputError("is not a line of CoNLL-U, which has ten columns", path=path, line=number)
            if not text.add(columns[0], columns[1], columns[9].split("|")):
                raise InputError("closes an entity that was not opened", path=path, line=number)
    if text.written:
        yield text.annotated()


class _Text:
    """A document while it is read: what is written so far, and which mentions are open."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.written = ""
        self.gap = ""
        self._joined = (0, "")  # the last word of a written word that is split, and what follows it
        self._open: dict[str, list[int]] = {}
        self._chains: dict[str, list[Span]] = {}

    def annotated(self) -> Annotated:
        """Return the document as read."""
        genre = self.name.split("_")[1] if self.name.count("_") > 1 else ""
        return Annotated(Document(id=self.name, text=self.written), genre, list(self._chains.values()))

    def add(self, number: str, form: str, misc: Sequence[str]) -> bool:
        """Write a word and note the brackets at it; tell whether those fit."""
        first, _, last = number.partition("-")
        after = "" if "SpaceAfter=No" in misc else " "
        if last:
            self._joined = (int(last), after)
        if last or "." in first:  # "8.1" is a word that is not there
            return True
        start = len(self.written) + len(self.gap)
        self.written += self.gap + form
        end, follows = self._joined
        self.gap = after if int(first) > end else follows if int(first) == end else ""
        if int(first) >= end:
            self._joined = (0, "")
        return all(self._bracket(one, start) for item in misc if item.startswith("Entity=") for one in _brackets(item))

    def _bracket(self, bracket: str, start: int) -> bool:
        thing = bracket.strip("()").partition("-")[0]
        if bracket.startswith("("):
            self._open.setdefault(thing, []).append(start)
        if bracket.endswith(")"):
            if not self._open.get(thing):
                return False
            self._chains.setdefault(thing, []).append((self._open[thing].pop(), len(self.written)))
        return True


def _brackets(item: str) -> list[str]:
    return _BRACKET.findall(item.removeprefix("Entity="))
