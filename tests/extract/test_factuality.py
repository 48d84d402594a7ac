import pytest
from parsed import parse

from kg.extract.factuality import factuality
from kg.model import Modality


def of(table: str, word: str) -> Modality:
    doc = parse(table)
    return factuality(next(token for token in doc if token.text == word))


def test_a_main_clause_is_asserted() -> None:
    assert of("Apex NNP 2 nsubj\nbought VBD 0 root buy\nMerrow NNP 2 obj", "bought") is Modality.ASSERTED


@pytest.mark.parametrize(("verb", "held"), [("tried", "possible"), ("managed", "asserted"), ("planned", "planned")])
def test_an_infinitive_holds_as_its_verb_says(verb: str, held: str) -> None:
    lemma = {"tried": "try", "managed": "manage", "planned": "plan"}[verb]
    table = f"Apex NNP 2 nsubj\n{verb} VBD 0 root {lemma}\nto TO 4 mark\nbuy VB 2 xcomp\nMerrow NNP 4 obj"
    assert of(table, "buy").value == held


def test_what_is_called_false_is_negated() -> None:
    table = (
        "It PRP 3 expl\nis VBZ 3 cop be\nfalse JJ 0 root\nthat IN 6 mark\nApex NNP 6 nsubj\nbought VBD 3 ccomp buy\n"
        "Merrow NNP 6 obj"
    )
    assert of(table, "bought") is Modality.NEGATED


def test_what_comes_without_is_negated() -> None:
    table = "Apex NNP 2 nsubj\nslept VBD 0 root sleep\nwithout IN 4 mark\nbuying VBG 2 advcl buy\nMerrow NNP 4 obj"
    assert of(table, "buying") is Modality.NEGATED


def test_what_is_asked_is_possible() -> None:
    assert of("Apex NNP 2 nsubj\nbought VBD 0 root buy\nMerrow NNP 2 obj\n? . 2 punct", "bought") is Modality.POSSIBLE


def test_a_reported_clause_is_left_to_who_reports_it() -> None:
    table = "Anna NNP 2 nsubj\nsaid VBD 0 root say\nApex NNP 4 nsubj\nbought VBD 2 ccomp buy\nMerrow NNP 4 obj"
    assert of(table, "bought") is Modality.ASSERTED
