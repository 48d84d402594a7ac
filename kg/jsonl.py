"""Records to JSON lines and back, validated: one object a line, with `record` naming its kind."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from kg.errors import InputError

Record = TypeVar("Record")

_encoder = msgspec.json.Encoder(order="sorted")


def encode(record: Any) -> bytes:
    """Return the record, or any plain value, as one line of JSON without its line end; keys are sorted."""
    return _encoder.encode(record)


def decode(line: bytes | str, kind: type[Record], *, path: str = "", number: int | None = None) -> Record:
    """Return the record on that line; raise `InputError` naming path and line where it is not one."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"not a {kind.__name__} as JSON: {error}", path=path, line=number) from error


def decode_lines(lines: Iterable[bytes | str], kind: type[Record], *, path: str = "") -> Iterator[Record]:
    """Yield the record on each line that is not blank; raise `InputError` at the first that is not one."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield decode(line, kind, path=path, number=number)
