"""Why a graph says what it says: the statements behind something, each with the sentence that makes it."""

from collections.abc import Iterable, Sequence

from kg.evidence import Mark, told
from kg.graph import edge_id
from kg.jsonl import decode
from kg.model import Literal, Statement
from kg.schema import Schema
from kg.space.records import Records
from kg.space.view.rows import EDGE, NotFound, edge_of, entity, headings, label, names
from kg.space.view.shapes import Claim, Heading, Value, Why
from kg.space.view.texts import mentioned, texts

_RANKED = "ORDER BY edges.weight DESC, edges.id, statements.document, statements.id LIMIT ?"
_OF = "statements JOIN edges ON edges.id = statements.edge"


def why_edge(records: Records, schema: Schema, id: str, *, limit: int) -> Why:
    """Return the statements of an edge; raise `NotFound` where there is none."""
    rows = records.rows(f"SELECT {EDGE} FROM edges WHERE id = ?", id)
    if not rows:
        raise NotFound(f"no edge has the id {id!r} now; open one of its ends again")
    edge = edge_of(rows[0], schema)
    called = names(records, [edge.source, edge.target])
    thing = called.get(edge.target or "", edge.value.value if edge.value else "")
    title = f"{called.get(edge.source, edge.source)} {edge.label} {thing}"
    return _why(records, schema, title, "statements.edge = ?", [id], limit)


def why_pair(records: Records, schema: Schema, one: str, other: str, *, limit: int) -> Why:
    """Return the statements that join two things directly."""
    ends = [entity(records, one), entity(records, other)]
    condition = "NOT edges.inferred AND ((subject = ? AND object = ?) OR (subject = ? AND object = ?))"
    title = f"{ends[0].name} and {ends[1].name}"
    return _why(records, schema, title, condition, [one, other, other, one], limit)


def why_entity(records: Records, schema: Schema, id: str, *, limit: int) -> Why:
    """Return the statements about a thing."""
    about = entity(records, id)
    own = "SELECT id FROM edges WHERE subject = ? UNION SELECT id FROM edges WHERE object = ?"
    condition = f"NOT edges.inferred AND edges.id IN ({own})"
    found = _why(records, schema, about.name, condition, [id, id], limit)
    return Why(title=found.title, entity=about, claims=found.claims, names=found.names, more=found.more)


def why_statement(records: Records, schema: Schema, id: str) -> Why:
    """Return one statement; raise `NotFound` where there is none."""
    found = _why(records, schema, "", "statements.id = ?", [id], 1)
    if not found.claims:
        raise NotFound(f"no statement has the id {id!r} now; it may have been refuted, or read again")
    (one,) = found.claims
    thing = found.names.get(one.object or "", one.value.value if one.value else "")
    title = f"{found.names.get(one.subject, one.subject)} {one.label} {thing}"
    return Why(title=title, entity=None, claims=found.claims, names=found.names, more=0)


def claims(records: Records, schema: Schema, statements: Sequence[Statement], *, quoted: bool = True) -> list[Claim]:
    """Return the statements as they are shown, with their sentences or without."""
    documents = {one.document for one in statements}
    heading = headings(records, documents)
    text = texts(records, documents) if quoted else {}
    marks = mentioned(records, documents) if quoted else {}
    return [
        claim(one, heading[one.document], schema, text.get(one.document), marks.get(one.document, ()))
        for one in statements
    ]


def claim(one: Statement, document: Heading, schema: Schema, text: str | None, mentions: Sequence[Mark]) -> Claim:
    """Return one statement as it is shown; `mentions` are what its text mentions, in order."""
    thing = one.object
    literal = Value(value=thing.value, datatype=thing.datatype) if isinstance(thing, Literal) else None
    return Claim(
        id=one.id,
        edge=edge_id(one),
        subject=one.subject,
        predicate=one.predicate,
        label=label(schema, one.predicate),
        object=thing if isinstance(thing, str) else None,
        value=literal,
        modality=one.modality.value,
        source=one.source,
        time=one.time,
        score=one.score,
        by=one.by,
        version=one.version,
        inferred=one.inferred,
        start=one.start,
        end=one.end,
        document=document,
        sentence=told(text, one, mentions) if text is not None else [],
    )


def spoken_of(found: Iterable[Claim]) -> list[str | None]:
    """Return the ids in claims that may be those of entities."""
    return [id for one in found for id in (one.subject, one.object, one.source)]


def _why(records: Records, schema: Schema, title: str, condition: str, values: Sequence[str], limit: int) -> Why:
    sql = f"SELECT statements.record FROM {_OF} WHERE {condition} {_RANKED}"
    statements = [decode(row, Statement) for (row,) in records.rows(sql, *values, limit)]
    count = records.rows(f"SELECT count(*) FROM {_OF} WHERE {condition}", *values)[0][0]
    found = claims(records, schema, statements)
    called = names(records, spoken_of(found))
    return Why(title=title, entity=None, claims=found, names=called, more=count - len(found))
