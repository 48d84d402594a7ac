"""`kg refute`: a person's word that a statement is wrong, kept in `SPACE/refutations.jsonl`."""

from getpass import getuser
from typing import TYPE_CHECKING

import click

from kg.cli.changed import summary
from kg.cli.files import open_space
from kg.cli.judge import judging_options

if TYPE_CHECKING:
    from kg.model import Refutation


@click.command()
@click.argument("space")
@click.argument("statement", required=False)
@click.option("--undo", is_flag=True, help="Take it back.")
@judging_options
def refute(space: str, statement: str | None, undo: bool, who: str | None, note: str) -> None:
    """Say that a statement is wrong, or list what is refuted.

    STATEMENT is the id that kg why tells in its brackets. The statement is no fact any more, nor is what follows from
    it, whatever its ends are merged with later. The decision is a line of SPACE/refutations.jsonl: it outlives every
    build, and --undo takes it back, by the id of the statement or the one listed.

    \b
        kg refute space 26c08f7c0980d866 --note 'he missed the flight'
        kg refute space
        kg refute space 26c08f7c0980d866 --undo
    """
    from datetime import UTC, datetime

    from kg.space import Space

    if statement is None:
        if undo:
            raise click.UsageError("--undo needs the id of what is refuted; kg refute SPACE lists it")
        with open_space(space) as opened:
            click.echo("\n".join(map(_told, opened.refutations())) or "nothing is refuted")
        return
    with Space.edit(space) as opened:
        if undo:
            changes = opened.unrefute(statement)
        else:
            when = datetime.now(UTC).isoformat(timespec="microseconds")
            changes = opened.refute(opened.refutation(statement, who=who or getuser(), when=when, note=note))
        click.echo("\n".join(summary(changes, opened.counts(), 0)))


def _told(one: "Refutation") -> str:
    how = ", ".join(filter(None, (one.modality.value, one.who, one.when[:10], one.note)))
    quote = " ".join(one.quote.split())
    return f"{one.id}  {one.claim}  ({how})\n    [{quote}]\n    -- {one.document}, characters {one.start}-{one.end}"
