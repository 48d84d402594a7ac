"""`kg diff`: what differs between two spaces, or between two dates."""

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.changed import lines
from kg.cli.files import open_space
from kg.jsonl import encode

if TYPE_CHECKING:
    from kg.space import Changes


@click.command()
@click.argument("space")
@click.argument("other", required=False)
@click.option("--since", metavar="DATE", help="What has changed in SPACE since that date, or date and time (UTC).")
@click.option("--until", metavar="DATE", help="With --since: up to that date, and not until now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, each thing as it was and as it is.")
def diff(space: str, other: str | None, since: str | None, until: str | None, as_json: bool) -> None:
    """Show what makes one space into another, or what has changed in one.

    A line begins with + for what is only in the second, - for what is only in the first, and ~ for what is in both but
    not the same.

    \b
        kg diff yesterday today
        kg diff space --since 2024-05-01
        kg diff space --since 2024-05-01 --until 2024-06-01 --json
    """
    changes, names = _changes(space, other, since, until)
    if as_json:
        sys.stdout.buffer.write(encode(changes) + b"\n")
    else:
        click.echo("\n".join(lines(changes, names)))


def _changes(space: str, other: str | None, since: str | None, until: str | None) -> "tuple[Changes, dict[str, str]]":
    """Return what differs, and the names of the entities that it speaks of."""
    if (other is None) == (since is None):
        raise click.UsageError("name two spaces, or one and --since DATE")
    if until and not since:
        raise click.UsageError("--until goes with --since")
    with open_space(space) as first:
        if other is None:
            return first.since(since or "", until or ""), first.names()
        with open_space(other) as second:
            return first.diff(second), first.names() | second.names()
