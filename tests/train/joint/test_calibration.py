from collections.abc import Mapping
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joints import Said, at, encoded
from marked import marked

pytest.importorskip("scipy")

from kg.bench.annotated import Scope
from kg.bench.scores_calibration import calibration_error
from kg.extract.joint import Calibration, Encoded
from kg.extract.tagger import Name
from kg.train.joint import calibration
from kg.train.joint.calibration import (
    Told,
    antecedents,
    best_threshold,
    chained,
    claims,
    fitted,
    mentions,
    regressed,
    things,
)

Column = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def sample(scale: float, shift: float, *, times: int = 400) -> tuple[Column, np.ndarray]:  # type: ignore[type-arg]
    """Return logits of which just that share is right which the scale and shift say."""
    logits, right = [], []
    for logit in np.linspace(-3, 5, 33):
        share = round(times / (1 + np.exp(-(logit * scale + shift))))
        logits += [logit] * times
        right += [i < share for i in range(times)]
    return np.array(logits), np.array(right, dtype=np.bool_)


def odds(logits: Column, scale: float, shift: float) -> Column:
    return 1 / (1 + np.exp(-(logits * scale + shift)))


# ------------------------------------------------------------------------------------------------------------- fitting


@given(st.floats(0.3, 2), st.floats(-3, 1))
@settings(max_examples=20, deadline=None)
def test_the_fit_recovers_the_scale_and_shift(scale: float, shift: float) -> None:
    assert fitted(sample(scale, shift)) == pytest.approx((scale, shift), abs=0.02)


@given(st.floats(0.3, 2), st.floats(-3, 1))
@settings(max_examples=20, deadline=None)
def test_fitted_scores_are_probabilities(scale: float, shift: float) -> None:
    logits, right = sample(scale, shift)
    error = calibration_error(zip(odds(logits, *fitted((logits, right))).tolist(), right.tolist(), strict=True))
    assert error is not None
    assert error < 0.01


def test_the_error_of_a_perfectly_calibrated_sample_is_none() -> None:
    judged = [(share / 10, i < share) for share in range(1, 10) for i in range(10)]
    assert calibration_error(judged) == pytest.approx(0)


def test_the_error_of_what_is_surer_than_it_should_be_is_how_much() -> None:
    judged = [(share / 10 + 0.04, i < share) for share in range(1, 10) for i in range(10)]
    assert calibration_error(judged) == pytest.approx(0.04)


def test_a_regression_of_one_column_is_the_fit() -> None:
    logits, right = sample(0.7, -1.0)
    assert regressed(logits[:, None], right) == pytest.approx([0.7, -1.0], abs=0.05)


def test_a_regression_weighs_each_column() -> None:
    rows = np.array(list(product(np.linspace(-3, 3, 13), repeat=2)))
    share = odds(rows @ np.array([0.5, 1.5]), 1, -0.5)
    logits = np.repeat(rows, 200, axis=0)
    right = np.concatenate([np.arange(200) < round(200 * each) for each in share])
    assert regressed(logits, right) == pytest.approx([0.5, 1.5, -0.5], abs=0.05)


def test_no_column_counts_against() -> None:
    logits, right = sample(1.0, 0.0)
    assert regressed(-logits[:, None], right)[0] == 0


# ---------------------------------------------------------------------------------------------------------- thresholds


def f1(least: float, scores: Column, right: np.ndarray, facts: int) -> float:  # type: ignore[type-arg]
    found = scores >= least
    precision, recall = (found & right).sum() / max(1, found.sum()), (found & right).sum() / max(1, facts)
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


judged = st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans()), min_size=1, max_size=12)


@given(judged, st.integers(0, 5))
def test_the_threshold_has_the_best_f1_of_its_steps(rows: list[tuple[float, bool]], missed: int) -> None:
    scores, right = np.array([p for p, _ in rows]), np.array([r for _, r in rows])
    facts = int(right.sum()) + missed
    chosen = best_threshold(scores, right, facts)
    steps = [round(0.02 * step, 2) for step in range(1, 50)]
    assert chosen in steps
    assert f1(chosen, scores, right, facts) == pytest.approx(max(f1(step, scores, right, facts) for step in steps))


def test_the_threshold_parts_the_right_from_the_wrong() -> None:
    scores, right = np.array([0.9, 0.8, 0.41, 0.39, 0.1]), np.array([True, True, True, False, False])
    assert best_threshold(scores, right, 3) == 0.4


