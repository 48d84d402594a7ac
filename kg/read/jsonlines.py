"""JSON Lines, one document on each, and JSON files that hold one document or a list of them.

A document is an object with `text`, and where it has them `id`, `title`, `date` (or `published`) and `source` (or
`url`). What else there is in it is not read. Lines of `kg export` name their kind in `record`: documents and what was
extracted from them come as they were, the others follow from these and are passed over.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import msgspec

from kg.model import Document, Extraction, Rejected
from kg.read.plain import decoded, document
from kg.read.published import parse_date

KINDS = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}
RECORDS: dict[str, type[Document] | type[Extraction]] = {"document": Document, "extraction": Extraction}
DERIVED = ("entity", "mention", "statement")
NAMES = {"title": ("title",), "source": ("source", "url"), "published": ("published", "date")}


Item = Document | Extraction | Rejected


class _Wrong(ValueError):
    """A document that is not as it should be; the message says how."""


def read_jsonlines(stream: BinaryIO, source: str) -> Iterator[Item]:
    """Yield the document on each line that is not blank; a broken line is set aside and the rest goes on."""
    blank = True
    for number, line in enumerate(stream, 1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            blank = False
            yield from _read_line(line, source, number)
    if blank:
        yield Rejected(source=source, reason="the file is empty")


def read_json(stream: BinaryIO, source: str) -> Iterator[Item]:
    """Yield the document, or each of the list; a `.json` file that holds lines is read as JSON Lines."""
    text = decoded(stream.read(), source)
    if isinstance(text, Rejected):
        yield text
        return
    try:
        value = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) > 1 and lines[0][1].rstrip().endswith("}"):
            yield from (item for number, line in lines for item in _read_line(line.encode(), source, number))
        else:
            yield Rejected(source=source, reason=f"not JSON: {error}")
        return
    values = value if isinstance(value, list) else [value]
    if not values:
        yield Rejected(source=source, reason="an empty list; there is no document in it")
    for value in values:
        yield from _read_value(value, source, None)


def _read_line(line: bytes, source: str, number: int) -> Iterator[Item]:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as error:
        reason = f"not JSON: {error}; each line has to be one whole JSON object in UTF-8"
        yield Rejected(source=source, reason=reason, line=number)
    except RecursionError:
        yield Rejected(source=source, reason="JSON nested too deeply", line=number)
    else:
        yield from _read_value(value, source, number)


def _read_value(value: Any, source: str, line: int | None) -> Iterator[Item]:
    kind = value.get("record") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in RECORDS:
        yield _read_record(value, RECORDS[kind], source, line)
    elif kind not in DERIVED:
        yield _read_document(value, source, line)


def _read_record(value: Any, kind: type[Document] | type[Extraction], source: str, line: int | None) -> Item:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        return Rejected(source=source, reason=f"not a record of its kind, {value['record']}: {error}", line=line)


def _read_document(value: Any, source: str, line: int | None) -> Document | Rejected:
    try:
        if not isinstance(value, dict):
            raise _Wrong(f'not a document but {_kind(value)}; it has to be an object with a "text"')
        if value.get("text") is None:
            raise _Wrong('no "text"; a document needs one')
        text = _string(value, "text").replace("\r\n", "\n").replace("\r", "\n")
        options = {name: _string(value, *names) for name, names in NAMES.items()}
        day = _date(options.pop("published"))
        place = options.pop("source") or source
        read = document(text, place, title=options["title"], id=_id(value), published=day, line=line)
    except _Wrong as error:
        return Rejected(source=source, reason=str(error), line=line)
    return msgspec.structs.replace(read, source=source) if isinstance(read, Rejected) else read


def _id(value: dict[str, Any]) -> str:
    given = value.get("id")
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else _string(value, "id")


def _string(value: dict[str, Any], *names: str) -> str:
    """Return the first of these fields that is there, "" where none is."""
    for name in names:
        if value.get(name) is None:
            continue
        if not isinstance(value[name], str):
            raise _Wrong(f'"{name}" is {_kind(value[name])}; it has to be a string')
        if value[name]:
            return str(value[name])
    return ""


def _date(value: str) -> date | None:
    day = parse_date(value) if value.strip() else None
    if value.strip() and day is None:
        raise _Wrong(f"no date that can be read: {value!r:.60}; write it as 2021-10-04, or leave it out")
    return day


def _kind(value: Any) -> str:
    return KINDS.get(type(value), "a string")
