"""A built graph on disk: open it, change it, ask it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, Self

from msgspec.structs import replace
from pyoxigraph import Store

from kg.errors import SpaceError
from kg.jsonl import decode, encode
from kg.model import Document, Extraction, Judgement, Refutation, Rejected
from kg.plugins import Registry
from kg.resolve.judge import Judgements
from kg.space import journal
from kg.space.changes import Changes
from kg.space.files import write_records
from kg.space.filled import fill
from kg.space.growth import Growth, Request
from kg.space.records import FORMAT, Records, lock
from kg.space.refuting import named
from kg.space.said import EXTRACTIONS, everything
from kg.space.shelf import Shelf
from kg.space.store import Patch, read, written
from kg.sparql import Result, query
from kg.sparql.vocabulary import Vocabulary

# The room above this one knows how sources are read; by name, so that this room does not.
FACES = Registry("face of a space", group="kg.space_faces", builtin={"add": "kg.build:add"})

_PATIENCE = 60.0  # seconds that a query waits for a store that another process is making
_LONGEST_PATCH = 300_000  # quads: with more the store is sooner made again


class Space(Shelf):
    """One built graph in one directory. Any number of processes may read it while one writes."""

    def __init__(self, path: Path, records: Records, held: sqlite3.Connection | None = None) -> None:
        super().__init__(path, records)
        self._held = held
        records.is_writing = held is not None
        if records.format < FORMAT:
            with nullcontext() if held else closing(lock(path)):
                _migrate(self)

    @classmethod
    def create(cls, path: str | Path) -> Self:
        """Open the space at that path to write, and make it where there is none.

        Raises `SpaceError` for a directory that holds something else and for a space that another process writes.
        """
        path = Path(path)
        if path.exists() and not path.is_dir():
            raise SpaceError(f"{path} is a file, not a space; name an empty or new directory")
        path.mkdir(parents=True, exist_ok=True)
        if not (path / "records.sqlite").exists() and any(entry.name != "lock" for entry in path.iterdir()):
            raise SpaceError(
                f"{path} is not a space (no records.sqlite in it); name an empty or new directory, or a space"
            )
        return cls._written(path, create=True)

    @classmethod
    def edit(cls, path: str | Path) -> Self:
        """Open the space at that path to write; raise `SpaceError` where there is none or another process writes it."""
        return cls._written(_checked(path))

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open the space at that path to read; raise `SpaceError` where there is none."""
        path = _checked(path)
        return cls(path, Records.open(path))

    @classmethod
    def _written(cls, path: Path, *, create: bool = False) -> Self:
        held = lock(path)
        try:
            return cls(path, Records.open(path, create=create), held)
        except BaseException:
            held.close()
            raise

    def close(self) -> None:
        """Let go of the files, and of the right to write."""
        self._records.close()
        if self._held is not None:
            self._held.close()
            self._held = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, text: str) -> Result:
        """Answer a SPARQL query from the store on disk, brought up to the records first where it lags behind them."""
        self._built()
        return query(self._store(), text, prefixes=self.vocabulary().prefixes)

    def vocabulary(self) -> Vocabulary:
        """Return the words that queries of this space may use."""
        return Vocabulary(self.schema())

    # How it changes

    def keep(self, extractions: Iterable[Extraction], version: str) -> None:
        """Commit a batch of extractions for this build, or for the next one if this one is killed."""
        rows = [(each.document, each.content, version, encode(each)) for each in extractions]
        with self._records.writing():
            self._records.many("INSERT OR REPLACE INTO extractions VALUES (?, ?, ?, ?)", rows)

    def apply(self, request: Request, *, rejected: Iterable[Rejected] = ()) -> Changes:
        """Make all of the request true at once, whose extractions were kept before, and return what that changed.

        The store follows with the next `derive` or `query`.
        """
        write_records(self.path / "rejected.jsonl", rejected)
        with self._records.writing():
            return self._apply(request)

    def tidy(self) -> None:
        """Forget what was extracted for a build that was never finished."""
        with self._records.writing():
            self._records.rows(
                f"DELETE FROM extractions WHERE rowid NOT IN ({EXTRACTIONS.format('extractions.rowid')})"
            )

    def add(self, sources: Any, **how: Any) -> Changes:
        """Read what is new or changed in the sources into the space: see `kg.add`."""
        return FACES.get("add")(sources, self, **how)  # type: ignore[no-any-return]

    def remove(self, *names: str) -> Changes:
        """Take documents out, by id or source, and all that only they supported; raise where there is none such."""
        self._built()
        drop = frozenset(id for name in names for id in self._named(name))
        changes = self.apply(self.request(drop=drop), rejected=self.rejected())
        self.derive()
        return changes

    def judge(self, *judgements: Judgement) -> Changes:
        """Add what a person decided to `judgements.jsonl`, and resolve again what it bears on."""
        return self.rejudge([*self.judgements(), *judgements])

    def rejudge(self, judgements: Iterable[Judgement]) -> Changes:
        """Let these be all judgements that there are, and resolve again what they bear on."""
        judgements = list(judgements)
        Judgements(judgements)  # raises where one of them cannot be understood, before it is written
        return self._decide("judgements.jsonl", judgements)

    def refute(self, *refutations: Refutation) -> Changes:
        """Hold statements for wrong: they are none any more, nor is what follows from them, until that is undone."""
        return self._decide("refutations.jsonl", [*self.refutations(), *refutations])

    def unrefute(self, id: str) -> Changes:
        """Take a refutation back, by its id or that of the statement as it was; raise `KgError` where there is none."""
        gone = named(self.refutations(), id)
        return self._decide("refutations.jsonl", [one for one in self.refutations() if one not in gone])

    def derive(self) -> None:
        """Bring the store on disk up to the records, by what has changed since or anew."""
        generation = self.generation
        if self._stores.has(generation):
            return
        patches = self._records.rows("SELECT before, removed, added FROM patch WHERE generation = ?", generation)
        for before, removed, added in patches:
            if self._stores.has(before):
                self._stores.change(before, generation, Patch(read(removed), read(added)))
                return
        with self._records.reading():
            self._stores.make(generation, everything(self._records, self.schema()))

    def catch_up(self) -> None:
        """Have a store of the records as they are, of which only one process makes it."""
        self._built()
        self._stores.patiently(self._brought, 0.0 if self._held else _PATIENCE)

    # Within

    def _decide(self, file: str, decided: Iterable[Judgement | Refutation]) -> Changes:
        """Let this be all that a person decided of that kind, and derive again what it bears on."""
        self._built()
        with self._records.writing():
            write_records(self.path / file, decided)
            changes = self._apply(self.request())
        self.derive()
        return changes

    def _store(self) -> Store:
        """Open the store of the records as they are."""
        return self._stores.patiently(lambda: self._stores.open(self._brought()), 0.0 if self._held else _PATIENCE)

    def _brought(self) -> str:
        """Have a store of the records as they are, and return its generation; raise where another process makes it."""
        generation = self.generation
        if not self._stores.has(generation):
            with nullcontext() if self._held else closing(lock(self.path)):
                self.derive()
        return generation

    def _apply(self, request: Request) -> Changes:
        growth = Growth(self._records, request)
        growth.run()
        if growth.generation != growth.before:
            journal.write(self._records, growth)
            self._records.rows("DELETE FROM patch")
            patch = growth.patch
            if patch is not None and len(patch) <= _LONGEST_PATCH:
                texts = (written(patch.removed), written(patch.added))
                self._records.rows("INSERT INTO patch VALUES (?, ?, ?, ?)", growth.before, growth.generation, *texts)
        return growth.changes


def _checked(path: str | Path) -> Path:
    path = Path(path)
    if not (path / "records.sqlite").exists():
        reason = "no records.sqlite in it" if path.is_dir() else "no such directory"
        raise SpaceError(f"{path} is not a space ({reason}); `kg build SOURCE -o {path}` makes one")
    return path


def _migrate(space: Space) -> None:
    """Bring an older format to this one, and derive what that one did not have.

    Format 2 had all but what is kept for those who look.
    """
    records = space._records
    records.is_writing = True
    with records.writing():
        format = records.format
        records.migrate()
        if format > 1:
            fill(records)
        request = space.request()
        rows = records.rows("SELECT record, version FROM documents")
        put = {one.id: (one, version) for one, version in ((decode(row, Document), name) for row, name in rows)}
        if space.generation and format == 1:
            records.rows("UPDATE current SET generation = ''")
            space._apply(replace(request, put=put))
    records.is_writing = space._held is not None
