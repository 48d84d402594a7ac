"""What predicates of the vocabulary are called in a benchmark: `properties.toml`, and the schema's own `wikidata`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from kg.schema import Schema

TABLE = Path(__file__).with_name("properties.toml")
INVERSE = "^"


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The properties that a predicate is said by, where its ends are of these types."""

    predicate: str
    properties: tuple[str, ...]
    subject: str | None = None
    object: str | None = None


class Terms:
    """A benchmark's properties, looked up by predicate."""

    def __init__(self, schema: Schema, rows: Sequence[Row], default: Mapping[str, Sequence[str]]) -> None:
        self._schema = schema
        self._rows = rows
        self._default = default

    def properties(self, predicate: str, subject: str, object: str) -> Iterator[tuple[str, bool]]:
        """Yield the properties for a predicate between things of these types, and whether each runs the other way."""
        rows = [row for row in self._rows if row.predicate == predicate]
        fitting = [row for row in rows if self._fits(subject, row.subject) and self._fits(object, row.object)]
        names = fitting[0].properties if fitting else () if rows else self._default.get(predicate, ())
        for name in names:
            yield name.removeprefix(INVERSE), name.startswith(INVERSE)

    def _fits(self, type: str, wanted: str | None) -> bool:
        return wanted is None or self._schema.is_a(type, wanted)


def knowledgenet(schema: Schema) -> Terms:
    """Return KnowledgeNet's properties, by name."""
    return Terms(schema, _rows("knowledgenet"), {})


def wikidata(schema: Schema) -> Terms:
    """Return Wikidata's properties, by number; the schema names those of predicates that a user adds."""
    return Terms(schema, _rows("wikidata"), {name: rule.wikidata for name, rule in schema.predicates.items()})


def _rows(table: str) -> tuple[Row, ...]:
    tables = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return msgspec.convert(tables[table], tuple[Row, ...])
