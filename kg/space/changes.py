"""What differs between two states of a space: documents, entities and statements, each as it was and as it is."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kg.model import Document, Entity, Statement

Thing = TypeVar("Thing")
Pair = tuple[Thing | None, Thing | None]
"""Something as it was, and as it is now; None where there is none."""


class Heading(Struct, frozen=True, kw_only=True):
    """A document without its text."""

    title: str = ""
    source: str = ""
    published: str = ""
    content: str

    @classmethod
    def of(cls, document: Document) -> "Heading":
        """Return the heading of a document."""
        day = document.published.isoformat() if document.published else ""
        return cls(title=document.title, source=document.source, published=day, content=document.content)


class Changes(Struct, frozen=True, kw_only=True):
    """Documents, entities and statements that differ, by their ids; entities come without their mentions."""

    documents: dict[str, Pair[Heading]] = {}
    entities: dict[str, Pair[Entity]] = {}
    statements: dict[str, Pair[Statement]] = {}

    def __bool__(self) -> bool:
        return bool(self.documents or self.entities or self.statements)

    def then(self, later: "Changes") -> "Changes":
        """Return both, one after the other, as one: what comes back to what it was is no change."""
        return Changes(
            documents=_then(self.documents, later.documents),
            entities=_then(self.entities, later.entities),
            statements=_then(self.statements, later.statements),
        )

    def back(self) -> "Changes":
        """Return what undoes it."""
        return Changes(
            documents=_back(self.documents), entities=_back(self.entities), statements=_back(self.statements)
        )


def differing(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> dict[str, Pair[Thing]]:
    """Return each thing that is not the same in both, sorted by id."""
    return dict(sorted(_differing(old, new)))


def head(entity: Entity) -> Entity:
    """Return the entity without its mentions: what is known of it, not where."""
    return replace(entity, mentions=())


def _differing(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[tuple[str, Pair[Thing]]]:
    for id in old.keys() | new.keys():
        if old.get(id) != new.get(id):
            yield id, (old.get(id), new.get(id))


def _then(first: Mapping[str, Pair[Thing]], second: Mapping[str, Pair[Thing]]) -> dict[str, Pair[Thing]]:
    was = {id: old for id, (old, _) in second.items()} | {id: old for id, (old, _) in first.items()}
    now = {id: new for id, (_, new) in first.items()} | {id: new for id, (_, new) in second.items()}
    return {id: (was[id], now[id]) for id in sorted(was) if was[id] != now[id]}


def _back(pairs: Mapping[str, Pair[Thing]]) -> dict[str, Pair[Thing]]:
    return {id: (new, old) for id, (old, new) in pairs.items()}
