"""The JSON that pages, files and notebooks draw, as records: what a server gives out under /api and a file carries."""

from msgspec import Struct

from kg.evidence import Piece


class Thing(Struct, frozen=True, kw_only=True, rename="camel"):
    """An entity as it is drawn; `degree` counts what it is joined with in the whole graph."""

    id: str
    iri: str
    name: str
    type: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    documents: int = 0
    degree: int = 0
    same_as: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    country: str | None = None


class Value(Struct, frozen=True, kw_only=True):
    """What is said of an entity that is no entity: a date, an office."""

    value: str
    datatype: str = "string"


class Link(Struct, frozen=True, kw_only=True):
    """All that the texts say of one fact: an edge of the graph."""

    id: str
    source: str
    target: str | None = None
    value: Value | None = None
    predicate: str
    label: str
    stance: str = "fact"
    modalities: tuple[str, ...] = ("asserted",)
    score: float = 1.0
    times: tuple[str, ...] = ()
    statements: int = 1
    documents: int = 1
    inferred: bool = False


class Omitted(Struct, frozen=True, kw_only=True):
    """How much more there is than is shown."""

    nodes: int = 0
    edges: int = 0


class Scene(Struct, frozen=True, kw_only=True):
    """A part of a graph to look at."""

    generation: str = ""
    nodes: tuple[Thing, ...] = ()
    edges: tuple[Link, ...] = ()
    omitted: Omitted = Omitted()


class Source(Struct, frozen=True, kw_only=True):
    """The document that a claim is read in."""

    id: str
    title: str = ""
    published: str | None = None
    source: str = ""


class Claim(Struct, frozen=True, kw_only=True):
    """One statement with its sentence, in pieces: no offsets travel."""

    id: str
    edge: str
    subject: str
    predicate: str
    label: str
    object: str | None = None
    value: Value | None = None
    modality: str
    source: str | None = None
    time: str | None = None
    score: float
    by: str = ""
    version: str = ""
    inferred: bool = False
    start: int
    end: int
    document: Source
    sentence: tuple[Piece, ...] = ()


class Counts(Struct, frozen=True, kw_only=True):
    """How much there is in the whole."""

    documents: int
    entities: int
    statements: int


class Kind(Struct, frozen=True, kw_only=True):
    """A type that things are of, with how many are."""

    name: str
    label: str
    parent: str | None
    count: int


class Said(Struct, frozen=True, kw_only=True):
    """A predicate that is used, with how many edges use it."""

    name: str
    label: str
    iri: str
    count: int


class Held(Struct, frozen=True, kw_only=True):
    """A modality that statements have, with how many do."""

    name: str
    count: int


class Limits(Struct, frozen=True, kw_only=True):
    """What a query may take; a file answers none."""

    seconds: float = 0.0
    results: int = 0


class Overview(Struct, frozen=True, kw_only=True):
    """What there is in a graph or a space, at one glance."""

    name: str
    generation: str = ""
    version: str = ""
    edit: bool = False
    counts: Counts
    types: tuple[Kind, ...]
    predicates: tuple[Said, ...]
    modalities: tuple[Held, ...]
    years: tuple[int, int] | None
    prefixes: dict[str, str]
    limits: Limits = Limits()
    examples: tuple[dict[str, str], ...] = ()


class Embedded(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that a file or a notebook carries: see `front/src/embedded.ts`, which answers from it like a server."""

    format: int
    space: Overview
    scene: Scene
    claims: dict[str, tuple[Claim, ...]]
    more: dict[str, int] = {}
    names: dict[str, str] = {}
    context: dict[str, tuple[Piece, ...]] = {}
    look: dict[str, list[str] | str] = {}
