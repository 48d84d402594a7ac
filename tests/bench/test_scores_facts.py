import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.score import Score
from kg.bench.scores_facts import METHODS, SpanFact, score, span_exact, span_overlap

ANA, BO, NILE = (0, 3), (8, 10), (20, 24)
ALL = {"CEO", "SPOUSE"}


def fact(subject, name, object) -> SpanFact:
    return SpanFact(subject, name, object)


MARRIED = fact(ANA, "SPOUSE", BO)


def test_an_equal_fact_is_right() -> None:
    assert score([MARRIED], [MARRIED], ALL) == {"SPOUSE": Score.counted(1, 1, 1)}


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (fact((2, 5), "SPOUSE", (9, 12)), True),
        (fact((3, 5), "SPOUSE", BO), False),  # what touches shares nothing
        (fact(ANA, "SPOUSE", (0, 30)), True),
        (fact(BO, "SPOUSE", ANA), False),  # the ends are told apart
        (fact(ANA, "CEO", BO), False),
    ],
)
def test_spans_that_share_a_character_overlap(other, overlaps) -> None:
    assert span_overlap(MARRIED, other) is overlaps
    assert not span_exact(MARRIED, other)


def test_an_overlapping_fact_is_wrong_by_the_exact_method() -> None:
    found = [fact((2, 5), "SPOUSE", BO)]
    assert score([MARRIED], found, ALL, match=span_overlap) == {"SPOUSE": Score.counted(1, 1, 1)}
    assert score([MARRIED], found, ALL, match=span_exact) == {"SPOUSE": Score.counted(0, 1, 1)}


def test_a_fact_that_is_not_found_is_missed() -> None:
    assert score([MARRIED], [], ALL) == {"SPOUSE": Score.counted(0, 0, 1)}


def test_a_wrong_fact_counts_where_its_property_is_annotated_exhaustively() -> None:
    wrong = fact(ANA, "CEO", NILE)
    assert score([MARRIED], [MARRIED, wrong], {"SPOUSE", "CEO"})["CEO"] == Score.counted(0, 1, 0)
    assert "CEO" not in score([MARRIED], [MARRIED, wrong], {"SPOUSE"})


def test_a_right_fact_counts_though_its_property_is_not_annotated_exhaustively() -> None:
    assert score([MARRIED], [MARRIED], set()) == {"SPOUSE": Score.counted(1, 1, 1)}


def test_one_found_fact_can_cover_two_marked_ones() -> None:
    gold = [fact(ANA, "SPOUSE", (8, 10)), fact(ANA, "SPOUSE", (11, 13))]
    assert score(gold, [fact(ANA, "SPOUSE", (8, 13))], ALL) == {"SPOUSE": Score.counted(2, 2, 2)}


def test_found_facts_that_match_one_marked_fact_count_once() -> None:
    found = [fact(ANA, "SPOUSE", BO), fact((1, 3), "SPOUSE", BO)]
    assert score([MARRIED], found, ALL) == {"SPOUSE": Score.counted(1, 1, 1)}


def test_a_found_fact_that_overlaps_a_right_one_is_not_wrong() -> None:
    # It overlaps no marked fact, but a found fact that does: the official script takes it out too.
    found = [fact((2, 6), "SPOUSE", BO), fact((4, 7), "SPOUSE", BO)]
    assert score([MARRIED], found, ALL) == {"SPOUSE": Score.counted(1, 1, 1)}


def test_a_wrong_fact_told_twice_is_wrong_twice() -> None:
    wrong = fact(ANA, "CEO", NILE)
    assert score([], [wrong, wrong], ALL) == {"CEO": Score.counted(0, 2, 0)}


spans = st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda one: (one[0], one[0] + one[1]))
facts = st.lists(st.builds(SpanFact, spans, st.sampled_from(sorted(ALL)), spans), max_size=6, unique=True)


@pytest.mark.parametrize("method", METHODS)
@given(gold=facts.filter(bool))
def test_a_perfect_prediction_scores_1(method: str, gold) -> None:
    assert all(one.f1 == 1 for one in score(gold, gold, ALL, match=METHODS[method]).values())


@given(facts, facts)
def test_swapping_the_sides_swaps_precision_and_recall(gold, found) -> None:
    there, back = (
        sum(score(*sides, ALL, match=span_exact).values(), Score()) for sides in ((gold, found), (found, gold))
    )
    assert (there.precision, there.recall) == (back.recall, back.precision)


@pytest.mark.parametrize("method", METHODS)
@given(gold=facts, found=facts, random=st.randoms())
def test_the_order_of_facts_changes_nothing(method: str, gold, found, random) -> None:
    before = score(gold, found, ALL, match=METHODS[method])
    random.shuffle(gold)
    random.shuffle(found)
    assert score(gold, found, ALL, match=METHODS[method]) == before
