"""What a file or a notebook carries of a graph: a scene, the evidence of its edges, and what the whole holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from kg.evidence import Mark, Piece, passage, told
from kg.export.rdf import PREFIXES
from kg.graph import Graph, edge_id
from kg.model import Literal, Mention, Statement
from kg.web.scene import Choice, Chooser
from kg.web.shapes import Claim, Counts, Embedded, Held, Kind, Overview, Said, Scene, Source, Value

FORMAT = 1
CLAIMS = 50  # of one edge; how many more there are is said


def embedded(graph: Graph, chosen: Choice, *, name: str = "", claims: int = CLAIMS) -> Embedded:
    """Return what shows the chosen part of the graph with its evidence, up to so many claims of each edge."""
    return _Bundle(graph, chosen, name, claims).made()


class _Bundle:
    def __init__(self, graph: Graph, chosen: Choice, name: str, limit: int) -> None:
        self.graph, self.chosen, self.name, self.limit = graph, chosen, name, limit
        self.texts = {document.id: document for document in graph.documents}
        self.sources = {
            document.id: Source(
                id=document.id,
                title=document.title,
                published=document.published.isoformat() if document.published else None,
                source=document.source,
            )
            for document in graph.documents
        }

    def made(self) -> Embedded:
        scene = Chooser(self.graph).scene(self.chosen)
        said = self._said(scene)
        claims = {edge: tuple(map(self._claim, some[: self.limit])) for edge, some in said.items()}
        silent = [node.id for node in scene.nodes if not node.degree]
        return Embedded(
            format=FORMAT,
            space=overview(self.graph, self.name),
            scene=scene,
            claims=claims,
            more={edge: len(some) - self.limit for edge, some in said.items() if len(some) > self.limit},
            names=self._names(claims.values(), {node.id for node in scene.nodes}),
            context={id: found for id in silent if (found := self._context(id))},
            look={"seeds": [self.graph.entity(name).id for name in self.chosen.around]} if self.chosen.around else {},
        )

    def _said(self, scene: Scene) -> dict[str, list[Statement]]:
        """Return the statements of each edge shown, the surest first."""
        shown = {edge.id for edge in scene.edges}
        found: dict[str, list[Statement]] = {edge.id: [] for edge in scene.edges}
        for one in self.graph.statements():
            if (edge := edge_id(one)) in shown:
                found[edge].append(one)
        return {edge: sorted(some, key=lambda one: (one.inferred, -one.score, one.id)) for edge, some in found.items()}

    def _claim(self, one: Statement) -> Claim:
        thing = one.object
        return Claim(
            id=one.id,
            edge=edge_id(one),
            subject=one.subject,
            predicate=one.predicate,
            label=self.graph.schema.predicates[one.predicate].label,
            object=thing if isinstance(thing, str) else None,
            value=Value(value=thing.value, datatype=thing.datatype) if isinstance(thing, Literal) else None,
            modality=one.modality.value,
            source=one.source,
            time=one.time,
            score=one.score,
            by=one.by,
            version=one.version,
            inferred=one.inferred,
            start=one.start,
            end=one.end,
            document=self.sources[one.document],
            sentence=tuple(told(self.texts[one.document].text, one, self._marks.get(one.document, ()))),
        )

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

    def _context(self, id: str) -> tuple[Piece, ...]:
        """Return the sentence that first names a thing of which nothing is said."""
        for mention in map(self._mentions.__getitem__, self.graph.entity(id).mentions):
            text = self.texts[mention.document].text
            return tuple(passage(text, (mention.start, mention.end), self._marks[mention.document]))
        return ()

    def _names(self, claims: Iterable[Iterable[Claim]], known: set[str]) -> dict[str, str]:
        """Return the names of whom the claims speak of beside the nodes."""
        every = [claim for some in claims for claim in some]
        ids = {piece.entity for claim in every for piece in claim.sentence if piece.entity}
        ids |= {claim.source for claim in every if claim.source}
        return {one.id: one.name for one in self.graph.entities() if one.id in ids - known}


def overview(graph: Graph, name: str = "") -> Overview:
    """Return what there is in the graph at one glance."""
    types = Counter(graph.type_of(entity) for entity in graph.entities())
    for kind in [*types]:
        for above in graph.schema.ancestors(kind)[1:]:
            types[above] += types[kind]
    edges = Counter(edge.predicate for edge in graph.edges())
    held = Counter(one.modality.value for one in graph.statements())
    return Overview(
        name=name,
        version=next((one.version for one in graph.extractions if one.version), ""),
        counts=Counts(
            documents=len(graph.documents), entities=len(graph.entities()), statements=len(graph.statements())
        ),
        types=tuple(
            Kind(name=name, label=kind.label, parent=kind.parent, count=types[name])
            for name, kind in graph.schema.types.items()
            if types[name]
        ),
        predicates=tuple(
            Said(name=name, label=one.label, iri=one.iri, count=edges[name])
            for name, one in graph.schema.predicates.items()
            if edges[name]
        ),
        modalities=tuple(Held(name=name, count=count) for name, count in sorted(held.items())),
        years=_years(graph),
        prefixes={**PREFIXES, **graph.schema.prefixes},
    )


def _years(graph: Graph) -> tuple[int, int] | None:
    """Return the first and the last year that something is dated to."""
    times = [part[:4] for one in graph.statements() if one.time for part in one.time.split("/")]
    years = [int(year) for year in times if year.isdecimal()]
    return (min(years), max(years)) if years else None
