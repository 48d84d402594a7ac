from datetime import date

import pytest

from kg.bench.records import Reading
from kg.model import Document, Extraction, Kind, Literal, Mention, Modality, Relation
from kg.schema import load

TEXT = "Ada Quill, born on 4 May 1993, sails for France. She waved."
DOCUMENT = Document(id="d", text=TEXT, published=date(2021, 10, 4))


def mention(text: str, cluster: int, type: str = "Person", kind: Kind = Kind.NAME) -> Mention:
    start = TEXT.index(text)
    return Mention(document="d", start=start, end=start + len(text), text=text, type=type, kind=kind, cluster=cluster)


ADA, SHE, FRANCE = mention("Ada Quill", 1), mention("She", 1, kind=Kind.PRONOUN), mention("France", 2, "Place")


def relation(predicate: str, object: Mention | Literal, *, subject: Mention = ADA, **more: Modality) -> Relation:
    thing = object if isinstance(object, Literal) else object.id
    return Relation(subject=subject.id, predicate=predicate, object=thing, start=0, end=48, **more)


def reading(*relations: Relation) -> Reading:
    found = Extraction(document="d", content="", mentions=(ADA, FRANCE, SHE), relations=relations)
    return Reading(DOCUMENT, found, load())


def test_mentions_of_one_cluster_are_a_chain() -> None:
    assert reading().chains == [[(0, 9), (49, 52)], [(41, 47)]]


def test_a_claim_has_spans_and_types() -> None:
    (claim,) = reading(relation("citizenOf", FRANCE)).claims
    assert (claim.predicate, claim.subject, claim.object) == ("citizenOf", (0, 9), (41, 47))
    assert (claim.subject_type, claim.object_type) == ("Person", "Country")


@pytest.mark.parametrize("modality", [Modality.NEGATED, Modality.POSSIBLE])
def test_what_is_denied_or_only_possible_is_no_fact(modality: Modality) -> None:
    assert reading(relation("citizenOf", FRANCE, modality=modality)).claims == []


def test_a_planned_claim_is_a_fact() -> None:
    assert reading(relation("citizenOf", FRANCE, modality=Modality.PLANNED)).claims


def test_a_date_stands_where_the_evidence_names_it() -> None:
    (claim,) = reading(relation("bornOn", Literal(value="1993-05-04", datatype="date"))).claims
    assert claim.object is not None
    assert TEXT[slice(*claim.object)] == "4 May 1993"


def test_a_literal_that_is_no_date_stands_nowhere() -> None:
    (claim,) = reading(relation("occupation", Literal(value="sailor"))).claims
    assert (claim.object, claim.value) == (None, "sailor")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1993-05-04", "04 May 1993"),
        ("1993-05", "01 May 1993"),
        ("1993", "01 January 1993"),
        ("1993/..", "1993/.."),
        ("head of state", "head of state"),
    ],
)
def test_a_date_is_written_as_wikidata_labels_it(value: str, written: str) -> None:
    (claim,) = reading(relation("bornOn", Literal(value=value, datatype="date"))).claims
    assert claim.value == written


def test_a_thing_is_called_by_its_longest_name() -> None:
    assert reading().name((SHE.start, SHE.end)) == "Ada Quill"
