"""The graph as two tables: a row for each statement with all its evidence, and a row for each entity."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import Any, BinaryIO

from kg.export.clean import printable
from kg.graph import Graph
from kg.model import Literal, Statement

STATEMENTS = (
    *("id", "subject", "subject_name", "predicate", "object", "object_name", "value", "datatype"),
    *("modality", "time", "source", "score", "inferred", "document", "start", "end", "quote", "by"),
)
# What typed tables tell besides, of the document: a CSV file stays as narrow as it was.
EVIDENCE = (*STATEMENTS, "published", "version")
ENTITIES = ("id", "name", "type", "subtype", "aliases", "same_as", "mentions", "latitude", "longitude", "country")


def statements(graph: Graph, out: BinaryIO) -> None:
    """Write the statements as CSV; the object is an entity id with its name, or else a value with its datatype."""
    write_table(STATEMENTS, statement_rows(graph), out)


def entities(graph: Graph, out: BinaryIO) -> None:
    """Write the entities as CSV; several aliases have "; " between them, mentions are counted."""
    write_table(ENTITIES, entity_rows(graph), out)


def statement_rows(graph: Graph) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each statement, in the order of `STATEMENTS`."""
    names = {entity.id: entity.name for entity in graph.entities()}
    for one in graph.statements():
        yield (
            *(one.id, one.subject, names[one.subject], one.predicate, *_object(one, names)),
            *(one.modality.value, one.time, one.source, one.score, one.inferred),
            *(one.document, one.start, one.end, one.quote, one.by),
        )


def evidence_rows(graph: Graph) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each statement, in the order of `EVIDENCE`."""
    published = {document.id: document.published for document in graph.documents}
    for row, one in zip(statement_rows(graph), graph.statements(), strict=True):
        yield (*row, published[one.document], one.version or None)


def entity_rows(graph: Graph) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each entity, in the order of `ENTITIES`; its aliases and links are tuples."""
    for one in graph.entities():
        known = (one.id, one.name, one.type, one.subtype, one.aliases, one.same_as, len(one.mentions))
        yield (*known, *(one.point or (None, None)), one.country)


def _object(one: Statement, names: dict[str, str]) -> tuple[str | None, ...]:
    if isinstance(one.object, Literal):
        return None, None, one.object.value, one.object.datatype
    return one.object, names[one.object], None, None


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: BinaryIO) -> None:
    """Write a header and rows as CSV (RFC 4180), text made printable and what is unknown left empty."""
    text = TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    text.detach()  # flushes, and leaves the file to whoever opened it


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return printable("; ".join(value))
    return printable(value) if isinstance(value, str) else value
