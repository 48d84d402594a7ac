"""A built graph on disk: a directory that a kill at any moment leaves usable.

`records.sqlite` is the truth: the documents, what was extracted from each, and the entities resolved from them all.
`graph/` holds the RDF store derived from it, in a directory named by the generation of the records it was made from.
A store is made under another name and renamed when it is whole, so one under the right name is never half a store;
where there is none it is derived again. `rejected.jsonl` lists what the last build set aside.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Self

from pyoxigraph import Store

from kg.errors import SpaceError
from kg.export.rdf import PREFIXES, quads
from kg.graph import Graph
from kg.jsonl import Record, decode, decode_lines, encode
from kg.model import Document, Entity, Extraction, Rejected, content_hash
from kg.schema import Schema, load
from kg.sparql import Result, query

FORMAT = 1
_SPACE = 0x6B67  # SQLite's application id: tells our file from anybody else's database

_TABLES = f"""
BEGIN;
CREATE TABLE documents (id TEXT PRIMARY KEY, content TEXT NOT NULL, record BLOB NOT NULL);
CREATE TABLE extractions (
    document TEXT, content TEXT, version TEXT, record BLOB NOT NULL, PRIMARY KEY (document, content, version)
);
CREATE TABLE entities (id TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE current (generation TEXT NOT NULL, version TEXT NOT NULL, schema BLOB NOT NULL);
INSERT INTO current VALUES ('', '', '');
PRAGMA application_id = {_SPACE};
PRAGMA user_version = {FORMAT};
COMMIT;
"""

# Rows of another extractor version, or of a document that has changed since, belong to a build that was not finished.
_EXTRACTIONS = """
SELECT extractions.{} FROM extractions JOIN documents ON documents.id = extractions.document
    AND documents.content = extractions.content JOIN current USING (version)
"""


class Space:
    """One built graph in one directory. Any number of processes may read it while one writes."""

    def __init__(self, path: Path, records: sqlite3.Connection, lock: sqlite3.Connection | None) -> None:
        self.path = path
        self._records = records
        self._lock = lock

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
        lock = _lock(path)
        try:
            return cls(path, _connect(path, create=True), lock)
        except SpaceError:
            lock.close()
            raise

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open the space at that path to read; raise `SpaceError` where there is none."""
        path = Path(path)
        if not (path / "records.sqlite").exists():
            reason = "no records.sqlite in it" if path.is_dir() else "no such directory"
            raise SpaceError(f"{path} is not a space ({reason}); `kg build SOURCE -o {path}` makes one")
        return cls(path, _connect(path, create=False), None)

    def close(self) -> None:
        """Let go of the files, and of the right to write."""
        self._records.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def generation(self) -> str:
        """Names what the space holds now; empty before its first build is done."""
        return str(self._rows("SELECT generation FROM current")[0][0])

    def schema(self) -> Schema:
        """Return the schema of the last finished build."""
        return next(iter(self._read("SELECT schema FROM current WHERE generation != ''", Schema)), None) or load()

    def documents(self) -> list[Document]:
        """Return the documents of the last finished build, by id."""
        return self._read("SELECT record FROM documents ORDER BY id", Document)

    def extractions(self) -> list[Extraction]:
        """Return what was extracted from each of these documents, by document id."""
        return self._read(f"{_EXTRACTIONS.format('record')} ORDER BY extractions.document", Extraction)

    def entities(self) -> list[Entity]:
        """Return the entities resolved from them, by id."""
        return self._read("SELECT record FROM entities ORDER BY id", Entity)

    def rejected(self) -> list[Rejected]:
        """Return what the last finished build set aside."""
        path = self.path / "rejected.jsonl"
        return list(decode_lines(path.read_bytes().splitlines(), Rejected, path=str(path))) if path.exists() else []

    def graph(self) -> Graph:
        """Return the graph of the last finished build."""
        self._built()
        with self._transaction("BEGIN"):
            return Graph.of(self.documents(), self.extractions(), self.entities(), self.schema())

    def query(self, text: str) -> Result:
        """Answer a SPARQL query from the store on disk, made again first where it does not match the records."""
        self._built()
        if not self._store().exists():
            with nullcontext() if self._lock else closing(_lock(self.path)):
                self.derive(self.graph())
        return query(Store.read_only(str(self._store())), text, prefixes={**PREFIXES, **self.schema().prefixes})

    def extracted(self, documents: Iterable[Document], version: str) -> dict[str, Extraction]:
        """Return, by document id, the extractions that this version has already made of these very documents."""
        found = {}
        sql = "SELECT record FROM extractions WHERE document = ? AND content = ? AND version = ?"
        for document in documents:
            for extraction in self._read(sql, Extraction, document.id, document.content, version):
                found[document.id] = extraction
        return found

    def keep(self, extractions: Iterable[Extraction], version: str) -> None:
        """Commit a batch of extractions for this build, or for the next one if this one is killed."""
        rows = [(each.document, each.content, version, encode(each)) for each in extractions]
        with self._transaction("BEGIN IMMEDIATE"):
            self._records.executemany("INSERT OR REPLACE INTO extractions VALUES (?, ?, ?, ?)", rows)

    def replace(
        self,
        documents: Iterable[Document],
        entities: Iterable[Entity],
        *,
        schema: Schema,
        version: str,
        rejected: Iterable[Rejected] = (),
    ) -> None:
        """Make these the space's documents and entities, all at once; their extractions were kept before."""
        document_rows = [(each.id, each.content, encode(each)) for each in documents]
        entity_rows = [(each.id, encode(each)) for each in entities]
        records = [encode(schema), *(row[-1] for row in document_rows), *(row[-1] for row in entity_rows)]
        generation = content_hash(str(FORMAT), version, *(record.decode() for record in records))
        self._write_rejected(rejected)
        with self._transaction("BEGIN IMMEDIATE"):
            self._records.execute("DELETE FROM documents")
            self._records.execute("DELETE FROM entities")
            self._records.executemany("INSERT INTO documents VALUES (?, ?, ?)", document_rows)
            self._records.executemany("INSERT INTO entities VALUES (?, ?)", entity_rows)
            self._records.execute(
                "UPDATE current SET (generation, version, schema) = (?, ?, ?)", (generation, version, records[0])
            )
            self._records.execute(f"DELETE FROM extractions WHERE rowid NOT IN ({_EXTRACTIONS.format('rowid')})")

    def derive(self, graph: Graph) -> None:
        """Make the RDF store of this graph, which is that of the records, and put it in the place of any other."""
        target = self._store()
        new = target.with_name("new")
        shutil.rmtree(target.parent, ignore_errors=True)
        new.mkdir(parents=True)
        store = Store(str(new))
        store.bulk_extend(quads(graph))
        store.flush()
        del store  # closes it
        new.rename(target)

    def _built(self) -> None:
        if not self.generation:
            raise SpaceError(f"{self.path} holds no finished build; run kg build again")

    def _store(self) -> Path:
        return self.path / "graph" / self.generation

    def _write_rejected(self, rejected: Iterable[Rejected]) -> None:
        new = self.path / "rejected.jsonl.new"
        new.write_bytes(b"".join(sorted(encode(each) + b"\n" for each in rejected)))
        os.replace(new, self.path / "rejected.jsonl")

    def _read(self, sql: str, kind: type[Record], *values: str) -> list[Record]:
        return [decode(row[0], kind, path=str(self.path)) for row in self._rows(sql, *values)]

    def _rows(self, sql: str, *values: str) -> list[tuple[bytes]]:
        with _sqlite_errors(self.path):
            return self._records.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        """Commit all that is done inside, or nothing."""
        if begin != "BEGIN" and self._lock is None:
            raise SpaceError(f"{self.path} was opened to read; Space.create opens it to write")
        with _sqlite_errors(self.path):
            self._records.execute(begin)
            try:
                yield
            except BaseException:
                self._records.execute("ROLLBACK")
                raise
            self._records.execute("COMMIT")


@contextmanager
def _sqlite_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SpaceError(f"{path / 'records.sqlite'}: {error}") from error


def _lock(path: Path) -> sqlite3.Connection:
    """Take the right to write, which ends with the process whatever ends it: SQLite's own lock works everywhere."""
    lock = sqlite3.connect(path / "lock", isolation_level=None, timeout=0)
    try:
        lock.execute("PRAGMA journal_mode = MEMORY")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise SpaceError(f"{path} is being written by another process ({error})") from error
    return lock


def _connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the records, checking that they are ours and of a format that this version knows."""
    with _sqlite_errors(path):
        records = sqlite3.connect(path / "records.sqlite", isolation_level=None, timeout=60)
        try:
            if create and not records.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
                records.execute("PRAGMA journal_mode = WAL")
                records.executescript(_TABLES)
            _check(path, records)
        except BaseException:
            records.close()
            raise
    return records


def _check(path: Path, records: sqlite3.Connection) -> None:
    (application,) = records.execute("PRAGMA application_id").fetchone()
    (version,) = records.execute("PRAGMA user_version").fetchone()
    if application != _SPACE:
        raise SpaceError(f"{path} is not a space (its records.sqlite is another program's, or was never finished)")
    if version > FORMAT:
        raise SpaceError(f"{path} was made by a newer kg (format {version}; this one knows {FORMAT}): upgrade kg")
