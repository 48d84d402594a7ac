"""From relations to statements, and what follows from them."""

import pytest
from msgspec.structs import replace

from kg.graph import Graph
from kg.model import Document, Entity, Extraction, Literal, Mention, Modality, Relation
from kg.schema import load
from tests.sample import THINGS, Text, complete, graph_of


def facts(graph: Graph) -> set[tuple[str, str, str]]:
    return {(one.subject, one.predicate, str(one.object)) for one in graph.statements()}


def test_statement_carries_the_evidence_of_its_relation() -> None:
    text = Text("a").say("Ada Quill", "livesIn", "Port Merrow", time="2021", score=0.25, by="x", modality=Modality.PAST)
    extraction = replace(text.extraction(), version="rules-1")
    [statement] = Graph.of([text.document()], [extraction], graph_of([text], THINGS).entities(), load()).statements()
    assert statement.version == "rules-1"
    assert statement.quote == "Ada Quill livesIn Port Merrow."
    assert (statement.start, statement.end, statement.document) == (0, 30, "a")
    assert (statement.time, statement.score, statement.by) == ("2021", 0.25, "x")
    assert statement.modality is Modality.PAST
    assert not statement.inferred


def test_source_mention_becomes_its_entity() -> None:
    text = Text("a").say("Ada Quill", "livesIn", "Port Merrow", source="a#char=0,9")
    assert graph_of([text], THINGS).statements()[0].source == "ada-quill"


def test_source_mention_without_an_entity_becomes_its_words() -> None:
    text = Text("a").say("Ada Quill", "livesIn", "Port Merrow", source="a#char=40,43")
    text.mentions.append(Mention(document="a", start=40, end=43, text="she", type="Person"))
    assert graph_of([text], THINGS).statements()[0].source == "she"


def test_source_words_stay() -> None:
    text = Text("a").say("Ada Quill", "livesIn", "Port Merrow", source="people")
    assert graph_of([text], THINGS).statements()[0].source == "people"


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (("Ada Quill", "leads", "Ada Quill"), "leads: of itself"),
        (("Ada Quill", "worksFor", "Port Merrow"), "worksFor: not between Person and City"),
        (("Ada Quill", "haunts", "Port Merrow"), "haunts: not between Person and City"),
        (("Ada Quill", "bornOn", Literal(value="a day")), "bornOn: not between Person and string"),
        (("Ada Quill", "leads", "Nobody"), "leads: an end is no entity"),
    ],
)
def test_relation_is_refused_and_counted(relation: tuple, reason: str) -> None:
    graph = graph_of([Text("a").say(*relation)], THINGS)
    assert graph.statements() == []
    assert graph.refused == {reason: 1}


def test_literal_is_not_taken_for_a_type_of_that_name() -> None:
    text = Text("a").say("Ada Quill", "livesIn", Literal(value="x", datatype="Place"))
    assert graph_of([text], THINGS).statements() == []


def test_implied_statement_is_inferred_with_the_same_evidence() -> None:
    text = Text("a").say("Ada Quill", "leads", "Merrow Lines", modality=Modality.REPORTED, source="x", score=0.3)
    leads, works = graph_of([text], THINGS).statements()
    assert (works.predicate, works.inferred) == ("worksFor", True)
    assert (works.quote, works.modality, works.source, works.score) == (leads.quote, leads.modality, "x", 0.3)


@pytest.mark.parametrize(
    ("predicate", "thing", "time", "times"),
    [
        ("crewOf", "Gannet", "2019/..", {"crewOf": "2019/..", "aboard": None, "locatedAt": None}),
        ("crewOf", "Gannet", "2015/2019", {"crewOf": "2015/2019", "aboard": None, "locatedAt": None}),
        ("crewOf", "Gannet", "2021-10-05", dict.fromkeys(("crewOf", "aboard", "locatedAt"), "2021-10-05")),
        ("aboard", "Gannet", "2019/..", dict.fromkeys(("aboard", "locatedAt"), "2019/..")),
        ("leads", "Merrow Lines", "2019/..", dict.fromkeys(("leads", "worksFor"), "2019/..")),
    ],
)
def test_a_presence_does_not_last_as_long_as_the_office_that_implies_it(
    predicate: str, thing: str, time: str, times: dict[str, str | None]
) -> None:
    text = Text("a").say("Ada Quill", predicate, thing, time=time)
    assert {one.predicate: one.time for one in graph_of([text], THINGS).statements()} == times


def test_implied_statement_keeps_to_the_ends_it_is_allowed() -> None:
    text = Text("a").say("Ada Quill", "leads", "Port Merrow")
    assert facts(graph_of([text], THINGS)) == {("ada-quill", "leads", "port-merrow")}


def test_implications_chain() -> None:
    text = Text("a").say("Ada Quill", "crewOf", "Gannet")
    assert {one.predicate for one in graph_of([text], THINGS).statements()} == {"crewOf", "aboard", "locatedAt"}


def test_denial_denies_nothing_weaker() -> None:
    text = Text("a").say("Ada Quill", "crewOf", "Gannet", modality=Modality.NEGATED)
    assert {one.predicate for one in graph_of([text], THINGS).statements()} == {"crewOf"}


@pytest.mark.parametrize("modality", [Modality.ASSERTED, Modality.NEGATED])
def test_symmetric_statement_holds_both_ways(modality: Modality) -> None:
    text = Text("a").say("Ada Quill", "spouseOf", "Ben Oduya", modality=modality)
    there, back = graph_of([text], THINGS).statements()
    assert (back.subject, back.object, back.inferred, back.modality) == (there.object, there.subject, True, modality)


def test_inverse_predicate_is_inferred(tmp_path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[predicates.employs]\nlabel = 'employs'\ninverse = 'worksFor'")
    text = Text("a").say("Ada Quill", "worksFor", "Merrow Lines")
    graph = graph_of([text], THINGS, load([mine]))
    assert ("merrow-lines", "employs", "ada-quill") in facts(graph)


def extraction(*relations: Relation) -> Graph:
    document = Document(id="a", text="Ada leads Merrow")
    mentions = (
        Mention(document="a", start=0, end=3, text="Ada", type="Person"),
        Mention(document="a", start=10, end=16, text="Merrow", type="Organisation"),
    )
    entities = [
        Entity(id=mention.text, type=mention.type, name=mention.text, mentions=(mention.id,)) for mention in mentions
    ]
    return Graph.of(
        [document], [Extraction(document="a", content="", mentions=mentions, relations=relations)], entities, load()
    )


def relation(predicate: str, score: float) -> Relation:
    return Relation(
        subject="a#char=0,3", predicate=predicate, object="a#char=10,16", start=0, end=16, score=score, by=str(score)
    )


def test_what_the_text_says_is_not_inferred_as_well() -> None:
    graph = extraction(relation("leads", 0.9), relation("worksFor", 0.4))
    assert [(one.predicate, one.inferred, one.score) for one in graph.statements()] == [
        ("leads", False, 0.9),
        ("worksFor", False, 0.4),
    ]


@pytest.mark.parametrize("scores", [(0.4, 0.9), (0.9, 0.4)])
def test_same_statement_is_kept_once_the_surest(scores: tuple[float, float]) -> None:
    graph = extraction(*(relation("worksFor", score) for score in scores))
    assert [one.score for one in graph.statements()] == [0.9]


def test_every_predicate_can_be_lifted() -> None:
    graph = complete()
    assert {one.predicate for one in graph.statements()} == set(load().predicates)
    assert graph.refused == {}
