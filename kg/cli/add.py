"""`kg add`: more texts into a space."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.build import Watching
from kg.build import add as add_to
from kg.cli.changed import summary
from kg.cli.reading import reading_options
from kg.cli.terminal import progress, report

if TYPE_CHECKING:
    from kg.model import Rejected


@click.command()
@click.argument("space")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@reading_options
def add(space: str, sources: tuple[str, ...], schemas: tuple[str, ...], pipeline: str | None, jobs: int) -> None:
    """Read what is new or changed into a space.

    Sources are those of kg build; JSON Lines that kg export wrote bring what was extracted elsewhere with them. A
    document takes the place of the one that has its id; so does a changed file, if it is one document. What the space
    has read before is not read again. The space ends as kg build would make it of all its documents.

    \b
        kg add space more/*.html
        kg add space records.jsonl

    Exit status 1 tells that documents were set aside: each is named, and kept in SPACE/rejected.jsonl.
    """
    from kg.schema import load
    from kg.space import Space

    rejected: list[Rejected] = []
    paths = [source if source == "-" else Path(source) for source in sources]
    with Space.create(space) as opened, progress() as tell:
        schema = load(schemas) if schemas else None
        watching: Watching = {"progress": tell, "on_error": rejected.append}
        changes = add_to(paths, opened, extractor=pipeline, schema=schema, jobs=jobs, **watching)
        lines = summary(changes, opened.counts(), len(rejected))
    click.echo("\n".join(lines))
    report(rejected)
