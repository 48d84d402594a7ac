"""`kg remove`: documents out of a space."""

import click

from kg.cli.changed import summary


@click.command()
@click.argument("space")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
def remove(space: str, documents: tuple[str, ...]) -> None:
    """Take documents out of a space, and all that only they supported.

    DOCUMENT is the id of a document, or its source: all documents of that file or address. No model is needed, and
    nothing is read again.

    \b
        kg remove space articles/withdrawn.html
    """
    from kg.space import Space

    with Space.edit(space) as opened:
        changes = opened.remove(*documents)
        click.echo("\n".join(summary(changes, opened.counts(), 0)))
