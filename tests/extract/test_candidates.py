import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.candidates import candidates


def found(text: str, *names: str) -> list[str]:
    told = [(text.index(name), text.index(name) + len(name)) for name in names]
    return [text[start:end] for start, end in candidates(text, told)]


def test_names_are_candidates_as_they_are_given() -> None:
    assert found("Ada Quill sails", "Ada Quill") == ["Ada Quill"]


def test_a_name_given_twice_is_one_candidate() -> None:
    assert candidates("Ada sails", [(0, 3), (0, 3)]) == [(0, 3)]


@pytest.mark.parametrize("pronoun", ["She", "him", "ITSELF", "whose", "where", "I"])
def test_pronouns_are_candidates(pronoun: str) -> None:
    assert found(f"{pronoun} saw ships") == [pronoun]


def test_a_pronoun_within_a_word_is_none() -> None:
    assert found("the theme was sheer hermit-crab history") == []


@pytest.mark.parametrize("date", ["4 May 2020", "1987", "March 2021"])
def test_dates_are_candidates(date: str) -> None:
    assert found(f"ships sailed in {date} again") == [date]


def test_a_date_that_only_the_day_of_the_document_would_tell_is_none() -> None:
    assert found("ships sailed yesterday") == []


@pytest.mark.parametrize("word", ["Russian", "Britons", "France"])
def test_countries_and_their_people_are_candidates(word: str) -> None:
    assert found(f"the {word} sailed") == [word]


def test_an_adjective_in_lower_case_is_none() -> None:
    assert found("the polish wore off") == []


def test_candidates_stand_in_the_order_of_the_text() -> None:
    assert found("She met Ada Quill in 1987", "Ada Quill") == ["She", "Ada Quill", "1987"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Russian Navy sailed", "Russian Navy"),
        ("“Where We Go” was made", "Where We Go"),
        ("in 1987-X", "1987-X"),
    ],
)
def test_what_overlaps_a_name_is_none(text: str, name: str) -> None:
    assert found(text, name) == [name]


PARTS = ("she", "Russian", "4 May 2020", "US", "in", "1987", "Ada", "who", "May", "\n", "since", "I", "Briton's")


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))))
def test_candidates_hold_the_names_and_never_overlap(words: list[str], drawn: list[tuple[int, int]]) -> None:
    text = " ".join(words)
    names: list[tuple[int, int]] = []
    for start, size in drawn:
        end = start + size
        if end <= len(text) and all(end <= a or start >= b for a, b in names):
            names.append((start, end))
    chosen = candidates(text, names)
    assert set(names) <= set(chosen)
    assert chosen == sorted(chosen)
    assert all(0 <= start < end <= len(text) for start, end in chosen)
    assert all(end <= start for (_, end), (start, _) in zip(chosen, chosen[1:], strict=False))
