"""`kg export`: a space to a file."""

from pathlib import Path
from typing import Any

import click

from kg.cli.files import check_format, open_space, write_graph
from kg.cli.query import query_text


@click.command()
@click.argument("space")
@click.option("-o", "--output", required=True, metavar="FILE", help="A path, or - for standard output.")
@click.option("--format", "format_", metavar="NAME", help="The format where the suffix of FILE does not name it.")
@click.option("--around", multiple=True, metavar="NAME", help="A page or picture of what is near; more than once.")
@click.option("--hops", type=click.IntRange(min=0), metavar="N", help="How far around, in edges.  [default: 2]")
@click.option("--query", metavar="SPARQL", help="A page or picture of what a query finds; @FILE, - as in kg query.")
@click.option("--limit", type=click.IntRange(min=1), metavar="EDGES", help="At most so many.  [2000; a picture 40]")
def export(space: str, output: str, format_: str | None, **options: Any) -> None:
    """Write the graph of a space to a file.

    A page (.html) is one file that opens anywhere, offline, with the sentences behind every edge; a picture (.svg) is
    for where there are no scripts. Both show the best connected, or what --around or --query chooses.

    \b
        kg export space -o graph.ttl
        kg export space -o - --format jsonl | head
        kg export space -o graph.html --around 'Soyuz MS-19'
        kg export space -o graph.svg --query 'CONSTRUCT WHERE { ?who kg:aboard ?ship }'
    """
    chosen = {name: value for name, value in options.items() if value not in (None, ())}
    check_format(output, format_, **chosen)
    if "query" in chosen:
        chosen["query"] = query_text(chosen["query"])
    if _shows_a_part(output, format_):
        chosen["title"] = Path(space).resolve().name
    with open_space(space) as opened:
        write_graph(opened.graph(), output, format_, **chosen)


def _shows_a_part(output: str, format: str | None) -> bool:
    from kg.export import CHOOSING, suffix

    return (format or suffix(Path(output))) in CHOOSING
