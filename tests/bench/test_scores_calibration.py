import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.scores_calibration import Bin, Judged, calibration_error, reliability

JUDGED = [(0.1, False), (0.1, False), (0.75, True), (0.75, False), (0.71, True), (1.0, True)]


def test_bins_tell_how_many_there_are_how_sure_and_how_many_are_right() -> None:
    low, high, sure = reliability(JUDGED)
    assert low == Bin(0.1, 0.2, 2, 0.1, 0.0)
    assert (high.low, high.high, high.count) == (0.7, 0.8, 3)
    assert (high.score, high.right) == (pytest.approx(2.21 / 3), pytest.approx(2 / 3))
    assert sure == Bin(0.9, 1.0, 1, 1.0, 1.0)


def test_the_error_is_the_mean_distance_by_count() -> None:
    assert calibration_error(JUDGED) == pytest.approx((2 * 0.1 + 3 * (2.21 / 3 - 2 / 3) + 0) / 6)


def test_of_nothing_there_is_no_error() -> None:
    assert reliability([]) == []
    assert calibration_error([]) is None


def test_one_bin_holds_all() -> None:
    assert calibration_error([(0.0, True), (1.0, False)], bins=1) == 0
    assert calibration_error([(0.0, True), (1.0, False)], bins=2) == 1


judged = st.lists(st.tuples(st.floats(0, 1), st.booleans()))


@given(judged)
def test_every_score_is_in_the_bin_that_holds_it(scored: list[Judged]) -> None:
    rows = reliability(scored)
    assert sum(row.count for row in rows) == len(scored)
    assert all(row.low - 1e-9 <= row.score <= row.high + 1e-9 for row in rows)


@given(judged.filter(bool))
def test_the_error_is_a_share(scored: list[Judged]) -> None:
    error = calibration_error(scored)
    assert error is not None
    assert 0 <= error <= 1 + 1e-9


@given(st.lists(st.booleans(), min_size=1))
def test_scores_that_are_the_truth_have_no_error(truth: list[bool]) -> None:
    assert calibration_error([(float(right), right) for right in truth]) == 0
