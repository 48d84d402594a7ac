import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.score import Score
from kg.bench.scores_triples import Mean, key, lenient, mean, strict

DIRECTED = ("The Kid", "director", "Mara Voss")
CAST = ("The Kid", "cast member", "Lee Ode")


def test_triples_are_equal_without_spaces_underscores_and_case() -> None:
    assert (
        key(("The Kid", "cast_member", "Lee  Ode"))
        == key(("thekid", "cast member", "LEE ODE"))
        == "thekidcastmemberleeode"
    )


def test_relations_that_the_sentence_is_not_marked_with_are_dropped() -> None:
    assert lenient([DIRECTED], [DIRECTED, CAST]) == Mean(1, 1, 1)


def test_a_wrong_triple_of_a_marked_relation_counts() -> None:
    found = [DIRECTED, ("The Kid", "director", "Lee Ode")]
    assert lenient([DIRECTED, CAST], found) == Mean(0.5, 0.5, 0.5)


def test_a_relation_is_the_same_with_underscores() -> None:
    assert lenient([CAST], [("The Kid", "cast_member", "Lee Ode")]) == Mean(1, 1, 1)


@pytest.mark.parametrize("found", [[], [CAST]])
def test_a_sentence_without_triples_to_look_at_scores_0(found) -> None:
    assert lenient([DIRECTED], found) == Mean(0, 0, 0)


def test_strictly_nothing_is_dropped() -> None:
    assert strict([DIRECTED], [DIRECTED, CAST]) == Score.counted(1, 2, 1)


def test_triples_that_are_written_alike_count_once() -> None:
    assert strict([DIRECTED], [DIRECTED, ("the kid", "Director", "Mara_Voss")]) == Score.counted(1, 1, 1)


def test_the_mean_weighs_all_alike() -> None:
    assert mean([Mean(1, 1, 1), Mean(0, 0.5, 0)]) == Mean(0.5, 0.75, 0.5)
    assert mean([]) == Mean()


words = st.sampled_from(["a", "b c", "D_e"])
triples = st.lists(st.tuples(words, st.sampled_from(["of", "led by"]), words), min_size=1, max_size=6)


@given(triples)
def test_a_perfect_prediction_scores_1(gold) -> None:
    assert lenient(gold, gold) == Mean(1, 1, 1)
    assert strict(gold, gold).f1 == 1


@given(triples, triples)
def test_swapping_the_sides_swaps_precision_and_recall(gold, found) -> None:
    there, back = strict(gold, found), strict(found, gold)
    assert (there.precision, there.recall) == (back.recall, back.precision)


@given(triples, triples, st.randoms())
def test_the_order_of_triples_changes_nothing(gold, found, random) -> None:
    before = lenient(gold, found), strict(gold, found)
    random.shuffle(gold)
    random.shuffle(found)
    assert (lenient(gold, found), strict(gold, found)) == before


@given(triples, triples)
def test_lenient_precision_is_never_below_strict(gold, found) -> None:
    assert lenient(gold, found).precision >= strict(gold, found).precision
