"""What a resolution remembers of a collection that grows: four tables of plain records, found by what stands in them.

A table may be a dictionary or lie on disk: `change` asks for no more than a `Table` can.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from kg.model import Entity
from kg.resolve.chain import Chain

Place = tuple[str, str]
"""An index of a table, and a value under which it finds the record."""


class Row(Protocol):
    """A record that a table finds again: by its id, and under all of its places."""

    @property
    def id(self) -> str:
        """What tells it from all other records of its table."""

    def places(self) -> Iterator[Place]:
        """Yield the indexes and values under which it is found."""


Kind = TypeVar("Kind", bound=Row)
Thing = TypeVar("Thing")
Swap = tuple[Thing | None, Thing | None]
"""Something as it was, and as it is now; None where there is none."""


class Table(Protocol[Kind]):
    """Records of one kind."""

    def find(self, index: str, values: Iterable[str]) -> list[Kind]:
        """Return the records that stand under any of the values, each once, in any order; `id` is an index too."""

    def swap(self, swaps: Iterable[Swap[Kind]]) -> None:
        """Put each new record in the place of the old one."""


class Link(Struct, frozen=True, kw_only=True):
    """What connects two units: a match under the key of a block, an alias with its owner, or a person's judgement."""

    one: str
    other: str
    key: str
    score: float = 1.0

    @property
    def id(self) -> str:
        """The key, and the units that it connects."""
        return f"{self.key}\n{self.one}\n{self.other}"

    def places(self) -> Iterator[Place]:
        """Yield both units."""
        yield "unit", self.one
        yield "unit", self.other


class Said(Struct, frozen=True, kw_only=True):
    """A chain of a document, and the unit that it belongs to."""

    number: int
    chain: Chain
    unit: str

    @property
    def id(self) -> str:
        """The document, and the number of the chain in it."""
        return f"{self.chain.document}\n{self.number}"

    def places(self) -> Iterator[Place]:
        """Yield the document and the unit."""
        yield "document", self.chain.document
        yield "unit", self.unit


class Unit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A profile without its chains: what it is compared by, where it is found, and the entity that it became."""

    id: str
    profile: str
    type: str
    name: str
    subtype: str | None = None
    mark: str = ""
    place: str = ""
    country: str | None = None
    part: str = ""
    near: tuple[str, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keys: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bearer: str | None = None
    component: str = ""
    entity: str = ""

    def places(self) -> Iterator[Place]:
        """Yield the keys of its blocks, the names it goes by, and what it is part of."""
        yield from (("key", key) for key in self.keys)
        yield from (("alias", alias) for alias in self.aliases)
        if self.bearer is not None:
            yield "bearer", self.bearer
        yield "name", f"{self.type}|{self.name}"
        yield "profile", self.profile
        yield "component", self.component
        yield "entity", self.entity


class Resolved(Struct, frozen=True, kw_only=True):
    """An entity, and the family in which its id is unique."""

    entity: Entity
    family: str

    @property
    def id(self) -> str:
        """The id of the entity."""
        return self.entity.id

    def places(self) -> Iterator[Place]:
        """Yield the family."""
        yield "family", self.family


class Memory(NamedTuple):
    """All that a resolution remembers."""

    said: Table[Said]
    units: Table[Unit]
    links: Table[Link]
    entities: Table[Resolved]


class Kept(Generic[Kind]):
    """A table in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, Kind] = {}
        self._places: defaultdict[Place, set[str]] = defaultdict(set)

    def find(self, index: str, values: Iterable[str]) -> list[Kind]:
        """Return the records that stand under any of the values, each once."""
        if index == "id":
            return [self._rows[value] for value in dict.fromkeys(values) if value in self._rows]
        found = dict.fromkeys(id for value in values for id in sorted(self._places.get((index, value), ())))
        return [self._rows[id] for id in found]

    def swap(self, swaps: Iterable[Swap[Kind]]) -> None:
        """Put each new record in the place of the old one."""
        for old, new in swaps:
            if old is not None:
                del self._rows[old.id]
                for place in old.places():
                    self._places[place].discard(old.id)
            if new is not None:
                self._rows[new.id] = new
                for place in new.places():
                    self._places[place].add(new.id)


def memory() -> Memory:
    """Return the memory of an empty collection."""
    return Memory(Kept(), Kept(), Kept(), Kept())
