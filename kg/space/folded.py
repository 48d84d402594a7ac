"""What is kept of a space for those who look at it: each entity, edge and document as a row that an index finds.

All of it is derived from the entities and statements, and follows every change of them. An edge is the fold of its
statements that `kg.graph.Edge` makes; its id, which a statement has too, tells it from all others.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.graph import Edge, edge_id
from kg.jsonl import decode, encode
from kg.model import Document, Entity, Extraction, Literal, Modality, Statement
from kg.space.records import Records, batches
from kg.space.spans import span

_MODALITIES = tuple(Modality)
_MANY = 2_000  # rows written at once
_STATEMENT = "INSERT OR REPLACE INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_EDGE = "INSERT OR REPLACE INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NODE = """
INSERT INTO nodes (number, id, name, type, subtype, aliases, same_as, mentions, documents, place, lat, lon, country)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET (id, name, type, subtype, aliases,
same_as, mentions, documents, place, lat, lon, country) = (excluded.id, excluded.name, excluded.type, excluded.subtype,
excluded.aliases, excluded.same_as, excluded.mentions, excluded.documents, excluded.place, excluded.lat, excluded.lon,
excluded.country)
"""
_DEGREE = """
UPDATE nodes SET degree = (SELECT count(*) FROM (
    SELECT object FROM edges WHERE subject = nodes.id AND object IS NOT NULL
    UNION SELECT subject FROM edges WHERE object = nodes.id))
"""


def keep_entities(records: Records, rows: Iterable[tuple[int, Entity]]) -> None:
    """Have a node for each of these entities, under the number of its record; how connected they are stays."""
    records.many(_NODE, [_node(number, entity) for number, entity in rows])


def drop_entities(records: Records, numbers: Iterable[int]) -> None:
    """Have no node of these numbers."""
    records.many("DELETE FROM nodes WHERE number = ?", [(number,) for number in numbers])


def keep_document(
    records: Records, document: Document, extraction: Extraction, statements: Iterable[Statement]
) -> None:
    """Have the heading of a document, with how much it mentions and says."""
    said = sum(not one.inferred for one in statements)
    published = document.published.isoformat() if document.published else None
    row = (document.id, document.title, document.source, published, said, len(extraction.mentions))
    records.rows("INSERT OR REPLACE INTO headings VALUES (?, ?, ?, ?, ?, ?)", *row)


def keep_statements(records: Records, statements: Iterable[Statement]) -> None:
    """Have these statements, each with its edge and its days."""
    records.many(_STATEMENT, map(_statement, statements))


def fold(records: Records, statements: Iterable[Statement]) -> None:
    """Bring the edges of statements that have come, gone or changed up to what is said now, and their ends."""
    edges: set[str] = set()
    ends: set[str] = set()
    for one in statements:
        edges.add(edge_id(one))
        ends.update((one.subject, one.object) if isinstance(one.object, str) else (one.subject,))
    wanted = sorted(edges)
    records.many("DELETE FROM edges WHERE id = ?", [(id,) for id in wanted])
    sql = "SELECT edge, record FROM statements WHERE edge IN ({}) ORDER BY edge"
    records.many(_EDGE, _folded(records.rows_of(sql, wanted)))
    records.many(f"{_DEGREE} WHERE id = ?", [(end,) for end in sorted(ends)])


def fold_all(records: Records) -> None:
    """Make all edges anew."""
    records.rows("DELETE FROM edges")
    for some in batches(_folded(records.each("SELECT edge, record FROM statements ORDER BY edge")), _MANY):
        records.many(_EDGE, some)
    records.rows(_DEGREE)


def bits(modalities: Iterable[str]) -> int:
    """Return modalities as one number, of which each is a bit."""
    return sum(1 << _MODALITIES.index(name) for name in {*modalities})


def modalities(bits: int) -> list[str]:
    """Return the modalities in such a number."""
    return sorted(name for at, name in enumerate(_MODALITIES) if bits >> at & 1)


def _node(number: int, entity: Entity) -> tuple[Any, ...]:
    documents = len({mention.rpartition("#")[0] for mention in entity.mentions})
    place = entity.mentions[0] if entity.mentions else None
    names, same = encode(entity.aliases).decode(), encode(entity.same_as).decode()
    counts = (len(entity.mentions), documents)
    about = (entity.id, entity.name, entity.type, entity.subtype, names, same)
    return (number, *about, *counts, place, *(entity.point or (None, None)), entity.country)


def _statement(one: Statement) -> tuple[Any, ...]:
    dated = one.time
    if dated is None and isinstance(one.object, Literal) and one.object.datatype == "date":
        dated = one.object.value
    days = span(dated)
    first, last, precision = days or (None, None, None)
    return (one.id, one.document, one.source, encode(one), edge_id(one), first, last, precision)


def _folded(rows: Iterable[tuple[str, bytes]]) -> Iterator[tuple[Any, ...]]:
    for id, same in groupby(rows, key=itemgetter(0)):
        yield _edge(id, Edge.of(decode(record, Statement) for _, record in same))


def _edge(id: str, edge: Edge) -> tuple[Any, ...]:
    literal = edge.object if isinstance(edge.object, Literal) else None
    thing = (None, literal.value, literal.datatype) if literal else (edge.object, None, None)
    weight = 0 if edge.inferred else edge.count + edge.score
    counts = (
        edge.score,
        edge.count,
        len(edge.documents),
        bits(edge.modalities),
        encode(edge.times).decode(),
        edge.inferred,
    )
    return (id, edge.subject, edge.predicate, *thing, edge.stance.value, *counts, weight)
