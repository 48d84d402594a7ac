from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.labels import labels
from kg.extract.predicates import GROUPS, UNFITTED, Predicates, Stated, stated
from kg.schema import Schema, load

LABELS = ("P22", "P40", "P25", "kn:CHILD_OF", "kg:childOf", "P37", "kg:aboard")
OWN = '[predicates.speaks]\nlabel = "speaks"\nwikidata = ["P37"]\nsubject = ["Place"]\nobject = ["Work"]\n'


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load()


def found(schema: Schema) -> dict[tuple[str, bool], dict[str, list[int]]]:
    return {(one.predicate, one.inverse): one.labels for one in stated(LABELS, schema)}


def test_labels_that_state_a_predicate_stand_together_by_group(schema: Schema) -> None:
    assert found(schema)["childOf", False] == {"wikidata": [0, 2], "kn": [3], "kg": [4]}


def test_labels_that_run_the_other_way_stand_apart(schema: Schema) -> None:
    assert found(schema)["childOf", True] == {"wikidata": [1]}


def test_a_label_that_states_nothing_is_left_out(schema: Schema) -> None:
    assert set(found(schema)) == {("childOf", False), ("childOf", True), ("aboard", False)}


def test_a_predicate_of_the_users_is_stated_by_its_property(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN)
    assert found(load([tmp_path / "mine.toml"]))["speaks", False] == {"wikidata": [5]}


def test_the_groups_that_speak_of_a_predicate_make_one_word(schema: Schema) -> None:
    assert [one.groups for one in stated(LABELS, schema)] == ["kg+kn+wikidata", "wikidata", "kg"]


def test_every_label_but_those_without_a_predicate_states_one(schema: Schema) -> None:
    numbers = [n for one in stated(labels(), schema) for group in one.labels.values() for n in group]
    assert len(numbers) == len(set(numbers))


BOTH = Stated("childOf", False, {"kg": [2], "wikidata": [0, 1]})


def test_a_group_is_as_sure_as_the_surest_of_its_labels() -> None:
    rows = np.array([[1.0, 3.0, 5.0], [4.0, 2.0, -1.0]], dtype=np.float32)
    assert BOTH.logits(rows).tolist() == [[5.0, 3.0], [-1.0, 4.0]]


def test_groups_are_weighed_as_they_were_fitted() -> None:
    weights = {"kg+wikidata": {"kg": 2.0, "wikidata": 0.5, "bias": -1.0}, "kg": {"kg": 9.0, "bias": 9.0}}
    rows = np.array([[1.0, 0.0, 0.5]], dtype=np.float32)
    assert Predicates([BOTH], weights).odds(rows)[:, 0] == pytest.approx(1 / (1 + np.exp(-(2 * 0.5 + 0.5 * 1 - 1))))


def test_groups_that_were_not_fitted_have_weights_all_the_same() -> None:
    rows = np.array([[1.0, 0.0, 0.5]], dtype=np.float32)
    scaled = UNFITTED["kg"] * 0.5 + UNFITTED["wikidata"] * 1 + UNFITTED["bias"]
    assert Predicates([BOTH], {}).odds(rows)[:, 0] == pytest.approx(1 / (1 + np.exp(-scaled)))
    assert set(GROUPS) < set(UNFITTED)


@given(st.lists(st.lists(st.floats(-9, 9, width=32), min_size=3, max_size=3), min_size=1, max_size=6), st.floats(0, 1))
def test_all_that_is_likely_is_told_with_its_pair(rows: list[list[float]], least: float) -> None:
    table = np.array(rows, dtype=np.float32)
    other = Stated("aboard", False, {"kg": [1]})
    told = list(Predicates([BOTH, other], {}).likely(table, least))
    expected = {
        (pair, one.predicate): score
        for one in (BOTH, other)
        for pair, score in enumerate(Predicates([one], {}).odds(table)[:, 0].tolist())
        if score >= least
    }
    assert {(pair, one.predicate): score for pair, one, score in told} == expected
    assert len(told) == len(expected)


def test_where_the_schema_has_no_predicate_nothing_is_likely() -> None:
    assert list(Predicates([], {}).likely(np.zeros((2, 3), dtype=np.float32), 0.0)) == []


@given(st.lists(st.floats(-9, 9, width=32), min_size=len(LABELS), max_size=len(LABELS)))
def test_a_predicate_is_as_probable_among_others_as_alone(row: list[float]) -> None:
    several, labels = stated(LABELS, load()), np.array([row], dtype=np.float32)
    alone = [float(Predicates([one], {}).odds(labels)[0, 0]) for one in several]
    assert Predicates(several, {}).odds(labels)[0].tolist() == alone
