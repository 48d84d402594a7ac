from random import Random

import pytest
from sample import Text, graph_of

from kg.conflicts import Conflict, conflicts
from kg.graph import Graph
from kg.model import Literal, Modality

THINGS = {"Ada": ("Person", None), "Merrow": ("Place", "City"), "Vale": ("Place", "City"), "Arland": ("Place", None)}


def day(value: str) -> Literal:
    return Literal(value=value, datatype="date")


def graph(*said: tuple[str, str, str | Literal, Modality]) -> Graph:
    texts = [
        Text(str(number)).say(subject, predicate, thing, modality=modality)
        for number, (subject, predicate, thing, modality) in enumerate(said)
    ]
    return graph_of(texts, THINGS)


def fact(subject: str, predicate: str, thing: str | Literal) -> tuple[str, str, str | Literal, Modality]:
    return subject, predicate, thing, Modality.ASSERTED


def told(found: list[Conflict]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(str(one.kind), one.subject, one.predicate, one.values) for one in found]


def test_two_birth_dates_contradict_each_other() -> None:
    (found,) = conflicts(graph(fact("Ada", "bornOn", day("1990-05-01")), fact("Ada", "bornOn", day("1991"))))
    assert told([found]) == [("values", "ada", "bornOn", ("1990-05-01", "1991"))]
    assert [one.document for one in found.statements] == ["0", "1"]


@pytest.mark.parametrize(("one", "other"), [("1990", "1990-05-01"), ("1990-05", "1990-05-01"), ("1990", "1990")])
def test_a_closer_date_contradicts_none(one: str, other: str) -> None:
    assert not conflicts(graph(fact("Ada", "bornOn", day(one)), fact("Ada", "bornOn", day(other))))


def test_two_birth_places_contradict_each_other() -> None:
    found = conflicts(graph(fact("Ada", "bornIn", "Merrow"), fact("Ada", "bornIn", "Vale")))
    assert told(found) == [("values", "ada", "bornIn", ("merrow", "vale"))]


def test_a_place_does_not_contradict_what_it_lies_in() -> None:
    inside = fact("Merrow", "locatedIn", "Vale"), fact("Vale", "locatedIn", "Arland")
    assert not conflicts(graph(*inside, fact("Ada", "bornIn", "Merrow"), fact("Ada", "bornIn", "Arland")))


def test_a_predicate_of_many_values_contradicts_nothing() -> None:
    assert not conflicts(graph(fact("Ada", "livesIn", "Merrow"), fact("Ada", "livesIn", "Vale")))


def test_a_claim_and_its_denial_contradict_each_other() -> None:
    found = conflicts(graph(fact("Ada", "livesIn", "Vale"), ("Ada", "livesIn", "Vale", Modality.NEGATED)))
    assert told(found) == [("denied", "ada", "livesIn", ("vale",))]
    assert [one.modality for one in found[0].statements] == ["asserted", "negated"]


def test_what_is_merely_possible_contradicts_nothing() -> None:
    said = graph(("Ada", "bornIn", "Merrow", Modality.POSSIBLE), fact("Ada", "bornIn", "Vale"))
    assert not conflicts(said)


def test_a_death_before_a_birth() -> None:
    found = conflicts(graph(fact("Ada", "bornOn", day("1990-05-01")), fact("Ada", "diedOn", day("1990-03"))))
    assert told(found) == [("order", "ada", "bornOn, diedOn", ("1990-03", "1990-05-01"))]
    assert not conflicts(graph(fact("Ada", "bornOn", day("1990-05-01")), fact("Ada", "diedOn", day("1990"))))


def test_the_order_of_what_is_said_makes_no_difference() -> None:
    said = [
        fact("Ada", "bornOn", day("1990")),
        fact("Ada", "bornOn", day("1991")),
        fact("Ada", "bornIn", "Merrow"),
        fact("Ada", "bornIn", "Vale"),
        ("Ada", "bornIn", "Vale", Modality.NEGATED),
    ]
    texts = [Text(str(n)).say(s, p, o, modality=m) for n, (s, p, o, m) in enumerate(said)]
    expected = conflicts(graph_of(texts, THINGS))
    assert [one.kind for one in expected] == ["denied", "values", "values"]
    for seed in range(5):
        Random(seed).shuffle(texts)
        assert conflicts(graph_of(texts, THINGS)) == expected
