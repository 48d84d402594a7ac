import pytest
from parsed import parse
from spacy.tokens import Token

from kg.extract.future import is_coming, is_to_be


def word(table: str, form: str) -> Token:
    return next(token for token in parse(table) if token.text == form)


@pytest.mark.parametrize(
    ("before", "told"),
    [("is VBZ 1 cop be", True), ("wants VBZ 1 acl want", False), ("was VBD 1 cop be\nthen RB 1 advmod", True)],
)
def test_who_is_to_do_something_will(before: str, told: bool) -> None:
    table = f"Anna NNP 0 root\n{before}\nto TO 1 mark\nsail VB 1 xcomp"
    assert is_to_be(word(table, "sail")) is told


def test_what_is_to_be_done_will_be() -> None:
    table = "Arms NNS 5 nsubj:pass\nare VBP 5 aux:pass be\nto TO 5 mark\nbe VB 5 aux:pass\nshipped VBN 0 root ship"
    assert is_to_be(word(table, "shipped"))


@pytest.mark.parametrize(
    ("verb", "rest", "told"),
    [
        ("is VBZ 3 aux be\nsailing VBG 0 root sail", "in IN 5 case\nJune NNP 3 obl", True),
        ("is VBZ 3 aux be\nsailing VBG 0 root sail", "to IN 5 case\nDover NNP 3 obl", False),
        ("was VBD 3 aux be\nsailing VBG 0 root sail", "on IN 5 case\nFriday NNP 3 obl", False),
        ("sails VBZ 0 root sail", "next JJ 4 amod\nweek NN 2 obl", True),
        ("sailed VBD 0 root sail", "this DT 4 det\nautumn NN 2 obl", False),
    ],
)
def test_the_present_with_a_time_to_come_is_the_future(verb: str, rest: str, told: bool) -> None:
    table = f"Anna NNP 2 nsubj\n{verb}\n{rest}"
    assert is_coming(next(token for token in parse(table) if token.text.startswith("sail"))) is told
