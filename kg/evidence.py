"""The sentence behind a statement, in pieces: what says so, and whom it is said of.

Everything that shows evidence, on a terminal or on a page, cuts it here, so that all say the same. Pieces carry text
and no offsets: joined they are the text, character for character, whatever counts its characters how.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct

from kg.model import Literal, Statement

CONTEXT = 300  # characters shown on either side of a quote where no sentence ends sooner
SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ', "\n")

Stretch = tuple[int, int]


class Role(StrEnum):
    """What a piece of a sentence is to the statement that the sentence makes."""

    SUBJECT = "subject"
    OBJECT = "object"
    SOURCE = "source"


class Text(Protocol):
    """Anything that is a part of a text."""

    @property
    def text(self) -> str:
        """The part."""


class Mark(NamedTuple):
    """A stretch of a text that speaks of an entity of that type, or in other words gives the role of somebody."""

    start: int
    end: int
    entity: str | None = None
    type: str | None = None
    role: Role | None = None


class Piece(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a text: whether it belongs to what is quoted, and what it speaks of, in which role."""

    text: str
    quote: bool = False
    role: Role | None = None
    entity: str | None = None
    type: str | None = None


def sentence(text: str, start: int, end: int) -> Stretch:
    """Return where the sentence, or sentences, begin and end in which the stretch stands."""
    before, ahead = text[max(0, start - CONTEXT) : start], max(start, end - 2)  # the quote may end as its sentence does
    after = text[ahead : end + CONTEXT]
    begin = max([0, *(before.rfind(mark) + len(mark) for mark in SENTENCE_ENDS if mark in before)])
    ends = (after.find(mark) + max(1, len(mark.rstrip())) for mark in SENTENCE_ENDS if mark in after)
    return start - len(before) + begin, max(end, ahead + min([len(after), *ends]))


def told(text: str, one: Statement, mentioned: Sequence[Mark]) -> list[Piece]:
    """Return the sentence of a statement; `mentioned` is what the text mentions, in its order."""
    within = sentence(text, one.start, one.end)
    marks = [mark._replace(role=_role(one, mark.entity)) for mark in inside(mentioned, within)]
    if isinstance(one.object, Literal) and one.object.datatype == "string":
        marks += _words(text, one.object.value, (one.start, one.end), Role.OBJECT)
    if one.source and not any(mark.entity == one.source for mark in marks):
        marks += _words(text, one.source, within, Role.SOURCE)
    return pieces(text, within, marks, quote=(one.start, one.end))


def passage(text: str, quote: Stretch, mentioned: Sequence[Mark]) -> list[Piece]:
    """Return the sentence in which a stretch stands, which becomes the quote."""
    within = sentence(text, *quote)
    return pieces(text, within, inside(mentioned, within), quote=quote)


def inside(marks: Sequence[Mark], within: Stretch) -> list[Mark]:
    """Return those marks, of many in the order of the text, that begin and end within the stretch."""
    first, last = (side(marks, at, key=_start) for side, at in zip((bisect_left, bisect_right), within, strict=True))
    return [mark for mark in marks[first:last] if mark.end <= within[1]]


def pieces(text: str, within: Stretch, marks: Sequence[Mark], *, quote: Stretch | None = None) -> list[Piece]:
    """Cut a stretch of the text at its marks; where several lie over each other one with a role wins, then the inner.

    The joined pieces are the stretch, and none is empty.
    """
    said = [*marks, Mark(*quote)] if quote else [*marks]
    found = []
    for start, end, covering in cut(within, [(mark.start, mark.end) for mark in said]):
        on = min((said[at] for at in covering if at < len(marks)), key=_rank, default=Mark(0, 0))
        quoted = quote is not None and len(marks) in covering
        found.append(Piece(text=text[start:end], quote=quoted, role=on.role, entity=on.entity, type=on.type))
    return found


def cut(within: Stretch, stretches: Sequence[Stretch]) -> Iterator[tuple[int, int, list[int]]]:
    """Cut a stretch wherever one of the others begins or ends; yield each part with the numbers of those over it."""
    begin, stop = within
    clipped = [(max(start, begin), min(end, stop)) for start, end in stretches]
    opening = sorted((at for at, (start, end) in enumerate(clipped) if start < end), key=lambda at: clipped[at])
    edges = sorted({begin, stop, *(edge for at in opening for edge in clipped[at])})
    over: list[int] = []
    next = 0
    for start, end in zip(edges, edges[1:], strict=False):
        over = [at for at in over if clipped[at][1] > start]
        while next < len(opening) and clipped[opening[next]][0] == start:
            over.append(opening[next])
            next += 1
        yield start, end, over


def joined(found: Iterable[Text]) -> str:
    """Return the text of the pieces."""
    return "".join(piece.text for piece in found)


def _role(one: Statement, entity: str | None) -> Role | None:
    ends = ((one.subject, Role.SUBJECT), (one.object, Role.OBJECT), (one.source, Role.SOURCE))
    return next((role for end, role in ends if entity is not None and end == entity), None)


def _words(text: str, words: str, within: Stretch, role: Role) -> list[Mark]:
    at = text.find(words, *within)
    return [Mark(at, at + len(words), role=role)] if at >= 0 else []


def _rank(mark: Mark) -> tuple[bool, int, int]:
    return mark.role is None, mark.end - mark.start, mark.start


def _start(mark: Mark) -> int:
    return mark.start
