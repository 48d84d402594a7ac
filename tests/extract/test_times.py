import re
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times import combine, find_times

MONDAY = date(2021, 10, 4)


def values(text: str, published: date | None = MONDAY, **options: str) -> list[str]:
    return [span.value for span in find_times(text, published=published, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "October 5, 2021",
        "5 October 2021",
        "Oct. 5, 2021",
        "the 5th of October, 2021",
        "Tuesday, October 5, 2021",
        "Tue, 5 Oct 2021",
        "2021-10-05",
        "2021/10/05",
        "05.10.2021",
    ],
)
def test_a_full_date_needs_no_document_date(text: str) -> None:
    assert values(f"It began on {text}.", None) == ["2021-10-05"]


def test_a_date_with_slashes_has_the_only_possible_order() -> None:
    assert values("10/25/2021 and 25/10/2021", None) == ["2021-10-25", "2021-10-25"]


def test_a_date_with_slashes_in_either_order_is_the_near_one() -> None:
    assert values("on 10/5/2021") == ["2021-10-05"]


def test_a_date_with_slashes_in_either_order_stays_open_without_a_document_date() -> None:
    assert values("on 10/5/2021", None) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("begins on Tuesday 5th October.", "2021-10-05"),
        ("on October 5", "2021-10-05"),
        ("on Tuesday, Russia will send", "2021-10-05"),
        ("on Monday", "2021-10-04"),
        ("on Friday", "2021-10-01"),
        ("next Monday", "2021-10-11"),
        ("last Monday", "2021-09-27"),
        ("this Friday", "2021-10-08"),
        ("Tuesday last week", "2021-09-28"),
        ("Tuesday evening", "2021-10-05"),
        ("today", "2021-10-04"),
        ("tonight", "2021-10-04"),
        ("yesterday morning", "2021-10-03"),
        ("the day after tomorrow", "2021-10-06"),
        ("three days ago", "2021-10-01"),
        ("two weeks ago", "2021-09-20/2021-09-26"),
        ("five months ago", "2021-05"),
        ("ten years ago", "2011"),
        ("in two weeks' time", "2021-10-18/2021-10-24"),
        ("last week", "2021-09-27/2021-10-03"),
        ("next weekend", "2021-10-16/2021-10-17"),
        ("this month", "2021-10"),
        ("next month", "2021-11"),
        ("last year", "2020"),
        ("in the coming year", "2022"),
        ("over the past three years", "2018-10-04/2021-10-04"),
        ("in the past year", "2020-10-04/2021-10-04"),
        ("last October", "2020-10"),
        ("this October", "2021-10"),
        ("in August", "2021-08"),
        ("last summer", "2021-06/2021-08"),
    ],
)
def test_a_relative_time_is_resolved_against_the_document_date(text: str, value: str) -> None:
    assert values(text) == [value]
    assert values(text, None) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in 2019", "2019"),
        ("the 2019 film", "2019"),
        ("early 2020", "2020"),
        ("March 2020", "2020-03"),
        ("the end of March 2020", "2020-03"),
        ("spring 2020", "2020-03/2020-05"),
        ("winter 2020", "2020"),
        ("the first quarter of 2020", "2020-01/2020-03"),
        ("the second half of 2020", "2020-07/2020-12"),
        ("the late 1990s", "1990/1999"),
        ("the '90s", "1990/1999"),
        ("the 19th century", "1801/1900"),
        ("since 2010", "2010/.."),
        ("since at least March 2010", "2010-03/.."),
        ("since the 1990s", "1990/.."),
        ("until 2019", "../2019"),
        ("not until 2019", "2019"),
        ("from 2010 to 2015", "2010/2015"),
        ("between 2010 and 2015", "2010/2015"),
        ("2010-2015", "2010/2015"),
        ("the 2019-20 season", "2019/2020"),
        ("from March to May 2020", "2020-03/2020-05"),
        ("from November to January 2020", "2019-11/2020-01"),
        ("5\u20137 October 2021", "2021-10-05/2021-10-07"),
        ("from 30 October to 2 November 2021", "2021-10-30/2021-11-02"),
    ],
)
def test_a_period_is_resolved_without_a_document_date(text: str, value: str) -> None:
    assert values(text, None) == [value]


