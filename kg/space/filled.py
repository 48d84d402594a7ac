"""What is kept for those who look, made of the records of a space that did not have it yet."""

from collections import defaultdict

import msgspec

from kg.jsonl import decode
from kg.model import Document, Extraction, Statement
from kg.resolve.rows import Resolved
from kg.space.folded import fold_all, keep_document, keep_entities, keep_statements
from kg.space.records import Records, batches
from kg.space.said import EXTRACTIONS, known

_MANY = 250  # documents at once


def fill(records: Records) -> None:
    """Have a node for each entity, a heading for each document, and all statements with their edges and days."""
    decoder = msgspec.msgpack.Decoder(Resolved)
    for rows in batches(records.rows("SELECT number, record FROM entities"), 10 * _MANY):
        keep_entities(records, ((number, decoder.decode(record).entity) for number, record in rows))
    sql = f"{EXTRACTIONS.format('documents.record, extractions.record')} WHERE id IN ({{}})"
    for ids in batches([id for (id,) in records.rows("SELECT id FROM documents ORDER BY id")], _MANY):
        said: defaultdict[str, dict[str, Statement]] = defaultdict(dict, known(records, ids))
        for document, extraction in records.rows_of(sql, ids):
            one = decode(document, Document)
            keep_document(records, one, decode(extraction, Extraction), said[one.id].values())
        keep_statements(records, (one for statements in said.values() for one in statements.values()))
    fold_all(records)
