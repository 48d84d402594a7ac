"""How things with their spots become a record, and how words refer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.annotated import Fact, Spot
from kg.bench.assemble import assemble, kind_of
from kg.model import Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She", Kind.PRONOUN),
        ("its", Kind.PRONOUN),
        ("HMS Merrow", Kind.NAME),
        ("2015 KG163", Kind.NAME),
        ("eBay", Kind.NAME),
        ("The Times", Kind.NAME),
        ("the Royal Navy", Kind.NAME),
        ("The frigate", Kind.DESCRIPTION),
        ("the American carrier", Kind.DESCRIPTION),
        ("the 42-year-old", Kind.DESCRIPTION),
        ("his wife", Kind.DESCRIPTION),
        ("chief executive", Kind.DESCRIPTION),
    ],
)
def test_words_tell_how_they_refer(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@given(st.text())
def test_any_words_refer_somehow(text: str) -> None:
    assert kind_of(text) in Kind


def test_spots_are_put_in_order_and_things_name_them() -> None:
    record = assemble("a", "Anna saw Ben", [[Spot(9, 12, "Person")], [Spot(0, 4, "Person")]])
    assert [spot.start for spot in record.spots] == [0, 9]
    assert record.things == ((1,), (0,))


def test_facts_follow_their_things_when_one_falls_out() -> None:
    one, same, two = [Spot(0, 4, "Person")], [Spot(0, 4, "Place")], [Spot(9, 12, "Person")]
    told = [Fact(0, "P26", 2), Fact(1, "P17", 2)]
    record = assemble("a", "Anna saw Ben", [one, same, two], told)
    assert record.things == ((0,), (1,))
    assert record.facts == (Fact(0, "P26", 1),)


def test_a_fact_told_twice_is_one() -> None:
    groups = [[Spot(0, 4, "Person")], [Spot(9, 12, "Person")]]
    assert assemble("a", "Anna saw Ben", groups, [Fact(0, "P26", 1)] * 2).facts == (Fact(0, "P26", 1),)
