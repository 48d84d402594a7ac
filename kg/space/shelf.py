"""What stands in a space, to read."""

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import SpaceError
from kg.graph import Graph
from kg.jsonl import Record, decode
from kg.model import Anchor, Document, Entity, Extraction, Judgement, Refutation, Rejected, Verdict, content_hash
from kg.resolve import Entries, review
from kg.resolve.naming import anchor_of
from kg.resolve.review import Doubt
from kg.schema import Schema, load
from kg.space import journal
from kg.space.anchored import anchor_of_id, parting
from kg.space.changes import Changes
from kg.space.files import read_records
from kg.space.growth import Request, contents
from kg.space.lists import Lists
from kg.space.memory import all_entities
from kg.space.names import search
from kg.space.records import Records
from kg.space.refuting import refutation_of
from kg.space.said import EXTRACTIONS
from kg.space.store import Stores

GIVEN = "given"
"""The version of an extraction that was made elsewhere and came with its document: it is never made again."""


class Shelf:
    """The records of a space, and the plain files beside them."""

    def __init__(self, path: Path, records: Records) -> None:
        self.path = path
        self._records = records
        self._stores = Stores(path / "graph")

    @property
    def generation(self) -> str:
        """Names what the space holds now, whatever way it came there; empty before its first build is done."""
        return str(self._records.rows("SELECT generation FROM current")[0][0])

    def store_path(self) -> Path | None:
        """Return where the store of the records as they are is, or None where it has still to be made."""
        return self._stores.path / self.generation if self._stores.has(self.generation) else None

    @property
    def version(self) -> str:
        """Names the extractor of the last change; empty before the first."""
        return str(self._records.rows("SELECT version FROM current")[0][0])

    @property
    def pipeline(self) -> str:
        """Names the pipeline that the names were last taken from; empty for the shipped model's."""
        return str(self._records.rows("SELECT pipeline FROM current")[0][0])

    def schema(self) -> Schema:
        """Return the schema of the last finished build."""
        return next(iter(self._read("SELECT schema FROM current WHERE generation != ''", Schema)), None) or load()

    def documents(self) -> list[Document]:
        """Return the documents, by id."""
        return self._read("SELECT record FROM documents ORDER BY id", Document)

    def extractions(self) -> list[Extraction]:
        """Return what was extracted from each of these documents, by document id."""
        return self._read(f"{EXTRACTIONS.format('extractions.record')} ORDER BY documents.id", Extraction)

    def entities(self) -> list[Entity]:
        """Return the entities resolved from them, by id."""
        return all_entities(self._records)

    def names(self) -> dict[str, str]:
        """Return the names of the entities, by id."""
        return {entity.id: entity.name for entity in self.entities()}

    def judgements(self) -> list[Judgement]:
        """Return what a person decided, as `judgements.jsonl` has it: the next change brings it about."""
        return read_records(self.path / "judgements.jsonl", Judgement)

    def refutations(self) -> list[Refutation]:
        """Return what a person says is wrong, as `refutations.jsonl` has it: the next change brings it about."""
        return read_records(self.path / "refutations.jsonl", Refutation)

    def refutation(self, statement: str, **told: str) -> Refutation:
        """Return what `refute` takes, for the statement of that id; `told` is who says it, when and with what note.

        Raises `KgError` where there is no such statement, or where it follows from one that is to be refuted instead.
        """
        return refutation_of(self._records, statement, **told)

    def lists(self) -> Entries:
        """Return the entries of the user's lists that things are linked to."""
        return Lists(self._records).entries()

    def request(self, **parts: Any) -> Request:
        """Return a request that leaves all but these parts as it is."""
        kept = {
            "schema": self.schema(),
            "version": self.version,
            "pipeline": self.pipeline,
            "judgements": tuple(self.judgements()),
            "refutations": tuple(self.refutations()),
        }
        return Request(**{**kept, **parts})

    def anchors(self, *names: str) -> tuple[Anchor, ...]:
        """Return by what judgements speak of these: names, aliases or ids of entities, or ids of their mentions.

        Raises `KgError` where a name means none, or several.
        """
        self._built()
        found = {name: anchor_of_id(self._records, name) for name in names}
        if None in found.values():
            graph = self.graph()
            extractions = {extraction.document: extraction for extraction in graph.extractions}
            for name in (name for name, known in found.items() if known is None):
                entity = graph.entity(name)
                documents = sorted({mention.rpartition("#")[0] for mention in entity.mentions})
                found[name] = anchor_of(entity, [extractions[document] for document in documents], name)
        return tuple(known for name in names if (known := found[name]) is not None)

    def parting(self, id: str, mentions: Iterable[str]) -> list[tuple[Anchor, Anchor, Verdict]]:
        """Return the judgements by which these mentions of an entity, by id, are one thing, and its others another.

        Raises `KgError` where one is none of the entity's, and where nothing would be left of it.
        """
        self._built()
        return parting(self._records, id, mentions)

    def review(self, *, limit: int = 20) -> list[Doubt]:
        """Return the pairs that resolution is least certain of and nobody has judged, with their evidence.

        Before them those that are linked to the same.
        """
        self._built()
        return review(self.extractions(), self.judgements(), entities=self.entities(), limit=limit)

    def rejected(self) -> list[Rejected]:
        """Return what the last run set aside."""
        return read_records(self.path / "rejected.jsonl", Rejected)

    def search(self, text: str, *, limit: int = 20) -> list[Entity]:
        """Return the entities with a name like the text, whose last word may be unfinished, the best known first."""
        return search(self._records, text, limit)

    def counts(self) -> dict[str, int]:
        """Return how many documents, entities and statements there are; what only follows by rule is not counted."""
        return {
            "documents": self._records.rows("SELECT count(*) FROM documents")[0][0],
            "entities": self._records.rows("SELECT count(*) FROM entities")[0][0],
            "statements": self._records.rows("SELECT coalesce(sum(statements), 0) FROM headings")[0][0],
        }

    def graph(self) -> Graph:
        """Return the graph of the last finished build."""
        self._built()
        with self._records.reading():
            parts = (self.documents(), self.extractions(), self.entities(), self.schema())
            return Graph.of(*parts, refutations=self._read("SELECT record FROM refutations", Refutation))

    def extracted(self, documents: Iterable[Document], version: str) -> dict[str, Extraction]:
        """Return, by document id, the extractions that this version has already made of these very documents."""
        found = {}
        sql = "SELECT record FROM extractions WHERE document = ? AND content = ? AND version = ?"
        for document in documents:
            for extraction in self._read(sql, Extraction, document.id, document.content, version):
                found[document.id] = extraction
        return found

    def ids(self) -> list[str]:
        """Return the ids of the documents."""
        return [id for (id,) in self._records.rows("SELECT id FROM documents ORDER BY id")]

    def stale(self, version: str) -> list[Document]:
        """Return the documents that another version has read, by id, but for those whose extraction was given."""
        return self._read(
            "SELECT record FROM documents WHERE version NOT IN (?, ?) ORDER BY id", Document, version, GIVEN
        )

    def replaced(self, documents: Iterable[Document]) -> frozenset[str]:
        """Return the ids of those that are older texts of these documents: of files that hold one document each.

        What has an id of its own, not told from its text, is replaced by that id alone.
        """
        new: dict[str, list[Document]] = {}
        for document in documents:
            new.setdefault(document.source, []).append(document)
        return frozenset(id for source, found in new.items() for id in self._older(source, found))

    def _older(self, source: str, found: list[Document]) -> Iterator[str]:
        old = self._read("SELECT record FROM documents WHERE source = ?", Document, source)
        alone = len(found) == len(old) == 1 and os.path.isfile(source) and old[0].id != found[0].id
        if alone and all(document.id == content_hash(document.text) for document in (*old, *found)):
            yield old[0].id

    def contents(self) -> Changes:
        """Return all that there is as a change from nothing."""
        with self._records.reading():
            return contents(self._records)

    def diff(self, other: "Shelf") -> Changes:
        """Return what makes this space into the other one."""
        return self.contents().back().then(other.contents())

    def since(self, start: str, end: str = "") -> Changes:
        """Return what changed from one date, or date and time, to another or until now, as the journal tells."""
        with self._records.reading():
            return journal.between(self._records, start, end)

    def _named(self, name: str) -> list[str]:
        """Return the ids of the documents of that id or source."""
        found = self._records.rows("SELECT id FROM documents WHERE id = ? OR source = ?", name, name)
        if not found:
            known = [each for row in self._records.rows("SELECT id, source FROM documents") for each in row if each]
            close = get_close_matches(name, known, n=3)
            hint = "; did you mean " + " or ".join(map(repr, dict.fromkeys(close))) if close else ""
            raise SpaceError(f"no document in {self.path} has the id or the source {name!r}{hint}")
        return [id for (id,) in found]

    def _built(self) -> None:
        if not self.generation:
            raise SpaceError(f"{self.path} holds no finished build; run kg build again")

    def _read(self, sql: str, kind: type[Record], *values: str) -> list[Record]:
        return [decode(row, kind, path=str(self.path)) for (row,) in self._records.rows(sql, *values)]
