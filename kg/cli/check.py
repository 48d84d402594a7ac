"""`kg check`: where the statements of a space contradict each other."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.evidence import evidence
from kg.cli.files import open_space
from kg.cli.terminal import columns, count

if TYPE_CHECKING:
    from kg.conflicts import Conflict
    from kg.graph import Graph

_TOLD = {
    "values": "{subject} has more than one {predicate}: {values}",
    "denied": "{subject} {predicate} {values} is stated and denied",
    "order": "{subject} ends before it begins ({predicate}): {values}",
}


@click.command()
@click.argument("space")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line in place of the text.")
def check(space: str, as_json: bool) -> None:
    """List what contradicts itself: two birth dates, a claim and its denial, a death before a birth.

    Each with the sentences that say so; it is for you to weigh them (kg why, kg split). Below stand, counted, the
    relations that were read and are in no graph, because the schema does not allow them. Exit status 1 tells that
    something contradicts itself.

    \b
        kg check space
        kg check space --json | head
    """
    from kg.conflicts import conflicts
    from kg.jsonl import encode

    with open_space(space) as opened:
        graph = opened.graph()
    found = conflicts(graph)
    names = {entity.id: entity.name for entity in graph.entities()}
    for one in found:
        if as_json:
            sys.stdout.buffer.write(encode(one) + b"\n")
        else:
            click.echo("\n".join([click.style(_told(one, names), bold=True), "", *evidence(graph, one.statements)]))
    if not as_json:
        click.echo("\n".join([count(len(found), "contradiction"), *_refused(graph)]))
    if found:
        sys.exit(1)


def _told(one: "Conflict", names: Mapping[str, str]) -> str:
    values = ", ".join(names.get(value, value) for value in one.values)
    return _TOLD[one.kind].format(subject=names.get(one.subject, one.subject), predicate=one.predicate, values=values)


def _refused(graph: "Graph") -> list[str]:
    total = sum(graph.refused.values())
    rows = columns([(f"  {reason}", f"{number:>5,}") for reason, number in graph.refused.items()]) if total else []
    return [f"{count(total, 'relation')} not in the graph", *rows]
