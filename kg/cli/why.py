"""`kg why`: the sentences behind an entity, a pair of entities, or a statement."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.files import open_space
from kg.cli.terminal import count

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Document, Mention, Statement


CONTEXT = 300  # characters shown on either side of a quote where no sentence ends sooner
SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ', "\n")


@click.command()
@click.argument("space")
@click.argument("name")
@click.argument("other", required=False)
def why(space: str, name: str, other: str | None) -> None:
    """Show the sentences behind an entity, a pair of entities, or a statement.

    NAME is a name, an alias, or the id of an entity or a statement. What says so stands in [brackets].

    \b
        kg why space 'Klim Schipenko'
        kg why space 'Klim Schipenko' 'Soyuz MS-19'
    """
    with open_space(space) as opened:
        click.echo("\n".join(_why(opened.graph(), name, other)).rstrip())


def _why(graph: "Graph", name: str, other: str | None) -> list[str]:
    """Return what a person reads about a statement, an entity, or what joins two entities."""
    said = [statement for statement in graph.statements() if statement.id == name]
    if said:
        return _evidence(graph, said)
    entity = graph.entity(name)
    ends = {entity.id, graph.entity(other).id} if other else {entity.id}
    said = [one for one in graph.statements() if ends <= {one.subject, one.object} and not one.inferred]
    if other:
        return _evidence(graph, said) or [f"Nothing joins {entity.name} and {graph.entity(other).name} directly."]
    mentions = graph.mentions(entity.id)
    documents = len({mention.document for mention in mentions})
    about = f"{entity.name}  ({graph.type_of(entity)}, {entity.id})"
    names = [f"also: {', '.join(entity.aliases)}"] if entity.aliases else []
    counts = f"{count(len(mentions), 'mention')} in {count(documents, 'document')}"
    return [about, *names, counts, "", *(_evidence(graph, said) if said else _passages(graph, mentions))]


def _evidence(graph: "Graph", statements: "Sequence[Statement]") -> list[str]:
    names = {entity.id: entity.name for entity in graph.entities()}
    passages = _passages(graph, statements)
    return [line for one, passage in zip(statements, passages, strict=True) for line in (_claim(one, names), passage)]


def _passages(graph: "Graph", places: "Sequence[Statement | Mention]") -> list[str]:
    documents = {document.id: document for document in graph.documents}
    return [_quoted(documents[place.document], place) for place in places]


def _claim(one: "Statement", names: Mapping[str, str]) -> str:
    thing = names[one.object] if isinstance(one.object, str) else one.object.value
    source = f"according to {names.get(one.source, one.source)}" if one.source else None
    how = [str(one.modality), one.time, source, f"score {one.score:.2f}", "inferred" if one.inferred else None]
    said = ", ".join([*filter(None, how), one.id])
    return f"{names[one.subject]} {one.predicate} {thing}  ({said})"


def _quoted(document: "Document", one: "Statement | Mention") -> str:
    """Return the quote within its sentence, and where it stands."""
    before = document.text[max(0, one.start - CONTEXT) : one.start]
    after = document.text[one.end : one.end + CONTEXT]
    before = before[max([0, *(before.rfind(mark) + len(mark) for mark in SENTENCE_ENDS if mark in before)]) :]
    after = after[: min([len(after), *(after.find(mark) + 1 for mark in SENTENCE_ENDS if mark in after)])]
    quote = click.style(f"[{document.text[one.start : one.end]}]", bold=True)
    sentence = " ".join(f"{before}{quote}{after}".split())
    title = document.title or document.source or document.id
    day = f", {document.published}" if document.published else ""
    return f"    {sentence}\n    -- {title}{day}, characters {one.start}-{one.end}\n"
