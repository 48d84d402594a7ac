"""One change of a space, whole or not at all: documents come and go, judgements change, and all else follows."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct

from kg.jsonl import decode, encode
from kg.model import Document, Entity, Extraction, Judgement, Refutation, Statement, content_hash
from kg.resolve.grow import change
from kg.resolve.judge import Judgements
from kg.schema import Schema
from kg.space.changes import Changes, Heading, Pair, differing, head
from kg.space.memory import all_entities, memory
from kg.space.records import DERIVED, FORMAT, Records
from kg.space.said import EXTRACTIONS, Saying
from kg.space.store import Patch

_DIGITS = 1 << 128
_RULES = (
    "resolve",
    "names.py",
    "names.toml",
    "countries.py",
    "countries.toml",
    "model.py",
    "schema.py",
    "graph.py",
    "lift.py",
    "refuted.py",
)


class Request(Struct, frozen=True, kw_only=True):
    """What is to become of a space: documents to put, each with the version that read it, and ids to drop."""

    put: Mapping[str, tuple[Document, str]] = {}
    drop: frozenset[str] = frozenset()
    judgements: tuple[Judgement, ...] = ()
    refutations: tuple[Refutation, ...] = ()
    schema: Schema
    version: str
    pipeline: str = ""


class Growth:
    """Carries out one request; afterwards it tells what changed, and the patch for the store, if there is one."""

    def __init__(self, records: Records, request: Request) -> None:
        self.records, self.request = records, request
        ((self.before, self.schema, self.digest, self.rules),) = records.rows(
            "SELECT generation, schema, digest, rules FROM current"
        )
        self.generation = self.before
        self.changes = Changes()
        self.patch: Patch | None = None

    def run(self) -> None:
        """Change all records, inside a transaction of the caller's."""
        was, now = self._documents()
        judged, refuted = self._judgements(), self._refutations()
        schema = encode(self.request.schema)
        documents = {id: (_heading(was.get(id)), _heading(now.get(id))) for id in sorted(was.keys() | now.keys())}
        documents = {id: pair for id, pair in documents.items() if pair[0] != pair[1]}
        count = self.records.rows("SELECT count(*) FROM documents")[0][0]
        if (self.rules, self.schema) != (rules(), schema) or (now and len(now) == count):
            self._anew(documents, judged[1])
        elif was or now or refuted or judged[0].latest != judged[1].latest:
            self._changed(documents, was, now, judged, refuted)
        else:
            self.patch = Patch()
        version, pipeline = self.request.version, self.request.pipeline
        self.generation = content_hash(str(FORMAT), rules(), version, schema.decode(), self.digest)
        self.records.rows("DELETE FROM current")
        state = (self.generation, version, schema, self.digest, rules(), pipeline)
        self.records.rows("INSERT INTO current VALUES (?, ?, ?, ?, ?, ?)", *state)

    def _anew(self, documents: Mapping[str, Pair[Heading]], judged: Judgements) -> None:
        """Derive everything again, for all documents, the rules or the schema are others; so is the store then."""
        entities, statements = _known(self.records) if self.before else ({}, {})
        for table in DERIVED:
            self.records.rows(f"DELETE FROM {table}")
        found = self.records.rows(f"{EXTRACTIONS.format('extractions.record')} ORDER BY id")
        extractions = [decode(row, Extraction) for (row,) in found]
        swaps = change(memory(self.records), new=extractions, before=Judgements(), after=judged)
        Saying(self.records, self.request.schema, swaps, patching=False).run({}, {one.document for one in extractions})
        if self.before:
            now = _known(self.records)
            self.changes = Changes(
                documents=dict(documents),
                entities=differing(entities, now[0]),
                statements=differing(statements, now[1]),
            )

    def _changed(
        self,
        documents: Mapping[str, Pair[Heading]],
        was: Mapping[str, Document],
        now: Mapping[str, Document],
        judged: tuple[Judgements, Judgements],
        refuted: Iterable[str],
    ) -> None:
        """Derive again what the documents and judgements reach, and what is refuted in documents that stay."""
        sql = f"{EXTRACTIONS.format('extractions.record')} WHERE id IN ({{}})"
        extractions = [decode(row, Extraction) for (row,) in self.records.rows_of(sql, now)]
        gone = was.keys() - now.keys()
        swaps = change(memory(self.records), gone=gone, new=extractions, before=judged[0], after=judged[1])
        said = Saying(self.records, self.request.schema, swaps).run(was, now.keys(), refuted)
        self.changes = Changes(documents=dict(documents), entities=said.entities, statements=said.statements)
        self.patch = said.patch

    # What is given

    def _documents(self) -> tuple[dict[str, Document], dict[str, Document]]:
        """Write the documents; return those that change or go, and those that are new or changed."""
        ids = [*self.request.put, *self.request.drop]
        rows = self.records.rows_of("SELECT id, version, digest, record FROM documents WHERE id IN ({})", ids)
        stored = {id: (version, digest, record) for id, version, digest, record in rows}
        now = {}
        for id, version, digest, record in self._digested():
            if stored.get(id, ("", "", b""))[:2] == (version, digest):
                del stored[id]
                continue
            document = now[id] = self.request.put[id][0]
            row = (id, document.content, version, document.source, digest, record)
            self.records.rows("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)", *row)
            self._count(+1, digest)
        for id, (_, digest, _) in stored.items():
            self._count(-1, digest)
            if id not in now:
                self.records.rows("DELETE FROM documents WHERE id = ?", id)
        stale = f"document = ? AND rowid NOT IN ({EXTRACTIONS.format('extractions.rowid')} WHERE document = ?)"
        self.records.many(f"DELETE FROM extractions WHERE {stale}", [(id, id) for id in stored])
        return {id: decode(record, Document) for id, (_, _, record) in stored.items()}, now

    def _digested(self) -> Iterator[tuple[str, str, str, bytes]]:
        """Yield id, version, digest and record of each document to put; the digest is of all that is given of it."""
        sql = "SELECT document, content, version, record FROM extractions WHERE document IN ({})"
        found = self.records.rows_of(sql, self.request.put)
        extractions = {(id, content, version): record for id, content, version, record in found}
        for id, (document, version) in self.request.put.items():
            record = encode(document)
            yield id, version, _digest(record, extractions[id, document.content, version]), record

    def _judgements(self) -> tuple[Judgements, Judgements]:
        """Write the judgements; return those that held, and those that hold now."""
        was = {record for (record,) in self.records.rows("SELECT record FROM judgements")}
        now = {encode(each) for each in self.request.judgements}
        for sign, records in ((-1, was - now), (+1, now - was)):
            for record in records:
                self._count(sign, _digest(record))
        self.records.many("DELETE FROM judgements WHERE record = ?", [(record,) for record in was - now])
        self.records.many("INSERT INTO judgements VALUES (?)", [(record,) for record in now - was])
        return Judgements(decode(record, Judgement) for record in was), Judgements(self.request.judgements)

    def _refutations(self) -> list[str]:
        """Write the refutations; return the documents of which others hold now than did, as far as they are there."""
        was = {(id, record) for id, record in self.records.rows("SELECT document, record FROM refutations")}
        now = {(each.document, encode(each)) for each in self.request.refutations}
        for sign, rows in ((-1, was - now), (+1, now - was)):
            for _, record in rows:
                self._count(sign, _digest(record))
        self.records.many("DELETE FROM refutations WHERE document = ? AND record = ?", was - now)
        self.records.many("INSERT INTO refutations VALUES (?, ?)", now - was)
        wanted = sorted({id for id, _ in was ^ now})
        return [id for (id,) in self.records.rows_of("SELECT id FROM documents WHERE id IN ({})", wanted)]

    def _count(self, sign: int, digest: str) -> None:
        """Take a digest into that of the whole space, or out of it: their sum, whatever the order."""
        total = (int(self.digest or "0", 16) + sign * int(digest or "0", 16)) % _DIGITS
        self.digest = f"{total:032x}" if total else ""


