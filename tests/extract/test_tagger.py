import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordpieces import tokenizer

from kg.extract.pieces import PAD
from kg.extract.tagger import BATCH, STRIDE, WINDOW, Tagger, viterbi

LABELS = ["O", "B-Person", "I-Person", "B-Vehicle", "I-Vehicle"]
SAYS = {"anna": "B-Person", "vale": "I-Person", "gannet": "B-Vehicle", "merrow": "I-Vehicle"}


class Session:
    """Knows each word by its id, and nothing of what stands around it."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, ...]] = []
        self.words = tokenizer().get_vocab()

    def run(self, _: None, inputs: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        ids = inputs["ids"]
        self.sizes.append(ids.shape)
        assert ids.shape == inputs["shapes"].shape
        scores = np.zeros((*ids.shape, len(LABELS)), dtype=np.float32)
        scores[..., 0] = 6.0
        for word, label in SAYS.items():
            scores[ids == self.words[word], LABELS.index(label)] = 9.0
        return [scores]


@pytest.fixture
def tagger() -> Tagger:
    made = object.__new__(Tagger)
    made.session, made.tokenizer, made.labels = Session(), tokenizer(), LABELS
    return made


def found(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.type) for name in tagger(text)]


def test_names_come_with_their_types(tagger: Tagger) -> None:
    text = "Anna Vale boarded the Gannet."
    assert found(tagger, text) == [("Anna Vale", "Person"), ("Gannet", "Vehicle")]


@pytest.mark.parametrize("text", ["", "\n \n", "the"])
def test_a_text_without_names_gives_none(tagger: Tagger, text: str) -> None:
    assert tagger(text) == []


def test_an_inside_label_with_no_beginning_before_it_is_no_name(tagger: Tagger) -> None:
    assert found(tagger, "the Vale") == []


def test_a_name_does_not_run_over_the_end_of_a_line(tagger: Tagger) -> None:
    assert found(tagger, "the Anna\nVale boarded") == [("Anna", "Person")]


def test_two_names_in_a_row_stay_two(tagger: Tagger) -> None:
    assert found(tagger, "Anna Anna Vale") == [("Anna", "Person"), ("Anna Vale", "Person")]


def test_the_score_of_a_name_is_the_mean_probability_of_its_labels(tagger: Tagger) -> None:
    (name,) = tagger("Anna Vale")
    assert name.score == pytest.approx(np.exp(9) / (np.exp(9) + np.exp(6) + 3), abs=1e-3)


def test_the_pieces_of_one_word_are_one_name(tagger: Tagger) -> None:
    tagger.session.words = {**tagger.session.words, "anna": tagger.session.words["z"]}
    assert found(tagger, "boarded Zq.") == [("Zq", "Person")]


@pytest.mark.parametrize("count", [WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + STRIDE, 3 * WINDOW, 2000])
def test_a_text_of_any_length_loses_no_name(tagger: Tagger, count: int) -> None:
    assert len(tagger("anna " * count)) == count


def test_a_name_over_the_edge_of_a_window_is_whole(tagger: Tagger) -> None:
    for before in (STRIDE - 1, WINDOW - 1):
        text = "the " * before + "anna vale " + "the " * 2 * WINDOW
        assert found(tagger, text) == [("anna vale", "Person")]


def test_windows_go_to_the_model_a_few_at_a_time(tagger: Tagger) -> None:
    tagger("anna " * (STRIDE * BATCH * 2))
    assert len(tagger.session.sizes) > 1
    assert all(rows <= BATCH and width <= WINDOW + 2 for rows, width in tagger.session.sizes)


def test_a_piece_is_scored_by_the_window_in_whose_middle_it_stands(tagger: Tagger) -> None:
    def run(_: None, inputs: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        # Near a window's edges everything looks like a name.
        scores = np.zeros((*inputs["ids"].shape, len(LABELS)), dtype=np.float32)
        scores[..., 0] = 5.0
        lengths = (inputs["ids"] != PAD).sum(1)
        for row, length in enumerate(lengths):
            scores[row, :20, 1] = scores[row, length - 20 : length, 1] = 9.0
        return [scores]

    tagger.session.run = run
    text = "the " * (WINDOW + STRIDE)
    starts = [name.start // 4 for name in tagger(text)]
    assert all(start < 20 or start >= WINDOW + STRIDE - 20 for start in starts)


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
    made = object.__new__(Tagger)
    made.session, made.tokenizer, made.labels = Session(), tokenizer(), LABELS
    end = 0
    for name in made(text):
        assert end <= name.start < name.end <= len(text)
        end = name.end
