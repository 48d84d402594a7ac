import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.words import joined, placed


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('She said : " No , it \'s ( not ) mine . "', 'She said: "No, it\'s (not) mine."'),
        ("He wo n't pay $ 5 .", "He won't pay $5."),
        ("", ""),
    ],
)
def test_words_are_joined_as_one_writes_them(words: str, text: str) -> None:
    assert joined(words.split())[0] == text


@given(st.lists(st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=5)))
def test_every_word_stands_where_it_is_said_to(words: list[str]) -> None:
    text, spans = joined(words)
    assert [text[start:end] for start, end in spans] == words


def test_words_are_found_in_a_text_that_holds_them() -> None:
    assert placed(["It", "'s", "it"], "It's  it") == [(0, 2), (2, 4), (6, 8)]


def test_a_text_without_one_of_the_words_holds_no_places() -> None:
    assert placed(["a", "b"], "a c") is None
