"""Hand-counted passages: Ada (0-3, again as "she" at 20-23), a ship (5-11, "the ship" at 30-38), a port (14-18)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.score import Score
from kg.bench.scores_passages import Held, Thing, Told, accuracy, anaphora, by_modality, facts, judged, modalities
from kg.bench.words import Span
from kg.model import Kind, Modality

ASSERTED, PLANNED, NEGATED = Modality.ASSERTED, Modality.PLANNED, Modality.NEGATED
SHE, CRAFT = (20, 23), (30, 38)


def named(*names: Span, pronouns: tuple[Span, ...] = (), descriptions: tuple[Span, ...] = ()) -> Thing:
    kinds = {Kind.NAME: names, Kind.PRONOUN: pronouns, Kind.DESCRIPTION: descriptions}
    return Thing(tuple((span, kind) for kind, spans in kinds.items() for span in spans))


ADA, SHIP, PORT = named((0, 3), pronouns=(SHE,)), named((5, 11), descriptions=(CRAFT,)), named((14, 18))
ABOARD, LEFT = Told(ADA, "aboard", SHIP), Told(SHIP, "departsFrom", PORT, PLANNED)
GOLD = (ABOARD, LEFT)


def told(score: Score) -> tuple[float, float, float, float]:
    return score.right, score.found, score.covered, score.marked


def test_facts_are_counted_by_predicate() -> None:
    scores = facts(GOLD, [ABOARD, Told(ADA, "departsFrom", PORT)])
    assert told(scores["aboard"]) == (1, 1, 1, 1)
    assert told(scores["departsFrom"]) == (0, 1, 0, 1)


def test_any_mentions_that_overlap_make_two_things_one() -> None:
    found = Told(named((22, 25)), "aboard", named((35, 40)))
    assert told(facts([ABOARD], [found])["aboard"]) == (1, 1, 1, 1)


def test_mentions_that_only_touch_do_not() -> None:
    assert told(facts([ABOARD], [Told(named((3, 5)), "aboard", SHIP)])["aboard"]) == (0, 1, 0, 1)


def test_what_a_predicate_implies_is_not_asked_for() -> None:
    scores = facts([Told(ADA, "crewOf", SHIP)], [ABOARD])
    assert told(scores["crewOf"]) == (0, 0, 0, 1)
    assert told(scores["aboard"]) == (0, 1, 0, 0)


def test_the_other_way_round_is_another_fact() -> None:
    assert told(facts([ABOARD], [Told(SHIP, "aboard", ADA)])["aboard"]) == (0, 1, 0, 1)


def test_unless_the_predicate_is_symmetric() -> None:
    gold, turned = [Told(SHIP, "collidedWith", PORT)], Told(PORT, "collidedWith", SHIP)
    assert told(facts(gold, [turned], symmetric={"collidedWith"})["collidedWith"]) == (1, 1, 1, 1)
    assert told(facts(gold, [*gold, turned], symmetric={"collidedWith"})["collidedWith"]) == (1, 1, 1, 1)


def test_a_fact_told_twice_counts_once() -> None:
    found = [ABOARD, Told(ADA, "aboard", SHIP, NEGATED, 0.3)]
    assert told(facts(found, found)["aboard"]) == (1, 1, 1, 1)


def test_one_fact_found_may_cover_two_that_are_marked() -> None:
    both = Told(named((0, 3), (14, 18)), "aboard", SHIP)
    assert told(facts([ABOARD, Told(PORT, "aboard", SHIP)], [both])["aboard"]) == (1, 1, 2, 2)


def test_modalities_are_those_of_marked_facts_that_were_found() -> None:
    found = [Told(SHIP, "departsFrom", PORT), Told(ADA, "departsFrom", PORT)]
    assert list(modalities(GOLD, found)) == [({PLANNED}, {ASSERTED})]


def test_a_fact_may_be_held_in_two_ways() -> None:
    gold = [ABOARD, Told(ADA, "aboard", SHIP, NEGATED)]
    assert list(modalities(gold, [ABOARD])) == [({ASSERTED, NEGATED}, {ASSERTED})]


@pytest.mark.parametrize(
    ("pairs", "share"),
    [
        ([({ASSERTED}, {ASSERTED})], 1),
        ([({ASSERTED}, {PLANNED})], 0),
        ([({ASSERTED, NEGATED}, {ASSERTED})], 1 / 2),  # the denial was not found
        ([({ASSERTED}, {ASSERTED, PLANNED, NEGATED})], 1 / 3),  # who says everything is not always right
        ([({ASSERTED}, {ASSERTED}), ({PLANNED}, {ASSERTED})], 1 / 2),
        ([], None),
    ],
)
def test_accuracy(pairs: list[tuple[set[Modality], set[Modality]]], share: float | None) -> None:
    held: list[Held] = [(frozenset(marked), frozenset(found)) for marked, found in pairs]
    assert accuracy(held) == share


def test_each_modality_has_its_score() -> None:
    scores = by_modality([(frozenset({PLANNED}), frozenset({ASSERTED})), (frozenset({PLANNED}), frozenset({PLANNED}))])
    assert told(scores[PLANNED]) == (1, 1, 1, 2)
    assert told(scores[ASSERTED]) == (0, 1, 0, 0)


def test_every_fact_that_was_found_is_judged_by_its_score() -> None:
    found = [Told(ADA, "aboard", SHIP, NEGATED, 0.9), Told(ADA, "aboard", PORT, score=0.2)]
    assert list(judged(GOLD, found)) == [(0.9, True), (0.2, False)]


def test_pronouns_and_descriptions_are_counted_apart() -> None:
    scores = anaphora([ADA, SHIP], [named((0, 3), pronouns=(SHE,)), named((5, 11))])
    assert told(scores[Kind.PRONOUN]) == (1, 1, 1, 1)
    assert told(scores[Kind.DESCRIPTION]) == (0, 0, 0, 1)


def test_what_takes_up_another_thing_is_wrong() -> None:
    scores = anaphora([ADA, SHIP], [named((0, 3)), named((5, 11), pronouns=(SHE,))])
    assert told(scores[Kind.PRONOUN]) == (0, 1, 0, 1)


def test_what_joins_no_name_is_not_found() -> None:
    scores = anaphora([ADA], [named((0, 3)), Thing(((SHE, Kind.PRONOUN),))])
    assert told(scores[Kind.PRONOUN]) == (0, 0, 0, 1)


def test_a_span_that_is_not_marked_is_wrong() -> None:
    assert told(anaphora([ADA], [named((0, 3), pronouns=((20, 24),))])[Kind.PRONOUN]) == (0, 1, 0, 1)


def test_a_thing_found_is_the_one_with_most_of_its_names() -> None:
    ship = named((5, 11), (40, 46), descriptions=(CRAFT,))
    found = named((0, 3), (5, 11), (40, 46), pronouns=(SHE,), descriptions=(CRAFT,))
    scores = anaphora([ADA, ship], [found])
    assert told(scores[Kind.DESCRIPTION]) == (1, 1, 1, 1)
    assert told(scores[Kind.PRONOUN]) == (0, 1, 0, 1)


def test_a_thing_without_a_name_asks_for_nothing() -> None:
    assert anaphora([Thing(((SHE, Kind.PRONOUN),))], []) == {}


things = st.sampled_from([ADA, SHIP, PORT])
said = st.lists(st.builds(Told, things, st.sampled_from(["aboard", "collidedWith"]), things, st.sampled_from(Modality)))
SYMMETRIC = {"collidedWith"}


@given(said)
def test_what_is_marked_is_all_right(gold: list[Told]) -> None:
    scores = facts(gold, gold, symmetric=SYMMETRIC).values()
    assert all(one.right == one.found == one.covered == one.marked for one in scores)
    assert accuracy(modalities(gold, gold, symmetric=SYMMETRIC)) == (1 if gold else None)


@given(said, said)
def test_exchanging_the_sides_exchanges_precision_and_recall(gold: list[Told], found: list[Told]) -> None:
    there, back = facts(gold, found, symmetric=SYMMETRIC), facts(found, gold, symmetric=SYMMETRIC)
    turned = {name: Score(one.covered, one.marked, one.right, one.found) for name, one in back.items()}
    assert there == turned
