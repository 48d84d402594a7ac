"""`kg why`: the sentences behind an entity, a pair of entities, a triple, or a statement."""

from typing import TYPE_CHECKING

import click

from kg.cli.evidence import evidence, passages
from kg.cli.files import open_space
from kg.cli.terminal import count

if TYPE_CHECKING:
    from kg.graph import Graph


@click.command()
@click.argument("space")
@click.argument("name")
@click.argument("predicate", required=False, metavar="[[PREDICATE]")
@click.argument("other", required=False, metavar="OTHER]")
@click.option("--mentions", "listed", is_flag=True, help="List where NAME is mentioned, by id.")
def why(space: str, name: str, predicate: str | None, other: str | None, listed: bool) -> None:
    """Show the sentences behind an entity, a pair of entities, a triple, or a statement.

    NAME is a name, an alias, or the id of an entity or a statement; OTHER also a literal where PREDICATE stands before
    it. What says so stands in [brackets], and whom it is said of between *stars*.

    \b
        kg why space 'Klim Schipenko'
        kg why space 'Klim Schipenko' 'Soyuz MS-19'
        kg why space 'Klim Schipenko' directorOf 'The Challenge'
        kg why space 'Klim Schipenko' --mentions
    """
    with open_space(space) as opened:
        graph = opened.graph()
    if listed:
        click.echo("\n".join(f"{mention.id}  {mention.text}" for mention in graph.mentions(name)))
        return
    if other is None:
        predicate, other = None, predicate
    click.echo("\n".join(_triple(graph, name, predicate, other) if predicate and other else _why(graph, name, other)))


def _triple(graph: "Graph", name: str, predicate: str, other: str) -> list[str]:
    said = graph.statements(subject=name, predicate=predicate, object=other)
    return _ending(evidence(graph, said)) or [f"Nothing says {graph.entity(name).name} {predicate} {other}."]


def _why(graph: "Graph", name: str, other: str | None) -> list[str]:
    """Return what a person reads about a statement, an entity, or what joins two entities."""
    said = [statement for statement in graph.statements() if statement.id == name]
    if said:
        return _ending(evidence(graph, said))
    entity = graph.entity(name)
    ends = {entity.id, graph.entity(other).id} if other else {entity.id}
    said = [one for one in graph.statements() if ends <= {one.subject, one.object} and not one.inferred]
    if other:
        nothing = f"Nothing joins {entity.name} and {graph.entity(other).name} directly."
        return _ending(evidence(graph, said)) or [nothing]
    mentions = graph.mentions(entity.id)
    documents = len({mention.document for mention in mentions})
    about = f"{entity.name}  ({graph.type_of(entity)}, {entity.id})"
    names = [f"also: {', '.join(entity.aliases)}"] if entity.aliases else []
    same = [f"same as: {', '.join(entity.same_as)}"] if entity.same_as else []
    where = " ".join(filter(None, (entity.point and "{:g}, {:g}".format(*entity.point), entity.country)))
    same += [f"where: {where}"] if where else []
    counts = f"{count(len(mentions), 'mention')} in {count(documents, 'document')}"
    shown = evidence(graph, said) if said else passages(graph, mentions)
    return _ending([about, *names, *same, counts, "", *shown])


def _ending(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1].rstrip()] if lines else []
