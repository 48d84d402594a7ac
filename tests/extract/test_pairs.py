import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.pairs import ALIKE, FEATURES, NEAREST, Shape, antecedents, features, group_of, shape

NAME, OTHER = 11, 10


def said(words: str, start: int = 0) -> Shape:
    return shape(" " * start + words, start, start + len(words))


def row(first: Shape, second: Shape, between: int = 0) -> list[float]:
    return features([first], [second], [between])[0].tolist()


def test_a_shape_holds_its_words_in_lower_case_and_where_they_stand() -> None:
    found = shape("Then Anna Vale, 40, left", 5, 18)
    assert (found.start, found.end, found.words) == (5, 18, ("anna", "vale", ",", "40"))


def test_an_apostrophe_or_hyphen_does_not_part_a_word() -> None:
    assert said("O'Hara's X-15").words == ("o'hara's", "x-15")


def test_words_that_every_name_may_hold_are_no_content() -> None:
    assert said("the Bank of Merrow").content == {"bank", "merrow"}


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the captain of the ship", "captain"),
        ("Vale, who sailed", "vale"),
        ("the old ship", "ship"),
        ("of the ship", "ship"),  # what begins with a preposition has no noun before it
        ("", ""),
    ],
)
def test_the_head_is_the_noun_before_the_first_preposition(words: str, head: str) -> None:
    assert said(words).head == head


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("She", 2),
        ("its", 3),
        ("whose", 8),
        ("the ship", OTHER),
        ("The ship", OTHER),
        ("sailors", OTHER),
        ("", OTHER),
        ("Gannet", NAME),
        ("The Gannet", NAME),
        ("she herself", OTHER),
    ],
)
def test_the_group_tells_pronouns_names_and_other_words_apart(words: str, group: int) -> None:
    assert said(words).group == group


def test_a_word_alone_has_the_group_of_its_pronoun() -> None:
    assert [group_of(word) for word in ("HE", "them", "ship")] == [1, 4, OTHER]


def test_only_what_begins_with_the_is_definite() -> None:
    assert [said(words).definite for words in ("The ship", "a ship", "Thea")] == [True, False, False]


# ------------------------------------------------------------------------------------------------------ antecedents


def mentions(*words: str) -> list[Shape]:
    return [said(each, start=40 * place) for place, each in enumerate(words)]


def far(*words: str) -> list[int]:
    """Return which antecedents of the last are looked at that stand further back than the nearest."""
    return [i for i in antecedents(mentions(*words))[-1] if i < len(words) - 1 - NEAREST]


def test_every_mention_nearby_is_looked_at() -> None:
    assert antecedents(mentions("Anna", "it", "the ship")) == [[], [0], [0, 1]]


def test_a_name_is_looked_for_further_back_by_its_words() -> None:
    assert far("Anna Vale", "Ben", *["it"] * NEAREST, "Vale") == [0]


def test_a_description_is_looked_for_by_its_head_alone() -> None:
    assert far("the old ship", "the old man", *["it"] * NEAREST, "an old ship") == [0]


def test_a_pronoun_is_not_looked_for_further_back() -> None:
    assert far("she", *["it"] * NEAREST, "she") == []


def test_a_name_is_not_looked_for_by_words_that_every_name_may_hold() -> None:
    assert far("the Bank of Merrow", *["it"] * NEAREST, "the Port of Oar") == []


def test_of_many_that_share_a_word_the_last_are_looked_at() -> None:
    found = far(*["Anna"] * (ALIKE + 5), *["it"] * NEAREST, "Anna")
    assert found == list(range(5, ALIKE + 5))


def test_so_many_are_looked_at_for_all_its_words_together() -> None:
    found = far(*["Vale"] * ALIKE, *["Anna"] * ALIKE, *["it"] * NEAREST, "Anna Vale")
    assert found == list(range(ALIKE, 2 * ALIKE))


