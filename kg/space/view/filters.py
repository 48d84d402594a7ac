"""What a person wants to see of a graph, as conditions of a query."""

from typing import Any

from msgspec import Struct

from kg.errors import KgError
from kg.model import Modality
from kg.schema import Schema
from kg.space.folded import bits
from kg.space.spans import bound

Condition = tuple[str, list[Any]]
"""SQL that follows others after AND, and the values it asks for."""


class Filter(Struct, frozen=True, kw_only=True):
    """Types of things, predicates, modalities, the least score, and the first and last day of statements.

    What follows from another statement by rule is left out unless its predicate is asked for: it connects no others.
    A statement is of the days that its text gives it, else of the day its document was published.
    """

    types: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    score: float = 0.0
    first: str | None = None
    last: str | None = None

    def check(self, schema: Schema) -> None:
        """Raise `KgError` where a name is unknown or a date none; the message names what there is."""
        for name in self.types:
            schema.type(name)
        for name in self.predicates:
            schema.predicate(name)
        for name in self.modalities:
            if name not in list(Modality):
                raise KgError(f"no modality {name!r}; there are: {', '.join(Modality)}")
        for text in (self.first, self.last):
            if text is not None and bound(text) is None:
                raise KgError(f"{text!r} is no date; write it as 2021, 2021-10 or 2021-10-05")

    def edges(self, *, whole: bool = False) -> Condition:
        """Return the condition for a row of `edges`, written for a few of them or for the whole table."""
        parts: list[str] = []
        values: list[Any] = []
        if self.predicates:
            parts.append(f"edges.predicate IN ({_marks(self.predicates)})")
            values += self.predicates
        else:
            parts.append("NOT edges.inferred")
        if self.modalities:
            parts.append("edges.modalities & ?")
            values.append(bits(self.modalities))
        if self.score > 0:
            parts.append("edges.score >= ?")
            values.append(self.score)
        if self.first or self.last:
            dated, days = self._whole_dated() if whole else self._edge_dated()
            parts.append(dated)
            values += days
        return " AND ".join(parts), values

    def dated(self) -> Condition:
        """Return the condition for a row of `statements` joined with the `headings` of its document."""
        first, last = self._days()
        told = "coalesce(statements.{}, headings.published)"
        return f"{told.format('last')} >= ? AND {told.format('first')} <= ?", [first, last]

    def _edge_dated(self) -> Condition:
        dated, days = self.dated()
        joined = "statements JOIN headings ON headings.id = statements.document"
        return f"EXISTS (SELECT 1 FROM {joined} WHERE statements.edge = edges.id AND {dated})", days

    def _whole_dated(self) -> Condition:
        first, last = self._days()
        told = "SELECT edge FROM statements WHERE first <= ? AND last >= ?"
        published = (
            "SELECT statements.edge FROM headings JOIN statements ON statements.document = headings.id"
            " WHERE headings.published BETWEEN ? AND ? AND statements.first IS NULL"
        )
        return f"edges.id IN ({told} UNION ALL {published})", [last, first, first, last]

    def _days(self) -> tuple[str, str]:
        first = bound(self.first) if self.first else None
        last = bound(self.last, last=True) if self.last else None
        return first or "", last or "~"

    def things(self, schema: Schema, alias: str = "nodes") -> Condition:
        """Return the condition for a row of `nodes`."""
        if not self.types:
            return "1", []
        inner = sorted(name for name in schema.types for wanted in self.types if schema.is_a(name, wanted))
        outer = sorted({name for wanted in self.types for name in schema.ancestors(wanted)})
        text = (
            f"({alias}.type IN ({_marks(inner)}) OR"
            f" {alias}.subtype IN ({_marks(inner)}) AND {alias}.type IN ({_marks(outer)}))"
        )
        return text, [*inner, *inner, *outer]


EVERYTHING = Filter()


def _marks(values: "tuple[str, ...] | list[str]") -> str:
    return ",".join("?" * len(values))
