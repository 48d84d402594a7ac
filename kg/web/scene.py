"""What a page, a file and a widget show, made of a graph in memory: the same JSON that a server gives out."""

from msgspec import Struct


class Thing(Struct, frozen=True, kw_only=True, rename="camel"):
    """An entity as it is drawn."""

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
