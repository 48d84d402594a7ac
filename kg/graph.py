"""The graph: entities, the statements about them, and the evidence of each.

An edge is a fold over statements, each one document's claim. The same records in any order give the same graph, and
a graph never changes once it is made.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from math import prod
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from kg.errors import KgError
from kg.lift import lift
from kg.model import Document, Entity, Extraction, Literal, Mention, Modality, Refutation, Statement, content_hash
from kg.plugins import Registry
from kg.schema import Schema

if TYPE_CHECKING:
    from networkx import MultiDiGraph

CEILING = 0.9999  # of a combined score: agreement never makes certain

# The rooms below this one give the graph its other faces; by name, so that this room knows none of them.
FACES = Registry(
    "face of a graph",
    group="kg.faces",
    builtin={
        "query": "kg.sparql:query_graph",
        "export": "kg.export:export",
        "to_rdflib": "kg.sparql:to_rdflib",
        "to_pandas": "kg.export.frame:to_pandas pandas",
        "show": "kg.web.show:show",
        "html": "kg.web.show:html",
        "mimebundle": "kg.web.show:mimebundle",
    },
)


class Stance(StrEnum):
    """How far a statement goes: only a fact is a plain triple, and no edge mixes two stances."""

    FACT = "fact"
    POSSIBLE = "possible"
    NEGATED = "negated"

    @classmethod
    def of(cls, modality: Modality) -> "Stance":
        """Return where statements of that modality stand: reported, planned and past ones are facts of their kind."""
        return cls(modality) if modality in (Modality.POSSIBLE, Modality.NEGATED) else cls.FACT


def edge_id(one: "Statement | Edge") -> str:
    """Return the id of an edge, or of the one that a statement belongs to: what it says, and how far it goes.

    It is the same wherever the edge is shown: in a space, in a file, or in a notebook.
    """
    thing = one.object if isinstance(one.object, str) else f"{one.object.datatype}:{one.object.value}"
    stance = one.stance if isinstance(one, Edge) else Stance.of(one.modality)
    return content_hash(one.subject, one.predicate, thing, stance.value)


class Edge(Struct, frozen=True, kw_only=True):
    """All statements of one stance that say the same: who says so, how, when, and how surely together."""

    subject: str
    predicate: str
    object: str | Literal
    stance: Stance
    count: int
    documents: tuple[str, ...]
    modalities: tuple[str, ...]
    score: float
    times: tuple[str, ...]
    quotes: tuple[str, ...]
    inferred: bool

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> "Edge":
        """Fold statements of one subject, predicate, object and stance.

        Statements with the same place are one piece of evidence, their best score counts; different places are taken
        as independent, so the edge is wrong only where all of them are.
        """
        said = list(statements)
        first = said[0]
        places: dict[tuple[str, int, int], float] = {}
        for one in said:
            place = (one.document, one.start, one.end)
            places[place] = max(places.get(place, 0.0), one.score)
        return cls(
            subject=first.subject,
            predicate=first.predicate,
            object=first.object,
            stance=Stance.of(first.modality),
            count=len(places),
            documents=tuple(sorted({one.document for one in said})),
            modalities=tuple(sorted({one.modality.value for one in said})),
            score=min(round(1 - prod(1 - score for score in places.values()), 4), CEILING),
            times=tuple(sorted({one.time for one in said if one.time})),
            quotes=tuple(dict.fromkeys(one.quote for one in said)),
            inferred=all(one.inferred for one in said),
        )


class Graph:
    """Entities and the statements about them, with their evidence; immutable.

    `refused` counts the relations that were not lifted, by reason: what a text seemed to say, and the schema forbids or
    a person says is wrong.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        *,
        documents: Iterable[Document],
        extractions: Iterable[Extraction],
        entities: Iterable[Entity],
        schema: Schema,
        refused: Mapping[str, int],
    ) -> None:
        self.schema = schema
        self.refused = dict(sorted(refused.items()))
        self.documents = tuple(sorted(documents, key=lambda document: document.id))
        self._entities = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
        self._statements = tuple(sorted(statements, key=_order))
        self._owner = {mention: entity.id for entity in self._entities.values() for mention in entity.mentions}
        self.extractions = tuple(sorted(extractions, key=lambda extraction: extraction.document))
        mentions = (mention for extraction in self.extractions for mention in extraction.mentions)
        in_order = sorted(mentions, key=lambda mention: (mention.document, mention.start, mention.end))
        self._mentions = {mention.id: mention for mention in in_order}

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        extractions: Iterable[Extraction],
        entities: Iterable[Entity],
        schema: Schema,
        *,
        refutations: Iterable[Refutation] = (),
    ) -> Self:
        """Return the graph of what the extractions say of the entities; the order of any of them does not matter."""
        documents, extractions, entities = list(documents), list(extractions), list(entities)
        statements, refused = lift(documents, extractions, entities, schema, refutations=refutations)
        return cls(
            statements, documents=documents, extractions=extractions, entities=entities, schema=schema, refused=refused
        )

    def entity(self, name: str) -> Entity:
        """Return the entity of that id, name or alias; raise `KgError` where there is none or more than one."""
        if name in self._entities:
            return self._entities[name]
        for index in (self._names, self._aliases):
            found = index.get(name.casefold(), ())
            if len(found) > 1:
                raise KgError(f"{name!r} can be {_listed(found)}; give one of these ids")
            if found:
                return found[0]
        close = get_close_matches(name.casefold(), [*self._names, *self._aliases], n=3)
        hint = "; did you mean " + " or ".join(map(repr, dict.fromkeys(close))) if close else ""
        raise KgError(f"no entity named {name!r}{hint}")

    def entities(self, type: str | None = None) -> list[Entity]:
        """Return the entities by id: all, or those of a type or one of its subtypes."""
        if type is None:
            return list(self._entities.values())
        self.schema.type(type)
        return [entity for entity in self._entities.values() if self.schema.is_a(self.type_of(entity), type)]

    def type_of(self, entity: Entity) -> str:
        """Return the most special type that the schema knows the entity to be of."""
        return self.schema.most_special(entity.type, entity.subtype)

    def mentions(self, entity: str | None = None) -> list[Mention]:
        """Return the mentions in the order of the texts: all, or those of one entity, by id, name or alias."""
        if entity is None:
            return list(self._mentions.values())
        own = set(self.entity(entity).mentions)
        return [mention for key, mention in self._mentions.items() if key in own]

    def owner(self, mention: str) -> str | None:
        """Return the id of the entity that a mention id belongs to, None where it was resolved to none."""
        return self._owner.get(mention)

    def statements(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        modality: str | None = None,
    ) -> list[Statement]:
        """Return the statements that fit, sorted; an end is an entity's id, name or alias, the object also a literal.

        Raise `KgError` where a name is unknown, or can be several things: the message names them.
        """
        found: Iterable[Statement] = self._statements
        if subject is not None:
            about = self.entity(subject).id
            found = [one for one in found if one.subject == about]
        if predicate is not None:
            self.schema.predicate(predicate)
            found = [one for one in found if one.predicate == predicate]
        if object is not None:
            fits = self._object(object)
            found = [one for one in found if fits(one.object)]
        if modality is not None:
            wanted = _modality(modality)
            found = [one for one in found if one.modality is wanted]
        return list(found)

    def edges(self, stance: str | None = None) -> list[Edge]:
        """Return the statements folded into edges, sorted: all, or those that are facts, possible or negated."""
        groups = groupby(sorted(self._statements, key=_edge_order), key=_edge_order)
        folded = (Edge.of(same) for _, same in groups)
        return [edge for edge in folded if stance in (None, edge.stance)]

    def to_networkx(self, *, facts: bool = True) -> "MultiDiGraph":
        """Return a `networkx.MultiDiGraph`: a node for each entity, an edge for each different thing said.

        Facts only, as in Turtle: `facts=False` adds what is merely possible or denied, its edges keyed "possibly
        leads" and "not leads" and telling their `stance`. Literals are attributes of their node: a list of values.
        What an entity was linked to is there where it is known: `same_as`, `latitude`, `longitude`, `country`.
        """
        from networkx import MultiDiGraph

        network = MultiDiGraph()
        for entity in self._entities.values():
            aliases = list(entity.aliases)
            network.add_node(entity.id, name=entity.name, type=entity.type, subtype=entity.subtype, aliases=aliases)
            network.nodes[entity.id].update(_linked(entity))
        for edge in self.edges(Stance.FACT if facts else None):
            key = {Stance.POSSIBLE: "possibly ", Stance.NEGATED: "not "}.get(edge.stance, "") + edge.predicate
            if isinstance(edge.object, Literal):
                network.nodes[edge.subject].setdefault(key, []).append(edge.object.value)
            else:
                network.add_edge(edge.subject, edge.object, key=key, **_attributes(edge))
        return network

    def query(self, text: str) -> Any:
        """Answer a SPARQL query: see `kg.sparql.Result`."""
        return FACES.get("query")(self, text)

    def export(self, target: Any, *, format: str | None = None, **chosen: Any) -> None:
        """Write the graph to a path, its suffix naming the format, or to an open binary file: see `kg.export`."""
        FACES.get("export")(self, target, format=format, **chosen)

    def to_rdflib(self) -> Any:
        """Return an `rdflib.Graph` of the facts; the evidence is there in the documents' named graphs."""
        return FACES.get("to_rdflib")(self)

    def to_pandas(self, table: str = "statements") -> Any:
        """Return a `pandas.DataFrame` with a row for each statement or, with "entities", for each entity."""
        return FACES.get("to_pandas")(self, table)

    def __repr__(self) -> str:
        inferred = sum(one.inferred for one in self._statements)
        counts = (len(self.documents), len(self._entities), len(self._statements) - inferred)
        follows = f" and {inferred} inferred" if inferred else ""
        return "<Graph of {} documents: {} entities, {} statements{}>".format(*counts, follows)

    def show(self, *around: str, **how: Any) -> Any:
        """Return a drawing for a notebook: what is around these, or what a `query` finds, or the best connected.

        Interactive where Jupyter has anywidget, else a picture; `limit`, `hops`, `title` and `height` as in `export`.
        """
        return FACES.get("show")(self, *around, **how)

    def _repr_html_(self) -> str:
        return FACES.get("html")(self)  # type: ignore[no-any-return]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        return FACES.get("mimebundle")(self)

    @cached_property
    def _names(self) -> Mapping[str, list[Entity]]:
        return _index(self._entities.values(), lambda entity: (entity.name,))

    @cached_property
    def _aliases(self) -> Mapping[str, list[Entity]]:
        return _index(self._entities.values(), lambda entity: entity.aliases)

    def _object(self, wanted: str) -> Callable[[str | Literal], bool]:
        """Return what tells whether an object is the wanted one: a literal where some statement has it."""
        if any(isinstance(one.object, Literal) and one.object.value == wanted for one in self._statements):
            return lambda thing: isinstance(thing, Literal) and thing.value == wanted
        own = self.entity(wanted).id
        return lambda thing: thing == own


