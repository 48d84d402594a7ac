"""The statements and the entities as pandas tables."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas

from kg.errors import KgError
from kg.export.clean import encodable
from kg.export.tables import ENTITIES, EVIDENCE, entity_rows, evidence_rows
from kg.graph import Graph

# Few values in many rows. The rest is text, but for what is told below.
_CATEGORIES = ("predicate", "datatype", "modality", "document", "by", "version", "type", "subtype")
_DTYPES = {
    **dict.fromkeys(_CATEGORIES, "category"),
    **dict.fromkeys(("latitude", "longitude"), "float64"),
    **{"score": "float64", "inferred": "bool", "published": "datetime64[s]"},
    **dict.fromkeys(("start", "end", "mentions"), "int64"),
    **dict.fromkeys(("aliases", "same_as"), "object"),
}


def to_pandas(graph: Graph, table: str = "statements") -> pandas.DataFrame:
    """Return a row for each statement or, with "entities", for each entity.

    The columns are those of the CSV files; the names and links of an entity are lists, and a statement also tells its
    document's date and the extractor's version.
    """
    if table not in _TABLES:
        raise KgError(f"no table {table!r}; there are: {', '.join(_TABLES)}")
    columns, rows = _TABLES[table]
    frame = pandas.DataFrame([list(map(_encodable, row)) for row in rows(graph)], columns=list(columns), dtype="object")
    return frame.astype({name: _DTYPES.get(name, "string") for name in columns})


_TABLES: dict[str, tuple[Sequence[str], Callable[[Graph], Iterable[Sequence[Any]]]]] = {
    "statements": (EVIDENCE, evidence_rows),
    "entities": (ENTITIES, entity_rows),
}


def _encodable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [encodable(each) for each in value]
    return encodable(value) if isinstance(value, str) else value
