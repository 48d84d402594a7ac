"""The graph as two Parquet files with typed columns: statements with their evidence, and entities."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import pyarrow
from pyarrow import parquet

from kg.export.clean import encodable
from kg.export.tables import ENTITIES, EVIDENCE, entity_rows, evidence_rows
from kg.graph import Graph

_TEXT = pyarrow.string()
_TYPES = {
    **dict.fromkeys(("latitude", "longitude"), pyarrow.float64()),
    **{"score": pyarrow.float64(), "inferred": pyarrow.bool_(), "published": pyarrow.date32()},
    **dict.fromkeys(("start", "end", "mentions"), pyarrow.int64()),
    **dict.fromkeys(("aliases", "same_as"), pyarrow.list_(_TEXT)),
}


def statements(graph: Graph, out: BinaryIO) -> None:
    """Write a row for each statement: the columns of the CSV file, the document's date, the extractor's version."""
    _write(EVIDENCE, evidence_rows(graph), out)


def entities(graph: Graph, out: BinaryIO) -> None:
    """Write a row for each entity: the columns of the CSV file, its names and links as lists."""
    _write(ENTITIES, entity_rows(graph), out)


def _write(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: BinaryIO) -> None:
    schema = pyarrow.schema([(name, _TYPES.get(name, _TEXT)) for name in columns])
    values: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for column, value in zip(values, row, strict=True):
            column.append(_encodable(value))
    arrays = [pyarrow.array(column, field.type) for column, field in zip(values, schema, strict=True)]
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), out)


def _encodable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [encodable(each) for each in value]
    return encodable(value) if isinstance(value, str) else value
