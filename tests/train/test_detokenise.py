"""What becomes of a list of words: a text as one writes it, in which every word has its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.train.detokenise import detokenised, joined, plain, word_offsets

_WORD = st.one_of(st.text("abÄ.,'-", min_size=1, max_size=5), st.sampled_from("( ) `` '' -LRB- 's n't \" “ ”".split()))


def test_words_are_written_as_a_text() -> None:
    words = "`` Anna 's ( late ) ship , '' said Ben , `` sank . ''".split()
    assert detokenised(words) == '"Anna\'s (late) ship," said Ben, "sank."'


@given(st.lists(_WORD, max_size=12))
def test_a_text_of_any_words_loses_none(words: list[str]) -> None:
    assert detokenised(words).replace(" ", "") == "".join(map(plain, words))


@given(st.lists(st.lists(_WORD, max_size=6), max_size=4))
def test_each_word_of_each_sentence_has_its_place(sentences: list[list[str]]) -> None:
    text, offsets = joined(sentences)
    assert [[text[start:end] for start, end in line] for line in offsets] == [[*map(plain, s)] for s in sentences]


def test_a_sentence_follows_the_last_after_a_space() -> None:
    assert joined([["One", "."], [], ["Two", "."]])[0] == "One. Two."


def test_a_word_that_the_text_lacks_is_an_error() -> None:
    with pytest.raises(ValueError, match="substring"):
        word_offsets(["Ben"], "Anna slept.")