def contents(records: Records) -> Changes:
    """Return all that is in the space, as a change from nothing."""
    documents = (decode(row, Document) for (row,) in records.rows("SELECT record FROM documents"))
    entities, statements = _known(records)
    return Changes(
        documents=differing({}, {document.id: Heading.of(document) for document in documents}),
        entities=differing({}, entities),
        statements=differing({}, statements),
    )


@cache
def rules() -> str:
    """Name the code that derives all else from what is given: where it is another, everything is derived again."""
    below = [files("kg") / name for name in _RULES] + [files("kg.export") / "rdf.py"]
    below += [files("kg.space") / name for name in ("folded.py", "said.py", "spans.py")]
    return content_hash(*(text for place in below for text in _texts(place)))


def _texts(place: Traversable) -> Iterator[str]:
    if place.is_file():
        yield place.read_text(encoding="utf-8")
        return
    for each in sorted(place.iterdir(), key=lambda each: each.name):
        if each.name.endswith((".py", ".toml")):
            yield from _texts(each)


def _known(records: Records) -> tuple[dict[str, Entity], dict[str, Statement]]:
    entities = {entity.id: head(entity) for entity in all_entities(records)}
    statements = (decode(row, Statement) for (row,) in records.rows("SELECT record FROM statements"))
    return entities, {statement.id: statement for statement in statements}


def _digest(*records: bytes) -> str:
    whole = sha256()
    for record in records:
        whole.update(len(record).to_bytes(8, "big") + record)
    return whole.hexdigest()[:32]


def _heading(document: Document | None) -> Heading | None:
    return None if document is None else Heading.of(document)
