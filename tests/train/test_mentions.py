import random

import numpy as np
import pytest
from wordpieces import tokenizer

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from kg.extract.pieces import CLS, PAD, SEP  # noqa: E402
from kg.train import mentions  # noqa: E402
from kg.train.corpora import BASIC, FREE, TYPES, UNSURE, Passage  # noqa: E402
from kg.train.mentions import LABELS, Row, padded  # noqa: E402

ALL = frozenset(TYPES)
TEXT = "Anna Vale boarded"


def allowed(passage: Passage) -> list[set[str]]:
    row = mentions._row(passage, tokenizer())
    return [{LABELS[i] for i in np.flatnonzero(piece)} for piece in row.allowed]


def test_labels_are_the_beginning_and_the_inside_of_each_type() -> None:
    assert LABELS[0] == "O"
    assert len(LABELS) == 2 * len(TYPES) + 1
    assert {label[2:] for label in LABELS[1:]} == set(TYPES)


def test_a_marked_word_is_only_what_it_is_marked() -> None:
    assert allowed(Passage(TEXT, ((0, 9, "Person"),), ALL)) == [set(), {"B-Person"}, {"I-Person"}, {"O"}, set()]


def test_an_unmarked_word_may_be_of_a_type_that_is_not_marked_there() -> None:
    found = allowed(Passage("boarded", (), BASIC))[1]
    assert found == {"O", "B-Vehicle", "I-Vehicle", "B-Work", "I-Work"}


def test_an_unsure_word_is_none_of_the_three_that_every_corpus_knows() -> None:
    found = allowed(Passage(TEXT, ((0, 9, UNSURE),), ALL))[1]
    assert found == {"O", "B-Vehicle", "I-Vehicle", "B-Work", "I-Work"}


def test_a_free_word_may_be_anything() -> None:
    assert allowed(Passage(TEXT, ((0, 9, FREE),), BASIC))[1] == set(LABELS)


def test_a_piece_that_continues_a_word_is_not_judged() -> None:
    assert allowed(Passage("Oz", ((0, 2, "Person"),), ALL)) == [set(), {"B-Person"}, set(), set()]


def test_a_row_stands_between_the_encoders_marks() -> None:
    row = mentions._row(Passage(TEXT, (), ALL), tokenizer())
    assert (row.ids[0], row.ids[-1], len(row.ids)) == (CLS, SEP, 5)
    assert len(row.ids) == len(row.shapes) == len(row.allowed)


def test_a_long_row_is_cut() -> None:
    assert len(mentions._row(Passage("anna " * 500, (), ALL), tokenizer()).ids) == mentions.LONGEST + 2


def test_rows_are_filled_up_to_the_longest() -> None:
    assert padded([np.array([1, 2, 3]), np.array([4])]).tolist() == [[1, 2, 3], [4, PAD, PAD]]


def test_passages_that_are_joined_keep_their_names() -> None:
    one, other = Passage("Anna slept", ((0, 4, "Person"),)), Passage("in Merrow", ((3, 9, "Place"),))
    joined = mentions._joined([one, other], "\n\n")
    assert [joined.text[start:end] for start, end, _ in joined.names] == ["Anna", "Merrow"]


def test_only_passages_that_mark_the_same_types_are_joined() -> None:
    passages = [Passage("Anna", (), BASIC), Passage("Gannet", (), ALL)] * 5
    chunks = list(mentions._chunks(passages, random.Random(1)))
    assert [chunk.text.strip() for chunk in chunks] == [passage.text for passage in passages]


def test_passages_that_are_joined_are_all_there() -> None:
    passages = [Passage(f"word{number}", ()) for number in range(50)]
    chunks = list(mentions._chunks(passages, random.Random(1)))
    assert " ".join(chunk.text for chunk in chunks).split() == [passage.text for passage in passages]


@pytest.mark.parametrize("seed", range(40))
def test_another_case_moves_no_name(seed: int) -> None:
    passage = Passage("Straße in Merrow", ((10, 16, "Place"),))
    found = mentions._recased(passage, random.Random(seed))
    assert found.text[10:16].casefold() == "merrow"


def row(length: int) -> Row:
    ids = np.ones(length, dtype=np.int64)
    return Row(ids, ids, np.ones((length, len(LABELS)), dtype=np.bool_))


def test_a_batch_holds_no_more_pieces_than_it_may() -> None:
    batches = list(mentions._filled([row(length) for length in (2, 2, 3, 4, 9)], 8))
    assert [[len(each.ids) for each in batch] for batch in batches] == [[2, 2], [3, 4], [9]]


class Constant(torch.nn.Module):  # type: ignore[misc]
    """Gives every piece the same scores."""

    def __init__(self, *best: str) -> None:
        super().__init__()
        self.scores = torch.tensor([20.0 if label in best else 0.0 for label in LABELS])

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        return self.scores.expand(*ids.shape, -1)


def loss(model: torch.nn.Module, *passages: Passage) -> float:
    return float(mentions.loss(model, [mentions._row(passage, tokenizer()) for passage in passages]))


def test_the_loss_is_none_where_the_model_says_what_is_marked() -> None:
    assert loss(Constant("B-Person"), Passage("Anna", ((0, 4, "Person"),), ALL)) == pytest.approx(0, abs=1e-3)


def test_the_loss_is_none_for_a_type_that_the_corpus_does_not_mark() -> None:
    assert loss(Constant("B-Vehicle"), Passage("gannet", (), BASIC)) == pytest.approx(0, abs=1e-3)


def test_the_loss_is_high_for_a_type_that_the_corpus_marks() -> None:
    assert loss(Constant("B-Person"), Passage("gannet", (), BASIC)) > 10


def test_the_loss_is_the_mean_over_what_is_judged() -> None:
    right, wrong = Passage("Anna", ((0, 4, "Person"),), ALL), Passage("Anna boarded", ((0, 4, "Person"),), ALL)
    model = Constant("B-Person")
    assert loss(model, right, wrong) == pytest.approx(loss(model, wrong) * 2 / 3, abs=1e-3)
