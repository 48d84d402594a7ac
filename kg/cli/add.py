"""`kg add`: more texts into a space."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.build import Watching
from kg.build import add as add_to
from kg.cli.changed import summary
from kg.cli.reading import options, reading_options
from kg.cli.terminal import progress, report

if TYPE_CHECKING:
    from kg.model import Rejected


@click.command()
@click.argument("space")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@reading_options
def add(space: str, sources: tuple[str, ...], schemas: tuple[str, ...], **reading: Any) -> None:
    """Read what is new or changed into a space.

    Sources are those of kg build; JSON Lines that kg export wrote bring what was extracted elsewhere with them. A
    document takes the place of the one that has its id; so does a changed file, if it is one document. What the space
    has read before is not read again. The space ends as kg build would make it of all its documents. A --kb takes the
    place of the lists that the space had; without a SOURCE its documents are only linked again.

    \b
        kg add space more/*.html
        kg add space --kb people.csv
        kg add space records.jsonl

    Exit status 1 tells that documents were set aside: each is named, and kept in SPACE/rejected.jsonl.
    """
    from kg.schema import load
    from kg.space import Space

    if not sources and not schemas and not reading["kb"]:
        raise click.UsageError("Nothing to add: give a SOURCE, or a --kb or --schema to derive the space again by.")
    rejected: list[Rejected] = []
    paths = [source if source == "-" else Path(source) for source in sources]
    with Space.create(space) as opened, progress() as tell:
        schema = load(schemas) if schemas else None
        watching: Watching = {"progress": tell, "on_error": rejected.append}
        changes = add_to(paths, opened, schema=schema, **options(**reading), **watching)
        lines = summary(changes, opened.counts(), len(rejected))
    click.echo("\n".join(lines))
    report(rejected)
