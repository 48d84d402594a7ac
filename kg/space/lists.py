"""The user's lists in the database of a space: entries, found by the keys of their names."""

from collections.abc import Iterable

from kg.jsonl import decode, encode
from kg.resolve.link import Entries, Entry
from kg.space.records import Records


class Lists:
    """The entries that the things of a space are linked to: a catalogue on disk."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def find(self, wanted: Iterable[str], /) -> list[Entry]:
        """Return the entries that have any of the keys, each once."""
        numbers = "SELECT number FROM listed_keys WHERE key IN ({})"
        rows = self.records.rows_of(f"SELECT number, record FROM listed WHERE number IN ({numbers})", wanted)
        return [decode(record, Entry) for record in dict(rows).values()]

    def entries(self) -> Entries:
        """Return all entries."""
        return Entries(decode(row, Entry) for (row,) in self.records.rows("SELECT record FROM listed"))

    def put(self, entries: Entries) -> None:
        """Let these be all entries."""
        for table in ("listed", "listed_keys"):
            self.records.rows(f"DELETE FROM {table}")
        self.records.many("INSERT INTO listed VALUES (?, ?)", ((n, encode(one)) for n, one in enumerate(entries.all)))
        keys = ((key, number) for number, one in enumerate(entries.all) for key in one.places())
        self.records.many("INSERT INTO listed_keys VALUES (?, ?)", keys)
