"""What one annotated text tells: spots, the things that they speak of, and the relations between those.

A corpus tells only some of it, and says which: what is not told is neither right nor wrong. The joint model is trained
on these records, and what `kg` finds can be measured against them.
"""

from msgspec import Struct

from kg.model import Kind, Modality

TIME, OTHER, ANY = "Time", "Other", "?"  # spots that are no entity of the vocabulary; ANY: a type that is not told


class Spot(Struct, frozen=True):
    """A stretch of the text, `text[start:end]`, that speaks of a thing: its type, and how it refers to it."""

    start: int
    end: int
    type: str
    kind: Kind = Kind.NAME


class Fact(Struct, frozen=True):
    """What is told of two things, by their indices in `Annotated.things`; the label is one of `kg.extract.labels`."""

    subject: int
    label: str
    object: int
    modality: Modality | None = None


class Scope(Struct, frozen=True):
    """Between things that both have a spot in `text[start:end]`, the facts of these labels are told exhaustively."""

    start: int
    end: int
    labels: frozenset[str]


class Annotated(Struct, frozen=True, kw_only=True):
    """A text with its spots in the order of (start, end), which may nest; `things` groups their indices.

    `coreferent` tells that two spots of different things are never the same; `spotted` that every spot of the types
    named is marked, so that any other stretch is none.
    """

    id: str
    text: str
    spots: tuple[Spot, ...]
    things: tuple[tuple[int, ...], ...]
    facts: tuple[Fact, ...] = ()
    scopes: tuple[Scope, ...] = ()
    coreferent: bool = False
    spotted: frozenset[str] = frozenset()