WORDS = ("Anna Vale", "Vale", "the ship", "the old ship", "she", "it", "Ben", "the ship of Vale", "")
texts = st.lists(st.sampled_from(WORDS), max_size=150)


@given(texts)
def test_antecedents_stand_before_in_order_and_are_bounded(words: list[str]) -> None:
    for index, earlier in enumerate(antecedents(mentions(*words))):
        assert earlier == sorted(set(earlier))
        assert all(0 <= i < index for i in earlier)
        assert len(earlier) <= NEAREST + ALIKE
        assert set(range(max(0, index - NEAREST), index)) <= set(earlier)


@given(texts, texts)
def test_what_comes_after_changes_no_antecedents(words: list[str], after: list[str]) -> None:
    assert antecedents(mentions(*words, *after))[: len(words)] == antecedents(mentions(*words))


# --------------------------------------------------------------------------------------------------------- features

SAME, HEAD, SECOND_IN_FIRST, FIRST_IN_SECOND, SHARED, JACCARD, HEAD_IN_FIRST, HEAD_IN_SECOND, AGAIN, NESTED = range(10)
BETWEEN, AWAY, FIRST, SECOND, LAST = 10, 20, 30, 42, 54


def test_the_same_words_match_in_every_way() -> None:
    found = row(said("Anna Vale"), said("Anna Vale", 40))
    assert found[:NESTED] == [1] * NESTED


def test_a_shorter_name_is_in_the_longer_one() -> None:
    found = row(said("Anna Vale"), said("Vale", 40))
    assert [found[i] for i in (SAME, HEAD, SECOND_IN_FIRST, FIRST_IN_SECOND, SHARED)] == [0, 1, 1, 0, 1]
    assert found[JACCARD] == 0.5


def test_a_head_may_stand_in_the_other_ones_words() -> None:
    found = row(said("the ship of Vale"), said("Vale", 40))
    assert (found[HEAD_IN_FIRST], found[HEAD_IN_SECOND]) == (1, 0)


def test_a_pronoun_shares_no_words() -> None:
    assert row(said("she"), said("she", 40))[:AGAIN] == [0] * AGAIN
    assert row(said("she"), said("she", 40))[AGAIN] == 1


def test_nested_is_what_begins_inside_the_other() -> None:
    text = "the captain of the ship"
    assert row(shape(text, 0, 23), shape(text, 15, 23))[NESTED] == 1
    assert row(shape(text, 0, 15), shape(text, 15, 23))[NESTED] == 0


def test_both_groups_are_told() -> None:
    found = row(said("Anna"), said("she", 40))
    assert (found[FIRST + NAME], found[SECOND + 2]) == (1, 1)


def test_both_articles_and_the_same_pronoun_are_told() -> None:
    assert row(said("the ship"), said("it", 40))[LAST:] == [1, 0, 0]
    assert row(said("it"), said("the ship", 40))[LAST:] == [0, 1, 0]
    assert row(said("he"), said("him", 40))[LAST:] == [0, 0, 1]
    assert row(said("ships"), said("boats", 40))[LAST:] == [0, 0, 0]


def test_the_further_away_the_later_the_bucket() -> None:
    near, middle, distant = (row(said("Anna"), said("she", 40), n).index(1, BETWEEN) for n in (0, 5, 100))
    assert near == BETWEEN
    assert near < middle < distant == AWAY - 1


@given(st.sampled_from(WORDS), st.sampled_from(WORDS), st.integers(0, 300), st.integers(0, 9000))
def test_a_pair_has_one_bucket_of_each_distance_and_one_of_each_group(
    one: str, other: str, between: int, away: int
) -> None:
    found = features([said(one)], [said(other, away)], [between])[0]
    assert found.shape == (FEATURES,)
    assert found.dtype == np.float32
    assert ((found >= 0) & (found <= 1)).all()
    for begin, end in ((BETWEEN, AWAY), (AWAY, FIRST), (FIRST, SECOND), (SECOND, LAST)):
        assert found[begin:end].sum() == 1
