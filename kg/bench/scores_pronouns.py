"""Ambiguous pronouns, scored as GAP's `gap_scorer.py` does (Webster et al. 2018)."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from kg.bench.score import Score


class Gender(StrEnum):
    """The gender of the pronoun in question."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


class Answer(Struct, frozen=True):
    """Whether the pronoun refers to the name A, and whether it refers to the name B."""

    a: bool
    b: bool


def score(gold: Answer, found: Answer) -> Score:
    """Return the counts of one text, which asks two questions of yes or no; texts add up."""
    pairs = ((gold.a, found.a), (gold.b, found.b))
    return Score.counted(
        sum(marked and said for marked, said in pairs),
        sum(said for _, said in pairs),
        sum(marked for marked, _ in pairs),
    )


def by_gender(scored: Iterable[tuple[Gender, Score]]) -> dict[Gender, Score]:
    """Return the sum of the scores of each gender's texts."""
    sums = dict.fromkeys(Gender, Score())
    for gender, one in scored:
        sums[gender] += one
    return sums


def bias(scores: dict[Gender, Score]) -> float | None:
    """Return the feminine F1 over the masculine; None where one of them is 0."""
    feminine, masculine = scores[Gender.FEMININE].f1, scores[Gender.MASCULINE].f1
    return feminine / masculine if feminine and masculine else None