def test_a_fact_that_nothing_says_makes_the_threshold_lower() -> None:
    scores, right = np.array([0.9, 0.5, 0.5, 0.5, 0.5]), np.array([True, True, False, False, False])
    assert best_threshold(scores, right, 2) > 0.5
    assert best_threshold(scores, right, 20) <= 0.5


# ------------------------------------------------------------------------------------------------- what is judged

LABELS = ("P19", "P20", "kn:CEO", "kg:aboard", "kg:leads")


class Reader(Said):
    """Reads the whole of a text in one window, and finds these names in it."""

    def __init__(
        self,
        *named: str,
        facts: Mapping[tuple[str, str, str], float] | None = None,
        links: Mapping[tuple[str, str], float] | None = None,
    ) -> None:
        super().__init__(LABELS, facts=facts, links=links)
        self.named = named
        self.sizes: list[Mapping[str, int]] = []

    def encode(self, text: str, **size: int) -> Encoded:
        self.sizes.append(size)
        return encoded(text)


@pytest.fixture
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    def names(joint: Reader, read: Encoded) -> list[Name]:
        return [Name(*at(read.text, name), "Person", 1.0) for name in joint.named if name in read.text]

    monkeypatch.setattr(calibration.reading, "names", names)


def judgements(told: Told) -> dict[float, bool]:
    return dict(zip(told.logits, told.right, strict=True))


TWO = marked("[1:Person|Anna Vale] leads [2:Organisation|Oar], and [3:Person|Ben] sleeps", "1 P19 2", "3 kn:CEO 2")


def test_every_two_things_are_judged_for_the_labels_of_the_scope() -> None:
    facts = {("Anna Vale", "P19", "Oar"): 1.0, ("Oar", "P19", "Anna Vale"): 2.0, ("Ben", "kn:CEO", "Oar"): 3.0}
    (told,) = things(Reader(facts=facts), TWO)
    assert judgements(told) == {1.0: True, 2.0: False}
    assert told.facts == 1  # that of kn:CEO is outside of the scope


def test_what_is_too_improbable_is_not_judged() -> None:
    facts = {("Anna Vale", "P19", "Oar"): calibration.LEAST_LOGIT, ("Ben", "P20", "Oar"): calibration.LEAST_LOGIT + 0.1}
    (told,) = things(Reader(facts=facts), TWO)
    assert (told.right, told.facts) == ([False], 1)


def test_long_documents_are_read_in_wide_windows() -> None:
    joint = Reader()
    list(things(joint, TWO, long=True))
    list(things(joint, TWO))
    assert joint.sizes == [{"window": 508, "stride": 254}, {}]


@pytest.mark.usefixtures("_names")
def test_mentions_are_judged_by_overlap() -> None:
    facts = {("Vale", "P19", "Oar"): 1.0, ("Ben", "P19", "Oar"): 2.0, ("Vale", "kn:CEO", "Oar"): 3.0}
    (told,) = mentions(Reader("Vale", "Oar", "Ben", facts=facts), TWO)
    assert judgements(told) == {1.0: True, 2.0: False}


@pytest.mark.usefixtures("_names")
def test_each_scope_is_judged_by_itself() -> None:
    text = marked("[1|Anna] sails. [2|Ben] sleeps. [3|Cy] too", "1 P19 2", "2 P19 3", labels=None)
    scope = Scope(*at(text.text, "Ben sleeps. Cy"), frozenset({"P19"}))
    joint = Reader("Anna", "Ben", "Cy", facts={("Anna", "P19", "Ben"): 1.0, ("Ben", "P19", "Cy"): 2.0})
    text = msgspec.structs.replace(text, scopes=(scope, Scope(0, 5, frozenset({"P20"}))))
    first, second = mentions(joint, text)
    assert (judgements(first), first.facts) == ({2.0: True}, 1)
    assert (judgements(second), second.facts) == ({}, 0)


def test_antecedents_are_judged_by_their_thing() -> None:
    text = marked("[1|Anna] saw [2|Ben]. [1|She] saw [2|him]", coreferent=True)
    links = {("She", "Anna"): 2.0, ("She", "Ben"): 1.0, ("him", "Anna"): 3.0, ("him", "Ben"): 2.5}
    logits, right = antecedents(Reader(links=links), [text])
    assert logits.tolist() == [-9.0, 2.0, 3.0]
    assert right.tolist() == [False, True, False]


