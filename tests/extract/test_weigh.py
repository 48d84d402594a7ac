from collections.abc import Iterable
from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsed import reading

from kg.extract.claims import Claim, Reading
from kg.extract.joint import Calibration
from kg.extract.patterns import USER
from kg.extract.weigh import ALONE, BOTH, LEAST, calibrated, weighed
from kg.schema import Schema, load

TABLE = """
Gannet    NNP  2  nsubj  Vehicle
rammed    VBD  0  root   ram
Tern      NNP  2  obj    Vehicle
.         .    2  punct

Anna      NNP  2  nsubj  Person
boarded   VBD  0  root   board
Gannet    NNP  2  obj    Vehicle
in        IN   5  case
2021      CD   2  obl
.         .    2  punct
"""
TRUSTED = Calibration(trust={"both": 0.97, "pattern": 0.85})
ODDS = st.floats(0.001, 0.999)


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load()


@pytest.fixture(scope="module")
def read() -> Reading:
    return reading(TABLE)


@pytest.fixture(scope="module")
def aboard(read: Reading) -> Claim:
    """What a pattern claims of Anna and the Gannet."""
    anna, gannet = read.findings.names("Person")[0], read.findings.names("Vehicle")[-1]
    return Claim(anna, "aboard", gannet, read.doc[5], 0.6)


def by_model(claim: Claim, score: float) -> Claim:
    return replace(claim, score=score, by="kg.joint")


def outcome(
    read: Reading,
    schema: Schema,
    patterns: Iterable[Claim],
    learnt: Iterable[Claim],
    calibration: Calibration = TRUSTED,
) -> list[tuple[float, str]]:
    """Return how probable the claims that stand are, and by whom they are."""
    found = weighed(patterns, learnt, read.findings, schema, calibration)
    return [(pytest.approx(claim.score), claim.by) for claim in found]


# ---------------------------------------------------------------------------------------------------------- patterns


@pytest.mark.parametrize("score", [0.2, 0.99])
def test_a_pattern_of_the_users_wins(read: Reading, schema: Schema, aboard: Claim, score: float) -> None:
    own = replace(aboard, score=0.1, by=USER)
    assert outcome(read, schema, [own], [by_model(aboard, score)]) == [(0.1, USER)]


def test_a_pattern_alone_is_as_probable_as_such_have_proved_to_be(read: Reading, schema: Schema, aboard: Claim) -> None:
    assert outcome(read, schema, [aboard], []) == [(0.85, "kg.patterns")]


def test_where_both_say_it_both_are_named(read: Reading, schema: Schema, aboard: Claim) -> None:
    assert outcome(read, schema, [aboard], [by_model(aboard, 0.4)]) == [(0.97, "kg.patterns+kg.joint")]


def test_agreement_is_never_less_probable_than_the_model_says(read: Reading, schema: Schema, aboard: Claim) -> None:
    assert outcome(read, schema, [aboard], [by_model(aboard, 0.99)]) == [(0.99, "kg.patterns+kg.joint")]


def test_agreement_is_with_the_surest_that_the_model_says(read: Reading, schema: Schema, aboard: Claim) -> None:
    learnt = [by_model(aboard, score) for score in (0.3, 0.99, 0.5)]
    assert outcome(read, schema, [aboard], learnt) == [(0.99, "kg.patterns+kg.joint")]


# ------------------------------------------------------------------------------------------------------ the model alone


def test_the_model_alone_stands_from_its_threshold(read: Reading, schema: Schema, aboard: Claim) -> None:
    calibration = Calibration(least={"claim": 0.7})
    for score, found in ((0.71, [(0.71, "kg.joint")]), (0.69, [])):
        assert outcome(read, schema, [], [by_model(aboard, score)], calibration) == found


def test_the_model_alone_is_calibrated(read: Reading, schema: Schema, aboard: Claim) -> None:
    calibration = Calibration(scale={"alone": 0.5}, shift={"alone": log(2)})
    # Odds of 9 to 1 become twice the root of 9: 6 to 1.
    assert outcome(read, schema, [], [by_model(aboard, 0.9)], calibration) == [(6 / 7, "kg.joint")]


def test_the_threshold_is_of_the_calibrated_probability(read: Reading, schema: Schema, aboard: Claim) -> None:
    calibration = Calibration(shift={"alone": -log(9)}, least={"claim": 0.6})
    assert outcome(read, schema, [], [by_model(aboard, 0.9)], calibration) == []


def test_what_the_model_says_twice_stands_once(read: Reading, schema: Schema, aboard: Claim) -> None:
    learnt = [by_model(aboard, score) for score in (0.8, 0.9, 0.7)]
    assert outcome(read, schema, [], learnt) == [(0.9, "kg.joint")]


