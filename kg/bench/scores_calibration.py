"""Whether scores are probabilities: of what is scored 0.8, are eight in ten right?"""

from collections.abc import Iterable, Sequence
from statistics import fmean

from msgspec import Struct

Judged = tuple[float, bool]  # a score from 0 to 1, and whether what it was given to is right
BINS = 10


class Bin(Struct, frozen=True):
    """What is scored from `low` to `high`: how much of it there is, its mean score, and the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


def reliability(judged: Iterable[Judged], *, bins: int = BINS) -> list[Bin]:
    """Return the bins, all of one width, in which there is anything; the last holds the score 1 as well."""
    held: dict[int, list[Judged]] = {}
    for score, right in judged:
        held.setdefault(min(int(score * bins), bins - 1), []).append((score, right))
    return [_bin(number, bins, held[number]) for number in sorted(held)]


def calibration_error(judged: Iterable[Judged], *, bins: int = BINS) -> float | None:
    """Return the expected calibration error (Naeini et al. 2015), from 0 to 1; None where nothing was scored.

    It is the distance of mean score and share that is right in each bin, averaged over all that was scored.
    """
    rows = reliability(judged, bins=bins)
    total = sum(row.count for row in rows)
    return sum(row.count * abs(row.score - row.right) for row in rows) / total if total else None


def _bin(number: int, bins: int, held: Sequence[Judged]) -> Bin:
    scores, right = fmean(score for score, _ in held), fmean(right for _, right in held)
    return Bin(number / bins, (number + 1) / bins, len(held), scores, right)
