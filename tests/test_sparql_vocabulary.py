"""Names in a query that the vocabulary does not have, of which the engine would silently find nothing."""

from time import process_time

import pytest

from kg.schema import load
from kg.sparql.vocabulary import LONGEST, Vocabulary

KNOWN = Vocabulary(load())


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?who kg:abord ?ship }", "kg:abord is not in the vocabulary; did you mean kg:aboard?"),
        ("SELECT * { ?who a kg:Persn }", "kg:Persn is not in the vocabulary; did you mean schema:Person?"),
        ("SELECT * { ?who a kg:Person }", "kg:Person is not in the vocabulary; did you mean schema:Person?"),
        ("SELECT * { ?who kg:worksfor ?x }", "kg:worksfor is not in the vocabulary; did you mean schema:worksFor?"),
        ("SELECT * { ?x schema:qwrtz ?y }", "schema:qwrtz is not in the vocabulary; kg schema lists what there is"),
        ("PREFIX v: <https://w3id.org/kg/schema#> ASK { ?a v:abord ?b . }", "v:abord is not in the vocabulary"),
        ("ASK { ?a <https://w3id.org/kg/schema#abord>/kg:aboard ?b }", "<https://w3id.org/kg/schema#abord> is not in"),
        ("PREFIX schema: <http://schema.org/> ASK { ?a a schema:Person }", "did you mean <https://schema.org/Person>?"),
        ("ASK { ?a kg:crewOf ?b.?b kg:Shipp ?c.}", "kg:Shipp is not"),
        ("ASK { GRAPH ?g { ?s kg:modality kg:planed } }", "did you mean kg:planned?"),
    ],
)
def test_an_unknown_name_is_told_with_one_that_is_meant(query: str, told: str) -> None:
    (line,) = KNOWN.unknown(query)
    assert told in line


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?who kg:aboard ?ship ; a schema:Person ; rdfs:label ?name }",
        "ASK { GRAPH ?g { ?s kg:modality kg:planned ; kg:quote ?q ; kg:time ?t ; kg:confidence ?c } }",
        "ASK { ?place schema:latitude ?north ; kg:countryCode 'BF' }",
        "PREFIX kg: <urn:other#> ASK { ?who kg:abord ?ship }",
        "ASK { ?who kg:aboard ?ship } # kg:abord",
        'ASK { ?who rdfs:label "a kg:abord", """b "kg:abord" c""" }',
        "ASK { ?who dct:unheard ent:kg-abord ; <urn:kg:abord> ?x }",
        "PREFIX x: <urn:x> ASK { ?a x:b ?c FILTER(?a < ?c) FILTER(?c > 3) }",
        "ASK { ?who kg:abord ?ship }" + " " * LONGEST,
    ],
)
def test_what_is_known_or_somebody_elses_is_left_alone(query: str) -> None:
    assert KNOWN.unknown(query) == []


def test_each_name_is_told_once_and_few_of_many() -> None:
    assert len(KNOWN.unknown("ASK { ?a kg:abord ?b . ?c kg:abord ?d }")) == 1
    many = " ".join(f"?a kg:abord{number} ?b ." for number in range(100))
    assert len(KNOWN.unknown(f"ASK {{ {many} }}")) == 3


def test_a_word_of_a_schema_of_ones_own_is_known(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[predicates.insuredBy]\nlabel = "insured by"\nsubject = ["Vehicle"]\nobject = ["Organisation"]\n')
    mine = Vocabulary(load([path]))
    assert mine.unknown("ASK { ?a kg:insuredBy ?b }") == []
    assert mine.unknown("ASK { ?a kg:insurdBy ?b }") == [
        "kg:insurdBy is not in the vocabulary; did you mean kg:insuredBy?"
    ]


@pytest.mark.parametrize("part", ["a.", "a:b.-", '"', "'''", "<a", "kg:abord ", "PREFIX a:<", "#", '"""\\'])
def test_no_query_takes_long(part: str) -> None:
    start = process_time()
    KNOWN.unknown((part * LONGEST)[:LONGEST])
    assert process_time() - start < 1
