"""Where a name or a date that stands in no known place is found in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.train.occurrences import is_date, occurrences


def found(name: str, text: str) -> list[str]:
    return [text[start:end] for start, end in occurrences(name, text)]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Merrow", "Merrow and merrow", ["Merrow", "merrow"]),
        ("Old_Merrow", "in Old Merrow", ["Old Merrow"]),
        ("Have You Ever?", "for Have You Ever ?", ["Have You Ever ?"]),
        ("Merrow", "Merrowby", []),
        ("Merrow", "nothing", []),
        ("", "nothing", []),
    ],
)
def test_a_name_is_found_as_whole_words(name: str, text: str, words: list[str]) -> None:
    assert found(name, text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 4 May 2011", ["4 May 2011"]),
        ("on May 4, 2011 (May 2011)", ["May 4, 2011"]),
        ("on the 4th of May 2011", ["4th of May 2011"]),
        ("in May 2011", ["May 2011"]),
        ("in 2011", []),
        ("on 14 May 2011 in", ["May 2011"]),
    ],
)
def test_a_date_is_found_in_its_most_exact_spelling(text: str, words: list[str]) -> None:
    assert found("04 May 2011", text) == words


def test_the_first_of_january_also_stands_for_its_year() -> None:
    assert found("01 January 1988", "Published in 1988.") == ["1988"]


def test_dates_are_told_from_names() -> None:
    assert is_date("04 May 2011")
    assert not is_date("May")


@given(st.text("abc _-.é1", max_size=8), st.text("abc _-.é1", max_size=20))
def test_what_is_found_are_the_letters_of_the_name(name: str, text: str) -> None:
    for words in found(name, text):
        assert words.replace(" ", "").replace("_", "") == name.replace(" ", "").replace("_", "")
