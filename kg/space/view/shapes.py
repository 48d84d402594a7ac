"""What is shown of a space, as plain records: the JSON that server, file and notebook share.

Names are written as JavaScript writes them (`sameAs`). No record carries offsets that a reader would have to count by:
marked text travels in pieces.
"""

from msgspec import Struct, field

from kg.evidence import Piece
from kg.model import Anchor


class Shape(Struct, frozen=True, kw_only=True, rename="camel"):
    """A record that becomes JSON."""


class Entity(Shape, frozen=True, kw_only=True):
    """A thing: what it is called, what it is, how often it is spoken of, and with how many others it is connected."""

    id: str
    iri: str
    name: str
    type: str
    subtype: str | None
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    degree: int
    same_as: tuple[str, ...]
    point: tuple[float, float] | None
    country: str | None


class Value(Shape, frozen=True, kw_only=True):
    """What a statement says of a thing where that is no other thing: a date, an office."""

    value: str
    datatype: str


class Edge(Shape, frozen=True, kw_only=True):
    """All statements of one stance that say the same of two things, or of a thing and a value."""

    id: str
    source: str
    target: str | None
    value: Value | None
    predicate: str
    label: str
    stance: str
    modalities: list[str]
    score: float
    times: list[str]
    statements: int
    documents: int
    inferred: bool


class Omitted(Shape, frozen=True, kw_only=True):
    """How many things fit what was asked for and are not shown, and how many edges among those that are."""

    nodes: int = 0
    edges: int = 0


class Scene(Shape, frozen=True, kw_only=True):
    """A part of the graph to draw."""

    generation: str
    nodes: list[Entity]
    edges: list[Edge]
    omitted: Omitted = Omitted()


class Paths(Scene, frozen=True, kw_only=True):
    """What lies between two things; each path is a list of edge ids."""

    paths: list[list[str]]
    complete: bool


class Heading(Shape, frozen=True, kw_only=True):
    """A document without its text."""

    id: str
    title: str
    published: str | None
    source: str


class Listed(Heading, frozen=True, kw_only=True):
    """A document in a list, with how much it says and mentions."""

    statements: int
    mentions: int


class Claim(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """One statement of one document, and the sentence that makes it."""

    id: str
    edge: str
    subject: str
    predicate: str
    label: str
    object: str | None = field()
    value: Value | None = field()
    modality: str
    source: str | None = field()
    time: str | None = field()
    score: float
    by: str
    version: str
    inferred: bool = field()
    start: int
    end: int
    document: Heading
    sentence: list[Piece] = []


class Result(Entity, frozen=True, kw_only=True):
    """What a search finds: the name that matched, and a line of a text that speaks of it."""

    matched: str
    context: list[Piece]


class Results(Shape, frozen=True, kw_only=True):
    """What a search finds, the best known first."""

    results: list[Result]


class Passage(Shape, frozen=True, kw_only=True):
    """A sentence that mentions a thing; all with the same `mention` are held for one by their document itself."""

    document: Heading
    pieces: list[Piece]
    mention: str


class Page(Entity, frozen=True, kw_only=True):
    """All that is told of one thing; `told` counts the facts that texts state, listed or not."""

    facts: list[Edge]
    told: int
    names: dict[str, str]
    links: list[str]
    places: list[Passage]
    more: int


class Why(Shape, frozen=True, kw_only=True):
    """The statements behind something, with the names of those they speak of."""

    title: str
    entity: Entity | None
    claims: list[Claim]
    names: dict[str, str]
    more: int


class Documents(Shape, frozen=True, kw_only=True):
    """Some of the documents, and how many there are."""

    documents: list[Listed]
    total: int


class Mentioned(Shape, frozen=True, kw_only=True):
    """A mention, and the entity it belongs to, None where it was resolved to none."""

    id: str
    entity: str | None
    type: str
    kind: str


class Part(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a document's text, with the innermost mention over it and the statements whose evidence it is."""

    text: str
    mention: Mentioned | None = None
    statements: list[str] = []


class Document(Heading, frozen=True, kw_only=True):
    """A document with its text in parts, and all it says."""

    pieces: list[Part]
    statements: list[Claim]
    names: dict[str, str]


class Place(Shape, frozen=True, kw_only=True):
    """A place on the map, and with how many things it is connected."""

    id: str
    name: str
    point: tuple[float, float]
    country: str | None
    things: int


class Located(Shape, frozen=True, kw_only=True):
    """What an edge connects with a place."""

    entity: str
    name: str
    type: str
    place: str
    edge: str
    label: str


class Map(Shape, frozen=True, kw_only=True):
    """Places, and what is connected with them."""

    places: list[Place]
    things: list[Located]
    omitted: int


class Dated(Shape, frozen=True, kw_only=True):
    """A statement in time; `dated` tells whether the text gives the time or only its publication does."""

    statement: str
    edge: str
    label: str
    start: str | None = field(name="from")
    end: str | None = field(name="to")
    precision: str
    dated: str
    modality: str
    ends: list[str]


class Timeline(Shape, frozen=True, kw_only=True):
    """Statements in the order of their time."""

    items: list[Dated]
    names: dict[str, str]
    omitted: int


class Counted(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A type, predicate or modality, and how much there is of it."""

    name: str
    label: str
    count: int
    iri: str = ""
    parent: str | None = None


class Example(Shape, frozen=True, kw_only=True):
    """A query that finds something in this space."""

    title: str
    query: str


class Overview(Shape, frozen=True, kw_only=True):
    """What there is in a space: statements are those that texts make, facts the different things that these say."""

    name: str
    generation: str
    version: str
    counts: dict[str, int]
    types: list[Counted]
    predicates: list[Counted]
    modalities: list[Counted]
    years: tuple[int, int] | None
    prefixes: dict[str, str]
    examples: list[Example]


class Spoken(Shape, frozen=True, kw_only=True):
    """How one of two is spoken of: its names, the most used first, and a sentence with one of them."""

    names: tuple[str, ...]
    document: Heading
    pieces: list[Piece]


class Doubtful(Shape, frozen=True, kw_only=True):
    """Two that may be one, and what speaks for and against it; a judgement names them by their `anchors`.

    They are told by their `sides`, for the entities that they belong to now may be one already.
    """

    left: Entity
    right: Entity
    sides: tuple[Spoken, Spoken]
    anchors: tuple[Anchor, Anchor]
    score: float
    pro: list[str]
    contra: list[str]


class Review(Shape, frozen=True, kw_only=True):
    """The pairs that are least certain."""

    pairs: list[Doubtful]
