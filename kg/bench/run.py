"""What every benchmark takes, and what it returns: options, progress, and one table."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from msgspec import Struct

from kg.bench.score import Score
from kg.build import Progress

Cell = str | int | float | None
Item = TypeVar("Item")

PRF = ("P", "R", "F1")


class Options(Struct, frozen=True, kw_only=True):
    """What a run can be told: the fold to measure on, where a benchmark has folds, and how many documents at most."""

    fold: int | None = None
    limit: int | None = None


class Result(Struct, frozen=True, kw_only=True):
    """What was measured on what, as one table; scores are in per cent, a share's missing value is None.

    `figures` are the numbers that papers quote, `notes` what a reader has to know to compare them.
    """

    benchmark: str
    measured_on: str
    by: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: dict[str, float | None]
    notes: tuple[str, ...] = ()

    def cells(self) -> list[list[str]]:
        """Return the table as text, the columns first; what stands under each other ends under each other."""
        rows = [self.columns, *(tuple(map(_written, row)) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return [[row[0], *map(str.rjust, row[1:], widths[1:])] for row in rows]

    def record(self) -> dict[str, Any]:
        """Return the same as plain values, each row by its columns."""
        fields = {name: getattr(self, name) for name in ("benchmark", "measured_on", "by", "figures", "notes")}
        return fields | {"rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows]}


def _written(cell: Cell) -> str:
    return f"{cell:.1f}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else cell or "-"


def percent(share: float) -> float:
    """Return a share from 0 to 1 in per cent, with two decimals."""
    return round(100.0 * share, 2)


def prf(score: Score) -> tuple[float, float, float]:
    """Return precision, recall and F1 in per cent, the cells of `PRF`."""
    return percent(score.precision), percent(score.recall), percent(score.f1)


def limited(items: list[Item], options: Options) -> list[Item]:
    """Return the items that the options ask for, from the first."""
    return items[: options.limit]


def told(items: Iterable[Item], total: int, progress: Progress | None, *, stage: str = "reading") -> Iterator[Item]:
    """Yield the items and tell how many of how many are done."""
    for done, item in enumerate(items, 1):
        yield item
        if progress is not None:
            progress(stage, done, total)
