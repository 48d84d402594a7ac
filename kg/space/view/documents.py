"""The documents of a space: which there are, and one with all its mentions and statements in its text."""

from collections.abc import Iterable, Iterator, Sequence

from kg.evidence import cut
from kg.jsonl import decode
from kg.model import Document as Text
from kg.model import Extraction, Mention, Statement
from kg.schema import Schema
from kg.space.records import Records
from kg.space.said import EXTRACTIONS
from kg.space.view.rows import NotFound, names
from kg.space.view.shapes import Claim, Document, Documents, Listed, Mentioned, Part
from kg.space.view.texts import mentioned
from kg.space.view.why import claims, spoken_of


def documents(records: Records, *, text: str = "", offset: int = 0, limit: int = 50) -> Documents:
    """Return the documents with that text in their title, source or id, the latest first."""
    condition, values = "1", []
    if text:
        condition = "instr(lower(title || char(10) || source || char(10) || id), lower(?))"
        values = [text]
    total = records.rows(f"SELECT count(*) FROM headings WHERE {condition}", *values)[0][0]
    sql = (
        f"SELECT id, title, source, published, statements, mentions FROM headings WHERE {condition}"
        " ORDER BY published DESC, id LIMIT ? OFFSET ?"
    )
    fields = ("id", "title", "source", "published", "statements", "mentions")
    rows = records.rows(sql, *values, limit, offset)
    return Documents(documents=[Listed(**dict(zip(fields, row, strict=True))) for row in rows], total=total)


def document(records: Records, schema: Schema, id: str) -> Document:
    """Return a document in pieces that joined are its text; raise `NotFound` where there is none."""
    sql = f"{EXTRACTIONS.format('documents.record, extractions.record')} WHERE id = ?"
    rows = records.rows(sql, id)
    if not rows:
        raise NotFound(f"no document has the id {id!r} now; look for it among the documents")
    text, extraction = decode(rows[0][0], Text), decode(rows[0][1], Extraction)
    said = records.rows("SELECT record FROM statements WHERE document = ?", id)
    statements = [one for one in (decode(row, Statement) for (row,) in said) if not one.inferred]
    statements.sort(key=lambda one: (one.start, one.end, one.id))
    owners = {(mark.start, mark.end): mark.entity for mark in mentioned(records, [id]).get(id, ())}
    found = claims(records, schema, statements, quoted=False)
    called = names(records, [*spoken_of(found), *owners.values()])
    return Document(
        id=id,
        title=text.title,
        published=text.published.isoformat() if text.published else None,
        source=text.source,
        pieces=list(_parts(text.text, _shown(extraction.mentions, owners), found)),
        statements=found,
        names=called,
    )


def _shown(mentions: Iterable[Mention], owners: dict[tuple[int, int], str | None]) -> list[tuple[int, int, Mentioned]]:
    return [
        (
            one.start,
            one.end,
            Mentioned(id=one.id, entity=owners.get((one.start, one.end)), type=one.type, kind=one.kind.value),
        )
        for one in mentions
    ]


def _parts(text: str, mentions: Sequence[tuple[int, int, Mentioned]], said: Sequence[Claim]) -> Iterator[Part]:
    """Cut the text wherever a mention or the evidence of a statement begins or ends."""
    stretches = [*((start, end) for start, end, _ in mentions), *((one.start, one.end) for one in said)]
    for start, end, over in cut((0, len(text)), stretches):
        inner = min((at for at in over if at < len(mentions)), key=lambda at: _length(mentions[at]), default=None)
        evidence = [said[at - len(mentions)].id for at in over if at >= len(mentions)]
        mention = None if inner is None else mentions[inner][2]
        yield Part(text=text[start:end], mention=mention, statements=evidence)


def _length(mention: tuple[int, int, Mentioned]) -> tuple[int, bool, str]:
    """Sort the inner mention first; of two over the same stretch one that is resolved."""
    start, end, told = mention
    return end - start, told.entity is None, told.type
