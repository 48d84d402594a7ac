"""The database of a space: its tables, its format, and who may write it.

What is given stands in `documents`, `extractions`, `judgements` and `refutations`. Everything else but the journal is
derived from them: the four tables of a resolution, each with the places under which it finds its records, then what the
documents say of the entities, and the plain triples, each with who is behind it, so that one that nobody is behind any
more goes; and rows for those who look, found by their ends.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Self

from kg.errors import SpaceBusy, SpaceError

FORMAT = 3
_SPACE = 0x6B67  # SQLite's application id: tells our file from anybody else's database
_CACHE = 64 << 10  # kilobytes of the file that are kept at hand
_MANY = 500  # values asked for at once, fewer than any SQLite takes

RESOLUTION = ("said", "units", "links", "entities")
DERIVED = (
    *(*RESOLUTION, *(f"{name}_places" for name in RESOLUTION)),
    *("statements", "facts", "names", "nodes", "edges", "headings"),
)

_GIVEN = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, content TEXT NOT NULL, version TEXT NOT NULL, source TEXT NOT NULL, digest TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE INDEX documents_source ON documents (source);
CREATE TABLE extractions (
    document TEXT, content TEXT, version TEXT, record BLOB NOT NULL, PRIMARY KEY (document, content, version)
);
CREATE TABLE judgements (record BLOB PRIMARY KEY);
CREATE TABLE current (
    generation TEXT NOT NULL, version TEXT NOT NULL, schema BLOB NOT NULL, digest TEXT NOT NULL, rules TEXT NOT NULL,
    pipeline TEXT NOT NULL
);
INSERT INTO current VALUES ('', '', '', '', '', '');
CREATE TABLE journal (number INTEGER PRIMARY KEY, time TEXT NOT NULL, generation TEXT NOT NULL, changes BLOB);
CREATE TABLE patch (before TEXT NOT NULL, generation TEXT NOT NULL, removed BLOB NOT NULL, added BLOB NOT NULL);
"""
_REFUTED = """
CREATE TABLE refutations (document TEXT, record BLOB, PRIMARY KEY (document, record)) WITHOUT ROWID;
"""
_DERIVED = "".join(
    f"CREATE TABLE {name} (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record BLOB NOT NULL);"
    f"CREATE TABLE {name}_places (place TEXT, value TEXT, number INTEGER, PRIMARY KEY (place, value, number))"
    " WITHOUT ROWID;"
    for name in RESOLUTION
)
_SAID = """
CREATE TABLE statements (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, source TEXT, record BLOB NOT NULL, edge TEXT NOT NULL,
    first TEXT, last TEXT, precision TEXT
);
CREATE INDEX statements_document ON statements (document);
CREATE INDEX statements_source ON statements (source) WHERE source IS NOT NULL;
CREATE TABLE facts (quad TEXT, behind TEXT, PRIMARY KEY (quad, behind)) WITHOUT ROWID;
CREATE INDEX facts_behind ON facts (behind);
CREATE VIRTUAL TABLE names USING fts5 (name, aliases, tokenize = 'unicode61 remove_diacritics 2');
"""
_FOUND = """
CREATE INDEX statements_edge ON statements (edge);
CREATE INDEX statements_first ON statements (first) WHERE first IS NOT NULL;
"""
_SHOWN = """
CREATE TABLE nodes (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, subtype TEXT,
    aliases TEXT NOT NULL, same_as TEXT NOT NULL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL, place TEXT,
    lat REAL, lon REAL, country TEXT, degree INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX nodes_degree ON nodes (degree, id);
CREATE INDEX nodes_type ON nodes (type, subtype, id);
CREATE INDEX nodes_placed ON nodes (degree, id) WHERE lat IS NOT NULL;
CREATE TABLE edges (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT, value TEXT, datatype TEXT,
    stance TEXT NOT NULL, score REAL NOT NULL, statements INTEGER NOT NULL, documents INTEGER NOT NULL,
    modalities INTEGER NOT NULL, times TEXT NOT NULL, inferred INTEGER NOT NULL, weight REAL NOT NULL
);
CREATE INDEX edges_subject ON edges (subject, weight, object);
CREATE INDEX edges_object ON edges (object, weight, subject) WHERE object IS NOT NULL;
CREATE INDEX edges_seen ON edges (predicate, inferred, score, modalities, object, subject);
CREATE TABLE headings (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, published TEXT, statements INTEGER NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE INDEX headings_published ON headings (published, id);
"""
_STAMP = f"PRAGMA application_id = {_SPACE}; PRAGMA user_version = {FORMAT};"

