import re

import pytest

from kg.bench.triples import HABITS, Habits, Pair, chosen, habits, value

TEXT = "Leighton John Baines plays for Everton, where Leighton Baines met Ada Quill of Arsenal in 2011."
RELATIONS = ("team", "born")
KNOWN = Habits(least=0.1, sure=0.7, share=0.8, other=0.5, dated=("born",))


def pair(subject: str, thing: str, *odds: float) -> Pair:
    ends = [re.search(re.escape(name), TEXT) for name in (subject, thing)]
    (a, b) = (match.span() for match in ends if match)
    return Pair(a, b, value(thing), odds)


FULL, LATER = "Leighton John Baines", "Leighton Baines"


def told(*pairs: Pair, known: Habits = KNOWN) -> list[tuple[str, str, str]]:
    return list(chosen(TEXT, pairs, RELATIONS, known))


def test_the_surest_object_is_told_though_it_is_unsure() -> None:
    assert told(pair("Ada Quill", "Arsenal", 0.2, 0.0), pair("Ada Quill", "Everton", 0.1, 0.0)) == [
        ("Ada Quill", "team", "Arsenal")
    ]


def test_what_is_less_than_least_is_not_told() -> None:
    assert told(pair("Ada Quill", "Arsenal", 0.05, 0.0)) == []


@pytest.mark.parametrize("odds", [0.75, 0.7])
def test_others_are_told_that_are_sure_or_nearly_as_sure(odds: float) -> None:
    assert len(told(pair("Ada Quill", "Arsenal", 0.9, 0.0), pair("Ada Quill", "Everton", odds, 0.0))) == 2


def test_another_subject_than_the_sentences_counts_for_less() -> None:
    one, other = pair("Ada Quill", "Arsenal", 0.6, 0.0), pair("Everton", "Arsenal", 0.5, 0.0)
    assert told(one, other) == [("Ada Quill", "team", "Arsenal")]


def test_of_a_thing_named_twice_the_later_name_is_the_label() -> None:
    pairs = pair(FULL, "Everton", 0.9, 0.0), pair(LATER, "Everton", 0.1, 0.0)
    assert told(*pairs) == [(LATER, "team", "Everton")]


def test_a_relation_of_dates_has_dates_and_no_other_has() -> None:
    assert told(pair(FULL, "2011", 0.9, 0.9)) == [(FULL, "born", "01 January 2011")]
    assert told(pair(FULL, "Everton", 0.9, 0.9)) == [(FULL, "team", "Everton")]


def test_of_two_objects_that_overlap_the_surer_is_told() -> None:
    pairs = pair("Ada Quill", "Leighton Baines", 0.9, 0.0), pair("Ada Quill", "Baines met", 0.8, 0.0)
    assert told(*pairs) == [("Ada Quill", "team", "Leighton Baines")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1986", "01 January 1986"),
        ("4 May 2011", "04 May 2011"),
        ("May 2011", "01 May 2011"),
        ("American", "United States"),
        ("rugby league", "rugby league"),
    ],
)
def test_objects_are_written_as_wikidata_does(text: str, written: str) -> None:
    assert value(text) == written


def test_longer_words_are_found_before_those_within_them() -> None:
    pattern = Habits(objects=("horror", "comedy horror")).pattern
    assert pattern is not None
    assert [match[0] for match in pattern.finditer("a Comedy horror film, no horrors")] == ["Comedy horror"]


def test_without_words_there_is_nothing_to_find() -> None:
    assert Habits().pattern is None


def test_what_was_fitted_is_shipped() -> None:
    assert HABITS.exists()
    assert habits().objects
