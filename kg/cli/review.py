"""`kg review`: the pairs that resolution is least certain of, one keystroke each."""

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.judge import record

if TYPE_CHECKING:
    from kg.resolve.review import Doubt, Side

_KEYS = {"s": "same", "d": "different", "u": "unsure"}
_SHOWN = 6  # names and facts of a side


@click.command()
@click.argument("space")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many pairs.")
@click.option("--who", metavar="NAME", help="Who decides. [default: the user of this machine]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, and no questions.")
def review(space: str, limit: int, who: str | None, as_json: bool) -> None:
    """Go through the pairs that may be one thing, the least certain first.

    Before them come those that are two things and linked to the same.

    s says same, d different, u unsure (and not to be asked again), any other key goes on, q ends. Where nobody sits at
    a terminal the pairs are listed.

    \b
        kg review space
        kg review space --json | head
    """
    from kg.jsonl import encode
    from kg.model import Verdict
    from kg.space import Space

    asked = _is_asked() and not as_json
    with Space.edit(space) if asked else Space.open(space) as opened:
        found = opened.review(limit=limit)
        for number, doubt in enumerate(found, 1):
            if as_json:
                sys.stdout.buffer.write(encode(doubt) + b"\n")
                continue
            click.echo("\n".join(_told(doubt, number, len(found))))
            key = _key() if asked else ""
            if key == "q":
                break
            if key in _KEYS:
                record(opened, (doubt.left.anchor, doubt.right.anchor), Verdict(_KEYS[key]), who=who)
        if not found and not as_json:
            click.echo("no pair is in doubt")


def _is_asked() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _key() -> str:
    click.echo("same, different, unsure, next, quit? [s/d/u/n/q] ", nl=False)
    key = click.getchar().lower()
    click.echo(key)
    return key


def _told(doubt: "Doubt", number: int, total: int) -> list[str]:
    from kg.resolve.reasons import reasons

    told = zip(("for it", "against it"), reasons(doubt.comparisons), strict=True)
    return [
        click.style(f"{number} of {total}: one with probability {doubt.score:.2f}", bold=True),
        *(f"  {side}: {'; '.join(some)}" for side, some in told if some),
        *_side(doubt.left),
        *_side(doubt.right),
        "",
    ]


def _side(side: "Side") -> list[str]:
    names = ", ".join(side.names[:_SHOWN])
    facts = [f"{kind} {value}" for kind, value in side.facts]
    beside = [*facts, *(f"beside {name}" for name in side.near)][:_SHOWN]
    return [
        f"  {names}  ({side.subtype or side.type}, in {len(side.documents):,}: {', '.join(side.documents[:3])})",
        *([f"    {'; '.join(beside)}"] if beside else []),
    ]