# A space of format 1 has no judgements, and what is derived is derived anew: for that, its rules are unknown.
_FROM_1 = f"""
ALTER TABLE documents RENAME TO documents_1;
ALTER TABLE extractions RENAME TO extractions_1;
ALTER TABLE current RENAME TO current_1;
DROP TABLE entities;
{_GIVEN} {_REFUTED} {_DERIVED} {_SAID} {_FOUND} {_SHOWN}
INSERT INTO documents SELECT id, content, version, '', '', documents_1.record FROM documents_1, current_1;
INSERT INTO extractions SELECT document, content, version,
    CAST(json_set(CAST(record AS TEXT), '$.version', version) AS BLOB) FROM extractions_1;
UPDATE current SET (generation, version, schema) = (SELECT generation, version, schema FROM current_1);
DROP TABLE documents_1; DROP TABLE extractions_1; DROP TABLE current_1;
{_STAMP}
"""
# One of format 2 had nothing kept for those who look; `kg.space.folded.fill` makes that of what there is.
_FROM_2 = f"""
{_REFUTED} {_SHOWN}
ALTER TABLE statements ADD COLUMN edge TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN first TEXT;
ALTER TABLE statements ADD COLUMN last TEXT;
ALTER TABLE statements ADD COLUMN precision TEXT;
{_FOUND}
{_STAMP}
"""
_MIGRATIONS = {1: _FROM_1, 2: _FROM_2}


class Records:
    """The open database of one space."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.is_writing = False  # whoever holds the lock sets it
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the records of that space, checking that they are ours and of a format that this version knows."""
        with _sqlite_errors(path):
            connection = sqlite3.connect(path / "records.sqlite", isolation_level=None, timeout=60)
            try:
                connection.execute(f"PRAGMA cache_size = -{_CACHE}")
                if create and not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.executescript(
                        f"BEGIN; {_GIVEN} {_REFUTED} {_DERIVED} {_SAID} {_FOUND} {_SHOWN} {_STAMP} COMMIT;"
                    )
                _check(path, connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    @property
    def format(self) -> int:
        """The version of the format that they are in."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def migrate(self) -> None:
        """Bring older records into this format, inside a transaction; what is derived has then still to be."""
        for statement in _MIGRATIONS[self.format].split(";"):  # executescript would commit what it finds begun
            self.rows(statement)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a statement answers."""
        with _sqlite_errors(self.path):
            return self._connection.execute(sql, values).fetchall()

    def rows_of(self, sql: str, wanted: Iterable[str | int], *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield what a statement answers for the wanted values, which stand where it has {}, after other values."""
        for some in batches(wanted, _MANY):
            yield from self.rows(sql.format(",".join("?" * len(some))), *values, *some)

    def each(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield what a statement answers, row by row, for what is too much to hold at once."""
        with _sqlite_errors(self.path):
            yield from self._connection.execute(sql, values)

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row of values."""
        with _sqlite_errors(self.path):
            self._connection.executemany(sql, values)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the records inside, whoever writes meanwhile."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Commit all that is done inside, or nothing."""
        if not self.is_writing:
            raise SpaceError(f"{self.path} was opened to read; Space.create and Space.edit open it to write")
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.rows(begin)
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            with _sqlite_errors(self.path):
                if self._connection.in_transaction:  # a full disk ends it by itself
                    self._connection.execute("ROLLBACK")
            raise


def batches(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield the things in lists of at most that size."""
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some


def lock(path: Path) -> sqlite3.Connection:
    """Take the right to write, which ends with the process whatever ends it: SQLite's own lock works everywhere."""
    held = sqlite3.connect(path / "lock", isolation_level=None, timeout=0)
    try:
        held.execute("PRAGMA journal_mode = MEMORY")
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        held.close()
        raise SpaceBusy(
            f"{path} is being written by another process ({error}); try again when that has ended"
        ) from error
    return held


@contextmanager
def _sqlite_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SpaceError(f"{path / 'records.sqlite'}: {error}") from error


def _check(path: Path, connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _SPACE:
        raise SpaceError(f"{path} is not a space (its records.sqlite is another program's, or was never finished)")
    if version > FORMAT:
        raise SpaceError(f"{path} was made by a newer kg (format {version}; this one knows {FORMAT}): upgrade kg")
