"""The table of the model's labels: complete, in order, and true to the vocabulary."""

import pytest

from kg.extract.labels import group, labels, predicate_of
from kg.schema import load


def test_no_label_is_there_twice() -> None:
    assert len(set(labels())) == len(labels())


def test_the_groups_are_all_there_is() -> None:
    sizes = {name: len(group(name)) for name in ("redocred", "tekgen", "knowledgenet", "vocabulary")}
    assert sizes == {"redocred": 96, "tekgen": 53, "knowledgenet": 15, "vocabulary": len(group("vocabulary"))}
    assert sum(sizes.values()) == len(labels())


def test_the_vocabulary_is_every_predicate_between_entities() -> None:
    between = {f"kg:{name}" for name, rule in load().predicates.items() if rule.datatype is None}
    assert group("vocabulary") == between


def test_a_label_of_the_vocabulary_means_itself() -> None:
    assert all(predicate_of(label) == (label[3:], False) for label in group("vocabulary"))


@pytest.mark.parametrize("label", labels())
def test_a_label_means_a_predicate_of_the_schema_or_nothing(label: str) -> None:
    told = predicate_of(label)
    assert told is None or told[0] in load().predicates


def test_a_property_means_what_the_schema_says_it_does() -> None:
    meant: dict[str, set[tuple[str, bool]]] = {}
    for name, rule in load().predicates.items():
        for told in rule.wikidata:
            meant.setdefault(told.removeprefix("^"), set()).add((name, told.startswith("^")))
    assert all(predicate_of(label) in meant[label] for label in meant.keys() & set(labels()))


@pytest.mark.parametrize(
    ("label", "told"),
    [("P159", ("headquarteredIn", False)), ("kn:CEO", ("leads", True)), ("P1412", None)],
)
def test_a_label_tells_predicate_and_direction(label: str, told: tuple[str, bool] | None) -> None:
    assert predicate_of(label) == told


def test_what_is_no_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        predicate_of("P0")
