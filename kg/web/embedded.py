"""What a file or a notebook carries of a graph: a scene, the evidence of its edges, and how much there is of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from kg.evidence import Mark, Piece, passage
from kg.export.rdf import KG, PREFIXES
from kg.graph import Graph, edge_id
from kg.model import Document, Literal, Mention, Statement
from kg.schema import Schema
from kg.space.spans import FIRST, LAST, span
from kg.space.view.rows import label
from kg.space.view.shapes import Claim, Counted, Heading, Overview, Scene
from kg.space.view.why import claim, spoken_of
from kg.web.scene import Choice, Chooser

FORMAT = 1
AT_ONCE = 300  # edges that are shown all at once; of more, a neighbourhood comes first
CLAIMS = 50  # of one edge; how many more there are is said


class Whole(Overview, frozen=True, kw_only=True):
    """What there is, as a server says it: in a file nothing can be changed or queried."""

    edit: bool = False
    limits: dict[str, float] = field(default_factory=lambda: {"seconds": 0.0, "bytes": 0})


class Embedded(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that travels: see `front/src/embedded.ts`, which answers from it like a server."""

    format: int
    space: Whole
    scene: Scene
    claims: dict[str, list[Claim]]
    more: dict[str, int] = {}
    names: dict[str, str] = {}
    context: dict[str, list[Piece]] = {}
    look: dict[str, list[str]] = {}


def embedded(graph: Graph, chosen: Choice, *, name: str = "", claims: int = CLAIMS) -> Embedded:
    """Return what shows the chosen part of the graph with its evidence, up to so many claims of each edge."""
    return _Parcel(graph, chosen, claims).packed(name)


class _Parcel:
    def __init__(self, graph: Graph, chosen: Choice, limit: int) -> None:
        self.graph, self.chosen, self.limit = graph, chosen, limit
        self.documents = {document.id: document for document in graph.documents}
        self.headings = {document.id: _heading(document) for document in graph.documents}

    def packed(self, name: str) -> Embedded:
        scene = _alone(Chooser(self.graph).scene(self.chosen))
        said = self._said(scene)
        claims = {edge: [self._claim(one) for one in some[: self.limit]] for edge, some in said.items()}
        silent = [node.id for node in scene.nodes if not node.degree]
        return Embedded(
            format=FORMAT,
            space=self._overview(name, scene, said),
            scene=scene,
            claims=claims,
            more={edge: len(some) - self.limit for edge, some in said.items() if len(some) > self.limit},
            names=self._names(claims.values(), {node.id for node in scene.nodes}),
            context={id: found for id in silent if (found := self._context(id))},
            look={"seeds": seeds} if (seeds := self._seeds(scene)) else {},
        )

    def _seeds(self, scene: Scene) -> list[str]:
        """Return what is shown first, with its neighbours: what was asked for, or of much the best connected."""
        if self.chosen.around:
            return [self.graph.entity(name).id for name in self.chosen.around]
        joining = [edge for edge in scene.edges if edge.target is not None]
        if self.chosen.query or len(joining) <= AT_ONCE:
            return []
        return [max(scene.nodes, key=lambda node: (node.degree, node.mentions, node.id)).id]

    def _said(self, scene: Scene) -> dict[str, list[Statement]]:
        """Return the statements of each edge shown, the surest first."""
        found: dict[str, list[Statement]] = {edge.id: [] for edge in scene.edges}
        for one in self.graph.statements():
            if (edge := edge_id(one)) in found:
                found[edge].append(one)
        return {edge: sorted(some, key=lambda one: (one.inferred, -one.score, one.id)) for edge, some in found.items()}

    def _claim(self, one: Statement) -> Claim:
        text, mentioned = self.documents[one.document].text, self._marks.get(one.document, ())
        return claim(one, self.headings[one.document], self.graph.schema, text, mentioned)

    @cached_property
    def _mentions(self) -> Mapping[str, Mention]:
        return {mention.id: mention for mention in self.graph.mentions()}

    @cached_property
    def _marks(self) -> Mapping[str, Sequence[Mark]]:
        """What each text mentions, in its order."""
        marks: dict[str, list[Mark]] = defaultdict(list)
        for mention in self.graph.mentions():
            if owner := self.graph.owner(mention.id):
                marks[mention.document].append(Mark(mention.start, mention.end, owner, mention.type))
        return marks

    def _context(self, id: str) -> list[Piece]:
        """Return the sentence that first mentions a thing of which nothing is said."""
        first = min(map(self._mentions.__getitem__, self.graph.entity(id).mentions), key=_place, default=None)
        if first is None:
            return []
        return passage(self.documents[first.document].text, (first.start, first.end), self._marks[first.document])

    def _names(self, claims: Iterable[list[Claim]], known: set[str]) -> dict[str, str]:
        """Return the names of whom the claims speak of beside the nodes."""
        every = [claim for some in claims for claim in some]
        ids = {*spoken_of(every), *(piece.entity for claim in every for piece in claim.sentence)} - known
        return {one.id: one.name for one in self.graph.entities() if one.id in ids}

    def _overview(self, name: str, scene: Scene, said: Mapping[str, list[Statement]]) -> Whole:
        """Return what there is in the file, counted as a server counts a space."""
        schema, told = self.graph.schema, [one for some in said.values() for one in some if not one.inferred]
        documents = {one.document for one in told}
        held = Counter(name for edge in scene.edges if not edge.inferred for name in edge.modalities)
        return Whole(
            name=name,
            generation="",
            version=next((one.version for one in self.graph.extractions if one.version), ""),
            counts={
                "documents": len(documents),
                "entities": len(scene.nodes),
                "facts": sum(not edge.inferred for edge in scene.edges),
                "statements": len(told),
            },
            types=list(_types(self.graph, [node.id for node in scene.nodes])),
            predicates=[
                Counted(name=name, label=label(schema, name), count=count, iri=schema.predicates[name].iri)
                for name, count in _most(_said_once(scene, schema))
            ],
            modalities=[Counted(name=name, label=name, count=count) for name, count in sorted(held.items())],
            years=_years(told, [self.documents[id] for id in documents]),
            prefixes=dict(sorted({**PREFIXES, **schema.prefixes}.items())),
            examples=[],
        )


