"""Parts of the graph to draw: never everything, always the most telling first, and how much is left out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from kg.schema import Schema
from kg.space.records import Records
from kg.space.view.filters import EVERYTHING, Filter
from kg.space.view.rows import EDGE, IDS, NotFound, edge_of, entities, entity, generation, ids
from kg.space.view.shapes import Edge, Entity, Omitted, Scene

DENSE = 12  # edges for each thing in a scene at most: more is a black square
COMPANY = 3  # others that come with a thing that would stand alone


def most_connected(records: Records, schema: Schema, *, limit: int, chosen: Filter = EVERYTHING) -> Scene:
    """Return those with most others around them, or of a choice those with most edges of it, and what connects them.

    One that none of the others is connected with comes with some of its own: a thing alone tells nothing.
    """
    if chosen == EVERYTHING:
        sql = "SELECT id FROM nodes WHERE degree > 0 ORDER BY degree DESC, id LIMIT ?"
        best = [id for (id,) in records.rows(sql, limit)]
        total = records.rows("SELECT count(*) FROM nodes WHERE degree > 0")[0][0]
    else:
        counts = _counts(records, schema, chosen)
        best = nsmallest(limit, counts, key=lambda id: (-counts[id], id))
        total = len(counts)
    kept = best if total <= limit else _accompanied(records, schema, best, limit=limit, chosen=chosen)
    nodes = list(entities(records, kept).values())
    edges, more = between(records, schema, kept, limit=DENSE * limit, chosen=chosen)
    return _scene(records, nodes, edges, Omitted(nodes=total - len(nodes), edges=more))


def around(records: Records, schema: Schema, focus: Sequence[str], *, limit: int, chosen: Filter = EVERYTHING) -> Scene:
    """Return these things, those most connected with them, and what connects all of them.

    Raises `NotFound` where one of these is no entity.
    """
    own = [entity(records, id) for id in dict.fromkeys(focus)]
    others, left = _others(records, schema, [one.id for one in own], known=(), limit=limit - len(own), chosen=chosen)
    nodes = [*own, *others]
    edges, more = between(records, schema, [one.id for one in nodes], limit=DENSE * limit, chosen=chosen)
    return _scene(records, nodes, edges, Omitted(nodes=left, edges=more))


def beside(
    records: Records, schema: Schema, id: str, *, known: Iterable[str], limit: int, chosen: Filter = EVERYTHING
) -> Scene:
    """Return what a scene of the known things gains when this one of them is opened: nodes, and edges to all known."""
    own, shown = entity(records, id), {*known} - {id}
    others, left = _others(records, schema, [id], known=shown, limit=limit, chosen=chosen)
    new = {one.id for one in others} | {id}
    edges, more = between(records, schema, [*new, *sorted(shown)], limit=DENSE * (limit + len(shown)), chosen=chosen)
    edges = [edge for edge in edges if edge.source in new or edge.target in new]
    return _scene(records, [own, *others], edges, Omitted(nodes=left, edges=more))


def of_document(records: Records, schema: Schema, document: str, *, limit: int, chosen: Filter = EVERYTHING) -> Scene:
    """Return what one document says, and whom it says it of."""
    if not records.rows("SELECT 1 FROM headings WHERE id = ?", document):
        raise NotFound(f"no document has the id {document!r} now; look for it among the documents")
    condition, values = chosen.edges()
    sql = (
        f"SELECT DISTINCT {EDGE} FROM statements JOIN edges ON edges.id = statements.edge"
        f" WHERE statements.document = ? AND edges.object IS NOT NULL AND {condition} ORDER BY edges.weight DESC"
    )
    found = [edge_of(row, schema) for row in records.rows(sql, document, *values)]
    return _within(records, schema, found, limit=limit, chosen=chosen)


def between(
    records: Records, schema: Schema, nodes: Iterable[str], *, limit: int, chosen: Filter = EVERYTHING
) -> tuple[list[Edge], int]:
    """Return the edges among these things, the best attested first, and how many more there are."""
    wanted = ids(nodes)
    condition, values = chosen.edges()
    sql = (
        f"SELECT {EDGE} FROM edges WHERE subject IN {IDS} AND object IN {IDS} AND {condition}"
        " ORDER BY weight DESC, edges.id"
    )
    rows = records.rows(sql, wanted, wanted, *values)
    return [edge_of(row, schema) for row in rows[:limit]], max(0, len(rows) - limit)


def _others(
    records: Records, schema: Schema, focus: Sequence[str], *, known: Iterable[str], limit: int, chosen: Filter
) -> tuple[list[Entity], int]:
    """Return those connected with the focus, not with those known: with more of it first, then the better attested."""
    conditions = (chosen.edges(), chosen.things(schema))
    condition = " AND ".join(text for text, _ in conditions)
    values = [value for _, each in conditions for value in each]
    sql = " UNION ALL ".join(  # CROSS has SQLite go from the edges to the nodes, and not the long way round
        f"SELECT edges.{there} AS other, edges.{here} AS here, edges.weight AS weight FROM edges"
        f" CROSS JOIN nodes ON nodes.id = edges.{there} WHERE edges.{here} IN {IDS} AND {condition}"
        for here, there in (("subject", "object"), ("object", "subject"))
    )
    ranked = (
        f"SELECT other FROM ({sql}) WHERE other NOT IN {IDS} GROUP BY other"
        " ORDER BY count(DISTINCT here) DESC, sum(weight) DESC, other"
    )
    own = ids(focus)
    rows = records.rows(ranked, own, *values, own, *values, ids([*focus, *known]))
    kept = [id for (id,) in rows[: max(0, limit)]]
    return list(entities(records, kept).values()), len(rows) - len(kept)


def _accompanied(records: Records, schema: Schema, best: Sequence[str], *, limit: int, chosen: Filter) -> list[str]:
    """Return as many of the best as there is room for, none without another that it is connected with."""
    beside = _neighbours(records, best, chosen)
    kept: dict[str, None] = {}
    for id in best:
        room = limit - len(kept)
        if id in kept or room < 1 or (room < 2 and kept and beside[id].isdisjoint(kept)):
            continue
        kept[id] = None
        if beside[id].isdisjoint(kept):
            company = [other for other in best if other in beside[id]][:1]
            others = [] if company else _others(records, schema, [id], known=(), limit=COMPANY, chosen=chosen)[0]
            kept.update(dict.fromkeys([*company, *(one.id for one in others)][: room - 1]))
    return list(kept)


def _neighbours(records: Records, best: Sequence[str], chosen: Filter) -> dict[str, set[str]]:
    """Return with whom of the others each is connected."""
    condition, values = chosen.edges()
    sql = f"SELECT DISTINCT subject, object FROM edges WHERE subject IN {IDS} AND object IN {IDS} AND {condition}"
    found: dict[str, set[str]] = {id: set() for id in best}
    for one, other in records.rows(sql, ids(best), ids(best), *values):
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return found


def _within(records: Records, schema: Schema, found: Sequence[Edge], *, limit: int, chosen: Filter) -> Scene:
    """Return as much of the edges as the limit of things allows."""
    ends = list(dict.fromkeys(end for edge in found for end in (edge.source, edge.target) if end))
    condition, values = chosen.things(schema)
    sql = f"SELECT nodes.id FROM nodes WHERE nodes.id IN {IDS} AND {condition}"
    fits = {id for (id,) in records.rows(sql, ids(ends), *values)}
    fitting = [id for id in ends if id in fits]
    nodes = entities(records, fitting[:limit])
    edges = [edge for edge in found if edge.source in nodes and edge.target in nodes]
    return _scene(
        records, list(nodes.values()), edges, Omitted(nodes=len(fitting) - len(nodes), edges=len(found) - len(edges))
    )


def _counts(records: Records, schema: Schema, chosen: Filter) -> Counter[str]:
    """Count the chosen edges of each thing, among the chosen things: from an index alone, unless it is about time."""
    condition, values = chosen.edges(whole=True)
    pairs = records.rows(f"SELECT subject, object FROM edges WHERE object IS NOT NULL AND {condition}", *values)
    if chosen.types:
        things, types = chosen.things(schema)
        fits = {id for (id,) in records.rows(f"SELECT nodes.id FROM nodes WHERE {things}", *types)}
        pairs = [pair for pair in pairs if pair[0] in fits and pair[1] in fits]
    counts = Counter(one for one, _ in pairs)
    counts.update(other for _, other in pairs)
    return counts


def _scene(records: Records, nodes: list[Entity], edges: list[Edge], omitted: Omitted) -> Scene:
    return Scene(generation=generation(records), nodes=nodes, edges=edges, omitted=omitted)
