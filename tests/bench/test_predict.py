import pytest
from toy import DOCUMENTS, Toy

from kg.bench.predict import Records, default
from kg.bench.scores_facts import SpanFact
from kg.bench.scores_relations import ThingFact
from kg.bench.tagged import Name
from kg.bench.text2kgbench import Ontology
from kg.model import Document
from kg.schema import load

ABOARD, LEADS = DOCUMENTS[0], DOCUMENTS[1]
TEXT = "Ada Quill leads Northern Lines. Gannet belongs to Northern Lines."
ADA, GANNET, LINES, AGAIN = (0, 9), (32, 38), (16, 30), (50, 64)
DOCUMENT = Document(id="d", text=TEXT)


@pytest.fixture
def records(toy: Toy) -> Records:
    return Records(toy, load())


def test_the_version_is_the_extractors(records: Records) -> None:
    assert records.version == "toy-1"


def test_extractions_are_the_extractors(records: Records) -> None:
    assert [one.document for one in records.extractions([ABOARD, LEADS])] == [ABOARD.id, LEADS.id]


def test_names(records: Records) -> None:
    assert list(records.names([DOCUMENT])) == [
        [Name(*ADA, "Person"), Name(*LINES, "Organisation"), Name(*GANNET, "Vehicle"), Name(*AGAIN, "Organisation")]
    ]


def test_chains(records: Records) -> None:
    assert list(records.chains([DOCUMENT])) == [[[ADA], [LINES, AGAIN], [GANNET]]]


def test_span_facts_are_knowledgenets(records: Records) -> None:
    assert list(records.span_facts([DOCUMENT])) == [
        [SpanFact(LINES, "CEO", ADA), SpanFact(ADA, "EMPLOYEE_OR_MEMBER_OF", LINES)]
    ]


def test_things_and_facts_are_wikidatas(records: Records) -> None:
    ((things, facts),) = records.things_and_facts([DOCUMENT])
    assert things == [[ADA], [LINES, AGAIN], [GANNET]]
    assert facts == [ThingFact(1, "P488", 0), ThingFact(1, "P169", 0), ThingFact(2, "P127", 1)]


def test_facts_between_given_things_are_told_by_their_numbers(records: Records) -> None:
    given = [[GANNET], [ADA], [AGAIN]]
    assert list(records.facts_between([(DOCUMENT, given)])) == [
        [ThingFact(2, "P488", 1), ThingFact(2, "P169", 1), ThingFact(0, "P127", 2)]
    ]


def test_facts_of_other_things_are_left_out(records: Records) -> None:
    assert list(records.facts_between([(DOCUMENT, [[ADA], [GANNET]])])) == [[]]


def test_triples_are_in_the_words_of_the_ontology(records: Records) -> None:
    ontology = Ontology("1_test", {"P127": "owned by"})
    assert list(records.triples([DOCUMENT], ontology)) == [[("Gannet", "owned by", "Northern Lines")]]


def test_each_document_has_its_own_answer(records: Records) -> None:
    assert len(list(records.span_facts(iter(DOCUMENTS)))) == len(DOCUMENTS)


def test_the_default_is_the_shipped_extractor(shipped_toy: Toy) -> None:
    assert default().version == shipped_toy.version()