def _alone(scene: Scene) -> Scene:
    """Return the scene, each of its things connected with those others alone that are in it."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in scene.edges:
        if edge.target is not None:
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
    return replace(scene, nodes=[replace(node, degree=len(near[node.id])) for node in scene.nodes])


def _said_once(scene: Scene, schema: Schema) -> Counter[str]:
    """Count the edges of each predicate; what is so both ways, the one told and the other inferred, is one fact."""
    said = {
        (edge.predicate, *sorted((edge.source, edge.target or "")))
        if schema.predicates[edge.predicate].symmetric
        else (edge.predicate, edge.id)
        for edge in scene.edges
    }
    return Counter(name for name, *_ in said)


def _types(graph: Graph, ids: Iterable[str]) -> Iterator[Counted]:
    """Count each entity under its most special type, and under all that this is a case of."""
    counts: Counter[str] = Counter()
    for id in ids:
        special = graph.type_of(graph.entity(id))
        counts.update(graph.schema.ancestors(special) if special in graph.schema.types else (special,))
    for name, count in _most(counts):
        known = graph.schema.types.get(name)
        about: dict[str, Any] = {"label": known.label, "iri": known.iri, "parent": known.parent} if known else {}
        yield Counted(**{"name": name, "count": count, "label": name, "iri": KG + name, **about})


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _years(told: Iterable[Statement], documents: Iterable[Document]) -> tuple[int, int] | None:
    """Return the first and the last year that something is dated to, or published in."""
    days = [document.published.isoformat() for document in documents if document.published]
    for one in told:
        dated = one.object.value if isinstance(one.object, Literal) and one.object.datatype == "date" else None
        if days_of := span(one.time or dated):
            days += [day for day in days_of[:2] if day not in (FIRST, LAST)]
    years = [int(day[:4]) for day in days]
    return (min(years), max(years)) if years else None


def _heading(document: Document) -> Heading:
    published = document.published.isoformat() if document.published else None
    return Heading(id=document.id, title=document.title, published=published, source=document.source)


def _place(mention: Mention) -> tuple[str, int]:
    return mention.document, mention.start
