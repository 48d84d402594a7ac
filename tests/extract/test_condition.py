from datetime import date

import pytest
from parsed import parse, reading
from spacy.tokens import Token

from kg.extract.condition import is_conditional
from kg.extract.modality import modality_of
from kg.model import Modality

MAIN = "Anna NNP 3 nsubj\nwill MD 3 aux\nlead VB 0 root\nApex NNP 3 obj"


def word(table: str, form: str = "lead") -> Token:
    return next(token for token in parse(table) if token.text == form)


def before(*lines: str) -> str:
    """Return a main clause after words whose heads count from their own first."""
    verb = len(lines) + 3
    return "\n".join(
        [*lines, f"Anna NNP {verb} nsubj", f"will MD {verb} aux", "lead VB 0 root", f"Apex NNP {verb} obj"]
    )


@pytest.mark.parametrize("opener", ["If", "Unless"])
def test_a_plan_under_a_condition_is_possible(opener: str) -> None:
    table = before(f"{opener} IN 3 mark", "it PRP 3 nsubj", "works VBZ 7 advcl work", ", , 3 punct")
    assert is_conditional(word(table))
    assert modality_of(word(table)) is Modality.POSSIBLE


@pytest.mark.parametrize("opener", ["if", "unless"])
def test_a_condition_may_come_after(opener: str) -> None:
    assert is_conditional(word(f"{MAIN}\n{opener} IN 7 mark\nit PRP 7 nsubj\nworks VBZ 3 advcl work"))


def test_a_condition_may_stand_between() -> None:
    table = "Anna NNP 7 nsubj\nwill MD 7 aux\n, , 6 punct\nif IN 6 mark\nit PRP 6 nsubj\nworks VBZ 7 advcl work"
    assert is_conditional(word(f"{table}\nlead VB 0 root\nApex NNP 7 obj"))


@pytest.mark.parametrize(
    "lines",
    [
        ("Even RB 4 advmod", "if IN 4 mark", "it PRP 4 nsubj", "rains VBZ 8 advcl rain", ", , 4 punct"),
        ("When WRB 3 advmod", "it PRP 3 nsubj", "works VBZ 7 advcl work", ", , 3 punct"),
        ("Because IN 3 mark", "it PRP 3 nsubj", "works VBZ 7 advcl work", ", , 3 punct"),
    ],
)
def test_what_holds_all_the_same_is_no_condition(lines: tuple[str, ...]) -> None:
    assert not is_conditional(word(before(*lines)))
    assert modality_of(word(before(*lines))) is Modality.PLANNED


def test_if_not_the_largest_is_no_condition() -> None:
    assert not is_conditional(word(f"{MAIN}\nif IN 8 mark\nnot RB 8 advmod\nthe DT 8 det\nlargest JJ 3 advcl"))


@pytest.mark.parametrize("hung", ["ccomp", "advcl"])
def test_who_asks_if_makes_no_condition_of_what_is_asked(hung: str) -> None:
    table = f"Anna NNP 3 nsubj\nwill MD 3 aux\nask VB 0 root\nif IN 6 mark\nit PRP 6 nsubj\nworks VBZ 3 {hung} work"
    assert not is_conditional(word(table, "ask"))


def test_what_is_simply_so_is_not_made_possible() -> None:
    table = "If IN 3 mark\nyou PRP 3 nsubj\nask VBP 6 advcl\n, , 3 punct\nAnna NNP 6 nsubj\nsailed VBD 0 root sail"
    assert modality_of(word(table, "sailed")) is Modality.ASSERTED


def test_a_relative_clause_is_not_under_the_condition_of_the_main_one() -> None:
    table = before("If IN 3 mark", "it PRP 3 nsubj", "works VBZ 7 advcl work", ", , 3 punct")
    assert not is_conditional(word(f"{table}\n, , 11 punct\nwhich WDT 11 nsubj\nsails VBZ 8 acl:relcl sail", "sails"))


def test_a_condition_of_a_relative_clause_is_not_one_of_the_main_clause() -> None:
    table = (
        "Anna NNP 9 nsubj\nwho WP 4 nsubj\nwill MD 4 aux\nsail VB 1 acl:relcl\nif IN 7 mark\nit PRP 7 nsubj\n"
        "works VBZ 4 advcl work\nwill MD 9 aux\nlead VB 0 root\nApex NNP 9 obj"
    )
    assert is_conditional(word(table, "sail"))
    assert not is_conditional(word(table, "lead"))


@pytest.mark.parametrize(("linked", "held"), [("and", True), ("but", False)])
def test_a_condition_at_the_head_reaches_what_and_joins(linked: str, held: bool) -> None:
    table = before("If IN 3 mark", "it PRP 3 nsubj", "works VBZ 7 advcl work", ", , 3 punct")
    assert (
        is_conditional(word(f"{table}\n{linked} CC 12 cc\nBen NNP 12 nsubj\nwill MD 12 aux\nsail VB 7 conj", "sail"))
        is held
    )


