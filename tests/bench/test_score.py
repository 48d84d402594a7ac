import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.score import Score, harmonic

counts = st.integers(0, 20)


def test_counts_give_precision_recall_and_f1() -> None:
    score = Score.counted(right=3, found=4, marked=6)
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.f1 == pytest.approx(0.6)


def test_the_two_sides_can_weigh_what_is_right_differently() -> None:
    score = Score(right=1, found=2, covered=3, marked=4)
    assert (score.precision, score.recall) == (0.5, 0.75)


def test_nothing_of_nothing_is_0() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)
    assert harmonic(0, 0) == 0


@given(counts, counts, counts, counts, counts, counts)
def test_scores_add_up_as_counts_do(a: int, b: int, c: int, d: int, e: int, f: int) -> None:
    assert Score.counted(a, b, c) + Score.counted(d, e, f) == Score.counted(a + d, b + e, c + f)
