"""Times as stretches of days."""

import pytest

from kg.space.spans import FIRST, LAST, Span, bound, span


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("2021", Span("2021-01-01", "2021-12-31", "year")),
        ("2020-02", Span("2020-02-01", "2020-02-29", "month")),
        ("2021-10-05", Span("2021-10-05", "2021-10-05", "day")),
        ("2021-10-05T10:55+02:00", Span("2021-10-05", "2021-10-05", "time")),
        ("2019/2021-03", Span("2019-01-01", "2021-03-31", "interval")),
        ("2019-05-01/..", Span("2019-05-01", LAST, "interval")),
        ("../2019-05", Span(FIRST, "2019-05-31", "interval")),
        ("0476", Span("0476-01-01", "0476-12-31", "year")),
        *((text, None) for text in ("", None, "0000", "2021-13", "2021-00", "2021-02-30", "soon", "202", "2021-1-1")),
        *((text, None) for text in ("2021/2019", "soon/2019", "2019/soon", "-0044", "2021-10-05 10:55", "２０２１")),
    ],
)
def test_a_time_is_of_days(time: str | None, found: Span | None) -> None:
    assert span(time) == found


def test_a_bound_takes_the_whole_of_what_is_given() -> None:
    assert (bound("2021"), bound("2021", last=True)) == ("2021-01-01", "2021-12-31")
    assert bound("yesterday") is None
