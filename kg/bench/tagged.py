"""Sentences in files of words and tags, as CoNLL 2003 (`word … tag`) and Universal NER (`1 word tag …`) have them."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from kg.bench.files import Files
from kg.bench.words import Span, joined, placed
from kg.errors import InputError
from kg.model import Document

REMEDY = "give an .iob2 or .conll file, or a folder or .zip of them: a word and its tag on each line"
LABELS = Path(__file__).with_name("labels.toml")


class Name(Struct, frozen=True):
    """A name in a text, `text[start:end]`, and its type."""

    start: int
    end: int
    type: str


class Annotated(Struct, frozen=True):
    """A sentence with the names marked in it, of types of the vocabulary."""

    document: Document
    names: tuple[Name, ...]


def read(path: str) -> list[Annotated]:
    """Return the sentences of the test files where these are told apart, else of all files.

    Raises `InputError` where the path holds no such file, or one without a label that `labels.toml` knows.
    """
    files = Files(path)
    patterns = [f"{start}*.{suffix}" for start in ("*test", "") for suffix in ("iob2", "conll", "bio", "txt")]
    sentences: list[Annotated] = []
    for name in files.matching(*patterns, remedy=REMEDY):
        sentences += parse(files.text(name).split("\n"), path=files.place(name))
    if not any(one.names for one in sentences):
        raise InputError(f"has no tag that kg knows, like B-PER; {REMEDY}", path=path)
    return sentences


def parse(lines: Iterable[str], *, path: str = "") -> Iterator[Annotated]:
    """Yield the sentences of a file; raise `InputError` at a line that has no tag where one should be."""
    text, words, tags = "", list[str](), list[str]()
    for number, line in enumerate([*lines, ""], 1):
        if not line.strip() or line.startswith("-DOCSTART-"):
            if words:
                yield _annotated(words, tags, text, f"{path}:{number}")
            text, words, tags = "", [], []
        elif line.startswith("# ") and not words:
            text = line.removeprefix("# text = ").strip() if line.startswith("# text = ") else text
        else:
            word, tag = _cells(line)
            if tag != "O" and tag[1:2] != "-":
                raise InputError(f"{tag!r} is no tag like B-PER or O; {REMEDY}", path=path, line=number)
            words.append(word)
            tags.append(tag)


def _cells(line: str) -> tuple[str, str]:
    cells = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
    if len(cells) > 2 and cells[0].isdecimal() and (cells[2] == "O" or cells[2][1:2] == "-"):
        return cells[1], cells[2]  # numbered, as in .iob2
    return cells[0], cells[-1].strip()


def _annotated(words: Sequence[str], tags: Sequence[str], text: str, name: str) -> Annotated:
    places = placed(words, text)
    if places is None:
        text, places = joined(words)
    return Annotated(Document(id=name, text=text), tuple(_names(tags, places)))


def _names(tags: Sequence[str], places: Sequence[Span]) -> Iterator[Name]:
    for first, last, label in _stretches(tags):
        if kind := _types().get(label.lower()):
            yield Name(places[first][0], places[last][1], kind)


def _stretches(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first, last, label) as CoNLL's own scorer reads them: B begins one, and so does a change of label."""
    first = 0
    for index, tag in enumerate(tags):
        mark, _, label = tag.partition("-")
        before = tags[index - 1].partition("-")[2] if index else ""
        after = tags[index + 1] if index + 1 < len(tags) else "O"
        if label and (mark in "BS" or label != before):
            first = index
        if label and (after[:1] in "BS" or after.partition("-")[2] != label):
            yield first, index, label


@cache
def _types() -> dict[str, str]:
    types: dict[str, str] = tomllib.loads(LABELS.read_text(encoding="utf-8"))["mentions"]
    return types
