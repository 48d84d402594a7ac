"""A part of a graph in memory, chosen to be looked at, as the JSON that a server gives out of a space.

Chosen are the best connected things, those around given ones, or what a query finds. What is left out for its number
is counted, never dropped in silence; the same graph and choice give the same scene.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from kg.errors import KgError
from kg.export.rdf import ENTITY, entity_iri
from kg.graph import Edge, Graph, Stance, edge_id
from kg.model import Entity, Literal
from kg.space.view.rows import label
from kg.space.view.shapes import Edge as Link
from kg.space.view.shapes import Entity as Thing
from kg.space.view.shapes import Omitted, Scene, Value

EDGES = 2_000
HOPS = 2
FEW = 60  # entities of which all are shown, also those that nothing joins with another one


class Choice(Struct, frozen=True, kw_only=True):
    """What of a graph is to be shown: what is around some things, or what a query finds, or else the best connected.

    `limit` is a number of edges between entities; what an entity's own card says, its dates and offices, comes with it.
    """

    around: tuple[str, ...] = ()
    query: str | None = None
    hops: int = HOPS
    limit: int = EDGES

    def __post_init__(self) -> None:
        if self.around and self.query:
            raise KgError("either what is around things is shown or what a query finds; give one of them")
        if self.limit < 1 or self.hops < 0:
            raise KgError("a limit is at least 1 edge, and hops are not negative")


def choice(*, around: str | Sequence[str] = (), query: str | None = None, **numbers: int) -> Choice:
    """Return the choice that these options make; one name needs no list around it."""
    names = (around,) if isinstance(around, str) else tuple(around)
    return Choice(around=names, query=query, **numbers)


def scene(graph: Graph, chosen: Choice = Choice()) -> Scene:  # noqa: B008, for it is frozen
    """Return what the choice shows of the graph; raise `KgError` for a name or a query that finds nothing."""
    return Chooser(graph).scene(chosen)


class Chooser:
    """Chooses scenes of one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.entities = {entity.id: entity for entity in graph.entities()}
        self.edges = sorted(graph.edges(), key=_rank)
        self.between = [edge for edge in self.edges if isinstance(edge.object, str)]
        self.near: dict[str, set[str]] = defaultdict(set)
        for edge in self.between:
            self.near[edge.subject].add(str(edge.object))
            self.near[str(edge.object)].add(edge.subject)

    def scene(self, chosen: Choice) -> Scene:
        """Return what the choice shows."""
        if chosen.query:
            return self._found(chosen.query, chosen.limit)
        if chosen.around:
            return self._around([self.graph.entity(name).id for name in chosen.around], chosen)
        return self._best(chosen.limit)

    @cached_property
    def spoken_of(self) -> Mapping[str, int]:
        """How many documents mention each entity."""
        return {
            id: len({mention.rpartition("#")[0] for mention in entity.mentions}) for id, entity in self.entities.items()
        }

    def _best(self, limit: int) -> Scene:
        """Return the edges between the best connected; of a small graph also whoever has none."""
        degree = {id: len(near) for id, near in self.near.items()}

        def connected(edge: Edge) -> tuple[int, int]:
            ends = sorted((degree[edge.subject], degree[str(edge.object)]))
            return -ends[0], -ends[1]

        ranked = sorted(self.between, key=connected)
        small = len(ranked) <= limit and len(self.entities) <= FEW
        lonely = [id for id in self.entities if id not in self.near] if small else []
        return self._scene(ranked, limit, seeds=lonely, known=len(self.entities))

    def _around(self, seeds: Sequence[str], chosen: Choice) -> Scene:
        """Return the edges among what is near, the nearest first."""
        far = dict.fromkeys(seeds, 0)
        front = list(far)
        for hop in range(1, chosen.hops + 1):
            front = [other for one in front for other in sorted(self.near[one]) if other not in far]
            far |= dict.fromkeys(front, hop)
        inside = [edge for edge in self.between if edge.subject in far and edge.object in far]
        inside.sort(key=lambda edge: sorted((far[edge.subject], far[str(edge.object)])))
        return self._scene(inside, chosen.limit, seeds=seeds, known=len(far))

    def _found(self, query: str, limit: int) -> Scene:
        """Return the triples that a query makes, or the entities that it finds with the edges among them."""
        result = self.graph.query(query)
        if result.answer is not None:
            raise KgError("a picture needs entities or triples; ask with SELECT, CONSTRUCT or DESCRIBE, not with ASK")
        rows = [[self._entity(value) for value in row] for row in result.rows]
        seeds = list(dict.fromkeys(id for row in rows for id in row if id))
        if not seeds:
            raise KgError("the query finds no entity of the graph; select or construct what has an ent: IRI")
        if result.is_graph:
            said = {(a, str(row[1]), b) for (a, _, b), row in zip(rows, result.rows, strict=True) if a and b}
            inside = [edge for edge in self.between if self._triple(edge) in said and edge.stance is Stance.FACT]
        else:
            inside = [edge for edge in self.between if edge.subject in seeds and edge.object in seeds]
        return self._scene(inside, limit, seeds=seeds[:limit], known=len(seeds))

    def _entity(self, value: Any) -> str | None:
        return self._by_iri.get(str(value)) if str(value).startswith(ENTITY) else None

    @cached_property
    def _by_iri(self) -> Mapping[str, str]:
        return {entity_iri(id): id for id in self.entities}

    def _triple(self, edge: Edge) -> tuple[str, str, str]:
        return edge.subject, self.graph.schema.predicates[edge.predicate].iri, str(edge.object)

    def _scene(self, edges: Sequence[Edge], limit: int, *, seeds: Iterable[str], known: int) -> Scene:
        shown = edges[:limit]
        ends = (end for edge in shown for end in (edge.subject, str(edge.object)))
        nodes = dict.fromkeys([*seeds, *ends])
        own = [edge for edge in self.edges if isinstance(edge.object, Literal) and edge.subject in nodes]
        return Scene(
            generation="",
            nodes=[self.thing(self.entities[id]) for id in sorted(nodes)],
            edges=[self.link(edge) for edge in sorted([*shown, *own], key=_rank)],
            omitted=Omitted(nodes=max(known - len(nodes), 0), edges=len(edges) - len(shown)),
        )

    def thing(self, entity: Entity) -> Thing:
        """Return the entity as it is drawn."""
        return Thing(
            id=entity.id,
            iri=entity_iri(entity.id),
            name=entity.name,
            type=entity.type,
            subtype=entity.subtype,
            aliases=entity.aliases,
            mentions=len(entity.mentions),
            documents=self.spoken_of[entity.id],
            degree=len(self.near.get(entity.id, ())),
            same_as=entity.same_as,
            point=entity.point,
            country=entity.country,
        )

    def link(self, edge: Edge) -> Link:
        """Return the edge as it is drawn."""
        thing = edge.object
        return Link(
            id=edge_id(edge),
            source=edge.subject,
            target=thing if isinstance(thing, str) else None,
            value=Value(value=thing.value, datatype=thing.datatype) if isinstance(thing, Literal) else None,
            predicate=edge.predicate,
            label=label(self.graph.schema, edge.predicate),
            stance=edge.stance.value,
            modalities=list(edge.modalities),
            score=edge.score,
            times=list(edge.times),
            statements=edge.count,
            documents=len(edge.documents),
            inferred=edge.inferred,
        )


def _rank(edge: Edge) -> tuple[Any, ...]:
    """Put what texts say before what only follows, and what many say surely first."""
    return edge.inferred, -edge.count, -edge.score, edge_id(edge)