@pytest.mark.parametrize(("tense", "value"), [("past", "2021-10-01"), ("future", "2021-10-08"), (None, "2021-10-01")])
def test_tense_decides_which_weekday_is_meant(tense: str, value: str) -> None:
    assert values("on Friday", tense=tense) == [value]


@pytest.mark.parametrize("tense", ["past", "future", None])
def test_the_published_day_itself_counts(tense: str) -> None:
    assert values("on Monday", tense=tense) == ["2021-10-04"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 10:55 a.m. Swiss time on Tuesday", "2021-10-05T10:55+02:00"),
        ("on Tuesday at 10:55 a.m. Swiss time", "2021-10-05T10:55+02:00"),
        ("on Tuesday, 5 October at 10:55 Moscow time", "2021-10-05T10:55+03:00"),
        ("on January 5 at 5pm ET", "2022-01-05T17:00-05:00"),
        ("Tuesday at 12:30 a.m. EDT", "2021-10-05T00:30-04:00"),
        ("at 2100 UTC on Monday", "2021-10-04T21:00+00:00"),
        ("today at 10:55 a.m. UTC+5", "2021-10-04T10:55+05:00"),
        ("today at 10:55 a.m. local time", "2021-10-04T10:55"),
        ("today at noon", "2021-10-04T12:00"),
        ("Tuesday evening at 7:30", "2021-10-05T19:30"),
        ("2021-10-05T10:55:00Z", "2021-10-05T10:55+00:00"),
    ],
)
def test_a_clock_time_joins_the_day_beside_it(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_clock_time_far_from_its_day_is_combined_with_it() -> None:
    times = find_times("On Tuesday the crew leaves, liftoff is at 10:55 a.m. Swiss time.", published=MONDAY)
    assert [span.value for span in times] == ["2021-10-05", "T10:55"]
    assert combine(times) == "2021-10-05T10:55+02:00"


def test_a_clock_time_alone_is_no_time() -> None:
    assert combine(find_times("It starts at 10:55 a.m.", published=MONDAY)) == ""


def test_the_first_date_is_the_time_where_there_is_no_clock() -> None:
    assert combine(find_times("In 2019, and again on Tuesday", published=MONDAY)) == "2019"


@pytest.mark.parametrize(
    "text",
    [
        "for two weeks",
        "every Tuesday",
        "Black Friday",
        "Mondays",
        "2,000 people",
        "$2000",
        "Boeing 2019",
        "the F-2000",
        "she may march in",
        "Theresa May said",
        "April Ryan",
        "won 2:45",
        "Feb 30",
        "USA Today",
        "The next day",
    ],
)
def test_what_is_no_time_yields_nothing(text: str) -> None:
    assert values(text) == []


def test_spans_are_the_words_that_say_it() -> None:
    text = "It has flown since 2010, takes off at 10:55 a.m. Swiss time on Tuesday and lands in early 2022."
    words = [text[span.start : span.end] for span in find_times(text, published=MONDAY)]
    assert words == ["since 2010", "10:55 a.m. Swiss time on Tuesday", "early 2022"]


VALUE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?)?)?)?")
PIECES = st.sampled_from(
    "on since until from to between and the last next past this in at of , - \u2013 ( ) / : . Tuesday October May "
    "5 31 30th 2021 1999 999 1990s '90s 10:55 13 a.m. p.m. Swiss time UTC+9 EDT week weeks decades ago now today "
    "spring Q3 quarter century 21st 12 0 2021-10-05 T10:55 noon early end \u0664 la\u017ft".split()
)


def valid(value: str, grain: str) -> bool:
    if grain == "clock":
        return bool(time.fromisoformat(value))
    ends = value.split("/")
    for end in ends:
        if end == ".." and len(ends) == 2:
            continue
        if not VALUE.fullmatch(end):
            return False
        datetime.fromisoformat(end + "-01-01"[len(end) - 4 :] if len(end) < 10 else end)
    return len(ends) <= 2 and ends != ["..", ".."]


@given(
    st.one_of(st.lists(PIECES, max_size=12).map(" ".join), st.text()),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["past", "future", None]),
)
def test_any_text_yields_valid_times_in_order(text: str, published: date | None, tense: None) -> None:
    end = 0
    times = find_times(text, published=published, tense=tense)
    for span in times:
        assert end <= span.start < span.end <= len(text)
        assert valid(span.value, span.grain), span
        end = span.end
    assert combine(times) == "" or valid(combine(times), "any")
