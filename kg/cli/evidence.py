"""How a person reads evidence on a terminal: each statement, and the sentence that says it, marked up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kg.evidence import Mark, Piece, Role, passage, told

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Document, Mention, Statement


def evidence(graph: "Graph", statements: "Sequence[Statement]") -> list[str]:
    """Return each statement with its sentence: what says so in [brackets], what it is said of between *stars*."""
    names = {entity.id: entity.name for entity in graph.entities()}
    documents = {document.id: document for document in graph.documents}
    places = _places(graph, {end for one in statements for end in (one.subject, one.object) if isinstance(end, str)})
    lines: list[str] = []
    for one in statements:
        found = told(documents[one.document].text, one, places.get(one.document, ()))
        lines += [claim(one, names), _quoted(documents[one.document], one, found)]
    return lines


def passages(graph: "Graph", mentions: "Sequence[Mention]") -> list[str]:
    """Return the sentence of each mention, the mention in [brackets]."""
    documents = {document.id: document for document in graph.documents}
    return [
        _quoted(documents[one.document], one, passage(documents[one.document].text, (one.start, one.end), ()))
        for one in mentions
    ]


def claim(one: "Statement", names: Mapping[str, str]) -> str:
    """Return one line that says what the statement says, how, when, according to whom, and how surely."""
    thing = names[one.object] if isinstance(one.object, str) else one.object.value
    source = f"according to {names.get(one.source, one.source)}" if one.source else None
    how = [str(one.modality), one.time, source, f"score {one.score:.2f}", "inferred" if one.inferred else None]
    said = ", ".join([*filter(None, how), one.id])
    return f"{names[one.subject]} {one.predicate} {thing}  ({said})"


def _places(graph: "Graph", entities: set[str]) -> dict[str, list[Mark]]:
    """Return where each document speaks of these entities."""
    found: dict[str, list[Mark]] = {}
    for mention in graph.mentions():
        owner = graph.owner(mention.id)
        if owner in entities:
            found.setdefault(mention.document, []).append(Mark(mention.start, mention.end, owner))
    return found


def _quoted(document: "Document", one: "Statement | Mention", found: Iterable[Piece]) -> str:
    """Return the quote within its sentence, and where it stands."""
    text, quoting = "", False
    for piece in found:
        if piece.quote != quoting:
            text += click.style("[" if piece.quote else "]", bold=True)
            quoting = piece.quote
        star = click.style("*", bold=True) if piece.role in (Role.SUBJECT, Role.OBJECT) else ""
        text += star + piece.text + star
    text += click.style("]", bold=True) if quoting else ""
    title = document.title or document.source or document.id
    day = f", {document.published}" if document.published else ""
    return f"    {' '.join(text.split())}\n    -- {title}{day}, characters {one.start}-{one.end}\n"