def test_the_patterns_come_first(read: Reading, schema: Schema, aboard: Claim) -> None:
    other = by_model(replace(aboard, object=read.findings.names("Vehicle")[1]), 0.9)
    assert [by for _, by in outcome(read, schema, [aboard], [other])] == ["kg.patterns", "kg.joint"]


def test_a_calibrated_claim_is_what_it_was_where_nothing_is_known() -> None:
    assert calibrated(0.3, Calibration()) == pytest.approx(0.3)


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_certainty_is_calibrated_too(score: float) -> None:
    assert calibrated(score, Calibration(scale={"alone": 2.0})) == pytest.approx(score, abs=1e-4)


@given(ODDS, ODDS, st.floats(0.1, 3.0), st.floats(-3.0, 3.0))
def test_calibration_keeps_the_order(one: float, other: float, scale: float, shift: float) -> None:
    calibration = Calibration(scale={"alone": scale}, shift={"alone": shift})
    low, high = sorted((one, other))
    assert 0 <= calibrated(low, calibration) <= calibrated(high, calibration) <= 1


# ---------------------------------------------------------------------------------------------------- saying the same


def turned(read: Reading, predicate: str) -> tuple[Claim, Claim]:
    """Return a claim of a pattern about the two ships, and the model's of the same with its ends turned round."""
    one, other = read.findings.names("Vehicle")[:2]
    claim = Claim(one, predicate, other, read.doc[1], 0.6)
    return claim, by_model(replace(claim, subject=other, object=one), 0.9)


def test_a_symmetric_predicate_matches_either_way_round(read: Reading, schema: Schema) -> None:
    pattern, learnt = turned(read, "collidedWith")
    (claim,) = weighed([pattern], [learnt], read.findings, schema, TRUSTED)
    assert (claim.subject.text, claim.by) == ("Gannet", "kg.patterns+kg.joint")


def test_another_predicate_matches_one_way_round(read: Reading, schema: Schema) -> None:
    pattern, learnt = turned(read, "dockedAt")
    assert outcome(read, schema, [pattern], [learnt]) == [(0.85, "kg.patterns")]


def test_where_a_pattern_speaks_of_two_things_the_model_says_nothing_else_of_them(
    read: Reading, schema: Schema, aboard: Claim
) -> None:
    other = by_model(replace(aboard, predicate="crewOf"), 0.9)
    assert outcome(read, schema, [aboard], [other]) == [(0.85, "kg.patterns")]
    assert outcome(read, schema, [replace(aboard, by=USER)], [other]) == [(0.6, USER), (0.9, "kg.joint")]


def test_things_match_by_their_chain(read: Reading, schema: Schema, aboard: Claim) -> None:
    first = by_model(replace(aboard, object=read.findings.names("Vehicle")[0]), 0.9)
    assert outcome(read, schema, [aboard], [first]) == [(0.97, "kg.patterns+kg.joint")]


def test_words_match_by_what_they_are(read: Reading, schema: Schema, aboard: Claim) -> None:
    born = replace(aboard, predicate="bornOn", object="2021")
    other = replace(born, object="2020")
    assert outcome(read, schema, [born], [by_model(born, 0.9)]) == [(0.97, "kg.patterns+kg.joint")]
    assert len(outcome(read, schema, [born], [by_model(other, 0.9)])) == 2


def test_sentences_do_not_match(read: Reading, schema: Schema, aboard: Claim) -> None:
    before = by_model(replace(aboard, word=read.doc[1]), 0.9)
    assert len(outcome(read, schema, [aboard], [before])) == 2


def test_words_of_one_sentence_match(read: Reading, schema: Schema, aboard: Claim) -> None:
    after = by_model(replace(aboard, word=read.doc[8]), 0.9)
    assert len(outcome(read, schema, [aboard], [after])) == 1


# ------------------------------------------------------------------------------------------------ without calibration


def test_without_calibration_agreement_has_its_default(read: Reading, schema: Schema, aboard: Claim) -> None:
    assert outcome(read, schema, [aboard], [by_model(aboard, 0.6)], Calibration()) == [(BOTH, "kg.patterns+kg.joint")]


def test_without_calibration_a_pattern_has_its_default(read: Reading, schema: Schema, aboard: Claim) -> None:
    assert outcome(read, schema, [aboard], [], Calibration()) == [(ALONE, "kg.patterns")]


def test_without_calibration_the_model_stands_from_the_default(read: Reading, schema: Schema, aboard: Claim) -> None:
    for score, count in ((LEAST + 0.01, 1), (LEAST - 0.01, 0)):
        assert len(outcome(read, schema, [], [by_model(aboard, score)], Calibration())) == count
