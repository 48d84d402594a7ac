"""What commands share of the terminal: a progress bar, columns, and the account of what was set aside."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.build import Progress

if TYPE_CHECKING:
    from kg.model import Rejected


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Show a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


def report(rejected: "Sequence[Rejected]") -> None:
    """Name what was set aside and end with status 1, if anything was."""
    for item in sorted(rejected, key=lambda item: (item.source, item.line or 0, item.reason)):
        place = f"{item.source}:{item.line}" if item.line is not None else item.source
        click.echo(f"kg: {place}: set aside: {item.reason}", err=True)
    if rejected:
        click.echo(f"kg: {len(rejected)} set aside", err=True)
        sys.exit(1)


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows under each other, every column as wide as its widest cell."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    padded = ([cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return ["  ".join(row).rstrip() for row in padded]


def count(number: int, noun: str) -> str:
    """Return the number with its noun, in the plural where it is not one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
