"""The RDF store beside the records: a directory named by the generation of the records that it was made from.

A store is made under another name and renamed when it is whole, and never written again: one under the right name is
never half a store, and whoever reads the last one is not disturbed. A small change takes the last store's files over by
links, for a file of RocksDB's sorted tables never changes, and writes beside them what differs. Where there is no store
of a generation it is made again from the records: a kill costs time, never data.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from kg.errors import SpaceError

Found = TypeVar("Found")

_MANY_FILES = 200  # in a store that was changed so often that it is put together again


@dataclass(slots=True)
class Patch:
    """The quads by which a store has to be changed."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.removed) + len(self.added)


def written(quads: Iterable[Quad]) -> bytes:
    """Return the quads as N-Quads."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def read(text: bytes) -> set[Quad]:
    """Return the quads of N-Quads."""
    return {*parse(text, format=RdfFormat.N_QUADS)}


def parsed(lines: Iterable[str]) -> Iterator[Quad]:
    """Yield the quads that stand as text, one by one."""
    yield from parse("".join(f"{line} .\n" for line in lines).encode(), format=RdfFormat.N_QUADS)


class Stores:
    """The stores of one space: that of its generation, and for those who still read it the one before."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, generation: str) -> bool:
        """Tell whether there is a store of that generation."""
        return bool(generation) and (self.path / generation).exists()

    def patiently(self, work: Callable[[], Found], seconds: float) -> Found:
        """Return what the work returns, trying for so long: who writes the space may be about to bring the store."""
        patience = monotonic() + seconds
        while True:
            try:
                return work()
            except (SpaceError, OSError) as error:
                if monotonic() > patience:
                    raise SpaceError(f"{self.path} cannot be read: {error}") from error
            sleep(0.05)

    def open(self, generation: str) -> Store:
        """Open the store of that generation to read."""
        return Store.read_only(str(self.path / generation))

    def make(self, generation: str, quads: Iterable[Quad]) -> None:
        """Make the store of these quads, in the place of any others."""
        with _disk_errors(self.path):
            new = self._fresh()
            new.mkdir()
            store = Store(str(new))
            store.bulk_extend(quads)
            store.optimize()  # else one of the next changes would wait for it
            store.flush()
            del store  # closes it
            self._publish(new, generation, keep="")

    def change(self, before: str, generation: str, patch: Patch) -> None:
        """Make the store of that generation out of the one before."""
        with _disk_errors(self.path):
            new = self._fresh()
            _link(self.path / before, new)
            store = Store(str(new))
            for quad in patch.removed:
                store.remove(quad)
            store.extend(patch.added)
            if sum(1 for _ in new.iterdir()) > _MANY_FILES:
                store.optimize()
            store.flush()
            del store
            self._publish(new, generation, keep=before)

    def _fresh(self) -> Path:
        """Return a path for a new store, where there is nothing."""
        self.path.mkdir(parents=True, exist_ok=True)
        new = self.path / "new"
        shutil.rmtree(new, ignore_errors=True)
        return new

    def _publish(self, new: Path, generation: str, *, keep: str) -> None:
        """Give a whole store its name, and take all others away but the one to keep.

        Each loses its name first: half a store has none that anybody could look for.
        """
        new.rename(self.path / generation)
        for number, old in enumerate(sorted(self.path.iterdir())):
            if old.name not in (generation, keep):
                gone = self.path / f"gone-{number}-{os.getpid()}"
                old.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "the records are safe, and the store is made again when it is next needed"
        raise SpaceError(f"{path} cannot be written ({error}): {reason}") from error


def _link(old: Path, new: Path) -> None:
    """Make a directory with the files of a store that is closed; those that never change are shared."""
    new.mkdir()
    for file in old.iterdir():
        if file.suffix == ".sst":
            _share(file, new / file.name)
        elif not file.name.startswith("LO"):  # neither its lock nor its log
            shutil.copy2(file, new / file.name)


def _share(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        shutil.copy2(old, new)
