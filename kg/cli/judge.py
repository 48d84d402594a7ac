"""`kg merge` and `kg split`: what a person decides of two things, kept in `SPACE/judgements.jsonl`."""

from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Any

import click

from kg.cli.changed import summary

if TYPE_CHECKING:
    from kg.model import Anchor, Verdict
    from kg.space import Space


def judging_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that every judgement has."""
    who = click.option("--who", metavar="NAME", help="Who decides. [default: the user of this machine]")
    note = click.option("--note", default="", metavar="TEXT", help="Why.")
    return who(note(command))


@click.command()
@click.argument("space")
@click.argument("one")
@click.argument("other")
@judging_options
def merge(space: str, one: str, other: str, **how: Any) -> None:
    """Decide that two things are the same, whatever speaks against it.

    ONE and OTHER are names, aliases or ids of entities, or ids of mentions (kg why --mentions lists them). The decision
    is a line of SPACE/judgements.jsonl: it outlives every build, and kg split of the same two takes it back.

    \b
        kg merge space 'Jon Huber' 'Brodie Lee' --note 'his name in the ring'
    """
    _decide(space, one, other, "same", **how)


@click.command()
@click.argument("space")
@click.argument("one")
@click.argument("other")
@judging_options
def split(space: str, one: str, other: str, **how: Any) -> None:
    """Decide that two things are different, whatever speaks for it.

    ONE and OTHER are names, aliases or ids of entities, or ids of mentions (kg why --mentions lists them): two people
    of one name are told apart by a mention of each. The decision is a line of SPACE/judgements.jsonl: it outlives every
    build, and kg merge of the same two takes it back.

    \b
        kg split space 'New York' 'New York Times'
        kg split space 'a.txt#char=10,20' 'b.txt#char=0,10'
    """
    _decide(space, one, other, "different", **how)


def _decide(space: str, one: str, other: str, verdict: str, *, who: str | None, note: str) -> None:
    from kg.model import Verdict
    from kg.space import Space

    with Space.edit(space) as opened:
        left, right = opened.anchors(one, other)
        if left == right:
            raise click.UsageError(
                f"{one!r} and {other!r} are all that bears one name; tell them apart by the ids of their mentions"
                f" (kg why {space} {one!r} --mentions)"
            )
        record(opened, (left, right), Verdict(verdict), who=who, note=note)


def record(
    space: "Space", anchors: "tuple[Anchor, Anchor]", verdict: "Verdict", *, who: str | None, note: str = ""
) -> None:
    """Let the space hold the verdict of now, and say what that changed."""
    from kg.model import Judgement

    when = datetime.now(UTC).isoformat(timespec="microseconds")
    left, right = anchors
    decided = Judgement(left=left, right=right, verdict=verdict, who=who or getuser(), when=when, note=note)
    changes = space.judge(decided)
    click.echo("\n".join(summary(changes, space.counts(), 0)))
