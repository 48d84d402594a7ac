"""`kg query`: SPARQL on a space."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import open_space
from kg.cli.terminal import columns, count
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.sparql import Result


@click.command()
@click.argument("space")
@click.argument("query")
@click.option(
    "--format", "format_", default="table", show_default=True, metavar="NAME", help="How answers are written."
)
def query(space: str, query: str, format_: str) -> None:
    """Answer a SPARQL query from a space.

    QUERY is the text itself, @FILE, or - for standard input. The usual prefixes are known: kg:, schema:, ent:, rdfs:.
    NAME is table, or a format of SPARQL results (csv, tsv, json, xml) or, for CONSTRUCT and DESCRIBE, of RDF.

    \b
        kg query space 'SELECT ?name WHERE { ?who a schema:Person ; rdfs:label ?name }'
        kg query space @launches.rq --format csv
    """
    text = query_text(query)
    with open_space(space) as opened:
        result = opened.query(text)
        unknown = opened.vocabulary().unknown(text)
    for line in unknown:
        click.echo(f"kg: {line}", err=True)
    if format_ == "table":
        click.echo("\n".join(_table(result)))
    else:
        sys.stdout.buffer.write(result.serialize(format_))


def query_text(query: str) -> str:
    """Return the query that an argument is or names: the text itself, @FILE, or - for standard input."""
    if query == "-":
        return sys.stdin.buffer.read().decode(errors="replace")
    if not query.startswith("@"):
        return query
    path = Path(query[1:])
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError as error:
        reason = f"cannot be read: {error.strerror}; after @ stands a file that holds a query"
        raise InputError(reason, path=str(path)) from error


def _table(result: "Result") -> list[str]:
    if result.answer is not None:
        return [result.short(result.answer)]
    cells = [[" ".join(result.short(value).split()) for value in row] for row in result.rows]
    head, *body = columns([result.variables, *cells])
    rule = "-" * max(map(len, (head, *body)))
    return [head, rule, *body, "", count(len(body), "row")]
