import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordpieces import tokenizer

from kg.extract.pieces import pieces
from kg.extract.tagger import Name, decode, softmax, viterbi

LABELS = ["O", "B-Person", "I-Person", "B-Vehicle", "I-Vehicle"]
SAYS = {"anna": "B-Person", "vale": "I-Person", "gannet": "B-Vehicle", "merrow": "I-Vehicle"}


def names(text: str, says: dict[str, str] = SAYS) -> list[Name]:
    """Return the names in a text whose words are scored each for itself."""
    made = tokenizer()
    found = pieces(made, text)
    scores = np.zeros((len(found.ids), len(LABELS)), dtype=np.float32)
    scores[:, 0] = 6.0
    for word, label in says.items():
        scores[found.ids == made.get_vocab()[word], LABELS.index(label)] = 9.0
    return decode(text, found, scores, LABELS)


def found(text: str, says: dict[str, str] = SAYS) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.type) for name in names(text, says)]


def test_names_come_with_their_types() -> None:
    assert found("Anna Vale boarded the Gannet.") == [("Anna Vale", "Person"), ("Gannet", "Vehicle")]


@pytest.mark.parametrize("text", ["", "\n \n", "the"])
def test_a_text_without_names_gives_none(text: str) -> None:
    assert names(text) == []


def test_an_inside_label_with_no_beginning_before_it_is_no_name() -> None:
    assert found("the Vale") == []


def test_a_name_does_not_run_over_the_end_of_a_line() -> None:
    assert found("the Anna\nVale boarded") == [("Anna", "Person")]


def test_two_names_in_a_row_stay_two() -> None:
    assert found("Anna Anna Vale") == [("Anna", "Person"), ("Anna Vale", "Person")]


def test_the_score_of_a_name_is_the_mean_probability_of_its_labels() -> None:
    (name,) = names("Anna Vale")
    assert name.score == pytest.approx(np.exp(9) / (np.exp(9) + np.exp(6) + 3), abs=1e-3)


def test_the_pieces_of_one_word_are_one_name() -> None:
    assert found("boarded Zq.", {"z": "B-Person"}) == [("Zq", "Person")]


def test_probabilities_sum_to_one_however_large_the_scores() -> None:
    odds = softmax(np.array([[1000.0, 1000.0], [-1000.0, 0.0]], dtype=np.float32))
    assert odds.tolist() == [[0.5, 0.5], [0.0, 1.0]]


def one_hot(*labels: str) -> NDArray[np.float64]:
    scores = np.full((len(labels), len(LABELS)), -5.0)
    for row, label in enumerate(labels):
        scores[row, LABELS.index(label)] = 0.0
    return scores


def test_viterbi_takes_the_best_where_it_is_allowed() -> None:
    path = viterbi(one_hot("O", "B-Person", "I-Person", "O"), LABELS)
    assert [LABELS[i] for i in path] == ["O", "B-Person", "I-Person", "O"]


def test_viterbi_changes_the_cheaper_end_of_a_break() -> None:
    scores = one_hot("B-Vehicle", "I-Person")
    scores[0, LABELS.index("B-Person")] = -1.0
    assert [LABELS[i] for i in viterbi(scores, LABELS)] == ["B-Person", "I-Person"]


def test_viterbi_does_not_begin_inside() -> None:
    assert LABELS[viterbi(one_hot("I-Person"), LABELS)[0]] != "I-Person"


@given(
    st.lists(
        st.lists(st.floats(-30, 0), min_size=len(LABELS), max_size=len(LABELS)),
        min_size=1,
        max_size=12,
    )
)
def test_viterbi_never_puts_an_inside_without_its_own_beginning(rows: list[list[float]]) -> None:
    path = [LABELS[i] for i in viterbi(np.array(rows), LABELS)]
    assert len(path) == len(rows)
    for before, label in zip(["O", *path], path, strict=False):
        assert not label.startswith("I-") or before[2:] == label[2:]


@given(st.lists(st.lists(st.floats(-30, 0), min_size=3, max_size=3), min_size=1, max_size=5))
def test_viterbi_finds_the_best_of_all_allowed_paths(rows: list[list[float]]) -> None:
    labels, scores = ["O", "B-Person", "I-Person"], np.array(rows)
    paths: list[list[int]] = [[]]
    for _ in rows:
        paths = [[*path, step] for path in paths for step in range(3) if step != 2 or (path and path[-1])]
    best = max(sum(scores[i, step] for i, step in enumerate(path)) for path in paths)
    assert sum(scores[i, step] for i, step in enumerate(viterbi(scores, labels))) == pytest.approx(best)


@given(st.text(alphabet="anvle gt\nANV.", max_size=80))
def test_names_of_any_text_lie_in_it_without_overlaps(text: str) -> None:
    end = 0
    for name in names(text):
        assert end <= name.start < name.end <= len(text)
        end = name.end
