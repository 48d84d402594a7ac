from hypothesis import given
from hypothesis import strategies as st

from kg.bench.score import Score
from kg.bench.scores_relations import ThingFact, align, score

BORN = ThingFact(0, "P19", 1)


def test_a_fact_is_right_where_both_ends_and_the_property_are() -> None:
    found = [BORN, ThingFact(1, "P19", 0), ThingFact(0, "P20", 1)]
    assert score([BORN], found) == {"P19": Score.counted(1, 2, 1), "P20": Score.counted(0, 1, 0)}


def test_a_fact_told_twice_counts_once() -> None:
    assert score([BORN], [BORN, BORN]) == {"P19": Score.counted(1, 1, 1)}


def test_things_found_stand_for_marked_ones() -> None:
    assert score([BORN], [ThingFact(7, "P19", 0)], stands_for=[1, None, 0, 0, 0, 0, 0, 0]) == {
        "P19": Score.counted(1, 1, 1)
    }


def test_a_fact_of_a_thing_that_stands_for_nothing_is_wrong() -> None:
    assert score([BORN], [ThingFact(0, "P19", 1)], stands_for=[0, None]) == {"P19": Score.counted(0, 1, 1)}


def test_facts_that_come_to_the_same_are_one() -> None:
    found = [ThingFact(0, "P19", 2), ThingFact(1, "P19", 2)]
    assert score([BORN], found, stands_for=[0, 0, 1]) == {"P19": Score.counted(1, 1, 1)}


def test_facts_of_different_things_that_stand_for_nothing_are_several() -> None:
    found = [ThingFact(0, "P19", 2), ThingFact(1, "P19", 2)]
    assert score([], found, stands_for=[None, None, 1]) == {"P19": Score.counted(0, 2, 0)}


def test_a_thing_stands_for_the_one_it_shares_most_mentions_with() -> None:
    gold = [[(0, 3), (9, 12)], [(20, 25)]]
    assert align(gold, [[(9, 12), (20, 25), (0, 3)], [(20, 25)], [(1, 3)], []]) == [0, 1, None, None]


def test_the_earlier_thing_wins_a_tie() -> None:
    assert align([[(0, 3)], [(5, 8)]], [[(5, 8), (0, 3)]]) == [0]


facts = st.lists(
    st.builds(ThingFact, st.integers(0, 4), st.sampled_from(["P19", "P20"]), st.integers(0, 4)), max_size=8
)


@given(facts.filter(bool))
def test_a_perfect_prediction_scores_1(gold) -> None:
    assert all(one.f1 == 1 for one in score(gold, gold).values())


@given(facts, facts)
def test_swapping_the_sides_swaps_precision_and_recall(gold, found) -> None:
    there, back = sum(score(gold, found).values(), Score()), sum(score(found, gold).values(), Score())
    assert (there.precision, there.recall) == (back.recall, back.precision)


@given(facts, facts, st.randoms())
def test_the_order_of_facts_changes_nothing(gold, found, random) -> None:
    before = score(gold, found)
    random.shuffle(gold)
    random.shuffle(found)
    assert score(gold, found) == before


@given(facts.filter(bool), st.permutations(range(5)))
def test_other_numbers_for_the_same_things_change_nothing(gold, numbers) -> None:
    things = [[(10 * index, 10 * index + 3)] for index in range(5)]
    found = [ThingFact(numbers.index(one.subject), one.property, numbers.index(one.object)) for one in gold]
    home = align(things, [things[number] for number in numbers])
    assert all(one.f1 == 1 for one in score(gold, found, stands_for=home).values())
