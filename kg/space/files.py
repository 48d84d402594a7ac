"""The plain files of a space, each replaced at once: what a person judged, and what the last run set aside."""

import os
from collections.abc import Iterable
from pathlib import Path

from kg.errors import SpaceError
from kg.jsonl import Record, decode_lines, encode


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Return the records in the file; where there is no file there are none."""
    return list(decode_lines(path.read_bytes().splitlines(), kind, path=str(path))) if path.exists() else []


def write_records(path: Path, records: Iterable[object]) -> None:
    """Put these records into the file, sorted and each once; a kill leaves the old file or the new one."""
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("wb") as out:
            out.write(b"".join(sorted({encode(each) + b"\n" for each in records})))
            out.flush()
            os.fsync(out.fileno())
        os.replace(new, path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise SpaceError(f"{path} cannot be written: {error.strerror or error}") from error
