"""Rows of a space as what is shown of it."""

from collections.abc import Iterable
from typing import Any

from kg.errors import KgError
from kg.export.rdf import entity_iri
from kg.jsonl import decode, encode
from kg.schema import Schema
from kg.space.folded import modalities
from kg.space.records import Records
from kg.space.view.shapes import Edge, Entity, Heading, Value

NODE = (
    "nodes.id, nodes.name, nodes.type, nodes.subtype, nodes.aliases, nodes.same_as, nodes.mentions, nodes.documents,"
    " nodes.degree, nodes.lat, nodes.lon, nodes.country"
)
EDGE = (
    "edges.id, edges.subject, edges.predicate, edges.object, edges.value, edges.datatype, edges.stance, edges.score,"
    " edges.statements, edges.documents, edges.modalities, edges.times, edges.inferred"
)
IDS = "(SELECT value FROM json_each(?))"
"""Any number of ids, given as `ids` writes them."""


class NotFound(KgError):
    """Something that is asked for by an id and is not, or no longer, in the space."""


def ids(values: Iterable[str]) -> str:
    """Return ids as one value for a query that has `IDS` in it."""
    return encode(list(values)).decode()


def entity_of(row: tuple[Any, ...]) -> Entity:
    """Return the entity of a row of `NODE`."""
    id, name, type, subtype, aliases, same, mentions, documents, degree, lat, lon, country = row
    return Entity(
        id=id,
        iri=entity_iri(id),
        name=name,
        type=type,
        subtype=subtype,
        aliases=decode(aliases, tuple[str, ...]),
        mentions=mentions,
        documents=documents,
        degree=degree,
        same_as=decode(same, tuple[str, ...]),
        point=None if lat is None else (lat, lon),
        country=country,
    )


def edge_of(row: tuple[Any, ...], schema: Schema) -> Edge:
    """Return the edge of a row of `EDGE`."""
    id, subject, predicate, thing, value, datatype, stance, score, statements, documents, how, times, inferred = row
    return Edge(
        id=id,
        source=subject,
        target=thing,
        value=None if datatype is None else Value(value=value, datatype=datatype),
        predicate=predicate,
        label=label(schema, predicate),
        stance=stance,
        modalities=modalities(how),
        score=score,
        times=decode(times, list[str]),
        statements=statements,
        documents=documents,
        inferred=bool(inferred),
    )


def entities(records: Records, wanted: Iterable[str]) -> dict[str, Entity]:
    """Return the entities of these ids, in their order."""
    wanted = list(dict.fromkeys(wanted))
    found = {row[0]: row for row in records.rows(f"SELECT {NODE} FROM nodes WHERE id IN {IDS}", ids(wanted))}
    return {id: entity_of(found[id]) for id in wanted if id in found}


def entity(records: Records, id: str) -> Entity:
    """Return the entity of that id; raise `NotFound` where there is none."""
    found = entities(records, [id])
    if id not in found:
        raise NotFound(f"no entity has the id {id!r} now; search for its name")
    return found[id]


def names(records: Records, wanted: Iterable[str | None]) -> dict[str, str]:
    """Return the names of those ids that are entities, sorted by id."""
    sql = f"SELECT id, name FROM nodes WHERE id IN {IDS} ORDER BY id"
    return dict(records.rows(sql, ids({id for id in wanted if id})))


def headings(records: Records, wanted: Iterable[str]) -> dict[str, Heading]:
    """Return the headings of documents, by id."""
    sql = f"SELECT id, title, published, source FROM headings WHERE id IN {IDS}"
    found = records.rows(sql, ids({*wanted}))
    return {row[0]: Heading(id=row[0], title=row[1], published=row[2], source=row[3]) for row in found}


def generation(records: Records) -> str:
    """Return what names the state of the space."""
    return str(records.rows("SELECT generation FROM current")[0][0])


def label(schema: Schema, predicate: str) -> str:
    """Return how a predicate is read."""
    rule = schema.predicates.get(predicate)
    return rule.label if rule else predicate
