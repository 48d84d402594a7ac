"""The tables of a resolution in the database of a space."""

from collections.abc import Iterable
from typing import Generic

import msgspec

from kg.model import Entity
from kg.resolve.rows import Kind, Link, Memory, Place, Resolved, Said, Swap, Unit
from kg.space.folded import drop_entities, keep_entities
from kg.space.records import Records, batches

_MANY = 5_000  # rows written at once
_encode = msgspec.msgpack.Encoder().encode


def memory(records: Records) -> Memory:
    """Return what the space remembers of its resolution."""
    entities = _Entities(records, "entities", Resolved)
    return Memory(
        _Table(records, "said", Said), _Table(records, "units", Unit), _Table(records, "links", Link), entities
    )


def all_entities(records: Records) -> list[Entity]:
    """Return all entities that the space has resolved, by id."""
    decoder = msgspec.msgpack.Decoder(Resolved)
    return [decoder.decode(row).entity for (row,) in records.rows("SELECT record FROM entities ORDER BY id")]


def numbered_entities(records: Records, numbers: Iterable[int]) -> list[Entity]:
    """Return the entities with these numbers, which the search for names knows."""
    decoder = msgspec.msgpack.Decoder(Resolved)
    rows = records.rows_of("SELECT record FROM entities WHERE number IN ({})", numbers)
    return [decoder.decode(row).entity for (row,) in rows]


class _Table(Generic[Kind]):
    """Records of one kind, each numbered, and the places under which their numbers stand."""

    def __init__(self, records: Records, name: str, kind: type[Kind]) -> None:
        self.records = records
        self.name = name
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def find(self, index: str, values: Iterable[str]) -> list[Kind]:
        """Return the records that stand under any of the values, each once."""
        wanted = dict.fromkeys(values)
        if index == "id":
            return [self._decode(row) for _, row in self._numbered(wanted)]
        places = f"SELECT number FROM {self.name}_places WHERE place = ? AND value IN ({{}})"
        found = self.records.rows_of(
            f"SELECT number, record FROM {self.name} WHERE number IN ({places})", wanted, index
        )
        return [self._decode(record) for record in dict(found).values()]

    def swap(self, swaps: Iterable[Swap[Kind]]) -> None:
        """Put each new record in the place of the old one."""
        for some in batches(swaps, _MANY):
            self._swap(some)

    def _swap(self, swaps: list[Swap[Kind]]) -> None:
        numbers = {self._decode(record).id: number for number, record in self._numbered(o.id for o, _ in swaps if o)}
        last = self.records.rows(f"SELECT max(number) FROM {self.name}")[0][0] or 0
        new = [row for _, row in swaps if row is not None]
        gone = numbers.keys() - {row.id for row in new}
        was = {(place, numbers[old.id]) for old, _ in swaps if old for place in old.places()}
        for row in new:
            if row.id not in numbers:
                last += 1
                numbers[row.id] = last
        now = {(place, numbers[row.id]) for row in new for place in row.places()}
        self._write(
            [(numbers[id],) for id in gone],
            [(numbers[row.id], row.id, _encode(row)) for row in new],
            was - now,
            now - was,
        )

    def _write(
        self,
        gone: list[tuple[int]],
        new: list[tuple[int, str, bytes]],
        left: Iterable[tuple[Place, int]],
        taken: Iterable[tuple[Place, int]],
    ) -> None:
        places = f"{self.name}_places"
        self.records.many(
            f"DELETE FROM {places} WHERE place = ? AND value = ? AND number = ?", [(*at, number) for at, number in left]
        )
        self.records.many(f"DELETE FROM {self.name} WHERE number = ?", gone)
        self.records.many(f"INSERT OR REPLACE INTO {self.name} VALUES (?, ?, ?)", new)
        self.records.many(f"INSERT INTO {places} VALUES (?, ?, ?)", sorted((*at, number) for at, number in taken))

    def _numbered(self, ids: Iterable[str]) -> list[tuple[int, bytes]]:
        return [
            (n, record)
            for n, record in self.records.rows_of(f"SELECT number, record FROM {self.name} WHERE id IN ({{}})", ids)
        ]


class _Entities(_Table[Resolved]):
    """The entities, their names to search for, and their nodes: rows of the same number for each."""

    def _swap(self, swaps: list[Swap[Resolved]]) -> None:
        old = {number for number, _ in self._numbered(old.id for old, _ in swaps if old)}
        super()._swap(swaps)
        self.records.many("DELETE FROM names WHERE rowid = ?", [(number,) for number in old])
        rows = [(number, self._decode(record).entity) for number, record in self._numbered(n.id for _, n in swaps if n)]
        names = [(number, entity.name, "\n".join(entity.aliases)) for number, entity in rows]
        self.records.many("INSERT INTO names (rowid, name, aliases) VALUES (?, ?, ?)", names)
        drop_entities(self.records, old.difference(number for number, _ in rows))
        keep_entities(self.records, rows)
