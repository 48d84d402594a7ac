from parsed import parse
from spacy.tokens import Token

from kg.extract.scope import governors, is_predicate, links


def word(table: str, form: str) -> Token:
    return next(token for token in parse(table) if token.text == form)


def test_the_clauses_above_a_word_end_at_who_says_so() -> None:
    table = (
        "Ben NNP 2 nsubj\nsaid VBD 0 root say\nAnna NNP 4 nsubj\nwants VBZ 2 ccomp want\nto TO 6 mark\nsail VB 4 xcomp"
    )
    assert [token.text for token in governors(word(table, "sail"))] == ["sail", "wants"]


def test_each_clause_is_linked_to_what_governs_it() -> None:
    table = "Anna NNP 2 nsubj\nslept VBD 0 root sleep\nwithout IN 4 mark\nsailing VBG 2 advcl sail"
    assert [(a.text, b.text) for a, b in links(word(table, "sailing"))] == [("sailing", "slept")]
    assert [token.text for token in governors(word(table, "sailing"))] == ["sailing"]


def test_what_be_joins_to_a_subject_is_a_predicate() -> None:
    table = "Anna NNP 3 nsubj\nis VBZ 3 cop be\ncaptain NN 0 root"
    assert is_predicate(word(table, "captain"))
    assert not is_predicate(word(table, "Anna"))


def second(verb: str) -> list[str]:
    table = "Anna NNP 3 nsubj\nhas VBZ 3 aux have\nled VBN 0 root lead\nApex NNP 3 obj\nand CC 6 cc"
    table = f"{table}\n{verb} 3 conj sail"
    return [token.text for token in governors(parse(table)[5])]


def test_a_perfect_does_not_reach_the_past_that_and_joins_to_it() -> None:
    assert second("sailed VBD") == ["sailed"]


def test_a_perfect_reaches_a_second_participle() -> None:
    assert second("sailed VBN") == ["sailed", "led"]


def test_a_past_reaches_the_past_that_and_joins_to_it() -> None:
    table = "Anna NNP 2 nsubj\nled VBD 0 root lead\nand CC 4 cc\nsailed VBD 2 conj sail"
    assert [token.text for token in governors(word(table, "sailed"))] == ["sailed", "led"]
