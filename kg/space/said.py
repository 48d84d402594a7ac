"""What the documents of a space say of its entities: derived anew where a change reaches, and what that changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace
from pyoxigraph import Quad

from kg.export.rdf import Quads
from kg.jsonl import decode
from kg.lift import lift
from kg.model import Document, Entity, Extraction, Refutation, Statement
from kg.resolve.rows import Swap
from kg.schema import Schema
from kg.space.changes import Pair, differing, head
from kg.space.folded import fold, fold_all, keep_document, keep_statements
from kg.space.memory import memory
from kg.space.records import Records, batches
from kg.space.store import Patch, parsed

_MANY = 250  # documents lifted at once

EXTRACTIONS = """
SELECT {} FROM documents JOIN extractions ON extractions.document = documents.id
    AND extractions.content = documents.content AND extractions.version = documents.version
"""
"""What was extracted from the documents as they are; other rows belong to a change that was not finished."""


@dataclass(slots=True)
class Said:
    """What changed in what is said."""

    entities: dict[str, Pair[Entity]]
    statements: dict[str, Pair[Statement]]
    patch: Patch


class Saying:
    """Brings statements, plain triples and evidence up to what the resolution has become."""

    def __init__(
        self, records: Records, schema: Schema, swaps: Collection[Swap[Entity]], *, patching: bool = True
    ) -> None:
        self.records, self.schema, self.swaps, self.patching = records, schema, swaps, patching
        self.quads = Quads(schema)
        self.patch = Patch()
        self.gone = {old.id for old, new in swaps if old is not None and new is None}
        self.come = {new.id for old, new in swaps if old is None and new is not None}

    def run(self, was: Mapping[str, Document], put: Collection[str], again: Iterable[str] = ()) -> Said:
        """Derive it all; `was` are the documents that change or go, and `put` the ids of those that are there anew.

        Those to be said `again` have not changed, but what a person says of them has.
        """
        entities = {}
        plain: set[Quad] = set()
        for old, new in self.swaps:
            one = old or new
            assert one is not None
            pair = (old and head(old), new and head(new))
            if pair[0] != pair[1]:
                entities[one.id] = pair
            quads = [self.quads.entity(each) if each else set() for each in (old, new)]
            if quads[0] != quads[1]:
                plain |= self._facts(f"e{one.id}", quads[1])
        statements = {}
        for id in was.keys() - put:
            self.records.rows("DELETE FROM headings WHERE id = ?", id)
        for some in batches(sorted(self._reached() | was.keys() | {*put, *again}), _MANY):
            changed = self._documents(some, was, put, plain)
            statements.update(changed if self.patching else {})
        if self.patching:
            fold(self.records, (one for pair in statements.values() for one in pair if one is not None))
        else:
            fold_all(self.records)
        unsupported = {str(quad): quad for quad in plain}
        for (text,) in self.records.rows_of("SELECT DISTINCT quad FROM facts WHERE quad IN ({})", [*unsupported]):
            del unsupported[text]
        self.patch.removed |= {*unsupported.values()}
        return Said(dict(sorted(entities.items())), dict(sorted(statements.items())), self.patch)

    def _reached(self) -> set[str]:
        """Return the documents that name an entity which has another id or type now, or name it no more."""
        found: set[str] = set()
        for old, new in self.swaps:
            ours, theirs = ({*one.mentions} if one else set() for one in (old, new))
            same = old is not None and new is not None and (old.type, old.subtype) == (new.type, new.subtype)
            found |= {mention.rpartition("#")[0] for mention in (ours ^ theirs if same else ours | theirs)}
        words = self.gone | self.come
        sql = "SELECT DISTINCT document FROM statements WHERE source IN ({})"
        return found | {document for (document,) in self.records.rows_of(sql, words)}

    def _documents(
        self, ids: list[str], was: Mapping[str, Document], put: Collection[str], plain: set[Quad]
    ) -> dict[str, Pair[Statement]]:
        """Say anew what some documents say."""
        found = self.records.rows_of(
            f"{EXTRACTIONS.format('documents.record, extractions.record')} WHERE id IN ({{}})", ids
        )
        now = [(decode(one, Document), decode(other, Extraction)) for one, other in found]
        old, new = known(self.records, ids), self._lifted(now)
        changed: dict[str, Pair[Statement]] = {}
        documents = {document.id: document for document, _ in now}
        present = self._present([*old.values(), *new.values()])
        for document, extraction in now:
            keep_document(self.records, document, extraction, new.get(document.id, {}).values())
        for id in ids:
            ours, theirs = old.get(id, {}), new.get(id, {})
            changed |= differing(ours, theirs)
            plain |= self._facts(f"d{id}", self.quads.facts(theirs.values()))
            before = was.get(id) or (None if id in put else documents[id])
            self._evidence(before, ours.values(), (present | self.gone) - self.come, self.patch.removed)
            self._evidence(documents.get(id), theirs.values(), present, self.patch.added)
        both = self.patch.removed & self.patch.added
        self.patch.removed -= both
        self.patch.added -= both
        self._keep(changed)
        return changed

    def _evidence(
        self, document: Document | None, said: Iterable[Statement], entities: Collection[str], into: set[Quad]
    ) -> None:
        if document is not None and self.patching:
            into |= self.quads.evidence(document, said, entities)

    def _lifted(self, read: list[tuple[Document, Extraction]]) -> dict[str, dict[str, Statement]]:
        """Return the statements that the documents make now."""
        documents, extractions = [one for one, _ in read], [one for _, one in read]
        owners = self._owners(document.id for document in documents)
        rows = self.records.rows_of(
            "SELECT record FROM refutations WHERE document IN ({})", [one.id for one in documents]
        )
        refutations = [decode(row, Refutation) for (row,) in rows]
        statements, _ = lift(documents, extractions, owners, self.schema, refutations=refutations)
        found: defaultdict[str, dict[str, Statement]] = defaultdict(dict)
        for statement in statements:
            found[statement.document][statement.id] = statement
        return found

    def _owners(self, documents: Iterable[str]) -> list[Entity]:
        """Return the entities of some documents, with their mentions in these alone."""
        known = memory(self.records)
        rows = known.said.find("document", documents)
        home = {unit.id: unit.entity for unit in known.units.find("id", (row.unit for row in rows))}
        mentions: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            mentions[home[row.unit]] += row.chain.mentions
        found = {one.entity.id: one.entity for one in known.entities.find("id", mentions)}
        return [replace(found[id], mentions=tuple(mentions[id])) for id in sorted(mentions)]

    def _present(self, said: Iterable[Mapping[str, Statement]]) -> set[str]:
        """Return which of those who say the statements are entities."""
        sources = {one.source for statements in said for one in statements.values() if one.source}
        return {id for (id,) in self.records.rows_of("SELECT id FROM entities WHERE id IN ({})", sources)}

    def _keep(self, changed: Mapping[str, Pair[Statement]]) -> None:
        gone = [(id,) for id, (_, new) in changed.items() if new is None]
        self.records.many("DELETE FROM statements WHERE id = ?", gone)
        keep_statements(self.records, (new for _, new in changed.values() if new is not None))

    def _facts(self, behind: str, quads: set[Quad]) -> set[Quad]:
        """Let these plain triples stand for what is behind them; return those that no longer do, add the new ones."""
        was = {text for (text,) in self.records.rows("SELECT quad FROM facts WHERE behind = ?", behind)}
        now = {str(quad): quad for quad in quads}
        self.records.many(
            "DELETE FROM facts WHERE quad = ? AND behind = ?", [(text, behind) for text in was - now.keys()]
        )
        self.records.many("INSERT INTO facts VALUES (?, ?)", [(text, behind) for text in sorted(now.keys() - was)])
        if not self.patching:
            return set()
        self.patch.added |= {now[text] for text in now.keys() - was}
        return {*parsed(was - now.keys())}


def everything(records: Records, schema: Schema) -> Iterator[Quad]:
    """Yield all quads of a space, in no order."""
    for some in batches((text for (text,) in records.rows("SELECT DISTINCT quad FROM facts")), 10_000):
        yield from parsed(some)
    make = Quads(schema)
    entities = {id for (id,) in records.rows("SELECT id FROM entities")}
    for some in batches((id for (id,) in records.rows("SELECT id FROM documents ORDER BY id")), _MANY):
        said = known(records, some)
        for (row,) in records.rows_of("SELECT record FROM documents WHERE id IN ({})", some):
            document = decode(row, Document)
            yield from make.evidence(document, said.get(document.id, {}).values(), entities)


def known(records: Records, documents: Iterable[str]) -> dict[str, dict[str, Statement]]:
    """Return the statements that the space holds of some documents, by document and id."""
    found: defaultdict[str, dict[str, Statement]] = defaultdict(dict)
    for id, row in records.rows_of("SELECT id, record FROM statements WHERE document IN ({})", documents):
        statement = decode(row, Statement)
        found[statement.document][id] = statement
    return found
