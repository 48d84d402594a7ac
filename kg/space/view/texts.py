"""The texts of a space, and what they mention: what sentences are cut by."""

from collections import defaultdict
from collections.abc import Iterable

from kg.evidence import Mark, Piece, passage
from kg.jsonl import decode
from kg.model import Document
from kg.space.memory import memory
from kg.space.records import Records
from kg.space.view.rows import IDS, headings, ids
from kg.space.view.shapes import Passage


def texts(records: Records, wanted: Iterable[str]) -> dict[str, str]:
    """Return the texts of documents, by id."""
    rows = records.rows_of("SELECT record FROM documents WHERE id IN ({})", dict.fromkeys(wanted))
    return {one.id: one.text for one in (decode(row, Document) for (row,) in rows)}


def mentioned(records: Records, wanted: Iterable[str]) -> dict[str, list[Mark]]:
    """Return what documents mention and was resolved to an entity, by document, in the order of the text."""
    known = memory(records)
    rows = known.said.find("document", dict.fromkeys(wanted))
    home = {unit.id: unit.entity for unit in known.units.find("id", (row.unit for row in rows))}
    sql = f"SELECT id, type FROM nodes WHERE id IN {IDS}"
    types = dict(records.rows(sql, ids({*home.values()})))
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for row in rows:
        entity = home[row.unit]
        found[row.chain.document] += (Mark(*span, entity, types.get(entity)) for span in row.chain.spans)
    return {document: sorted(marks, key=lambda mark: mark[:3]) for document, marks in found.items()}


def place(mention: str) -> tuple[str, int, int]:
    """Return the document of a mention id, and where the mention begins and ends."""
    document, _, stretch = mention.rpartition("#char=")
    start, end = stretch.split(",")
    return document, int(start), int(end)


def passages(records: Records, mentions: Iterable[str]) -> list[Passage]:
    """Return the sentences of mentions, by id, each once."""
    places = [place(mention) for mention in mentions]
    documents = [document for document, _, _ in places]
    text, marks, heading = texts(records, documents), mentioned(records, documents), headings(records, documents)
    first = _first(records, documents)
    found: dict[tuple[str, str], Passage] = {}
    for document, start, end in places:
        cut = passage(text[document], (start, end), marks.get(document, ()))
        key = document, "".join(piece.text for piece in cut)
        mention = f"{document}#char={start},{end}"
        here = Passage(document=heading[document], pieces=cut, mention=first.get(mention, mention))
        found.setdefault(key, here)
    return list(found.values())


def _first(records: Records, documents: Iterable[str]) -> dict[str, str]:
    """Return of each mention the first that its document holds for the same."""
    rows = memory(records).said.find("document", dict.fromkeys(documents))
    return {mention: row.chain.first for row in rows for mention in row.chain.mentions}


def contexts(records: Records, mentions: Iterable[str]) -> dict[str, list[Piece]]:
    """Return the sentence of each mention, by its id, in which that mention alone is marked."""
    places = {mention: place(mention) for mention in mentions}
    text = texts(records, [document for document, _, _ in places.values()])
    return {mention: passage(text[document], (start, end), ()) for mention, (document, start, end) in places.items()}
