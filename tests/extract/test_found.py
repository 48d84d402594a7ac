import pytest
from parsed import named, parse

from kg.extract.found import Findings, Found
from kg.model import Kind

TABLE = """
Anna_Vale  NNP  2  nsubj  Person
boarded    VBD  0  root   board
the        DT   4  det
Gannet     NNP  2  obj    Vehicle
.          .    2  punct

Ben        NNP  2  nsubj  Person
stayed     VBD  0  root   stay
.          .    2  punct

She        PRP  2  nsubj
slept      VBD  0  root   sleep
.          .    2  punct
"""
ANNA, BOARDED, GANNET, BEN, SHE = 0, 2, 4, 6, 9


@pytest.fixture
def findings() -> Findings:
    return named(parse(TABLE))


def texts(found: object) -> list[str]:
    return [each.span.text for each in found]  # type: ignore[attr-defined]


def test_a_mention_goes_by_the_name_that_it_stands_for(findings: Findings) -> None:
    doc = findings.doc
    assert Found(doc[GANNET : GANNET + 1], "Vehicle").text == "Gannet"
    assert Found(doc[GANNET : GANNET + 1], "Vehicle", name="HMS Gannet").text == "HMS Gannet"


def test_the_head_of_a_mention_is_the_token_that_the_sentence_reaches(findings: Findings) -> None:
    assert findings.all[0].head.i == ANNA


def test_every_token_of_a_name_is_its_own(findings: Findings) -> None:
    doc = findings.doc
    assert findings.at(doc[ANNA]) is findings.at(doc[ANNA + 1]) is findings.all[0]
    assert findings.at(doc[BOARDED]) is None


def test_what_is_added_stands_in_the_order_of_the_text(findings: Findings) -> None:
    findings.add(Found(findings.doc[3:5], "Vehicle", Kind.DESCRIPTION, chain=7))
    assert texts(findings.all) == ["Anna Vale", "the Gannet", "Gannet", "Ben"]


def test_a_token_that_two_mentions_claim_stays_with_the_first(findings: Findings) -> None:
    first = findings.all[1]
    findings.add(Found(findings.doc[3:5], "Vehicle", Kind.DESCRIPTION, chain=7))
    assert findings.at(findings.doc[GANNET]) is first


def test_what_is_added_is_in_its_chain(findings: Findings) -> None:
    she = Found(findings.doc[SHE : SHE + 1], "Person", Kind.PRONOUN, chain=3)
    findings.add(she)
    assert findings.chains() == {3: [she]}


def test_what_stands_in_no_chain_is_in_none(findings: Findings) -> None:
    assert findings.chains() == {}


def test_a_mention_can_be_put_into_a_chain(findings: Findings) -> None:
    findings.set_chain(findings.all[0], 0)
    assert findings.chains() == {0: [findings.all[0]]}


def test_a_new_chain_has_the_next_number(findings: Findings) -> None:
    findings.set_chain(findings.all[0], 4)
    assert findings.new_chain("Russia") == 5


def test_the_first_new_chain_is_the_first_number(findings: Findings) -> None:
    assert findings.new_chain("Russia") == 0


def test_a_new_chain_is_the_same_for_the_same_name(findings: Findings) -> None:
    findings.add(Found(findings.doc[3:4], "Place", Kind.DESCRIPTION, name="Russia", chain=9))
    assert findings.new_chain("Russia") == 9


def test_names_are_those_of_one_type(findings: Findings) -> None:
    assert texts(findings.names("Person")) == ["Anna Vale", "Ben"]


def test_names_are_no_pronouns(findings: Findings) -> None:
    findings.add(Found(findings.doc[SHE : SHE + 1], "Person", Kind.PRONOUN, chain=0))
    assert texts(findings.names()) == ["Anna Vale", "Gannet", "Ben"]


def test_sentences_are_numbered_from_the_first(findings: Findings) -> None:
    assert [findings.sentence(findings.doc[i]) for i in (ANNA, BEN, SHE)] == [0, 1, 2]


def test_behind_yields_the_nearest_first(findings: Findings) -> None:
    assert texts(findings.behind(findings.doc[SHE], sentences=9)) == ["Ben", "Gannet", "Anna Vale"]


def test_behind_reaches_so_many_sentences_back(findings: Findings) -> None:
    assert texts(findings.behind(findings.doc[SHE], sentences=1)) == ["Ben"]


def test_behind_leaves_out_what_comes_after(findings: Findings) -> None:
    assert texts(findings.behind(findings.doc[BOARDED], sentences=9)) == ["Anna Vale"]


def test_behind_leaves_out_a_mention_that_the_token_is_part_of(findings: Findings) -> None:
    assert texts(findings.behind(findings.doc[ANNA + 1], sentences=9)) == []


def test_a_mention_that_is_dropped_is_forgotten(findings: Findings) -> None:
    findings.drop([findings.all[0]])
    assert texts(findings.all) == ["Gannet", "Ben"]
    assert findings.at(findings.doc[ANNA]) is None
