"""From sources to documents: files, directories, globs, standard input and texts, each kind read by a reader.

A reader is a callable `(stream, source) -> Iterator[Document | Rejected]`, found by the suffix of the file; other
packages add theirs as entry points of the group `kg.readers`, named after the suffix (".pdf").
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

from kg.errors import InputError
from kg.model import Document, Extraction, Rejected
from kg.plugins import Registry
from kg.read import files

__all__ = ["READERS", "Item", "Reader", "read"]

Item: TypeAlias = Document | Extraction | Rejected
Source: TypeAlias = str | Path | Document | Extraction
STDIN = "-"
LONGEST_PATH = 4096


class Reader(Protocol):
    """What reads one kind of file; `source` is what documents name as their source."""

    def __call__(self, stream: BinaryIO, source: str, /) -> Iterator[Item]:
        """Yield the documents in the stream, and a `Rejected` for each that cannot be read."""


READERS = Registry(
    "reader",
    group="kg.readers",
    builtin={
        **dict.fromkeys((".txt", ".text"), "kg.read.plain:read_plain"),
        **dict.fromkeys((".md", ".markdown"), "kg.read.markdown:read_markdown"),
        **dict.fromkeys((".html", ".htm", ".xhtml"), "kg.read.html:read_html"),
        **dict.fromkeys((".jsonl", ".ndjson"), "kg.read.jsonlines:read_jsonlines"),
        ".json": "kg.read.jsonlines:read_json",
    },
)


def read(sources: Source | Iterable[Source], *, text_ok: bool = False) -> Iterator[Item]:
    """Yield a document for each text in the sources, and a `Rejected` for each that cannot be read.

    Records that were made elsewhere, as `kg export -o x.jsonl` writes them, come as documents and their extractions.

    A source is a file, a directory (all files below it that are not hidden, sorted), a glob, "-" for standard input,
    or a `Document` or an `Extraction`, handed on as it is. With `text_ok` a string that is no path may be a text. Of a
    list, a path that does not exist is a `Rejected` like any other that cannot be read; where none of them exists, and
    wherever else one does not, it raises `InputError`.
    """
    if isinstance(sources, str | Path | Document | Extraction):
        sources = [sources]
    if isinstance(sources, list | tuple):
        missing = [error for source in sources if (error := _missing(source, text_ok)) is not None]
        if len(missing) == len(sources) and missing:
            raise missing[0]
        there = [source for source in sources if _missing(source, text_ok) is None]
        rejected = (Rejected(source=error.path, reason=error.reason) for error in missing)
        return chain(rejected, chain.from_iterable(_read_source(source, text_ok) for source in there))
    return chain.from_iterable(_read_source(source, text_ok) for source in sources)


def _missing(source: Source, text_ok: bool) -> InputError | None:
    if not isinstance(source, str | Path | Document | Extraction):
        raise InputError(f"not a source: {source!r:.80}; give a path, a glob, '-' or a Document")
    if (
        isinstance(source, Document | Extraction)
        or source == STDIN
        or (text_ok and _is_text(source))
        or files.exists(source)
    ):
        return None
    return InputError("no such file or directory, and no file matches it as a pattern", path=str(source))


def _is_text(source: Source) -> bool:
    """Tell a text from a path: it is no file, and has white space that no file name ends on ("missing file.txt")."""
    if not isinstance(source, str):
        return False
    if "\n" in source or len(source) > LONGEST_PATH:
        return True
    spaced = any(map(str.isspace, source)) and Path(source).suffix.lower() not in READERS.names()
    return spaced and not files.exists(source)


def _read_source(source: Source, text_ok: bool) -> Iterator[Item]:
    if (error := _missing(source, text_ok)) is not None:
        raise error
    if isinstance(source, Document | Extraction):
        yield source
    elif source == STDIN:
        yield from _sniffed(sys.stdin.buffer, STDIN)
    elif text_ok and _is_text(source):
        yield from _text(str(source))
    else:
        for found in files.expand(source):
            yield from [found] if isinstance(found, Rejected) else _read_file(found)


def _text(text: str) -> Iterator[Item]:
    from kg.read.plain import plain_document

    yield plain_document(text, "")


def _read_file(path: Path) -> Iterator[Item]:
    try:
        with path.open("rb") as stream:
            suffix = path.suffix.lower()
            known = suffix in READERS.names()
            yield from READERS.get(suffix)(stream, str(path)) if known else _sniffed(stream, str(path))
    except OSError as error:
        yield Rejected(source=str(path), reason=f"cannot be read: {error.strerror or error}; check its permissions")


def _sniffed(stream: BinaryIO, source: str) -> Iterator[Item]:
    """Read what no suffix names: JSON Lines, HTML or text, by how it begins."""
    data = stream.read()
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        kind = ".html"
    elif start.startswith((b"{", b"[")) and b'"text"' in data:
        kind = ".jsonl" if start.split(b"\n")[0].rstrip().endswith(b"}") else ".json"
    else:
        kind = ".txt"
    return iter(READERS.get(kind)(BytesIO(data), source))
