"""Reasons are told in words, each on its side."""

from kg.resolve.compare import COMPARISONS
from kg.resolve.likeness import Likeness
from kg.resolve.match import weights
from kg.resolve.reasons import WORDS, reasons
from kg.resolve.review import LINKED


def test_whatever_holds_has_words() -> None:
    kinds = {kind.value for kind in Likeness} - {Likeness.NONE.value}
    assert WORDS.keys() == kinds | {compare.__name__ for compare in COMPARISONS} | {LINKED}
    assert WORDS.keys() >= weights().keys() - {"bias"}
    assert len({*WORDS.values()}) == len(WORDS)


def test_the_strongest_comes_first_on_its_side() -> None:
    found = reasons([("shares_place", 1.0), ("same_name", 1.0), ("other_position", 1.0), ("one_word", 1.0)])
    assert found.pro == ["they have the same name", "they are in the same place"]
    assert found.contra == ["they have different offices or occupations"]
    assert reasons([(LINKED, 1.0)]) == (["both are linked to the same thing elsewhere"], [])
    assert reasons([("shares_names", 0.25), ("shares_place", 1.0)]).pro[0] == "they are in the same place"
