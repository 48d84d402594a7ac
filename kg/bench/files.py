"""The files of a benchmark, wherever they lie: in a folder, in a .zip, in a part of either, or one by itself."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

import msgspec

from kg.errors import InputError


class Files:
    """The files under a path. `archive.zip/folder` names a part of an archive.

    Raises `InputError` where there is nothing at the path.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._archive = next((part for part in (self.path, *self.path.parents) if part.is_file()), None)
        if self._archive == self.path and not is_zipfile(self.path):
            self._archive = None
        elif self._archive is not None and not is_zipfile(self._archive):
            raise InputError("is a file, but no .zip that could hold more", path=str(self._archive))
        elif self._archive is None and not self.path.exists():
            raise InputError("no such file or folder", path=str(path))
        self._within = self.path.relative_to(self._archive).as_posix() if self._archive else ""

    def matching(self, *patterns: str, remedy: str) -> list[str]:
        """Return the names that match the first pattern which any name matches, numbers in them in order.

        A pattern is a glob that is matched from the right. Raises `InputError` with the remedy where none does.
        """
        names = sorted(self._names(), key=_by_number)
        for pattern in patterns:
            if found := [name for name in names if PurePosixPath(name).match(pattern)]:
                return found
        raise InputError(f"holds nothing of this benchmark; {remedy}", path=str(self.path))

    def text(self, name: str) -> str:
        """Return a file's text, its line ends as they are; raise `InputError` where it is not UTF-8."""
        try:
            return self._bytes(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"is not UTF-8 at byte {error.start}", path=self.place(name)) from error

    def json(self, name: str, kind: Any) -> Any:
        """Return what a JSON file holds, checked against a type; raise `InputError` where it is not that."""
        try:
            return msgspec.json.decode(self.text(name), type=kind)
        except msgspec.MsgspecError as error:
            raise InputError(f"is not this benchmark's JSON: {error}", path=self.place(name)) from error

    def place(self, name: str) -> str:
        """Return where a file lies, for messages."""
        return str(self.path) if name == self.path.name else f"{self.path}/{name}"

    def _names(self) -> Iterator[str]:
        if self._archive is not None:
            with _opened(self._archive) as archive:
                names = [name for name in archive.namelist() if not name.endswith("/")]
            inside = "" if self._within == "." else self._within
            for name in names:
                if name == inside:
                    yield PurePosixPath(name).name
                elif not inside or name.startswith(f"{inside}/"):
                    yield name.removeprefix(inside).lstrip("/")
        elif self.path.is_dir():
            yield from (path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if path.is_file())
        else:
            yield self.path.name

    def _bytes(self, name: str) -> bytes:
        if self._archive is None:
            return (self.path / name if self.path.is_dir() else self.path).read_bytes()
        with _opened(self._archive) as archive:
            known = archive.NameToInfo
            member = (PurePosixPath(self._within) / name).as_posix()
            return archive.read(member if member in known else self._within)


def _opened(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except BadZipFile as error:
        raise InputError(f"is a broken .zip: {error}; fetch it again", path=str(path)) from error


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]
