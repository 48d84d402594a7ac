from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.published import dateline, parse_date

DAY = date(2021, 10, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2021-10-04",
        "2021/10/04",
        "20211004",
        "2021-10-04T23:30:00-05:00",
        "2021-10-04T23:30:00Z",
        "2021-10-04 23:30",
        "Mon, 04 Oct 2021 09:00:00 +0200",
        "October 4, 2021",
        "4 October 2021",
        "Oct. 4th, 2021 at noon",
        " 2021-10-04 ",
    ],
)
def test_a_field_may_write_its_date_in_many_ways(value: str) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize("value", ["", "soon", "2021", "04/10/2021", "2021-02-31", "31 February 2021", "0"])
def test_a_field_that_names_no_day_is_none(value: str) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    "text",
    [
        " date 2021-10-04 In contrast to Russian filmmakers",
        "Published: 4 October 2021 by Ada\n\nText.",
        "Last updated on October 4, 2021\nText.",
        "Monday, October 4, 2021 \n\nA fire yesterday",
        "2021-10-04 In contrast to",
        "2021-10-04T09:00:00Z\n\nText.",
        "Headline\n\nOctober 4, 2021\n\nText.",
        "Headline\nBy Ada Quill | October 4, 2021\n\nText.",
        "October 4, 2021 - Moscow has",
        "BAIKONUR, Kazakhstan, Oct. 4, 2021 (Agency) - Text.",
        "Baikonur, 4 October 2021 \u2013 A crew left.",
        "Baikonur, 4 October 2021 (Agency) \u2014 A crew left.",
        "Headline\n\nBy Ada Quill\n\nFrankfurt am Main, Monday, 4 October 2021 -- A crew left.",
        "Headline\n\nBAIKONUR, Kazakhstan (Agency) \u2013 October 4, 2021: A crew left.",
        "BAIKONUR (Agency) - 4 October 2021, 10:30 a.m. - A crew left.",
        "LONDON, Oct. 4, 2021 /Agencywire/ -- Merrow Lines said.",
        "WASHINGTON \u2014 October 4, 2021 \u2014 The agency said.",
        "LONDON (4 October 2021) - The agency said.",
        "Published 4 October 2021\n\nOSLO, 3 October 2021 \u2013 The agency said.",
        "OSLO, 4 October 2021 \u2013 One.\n\nROME, 4 October 2021 \u2013 Two.",
    ],
)
def test_a_text_may_tell_its_date(text: str) -> None:
    assert dateline(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On October 4, 2021, a crew left.",
        "Sputnik was launched on 4 October 1957.",
        "October 4, 1957 was the day of Sputnik.",
        "The date 2021-10-04 was set.",
        "Ada Quill (born 4 October 1921) leads.",
        "Date of birth: unknown.",
        "A.\nB.\nC.\nD.\n2021-10-04\n",
        "Published 2021-02-31",
        "LONDON, Oct. 4 \u2014 The agency said.",
        "Ada Quill (4 October 1921 \u2013 3 May 2001) was a pilot.",
        "ADA QUILL (4 October 1921 \u2013 3 May 2001) was a pilot.",
        "Ada Quill, (October 4, 1921 -- 2001) was a pilot.",
        "Merrow, 4 October 1921 \u2013 2001, a club.",
        "Merrow, 4 October 1921 \u2013 3 May 2001, a club.",
        "4 October 1921 \u2013 3 May 2001: the years of the club.",
        "In Oslo, 4 October 2021 - a Monday - was quiet.",
        "On Monday, 4 October 2021 \u2013 two days late \u2013 a crew left.",
        "The crew left Oslo, 4 October 2021 \u2013 a Monday.",
        "Oslo, 4 October 2021 was a Monday.",
        "The Battle of Merrow, 4 October 1721 \u2013 a turning point.",
        "OSLO, 9 April 1940 \u2013 Invasion.\nBERGEN, 10 June 1940 \u2013 Surrender.",
        "OSLO, 31 February 2021 \u2013 The agency said.",
    ],
)
def test_a_date_inside_a_sentence_is_not_taken(text: str) -> None:
    assert dateline(text) is None


@given(st.text())
def test_any_text_has_a_date_or_none(text: str) -> None:
    assert isinstance(dateline(text), date | None)
    assert isinstance(parse_date(text), date | None)