def test_what_makes_chains_is_what_finds_the_marked_ones_best(monkeypatch: pytest.MonkeyPatch) -> None:
    text = marked("[1|Anna] saw [2|Ben]. [1|She] saw [2|him]", coreferent=True)
    right = [[at(text.text, "Anna"), at(text.text, "She")], [at(text.text, "Ben"), at(text.text, "him")]]

    def chains(*_: object, least: float, floor: float) -> list[list[tuple[int, int]]]:
        return right if (least, floor) == (0.45, 0.5) else [right[0], [right[1][0]]]

    monkeypatch.setattr(calibration.reading, "chains", chains)
    assert chained(Reader(), [text]) == {"span": 0.45, "antecedent": 0.5}


def test_the_claims_of_groups_are_weighed_together() -> None:
    text = marked("[1|Anna] boarded [2:Vehicle|Oar]. [3|Ben] left [4:Vehicle|Tern].", "1 kg:aboard 2")
    weights = claims(Reader(facts={("Anna", "kg:aboard", "Oar"): 4.0, ("Ben", "kg:aboard", "Tern"): -4.0}), [text])
    assert {groups: set(each) for groups, each in weights.items()} == {
        "wikidata": {"wikidata", "bias"},
        "kn": {"kn", "bias"},
        "kg": {"kg", "bias"},
    }
    right, wrong = (logit * weights["kg"]["kg"] + weights["kg"]["bias"] for logit in (4.0, -4.0))
    assert right > 0 > wrong


def test_a_claim_that_runs_the_other_way_is_right_the_other_way() -> None:
    text = marked("[1|Anna] leads [2:Organisation|Oar].", "1 kg:leads 2")
    right, wrong = (
        claims(Reader(facts={ends: 4.0}), [text])["kn"]["kn"]
        for ends in (("Oar", "kn:CEO", "Anna"), ("Anna", "kn:CEO", "Oar"))
    )
    assert right > 0.1 > wrong


def test_no_claim_is_weighed_across_sentences() -> None:
    joint = Reader()
    claims(joint, [marked("[1|Anna] slept. [2|Ben] left [3|Cy] there.")])
    assert joint.asked == [(0, 2)]


def test_the_head_of_a_corpus_has_its_scale_shift_and_threshold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    logits, right = sample(0.5, -1.0)
    told = [Told(logits.tolist(), right.tolist(), int(right.sum()))]
    monkeypatch.setattr(calibration, "related", lambda *_: {"kn": told, "wikidata": told, "kg": told})
    monkeypatch.setattr(calibration, "antecedents", lambda *_: sample(0.8, 0.3))
    monkeypatch.setattr(calibration, "chained", lambda *_: {"span": 0.4, "antecedent": 0.5})
    monkeypatch.setattr(calibration, "gum", lambda *_, **__: [])
    monkeypatch.setattr(calibration, "passages", lambda _: [])
    monkeypatch.setattr(calibration, "claims", lambda *_: {"kg": {"kg": 1.0, "bias": 0.0}})
    monkeypatch.setattr(
        calibration, "trust", lambda folder, _: judged_with(Calibration.load(folder / "calibration.json"))
    )
    monkeypatch.setattr(calibration, "Joint", lambda _: Said(LABELS))
    (tmp_path / "calibration.json").write_text("of another model")
    standing: list[Calibration] = []

    def judged_with(found: Calibration) -> tuple[dict[str, float], tuple[Column, np.ndarray]]:  # type: ignore[type-arg]
        standing.append(found)
        return {"both": 0.9}, sample(0.6, 0.2)

    found = calibration.calibrate(tmp_path, tmp_path)
    assert Calibration.load(tmp_path / "calibration.json") == found
    assert set(found.scale) == {"kn", "wikidata", "kg", "antecedent", "alone"}
    assert set(found.least) == {"kn", "wikidata", "kg", "claim", "span", "antecedent"}
    assert [each.least["claim"] for each in (*standing, found)] == [0.0, calibration.CLAIM]
    assert (found.scale["kn"], found.shift["kn"]) == pytest.approx((0.5, -1.0), abs=0.05)
    assert (found.scale["antecedent"], found.shift["antecedent"]) == pytest.approx((0.8, 0.3), abs=0.05)
    assert (found.scale["alone"], found.shift["alone"]) == pytest.approx((0.6, 0.2), abs=0.05)
    assert (found.claims, found.trust) == ({"kg": {"kg": 1.0, "bias": 0.0}}, {"both": 0.9})