def test_a_condition_after_one_clause_does_not_reach_the_next() -> None:
    table = (
        f"{MAIN}\nif IN 7 mark\nit PRP 7 nsubj\nworks VBZ 3 advcl work\nand CC 10 cc\nwill MD 10 aux\nsail VB 3 conj"
    )
    assert is_conditional(word(table, "lead"))
    assert not is_conditional(word(table, "sail"))


def test_a_condition_at_the_head_reaches_what_is_said() -> None:
    table = before("If IN 3 mark", "it PRP 3 nsubj", "works VBZ 10 advcl work", ", , 3 punct").replace(
        "0 root", "10 ccomp"
    )
    assert is_conditional(word(f"{table}\nBen NNP 10 nsubj\nsaid VBD 0 root say"))


def test_the_condition_itself_is_not_under_itself() -> None:
    table = before("If IN 4 mark", "Ben NNP 4 nsubj", "will MD 4 aux", "sail VB 8 advcl", ", , 4 punct")
    assert not is_conditional(word(table, "sail"))


@pytest.mark.parametrize("hung", ["parataxis", "advcl"])
def test_a_main_clause_that_the_parser_hung_below_its_condition_is_under_it(hung: str) -> None:
    table = f"If IN 3 mark\nit PRP 3 nsubj\nworks VBZ 0 root work\n, , 3 punct\nAnna NNP 6 nsubj\nlead VB 3 {hung}"
    assert is_conditional(word(table))


@pytest.mark.parametrize(
    ("first", "end", "held"), [("", ".", True), ("", "?", False), ("Why WRB 4 advmod\n", ".", False)]
)
def test_should_before_its_subject_opens_a_condition(first: str, end: str, held: bool) -> None:
    verb = 3 + bool(first)
    table = (
        f"{first}Should MD {verb} aux\nit PRP {verb} nsubj\nwork VB {verb + 3} advcl\n, , {verb} punct\n"
        f"Anna NNP {verb + 3} nsubj\nlead VB 0 root\n{end} . {verb + 3} punct"
    )
    assert is_conditional(word(table)) is held


def test_should_after_its_subject_opens_none() -> None:
    table = before("It PRP 3 nsubj", "should MD 3 aux", "work VB 7 parataxis", ", , 3 punct")
    assert not is_conditional(word(table))


def test_provided_that_opens_a_condition() -> None:
    table = f"{MAIN}\n, , 6 punct\nprovided VBN 3 advcl provide\nthat IN 9 mark\nit PRP 9 nsubj\nworks VBZ 6 ccomp work"
    assert is_conditional(word(table))


def test_who_provided_something_opens_none() -> None:
    table = (
        "Ben NNP 2 nsubj\nprovided VBD 0 root provide\nlifts NNS 2 obj lift\n, , 7 punct\nAnna NNP 7 nsubj\n"
        "will MD 7 aux\nlead VB 2 conj"
    )
    assert not is_conditional(word(table))


def test_as_long_as_opens_a_condition_whatever_the_parse() -> None:
    after = "as RB 6 advmod\nlong RB {} advmod\nas IN {} mark\nit PRP 9 nsubj\nworks VBZ {} advcl work"
    assert is_conditional(word(f"{MAIN}\n{after.format(3, 9, 6)}"))
    assert is_conditional(word(f"{MAIN}\n{after.format(9, 9, 3)}"))


def test_on_condition_that_opens_a_condition() -> None:
    table = f"{MAIN}\non IN 6 case\ncondition NN 3 obl\nthat IN 9 mark\nit PRP 9 nsubj\nworks VBZ 6 acl work"
    assert is_conditional(word(table))
    assert not is_conditional(word(table.replace("that IN 9", "when WRB 9")))


def test_a_day_under_a_condition_is_still_one_to_come() -> None:
    table = before("If IN 3 mark", "it PRP 3 nsubj", "works VBZ 7 advcl work", ", , 3 punct")
    read = reading(f"{table}\non IN 10 case\nFriday NNP 7 obl", date(2021, 10, 4))
    assert read.time_at(read.doc[6]) == "2021-10-08"


def test_not_to_know_whether_denies_nothing() -> None:
    table = (
        "Ben NNP 4 nsubj\ndid VBD 4 aux do\nnot RB 4 advmod\nknow VB 0 root\nif IN 8 mark\nAnna NNP 8 nsubj\n"
        "would MD 8 aux\nlead VB 4 ccomp"
    )
    assert modality_of(word(table)) is Modality.POSSIBLE
