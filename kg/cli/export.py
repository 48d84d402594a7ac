"""`kg export`: a space to a file."""

import click

from kg.cli.files import check_format, open_space, write_graph


@click.command()
@click.argument("space")
@click.option("-o", "--output", required=True, metavar="FILE", help="A path, or - for standard output.")
@click.option("--format", "format_", metavar="NAME", help="The format where the suffix of FILE does not name it.")
def export(space: str, output: str, format_: str | None) -> None:
    """Write the graph of a space to a file.

    \b
        kg export space -o graph.ttl
        kg export space -o - --format jsonl | head
    """
    check_format(output, format_)
    with open_space(space) as opened:
        write_graph(opened.graph(), output, format_)
