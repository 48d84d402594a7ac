"""`kg schema`: what there is to extract."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import columns

if TYPE_CHECKING:
    from kg.schema import Schema


@click.command()
@click.option("--owl", "form", flag_value="owl", help="As an OWL ontology, in Turtle.")
@click.option("--shacl", "form", flag_value="shacl", help="As SHACL shapes, in Turtle.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--schema", "schemas", multiple=True, metavar="TOML", help="More types and predicates; repeatable.")
def schema(form: str | None, schemas: tuple[str, ...]) -> None:
    """Show the types and predicates there are to extract.

    \b
        kg schema
        kg schema --owl > schema.ttl
    """
    from kg.export.ontology import owl, shacl
    from kg.jsonl import encode
    from kg.schema import load

    loaded = load(schemas)
    if form is None:
        click.echo("\n".join(_vocabulary(loaded)))
    else:
        sys.stdout.buffer.write({"owl": owl, "shacl": shacl, "json": encode}[form](loaded))


def _vocabulary(schema: "Schema") -> list[str]:
    types = [
        (f"  {name}", f"a kind of {kind.parent}" if kind.parent else "", kind.comment)
        for name, kind in schema.types.items()
    ]
    predicates = [
        (f"  {name}", f"{_ends(rule.subject)} -> {rule.datatype or _ends(rule.object)}", rule.comment)
        for name, rule in schema.predicates.items()
    ]
    return ["Types", *columns(types), "", "Predicates", *columns(predicates)]


def _ends(types: Sequence[str]) -> str:
    return ", ".join(types) or "any"
