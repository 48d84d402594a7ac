"""Statements in time, and things on the map."""

from collections import Counter

from kg.jsonl import decode
from kg.model import Statement
from kg.schema import Schema
from kg.space.records import Records
from kg.space.spans import FIRST, LAST
from kg.space.view.filters import EVERYTHING, Filter
from kg.space.view.rows import IDS, ids, label, names
from kg.space.view.shapes import Dated, Located, Map, Place, Timeline


def timeline(
    records: Records, schema: Schema, *, limit: int, chosen: Filter = EVERYTHING, published: bool = False
) -> Timeline:
    """Return statements in the order of their time, of more than the limit those best attested.

    A text gives the time of some statements; the others are dated, where `published` asks for them, by the day their
    document was published. An open end of an interval is None.
    """
    condition, values = chosen.edges(whole=True)
    dated, days = chosen.dated()
    told = "1" if published else "statements.first IS NOT NULL"
    within = f"coalesce(statements.first, headings.published) IS NOT NULL AND {told} AND {dated} AND {condition}"
    tables = "statements JOIN edges ON edges.id = statements.edge JOIN headings ON headings.id = statements.document"
    sql = (
        "SELECT statements.record, statements.edge, statements.first, statements.last, statements.precision,"
        f" headings.published FROM {tables} WHERE {within} ORDER BY edges.weight DESC, statements.id LIMIT ?"
    )
    rows = records.rows(sql, *days, *values, limit)
    total = records.rows(f"SELECT count(*) FROM {tables} WHERE {within}", *days, *values)[0][0]
    said = [(decode(row[0], Statement), *row[1:]) for row in rows]
    called = names(records, [end for one, *_ in said for end in (one.subject, *_object(one))])
    items = [_item(schema, called, *each) for each in said]
    items.sort(key=lambda item: (item.start or FIRST, item.end or LAST, item.statement))
    return Timeline(items=items, names=called, omitted=total - len(items))


def placed(records: Records, schema: Schema, *, limit: int, chosen: Filter = EVERYTHING) -> Map:
    """Return the places that have a point, and what is connected with each of them; the most connected first."""
    sql = "SELECT id, name, lat, lon, country FROM nodes WHERE lat IS NOT NULL ORDER BY degree DESC, id"
    every = records.rows(sql)
    places = {row[0]: row for row in every[:limit]}
    condition, values = chosen.edges()
    things, types = chosen.things(schema)
    found = " UNION ALL ".join(
        f"SELECT nodes.id, nodes.name, nodes.type, edges.{here}, edges.id, edges.predicate, edges.weight AS weight"
        f" FROM edges CROSS JOIN nodes ON nodes.id = edges.{there} WHERE edges.{here} IN {IDS} AND nodes.lat IS NULL"
        f" AND {condition} AND {things}"
        for here, there in (("subject", "object"), ("object", "subject"))
    )
    own = [ids(places), *values, *types]
    rows = records.rows(f"{found} ORDER BY weight DESC, 5", *own, *own)
    shown = rows[: limit * 4]
    counts = Counter(place for place, _ in {(row[3], row[0]) for row in rows})
    kept = [one for one in places.values() if one[0] in counts or chosen == EVERYTHING]
    return Map(
        places=[
            Place(id=id, name=name, point=(lat, lon), country=country, things=counts[id])
            for id, name, lat, lon, country in kept
        ],
        things=[
            Located(entity=id, name=name, type=type, place=place, edge=edge, label=label(schema, predicate))
            for id, name, type, place, edge, predicate, _ in shown
        ],
        omitted=len(every) - len(places) + len(rows) - len(shown),
    )


def _item(
    schema: Schema, called: dict[str, str], one: Statement, edge: str, first: str | None, *rest: str | None
) -> Dated:
    last, precision, published = rest
    thing = called.get(one.object, one.object) if isinstance(one.object, str) else one.object.value
    start, end = (first, last) if first else (published, published)
    return Dated(
        statement=one.id,
        edge=edge,
        label=f"{called.get(one.subject, one.subject)} {label(schema, one.predicate)} {thing}",
        start=None if start == FIRST else start,
        end=None if end == LAST else end,
        precision=precision or "day",
        dated="event" if first else "publication",
        modality=one.modality.value,
        ends=[one.subject, *_object(one)],
    )


def _object(one: Statement) -> list[str]:
    return [one.object] if isinstance(one.object, str) else []
