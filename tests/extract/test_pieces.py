from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordpieces import saved, tokenizer

from kg.extract.pieces import CLS, SEP, SHAPES, Pieces, load_tokenizer, pieces

TOKENIZER = tokenizer()


def texts(found: Pieces, text: str) -> list[str]:
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def test_pieces_stand_where_they_are_in_the_text() -> None:
    text = "Anna boarded\n the Gannet."
    assert texts(pieces(TOKENIZER, text), text) == ["Anna", "boarded", "the", "Gannet", "."]


def test_a_word_unknown_to_the_vocabulary_is_split() -> None:
    found = pieces(TOKENIZER, "Anna Oz")
    assert texts(found, "Anna Oz") == ["Anna", "O", "z"]
    assert found.first.tolist() == [True, True, False]


def test_an_accent_that_the_encoder_drops_keeps_the_places() -> None:
    text = "Ånna boarded"
    assert texts(pieces(TOKENIZER, text), text)[-1] == "boarded"


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_text_without_words_has_no_pieces(text: str) -> None:
    found = pieces(TOKENIZER, text)
    assert [len(column) for column in (found.ids, found.starts, found.ends, found.shapes, found.first)] == [0] * 5


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("!", 1),
        ("7", 2),
        ("a7", 3),
        ("anna", 4),
        ("A", 5),
        ("ANNA", 6),
        ("Anna", 7),
        ("AnNa", 8),
        ("aNNA", 9),
    ],
)
def test_the_way_a_word_is_written_is_its_shape(word: str, shape: int) -> None:
    assert pieces(TOKENIZER, word).shapes[0] == shape


def test_pieces_that_continue_a_word_have_its_shape_moved_up() -> None:
    assert pieces(TOKENIZER, "Oz").shapes.tolist() == [7, 7 + SHAPES // 2]


def test_a_window_stands_between_the_two_marks() -> None:
    found = pieces(TOKENIZER, "Anna boarded the Gannet")
    ids, shapes = found.window(1, 3)
    assert ids.tolist() == [CLS, *found.ids[1:3], SEP]
    assert shapes.tolist() == [0, *found.shapes[1:3], 0]


def test_a_loaded_tokeniser_cuts_nothing(tmp_path: Path) -> None:
    assert len(pieces(load_tokenizer(saved(tmp_path)), "anna " * 2000).ids) == 2000


def test_a_loaded_tokeniser_pads_nothing(tmp_path: Path) -> None:
    assert len(pieces(load_tokenizer(saved(tmp_path)), "anna").ids) == 1


@given(st.text(max_size=60))
def test_pieces_of_any_text_lie_within_it_in_its_order(text: str) -> None:
    found = pieces(TOKENIZER, text)
    assert np.all((found.starts >= 0) & (found.starts <= found.ends) & (found.ends <= len(text)))
    assert np.all(np.diff(found.starts) >= 0)


@given(st.text(max_size=60))
def test_pieces_of_any_text_have_a_known_shape(text: str) -> None:
    shapes = pieces(TOKENIZER, text).shapes
    assert np.all((shapes >= 0) & (shapes < SHAPES))


@given(st.text(max_size=60))
def test_the_first_piece_of_any_text_begins_a_word(text: str) -> None:
    assert pieces(TOKENIZER, text).first[:1].all()
