"""A user's list as it is written: CSV, JSON Lines or Turtle. Whatever is wrong with it is named with file and line."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import InputError
from kg.resolve.link.entries import Entries, Entry
from kg.schema import Schema

Lists = str | Path | Iterable[str | Path | Entry]
Fields = Mapping[str, Any]
Row = tuple[int | None, Fields]
"""The number of a line, and what it says."""

_NEEDED = ("id", "name", "type")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_HEADER = "write id,name,aliases,type in its first line, with commas between"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_entries(lists: Lists, schema: Schema) -> Entries:
    """Return the entries of all lists together; raise `InputError` where one of them is not as it should be.

    A list is a file, whose suffix says how it is written, or an `Entry`. An id may stand in several files where each
    says the same of it.
    """
    known: dict[str, tuple[Entry, str]] = {}
    for one in [lists] if isinstance(lists, str | Path) else lists:
        rows = [(one, "", None)] if isinstance(one, Entry) else _file(Path(one), schema)
        for entry, path, line in rows:
            _check(entry, schema, InputErrors(path, line))
            before, place = known.setdefault(entry.id, (entry, _place(path, line)))
            if before is not entry and (before != entry or path == place.rpartition(":")[0]):
                reason = f"the id {entry.id!r} stands at {place} too; give each thing one id and one line"
                raise InputError(reason, path=path, line=line)
    return Entries(entry for entry, _ in known.values())


class InputErrors:
    """Makes errors of one line of a file."""

    def __init__(self, path: str, line: int | None) -> None:
        self.path, self.line = path, line

    def __call__(self, reason: str) -> InputError:
        """Return the error."""
        return InputError(reason, path=self.path, line=self.line)


def type_named(name: str, schema: Schema) -> str | None:
    """Return the type of that name or label, whatever its case, of that IRI, or of an IRI that ends so."""
    for type, kind in schema.types.items():
        local = re.split(r"[/#]", kind.iri)[-1]
        if name == kind.iri or name.casefold() in (type.casefold(), kind.label.casefold(), local.casefold()):
            return type
    return None


def _file(path: Path, schema: Schema) -> Iterator[tuple[Entry, str, int | None]]:
    """Yield the entries of a file with the place of each."""
    read = _KINDS.get(path.suffix.lower())
    if read is None:
        raise InputError(f"no list by its name; it has to end in {', '.join(_KINDS)}", path=str(path))
    empty = True
    for line, fields in read(_text(path), str(path)):
        empty = False
        yield _entry(fields, schema, InputErrors(str(path), line)), str(path), line
    if empty:
        raise InputError("there is no entry in it", path=str(path))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=str(path)) from error
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"not {encoding.upper()}; save the file as UTF-8", path=str(path), line=line) from error


def _csv(text: str, path: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing or len({*header}) < len(header):
            told = f"no column {', '.join(missing)}" if missing else "two columns of one name"
            raise InputError(f"{told}; {_HEADER}", path=path, line=1)
        for cells in reader:
            if len(cells) > len(header):
                told = f"{len(cells)} fields under {len(header)} columns; put fields with commas in quotes"
                raise InputError(told, path=path, line=reader.line_num)
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", path=path, line=reader.line_num) from error


def _json_lines(text: str, path: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            raise InputError(f"not JSON: {error}; write one object on each line", path=path, line=number) from error
        if not isinstance(fields, dict):
            told = f'not an object; write {{"id": …, "name": …, "aliases": […], "type": …}}, not {line:.40}'
            raise InputError(told, path=path, line=number)
        yield number, fields


def _turtle(text: str, path: str) -> Iterator[Row]:
    from kg.resolve.link.turtle import things

    for fields in things(text, path):
        yield None, fields


_KINDS: dict[str, Callable[[str, str], Iterator[Row]]] = {
    ".csv": _csv,
    ".jsonl": _json_lines,
    ".ttl": _turtle,
}


def _entry(fields: Fields, schema: Schema, error: InputErrors) -> Entry:
    """Return the entry that a line is, its type and subtype by the schema's names."""
    told = {name: _words(fields.get(name), name, error) for name in ("id", "name", "born")}
    told["type"] = _type(fields, schema, error)
    for name in _NEEDED:
        if not told[name]:
            about = f" of {told['id'] or told['name']}" if name != "id" and (told["id"] or told["name"]) else ""
            raise error(f"no {name}{about}; every entry has an id, a name and a type")
    type = type_named(told["type"], schema)
    if type is None:
        close = get_close_matches(told["type"], schema.types, n=1, cutoff=0.7)
        hint = f"did you mean {close[0]}? There" if close else "there"
        raise error(f"unknown type {told['type']!r} of {told['id']}; {hint} are: {', '.join(sorted(schema.types))}")
    *_, root = schema.ancestors(type)
    aliases = tuple(sorted({*_aliases(fields.get("aliases"), error)} - {told["name"]}))
    subtype = None if root == type else type
    return Entry(id=told["id"], name=told["name"], type=root, subtype=subtype, aliases=aliases, born=told["born"])


def _type(fields: Fields, schema: Schema, error: InputErrors) -> str:
    """Return the type as it is written; of several that Turtle gives the most special that the schema knows."""
    if "types" not in fields:
        return _words(fields.get("type"), "type", error)
    known = {type for one in fields["types"] if (type := type_named(one, schema))}
    special = sorted(one for one in known if not any(one != other and schema.is_a(other, one) for other in known))
    if len(special) > 1:
        raise error(f"{fields['id']} is of several types, {' and '.join(special)}; leave one")
    return special[0] if special else next(iter(fields["types"]), "")


def _check(entry: Entry, schema: Schema, error: InputErrors) -> None:
    if entry.type not in schema.types:
        raise error(f"unknown type {entry.type!r} of {entry.id}; there are: {', '.join(sorted(schema.types))}")
    if entry.born and entry.type != "Person":
        raise error(f"{entry.id} has a birth date and is no Person; take out one of the two")
    if entry.born and not _is_date(entry.born):
        raise error(f"{entry.born!r} of {entry.id} is no date; write 1961, 1961-04 or 1961-04-12")


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


def _words(value: Any, name: str, error: InputErrors) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise error(f'"{name}" has to be a string, not {value!r:.40}')
    return " ".join((value or "").split())


def _aliases(value: Any, error: InputErrors) -> Iterator[str]:
    """Yield the aliases of a list, or of a text with bars between them."""
    listed = value.split("|") if isinstance(value, str) else value or ()
    if not isinstance(listed, list | tuple):
        raise error(f'"aliases" has to be a list, or a text with | between them, not {value!r:.40}')
    for alias in listed:
        if told := _words(alias, "aliases", error):
            yield told


def _place(path: str, line: int | None) -> str:
    return f"{path}:{line or ''}"
