"""How a person reads evidence: each statement, and the sentence that says it, marked up."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Document, Mention, Statement

CONTEXT = 300  # characters shown on either side of a quote where no sentence ends sooner
SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ', "\n")

Stretch = tuple[int, int]


def evidence(graph: "Graph", statements: "Sequence[Statement]") -> list[str]:
    """Return each statement with its sentence: what says so in [brackets], what it is said of between *stars*."""
    names = {entity.id: entity.name for entity in graph.entities()}
    documents = {document.id: document for document in graph.documents}
    places = _places(graph, {end for one in statements for end in (one.subject, one.object) if isinstance(end, str)})
    lines: list[str] = []
    for one in statements:
        ends = [place for end in (one.subject, one.object) for place in places.get((one.document, str(end)), ())]
        lines += [claim(one, names), _quoted(documents[one.document], one, ends)]
    return lines


def passages(graph: "Graph", mentions: "Sequence[Mention]") -> list[str]:
    """Return the sentence of each mention, the mention in [brackets]."""
    documents = {document.id: document for document in graph.documents}
    return [_quoted(documents[mention.document], mention, []) for mention in mentions]


def claim(one: "Statement", names: Mapping[str, str]) -> str:
    """Return one line that says what the statement says, how, when, according to whom, and how surely."""
    thing = names[one.object] if isinstance(one.object, str) else one.object.value
    source = f"according to {names.get(one.source, one.source)}" if one.source else None
    how = [str(one.modality), one.time, source, f"score {one.score:.2f}", "inferred" if one.inferred else None]
    said = ", ".join([*filter(None, how), one.id])
    return f"{names[one.subject]} {one.predicate} {thing}  ({said})"


def _places(graph: "Graph", entities: set[str]) -> dict[tuple[str, str], list[Stretch]]:
    """Return where each document speaks of each of these entities."""
    found: dict[tuple[str, str], list[Stretch]] = {}
    for mention in graph.mentions():
        owner = graph.owner(mention.id)
        if owner in entities:
            found.setdefault((mention.document, owner), []).append((mention.start, mention.end))
    return found


def _quoted(document: "Document", one: "Statement | Mention", ends: Sequence[Stretch]) -> str:
    """Return the quote within its sentence, and where it stands."""
    begin, stop = _sentence(document.text, one.start, one.end)
    marks: list[tuple[int, int, str]] = [(one.start, 2, "["), (one.end, 1, "]")]
    shown = click.style("*", bold=True)
    for a, b in ends:
        if begin <= a and b <= stop:
            marks += [(a, 3, shown), (b, 0, shown)]
    text, last = "", begin
    for at, _, mark in sorted(marks):
        text += document.text[last:at] + (click.style(mark, bold=True) if mark in "[]" else mark)
        last = at
    text += document.text[last:stop]
    title = document.title or document.source or document.id
    day = f", {document.published}" if document.published else ""
    return f"    {' '.join(text.split())}\n    -- {title}{day}, characters {one.start}-{one.end}\n"


def _sentence(text: str, start: int, end: int) -> Stretch:
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    begin = max([0, *(before.rfind(mark) + len(mark) for mark in SENTENCE_ENDS if mark in before)])
    stop = min([len(after), *(after.find(mark) + 1 for mark in SENTENCE_ENDS if mark in after)])
    return start - len(before) + begin, end + stop
