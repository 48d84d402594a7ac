"""Paths and patterns to the files they mean, in an order that depends on nothing but their names."""

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from kg.model import Rejected


def exists(source: str | Path) -> bool:
    """Tell whether the source is a file, a directory, or a pattern that something matches."""
    return os.path.exists(source) or bool(_matches(source))


def expand(source: str | Path) -> Iterator[Path | Rejected]:
    """Yield the files that the source means, sorted; hidden ones only where they are named outright."""
    paths = [Path(source)] if os.path.exists(source) else _matches(source)
    for path in paths:
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _matches(source: str | Path) -> list[Path]:
    pattern = str(source)
    if "\0" in pattern or not glob.has_magic(pattern):
        return []
    return [Path(path) for path in sorted(glob.glob(pattern, recursive=True), key=_order)]


def _below(folder: Path) -> Iterator[Path | Rejected]:
    failed: list[OSError] = []
    found: list[str] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(place, name) for name in names if not name.startswith(".")]
    for error in sorted(failed, key=str):
        yield Rejected(source=str(error.filename), reason=f"cannot be read: {error.strerror}; check its permissions")
    if not found and not failed:
        yield Rejected(source=str(folder), reason="the directory holds no files to read")
    for name in sorted(found, key=_order):
        path = Path(name)
        # A pipe or a device among the files would wait for ever.
        yield path if path.is_file() else Rejected(source=name, reason="not a regular file, or a link to nothing")


def _order(path: str) -> tuple[str, ...]:
    return Path(path).parts
