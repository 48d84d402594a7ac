"""What is read of a space for looking at it: by SQL on indexes, never the whole graph.

A `View` sees one state of a space at a time; the functions beside it answer in the shapes of `kg.space.view.shapes`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from kg.errors import SpaceError
from kg.jsonl import decode
from kg.schema import Schema
from kg.space.records import Records
from kg.space.view import shapes
from kg.space.view.dated import placed, timeline
from kg.space.view.documents import document, documents
from kg.space.view.doubts import review
from kg.space.view.filters import EVERYTHING, Filter
from kg.space.view.found import page, search
from kg.space.view.overview import overview
from kg.space.view.paths import paths
from kg.space.view.rows import NotFound
from kg.space.view.scenes import around, beside, most_connected, of_document
from kg.space.view.why import why_edge, why_entity, why_pair, why_statement

__all__ = [
    "EVERYTHING",
    "Filter",
    "NotFound",
    "View",
    "around",
    "beside",
    "document",
    "documents",
    "most_connected",
    "of_document",
    "overview",
    "page",
    "paths",
    "placed",
    "review",
    "search",
    "shapes",
    "timeline",
    "why_edge",
    "why_entity",
    "why_pair",
    "why_statement",
]


class View:
    """The records of one space, to be looked at from one thread; any number of views may be open while one writes."""

    def __init__(self, path: Path, records: Records) -> None:
        self.path, self.records = path, records
        self._schema: tuple[str, Schema] | None = None

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Look at the space of that path, which is of this format: `kg.Space.open` brings an older one into it."""
        return cls(Path(path), Records.open(Path(path)))

    def close(self) -> None:
        """Let go of the files."""
        self.records.close()

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """See one state of the records inside, whoever writes meanwhile; raise `SpaceError` where nothing is built."""
        with self.records.reading():
            if not self.generation:
                raise SpaceError(f"{self.path} holds no finished build; run kg build again")
            yield self.records

    @property
    def generation(self) -> str:
        """Names what the space holds now; empty before its first build is done."""
        return str(self.records.rows("SELECT generation FROM current")[0][0])

    @property
    def schema(self) -> Schema:
        """The schema of the space as it is."""
        generation = self.generation
        if self._schema is None or self._schema[0] != generation:
            (record,) = self.records.rows("SELECT schema FROM current")[0]
            self._schema = generation, decode(record, Schema)
        return self._schema[1]