def _thing(thing: str | Literal) -> tuple[str, str]:
    return ("", thing) if isinstance(thing, str) else (thing.datatype, thing.value)


def _order(one: Statement) -> tuple[Any, ...]:
    return (one.subject, one.predicate, _thing(one.object), one.document, one.start, one.end, one.id)


def _edge_order(one: Statement) -> tuple[Any, ...]:
    return (one.subject, one.predicate, _thing(one.object), Stance.of(one.modality))


def _attributes(edge: Edge) -> dict[str, Any]:
    names = [name for name in edge.__struct_fields__ if name not in ("subject", "object")]
    values = {name: getattr(edge, name) for name in names} | {"stance": edge.stance.value}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _linked(entity: Entity) -> dict[str, Any]:
    """Return what a node tells of what its entity was linked to."""
    latitude, longitude = entity.point or (None, None)
    same = list(entity.same_as) or None
    told = {"same_as": same, "latitude": latitude, "longitude": longitude, "country": entity.country}
    return {name: value for name, value in told.items() if value is not None}


def _modality(name: str) -> Modality:
    if name not in list(Modality):
        raise KgError(f"no modality {name!r}; there are: {', '.join(Modality)}")
    return Modality(name)


def _index(entities: Iterable[Entity], names: Callable[[Entity], Iterable[str]]) -> Mapping[str, list[Entity]]:
    index: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        for name in {name.casefold() for name in names(entity)}:
            index[name].append(entity)
    return dict(index)


def _listed(entities: Iterable[Entity]) -> str:
    return ", ".join(f"{entity.id} ({entity.name}, {entity.subtype or entity.type})" for entity in entities)
