"""The joint model's run time on graphs written by hand: what it asks of them, and what it makes of their answers."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joints import at
from numpy.typing import NDArray
from wordpieces import saved, tokenizer

from kg.errors import InputError
from kg.extract import joint
from kg.extract.joint import BATCH, FILES, FLOOR, GRAPHS, NEAR, Calibration, Encoded, Joint, bucket, group
from kg.extract.pairs import ALIKE, NEAREST
from kg.extract.pieces import CLS, PAD, SEP

Array = NDArray[Any]
SPANS = ["Person", "Vehicle", "Work"]
WIDEST = 3
UNLIKELY = -20.0  # what every span starts from, and 27 more where its ends fit
HEADS = 2
VOCABULARY = tokenizer().get_vocab()
SIZE = 200  # ids that the graphs know
OUTPUTS = {
    "encoder": ("names", "arguments", "vectors", "starts", "ends", "attention"),
    "mention": ("related", "joined"),
    "relation": ("labels", "modality"),
    "antecedent": ("score",),
}
INSIDE = {  # by word: what kind of span begins and ends with it
    "starts": {"anna": (9.0, 0.0, 0.0), "the": (0.0, 9.0, 0.0), "merrow": (9.0, 0.0, 9.0)},
    "ends": {"vale": (3.0, 0.0, 0.0), "gannet": (0.0, 3.0, 0.0), "port": (0.0, 3.0, 0.0), "merrow": (3.0, 0.0, 3.0)},
}


def encoder(ids: Array, shapes: Array) -> dict[str, Array]:
    """Know each piece by its id and its place in the window, and nothing of what stands around it."""
    assert ids.shape == shapes.shape
    windows, size = ids.shape
    place = np.broadcast_to(np.arange(size, dtype=np.float32), ids.shape)
    kept = (ids != PAD).astype(np.float32)
    attention = np.broadcast_to((kept / kept.sum(1, keepdims=True))[:, None, None], (windows, HEADS, size, size))
    scores = {
        name: np.array([table.get(word, (0.0, 0.0, 0.0)) for word in sorted(VOCABULARY, key=lambda w: VOCABULARY[w])])
        for name, table in INSIDE.items()
    }
    ends = {name: table[np.minimum(ids, len(table) - 1)].astype(np.float32) for name, table in scores.items()}
    return {
        "names": np.stack((place, ids.astype(np.float32)), -1),
        "arguments": np.stack((place, place, place), -1),
        "vectors": np.eye(SIZE, dtype=np.float32)[ids],
        "attention": attention.copy(),
        **ends,
    }


def mention(firsts: Array, lasts: Array, means: Array) -> dict[str, Array]:
    return {"related": means, "joined": np.stack((firsts.argmax(1), lasts.argmax(1)), 1).astype(np.float32)}


def relation(first: Array, second: Array, context: Array, distance: Array) -> dict[str, Array]:
    return {"labels": np.stack((first.sum(1), context.sum(1)), 1), "modality": distance[:, None].repeat(6, 1)}


def antecedent(first: Array, second: Array, features: Array) -> dict[str, Array]:
    return {"score": (first[:, 0] == second[:, 0]).astype(np.float32)}


class Graph:
    """Stands where an ONNX session does, and keeps what it was asked."""

    def __init__(self, name: str) -> None:
        self.outputs = OUTPUTS[name]
        self.compute: Callable[..., dict[str, Array]] = globals()[name]
        self.asked: list[dict[str, Array]] = []

    def get_outputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name=name) for name in self.outputs]

    def run(self, _: None, inputs: dict[str, Array]) -> list[Array]:
        self.asked.append(inputs)
        told = self.compute(**inputs)
        return [told[name] for name in self.outputs]


def folder(path: Path, calibration: Calibration | None = None) -> Path:
    labels = {
        "names": ["place", "id"],
        "spans": SPANS,
        "relations": ["P19", "kn:CEO"],
        "modalities": ["asserted"],
        "widths": [[UNLIKELY] * len(SPANS)] * WIDEST,
    }
    saved(path)
    for name in GRAPHS:
        (path / f"{name}.onnx").touch()
    (path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    if calibration is not None:
        (path / "calibration.json").write_bytes(joint.msgspec.json.encode(calibration))
    return path


def loaded(path: Path, calibration: Calibration | None = None) -> Joint:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joint.onnxruntime, "InferenceSession", lambda file, *_, **__: Graph(Path(file).stem))
        return Joint(folder(path, calibration))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Joint:
    return loaded(tmp_path_factory.mktemp("joint"))


def asked(model: Joint, graph: str) -> list[dict[str, Array]]:
    return model._graphs[graph].asked  # type: ignore[no-any-return]


def spans(found: Encoded) -> list[tuple[str, str]]:
    return [(found.text[a:b], kind) for (a, b), kind, _ in found.spans]


# ------------------------------------------------------------------------------------------------------------ windows


def words(count: int) -> str:
    return " ".join(["anna", "boarded", "the", "gannet", "zz"][i % 5] for i in range(count))


lengths = st.integers(0, 70)
sizes = st.integers(2, 20).flatmap(lambda window: st.tuples(st.just(window), st.integers(1, window)))


@pytest.fixture(scope="module")
def read(model: Joint) -> Callable[[int, tuple[int, int]], Encoded]:
    def encode(count: int, size: tuple[int, int]) -> Encoded:
        return model.encode(words(count), window=size[0], stride=size[1])

    return encode


@given(lengths, sizes)
def test_windows_cover_every_piece_and_no_more(
    read: Callable[[int, tuple[int, int]], Encoded], count: int, size: tuple[int, int]
) -> None:
    found = read(count, size)
    covered = {piece for window in found.windows for piece in range(window.begin, window.end)}
    assert covered == set(range(len(found.pieces.ids)))
    assert all(window.end - window.begin <= size[0] for window in found.windows)


@given(lengths, sizes)
def test_windows_are_no_more_than_it_takes(
    read: Callable[[int, tuple[int, int]], Encoded], count: int, size: tuple[int, int]
) -> None:
    found = read(count, size)
    assert all(one.end < len(found.pieces.ids) for one in found.windows[:-1])
    assert [window.begin for window in found.windows] == [i * size[1] for i in range(len(found.windows))]


@given(lengths, sizes)
def test_a_piece_is_at_home_where_it_stands_furthest_from_an_edge(
    read: Callable[[int, tuple[int, int]], Encoded], count: int, size: tuple[int, int]
) -> None:
    found = read(count, size)
    total = len(found.pieces.ids)

    def depth(number: int, piece: int) -> float:
        begin, end = found.windows[number].begin, found.windows[number].end
        if not begin <= piece < end:
            return -1
        return min(piece - begin if begin else total, end - 1 - piece if end < total else total)

    for piece, home in enumerate(found.home.tolist()):
        assert depth(home, piece) == max(depth(i, piece) for i in range(len(found.windows)))


@given(lengths, sizes)
def test_a_piece_has_the_scores_of_its_home(
    read: Callable[[int, tuple[int, int]], Encoded], count: int, size: tuple[int, int]
) -> None:
    found = read(count, size)
    for piece, home in enumerate(found.home.tolist()):
        place = piece - found.windows[home].begin + 1  # the graph gives the place in the window
        assert found.names[piece].tolist() == [place, found.pieces.ids[piece]]
        assert found.arguments[piece].tolist() == [place] * 3


def test_a_text_of_a_window_is_read_at_once(model: Joint) -> None:
    assert len(model.encode("anna " * 10, window=10, stride=4).windows) == 1
    assert len(model.encode("anna " * 11, window=10, stride=4).windows) == 2


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_text_has_nothing(model: Joint, text: str) -> None:
    found = model.encode(text)
    assert (len(found.windows), found.spans, len(found.names)) == (1, (), 0)


def test_windows_are_read_a_few_at_a_time_each_between_the_encoders_marks(model: Joint) -> None:
    asked(model, "encoder").clear()
    model.encode("anna " * 43, window=10, stride=5)
    batches = [call["ids"] for call in asked(model, "encoder")]
    assert [len(batch) for batch in batches] == [BATCH, BATCH]
    assert all((batch[:, 0] == CLS).all() for batch in batches)
    *full, last = np.concatenate([np.pad(b, ((0, 0), (0, 12 - b.shape[1]))) for b in batches])
    assert all(row[-1] == SEP for row in full)
    assert last[9:].tolist() == [SEP, PAD, PAD]


def test_a_window_keeps_its_own_pieces_and_no_padding(model: Joint) -> None:
    found = model.encode("anna " * 13, window=10, stride=5)
    sizes = [(len(w.vectors), *w.attention.shape) for w in found.windows]
    assert sizes == [(12, HEADS, 12, 12), (10, HEADS, 10, 10)]
    np.testing.assert_allclose(found.windows[1].attention.sum(-1, dtype=np.float64), 1, atol=1e-2)


def test_sums_are_those_of_the_vectors_before(model: Joint) -> None:
    window = model.encode("anna boarded").windows[0]
    np.testing.assert_array_equal(window.sums[1:], window.vectors.cumsum(0))
    assert not window.sums[0].any()


# ----------------------------------------------------------------------------------------------------- places and spans


@pytest.mark.parametrize(
    ("words", "place"), [("Anna", (0, 0)), ("Anna Vale", (0, 1)), ("Zed", (2, 4)), ("ed", (3, 4)), (" ", None)]
)
def test_a_stretch_has_its_first_and_last_piece(model: Joint, words: str, place: tuple[int, int] | None) -> None:
    text = "Anna Vale Zed"
    start = text.index(words)
    assert model.encode(text).place((start, start + len(words))) == place


def test_spans_have_their_kind_and_how_probable_it_is(model: Joint) -> None:
    found = model.encode("Anna Vale boarded the gannet")
    assert spans(found) == [("Anna Vale", "Person"), ("the gannet", "Vehicle")]
    fits = np.exp(27 + UNLIKELY)
    assert [odds for *_, odds in found.spans] == pytest.approx([fits / (fits + 2 * np.exp(UNLIKELY) + 1)] * 2)


def test_the_types_that_a_span_may_be_of_share_its_odds(model: Joint) -> None:
    found = model.encode("merrow")
    assert spans(found) == [("merrow", "Person"), ("merrow", "Work")]
    assert [odds for *_, odds in found.spans] == pytest.approx([0.5, 0.5], abs=1e-3)


def test_spans_may_nest(model: Joint) -> None:
    assert spans(model.encode("the the gannet")) == [("the the gannet", "Vehicle"), ("the gannet", "Vehicle")]


def test_a_span_is_no_wider_than_the_widths_that_are_known(model: Joint) -> None:
    assert spans(model.encode("the anna gannet")) == [("the anna gannet", "Vehicle")]
    assert spans(model.encode("the anna anna gannet")) == []


def test_how_wide_a_span_is_counts(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    model.widths[2] -= 27
    assert spans(model.encode("the gannet the anna gannet")) == [("the gannet", "Vehicle")]


def test_a_span_too_improbable_is_left_out(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    least = np.log(FLOOR / (1 - FLOOR))
    for logit, found in ((least + 0.01, 1), (least - 0.01, 0)):
        model.widths[:] = logit - 27
        assert len(model.encode("the gannet").spans) == found


@pytest.mark.parametrize("before", range(4))
def test_a_span_is_found_once_though_windows_overlap(model: Joint, before: int) -> None:
    text = "boarded " * before + "the vale gannet boarded " * 12
    found = model.encode(text, window=12, stride=6)
    assert [stretch for stretch, *_ in found.spans] == [at(text, "the vale gannet", i) for i in range(12)]


@pytest.mark.parametrize("stride", [2, 6])
def test_a_word_that_a_window_cuts_is_no_end_of_a_span(tmp_path: Path, stride: int) -> None:
    model = loaded(tmp_path)
    model._graphs["encoder"].compute = lambda ids, shapes: {
        **encoder(ids, shapes),
        "starts": np.full((*ids.shape, 3), 9, np.float32),
        "ends": np.full((*ids.shape, 3), 3, np.float32),
    }
    text = "the zzzz zzzz zzzz the"
    found = model.encode(text, window=6, stride=stride)
    assert found.spans
    assert all((text + " ")[b] == " " and (" " + text)[a] == " " for (a, b), *_ in found.spans)


parts = st.sampled_from(("the", "gannet", "anna", "vale", "zz", "port"))


@given(st.lists(parts, max_size=40))
def test_the_spans_do_not_depend_on_the_windows(model: Joint, drawn: list[str]) -> None:
    text = " ".join(drawn)
    once, often = model.encode(text, window=100), model.encode(text, window=24, stride=12)
    assert spans(once) == spans(often)


# ------------------------------------------------------------------------------------------------------- antecedents

CHAIN = "Anna boarded the gannet. Vale boarded the gannet. Anna left the port."
STRETCHES = [at(CHAIN, "Anna"), at(CHAIN, "the gannet"), at(CHAIN, "the gannet", 1), at(CHAIN, "Anna", 1)]


def test_every_earlier_mention_comes_with_its_logit(model: Joint) -> None:
    links = model.antecedents(model.encode(CHAIN), STRETCHES)
    assert links == [[], [(0, 0.0)], [(0, 0.0), (1, 1.0)], [(0, 1.0), (1, 0.0), (2, 0.0)]]


def test_pairs_are_compared_a_part_at_a_time(model: Joint, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = model.encode(CHAIN)
    whole = model.antecedents(encoded, STRETCHES)
    monkeypatch.setattr(joint, "PAIRS", 4)
    asked(model, "antecedent").clear()
    assert model.antecedents(encoded, STRETCHES) == whole
    assert [len(call["features"]) for call in asked(model, "antecedent")] == [4, 2]


@pytest.mark.parametrize("count", [0, 1])
def test_a_mention_alone_has_no_antecedents(model: Joint, count: int) -> None:
    asked(model, "antecedent").clear()
    assert model.antecedents(model.encode(CHAIN), STRETCHES[:count]) == [[]] * count
    assert not asked(model, "antecedent")


@given(st.lists(parts, max_size=90))
def test_antecedents_are_bounded_and_never_forward(model: Joint, drawn: list[str]) -> None:
    text = " ".join(drawn)
    stretches = [(m, m + len(word)) for m, word in zip(_begins(drawn), drawn, strict=True)]
    for index, links in enumerate(model.antecedents(model.encode(text, window=30, stride=15), stretches)):
        assert all(i < index for i, _ in links)
        assert len(links) <= NEAREST + ALIKE


def _begins(drawn: list[str]) -> list[int]:
    return np.cumsum([0, *(len(word) + 1 for word in drawn)])[:-1].tolist()


def test_a_mention_is_read_in_its_home_by_its_first_and_last_piece_and_their_mean(model: Joint) -> None:
    text = "boarded " * 8 + "anna zz"
    found = model.encode(text, window=8, stride=4)
    asked(model, "mention").clear()
    model.antecedents(found, [(0, 7), at(text, "anna zz")])
    (call,) = asked(model, "mention")
    anna, z, more = VOCABULARY["anna"], VOCABULARY["z"], VOCABULARY["##z"]
    assert call["firsts"].argmax(1).tolist() == [VOCABULARY["boarded"], anna]
    assert call["lasts"].argmax(1).tolist() == [VOCABULARY["boarded"], more]
    np.testing.assert_allclose(call["means"][1, [anna, z, more]], 1 / 3, rtol=1e-6)


# --------------------------------------------------------------------------------------------------------- relations


def test_a_thing_is_the_soft_maximum_of_its_mentions(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    encoded = model.encode("anna boarded vale")
    model.related(encoded, [[(0, 4), (13, 17)], [(5, 12)]], [(0, 1), (1, 0)], 0)
    (call,) = asked(model, "relation")
    related = np.eye(SIZE)[encoded.pieces.ids]
    expected = np.log(np.exp(related[0]) + np.exp(related[2]))
    np.testing.assert_allclose(call["first"], np.stack((expected, related[1])), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(call["second"], np.stack((related[1], expected)), rtol=1e-5, atol=1e-6)


def test_the_context_is_what_both_ends_look_at(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    encoded = model.encode("anna boarded vale")
    attention = encoded.windows[0].attention
    attention[:] = 0
    attention[0, 1, 2], attention[0, 3, 2] = 0.5, 0.25  # both at "boarded", by the first head
    attention[1, 1, 4], attention[1, 3, 0] = 0.5, 0.5  # each elsewhere, by the second
    model.related(encoded, [[(0, 4)], [(13, 17)]], [(0, 1)], 0)
    np.testing.assert_allclose(asked(model, "relation")[0]["context"], np.eye(SIZE)[[VOCABULARY["boarded"]]], atol=1e-4)


def test_things_that_look_at_nothing_together_have_no_context(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    encoded = model.encode("anna boarded vale")
    encoded.windows[0].attention[:] = 0
    model.related(encoded, [[(0, 4)], [(13, 17)]], [(0, 1)], 0)
    assert not asked(model, "relation")[0]["context"].any()


def test_the_distance_is_that_of_the_nearest_mentions(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    encoded = model.encode("anna " + "boarded " * 9 + "vale anna")
    things = [[(0, 4), (len(encoded.text) - 4, len(encoded.text))], [at(encoded.text, "vale")]]
    model.related(encoded, things, [(0, 1), (1, 0)], 0)
    assert asked(model, "relation")[0]["distance"].tolist() == [bucket(11, 10), bucket(10, 11)]


def test_things_are_read_in_the_window_that_is_asked_for(tmp_path: Path) -> None:
    model = loaded(tmp_path)
    text = "boarded " * 6 + "anna vale " + "the " * 6
    found = model.encode(text, window=10, stride=4)
    things = [[at(text, "anna")], [at(text, "vale")]]
    told = [model.related(found, things, [(0, 1)], window) for window in (0, 1)]
    first, second = (call["means"].argmax(1).tolist() for call in asked(model, "mention"))
    assert first == second == [VOCABULARY["anna"], VOCABULARY["vale"]]
    assert told[0].labels.shape == (1, 2)
    assert told[0].modalities.shape == (1, 6)


def test_of_no_pairs_nothing_is_known(model: Joint) -> None:
    assert model.unrelated.labels.shape == (0, 2)
    assert model.unrelated.modalities.shape == (0, 1)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_distance_has_one_bucket_that_tells_the_direction(first: int, second: int) -> None:
    there, back = bucket(first, second), bucket(second, first)
    assert 0 <= there < 2 * (len(NEAR) + 1)
    assert (there > len(NEAR)) == (second < first)
    if first != second:
        assert abs(there - back) == len(NEAR) + 1


def test_a_longer_way_has_a_later_bucket() -> None:
    assert [bucket(0, away) for away in (0, 1, 2, 3, 5, 9, 17, 33, 65, 500)] == [0, 0, 1, 2, 3, 4, 5, 6, 7, 7]


# ------------------------------------------------------------------------------------------------------- calibration


@pytest.mark.parametrize(("label", "name"), [("kn:CEO", "kn"), ("kg:aboard", "kg"), ("P19", "wikidata")])
def test_a_label_has_a_group(label: str, name: str) -> None:
    assert group(label) == name


def test_without_calibration_the_odds_are_the_models_own(model: Joint) -> None:
    assert model.calibration == Calibration()
    assert model.label_odds(np.zeros((3, 2), np.float32)).tolist() == [[0.5, 0.5]] * 3
    assert model.antecedent_odds(0.0) == 0.5


def test_logits_are_scaled_and_shifted_by_group(tmp_path: Path) -> None:
    model = loaded(tmp_path, Calibration(scale={"kn": 0.5, "antecedent": 2.0}, shift={"kn": 1.0, "antecedent": -3.0}))
    odds = model.label_odds(np.array([2.0, 2.0], np.float32))
    assert odds.tolist() == pytest.approx([1 / (1 + np.exp(-2.0)), 1 / (1 + np.exp(-2.0))])
    assert model.label_odds(np.array([2.0, 0.0], np.float32))[1] == pytest.approx(1 / (1 + np.exp(-1.0)))
    assert model.antecedent_odds(1.0) == pytest.approx(1 / (1 + np.exp(1.0)))


def test_a_calibration_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    written = Calibration(scale={"kn": 0.5}, least={"kn": 0.3}, trust={"both": 0.9}, claims={"kg": {"bias": -1.0}})
    assert loaded(tmp_path, written).calibration == written


@pytest.mark.parametrize("name", FILES)
def test_a_model_without_one_of_its_files_says_so(tmp_path: Path, name: str) -> None:
    (folder(tmp_path) / name).unlink()
    with pytest.raises(InputError, match=rf"a model without {re.escape(name)}; install kg again"):
        Joint(tmp_path)


def test_threads_are_as_many_as_asked_and_sleep_while_they_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[tuple[int, str]] = []

    def session(file: str, options: Any, **_: object) -> Graph:
        spinning = options.get_session_config_entry("session.intra_op.allow_spinning")
        threads.append((options.intra_op_num_threads, spinning))
        return Graph(Path(file).stem)

    monkeypatch.setattr(joint.onnxruntime, "InferenceSession", session)
    Joint(folder(tmp_path), threads=3)
    assert threads == [(3, "0")] * 4
