"""Plain text. It is never touched but for its line ends: what is found in it is found by offset."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import BinaryIO

from kg.model import Document, Rejected, content_hash
from kg.read.decode import Undecodable, decode
from kg.read.language import language_of
from kg.read.published import dateline

LONGEST_TITLE = 120


def read_plain(stream: BinaryIO, source: str) -> Iterator[Document | Rejected]:
    """Yield the one document that a text file is."""
    text = decoded(stream.read(), source)
    yield text if isinstance(text, Rejected) else plain_document(text, source)


def plain_document(text: str, source: str) -> Document | Rejected:
    """Return the text as a document, titled by its headline or else by the name of its file."""
    return document(text, source, title=headline(text) or readable(source))


def decoded(data: bytes, source: str, *, declared: str | None = None) -> str | Rejected:
    """Return the bytes as text, or why they are none."""
    if not data:
        return Rejected(source=source, reason="the file is empty")
    try:
        return decode(data, declared=declared)
    except Undecodable as error:
        return Rejected(source=source, reason=str(error))


def document(
    text: str, source: str, *, title: str = "", id: str = "", published: date | None = None, line: int | None = None
) -> Document | Rejected:
    """Return the document, its language and, where not given, its id and date told from the text."""
    if not text.strip():
        return Rejected(source=source, reason="nothing but white space; there is no text to read", line=line)
    if any("\ud800" <= character <= "\udfff" for character in set(text)):
        return Rejected(source=source, reason="half a surrogate pair: not Unicode text; save it as UTF-8", line=line)
    return Document(
        id=id or content_hash(text),
        text=text,
        title=" ".join(title.split()),
        source=source,
        published=published or dateline(text),
        language=language_of(text),
    )


def headline(text: str) -> str:
    """Return the first line where it looks like a title: short, no sentence, and set off by a blank line."""
    first, _, rest = text.lstrip().partition("\n")
    line, _, body = rest.partition("\n")
    title = first.strip()
    fits = len(title) <= LONGEST_TITLE and not title.endswith((".", "!", ":", ",", ";")) and not dateline(title)
    return title if fits and not line.strip() and body.strip() else ""


def readable(source: str) -> str:
    """Return a file's name as words: "film-crew_flies.txt" is "Film crew flies"."""
    name = PurePath(source).stem if source != "-" else ""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]
