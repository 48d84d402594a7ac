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
