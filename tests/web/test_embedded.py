"""What a file and a notebook carry: the scene with the sentences behind every edge."""

import pytest
from sample import Text, graph_of, small

from kg.graph import Graph
from kg.space.view.shapes import Claim
from kg.web.embedded import Embedded, embedded
from kg.web.scene import Choice, choice


@pytest.fixture(scope="module")
def graph() -> Graph:
    return small()


@pytest.fixture(scope="module")
def made(graph: Graph) -> Embedded:
    return embedded(graph, Choice(), name="small")


def claims(made: Embedded, predicate: str) -> list[Claim]:
    return [claim for some in made.claims.values() for claim in some if claim.predicate == predicate]


def test_every_edge_has_its_evidence(graph: Graph, made: Embedded) -> None:
    assert set(made.claims) == {edge.id for edge in made.scene.edges}
    assert {claim.id for some in made.claims.values() for claim in some} == {one.id for one in graph.statements()}
    assert all(claim.edge == edge for edge, some in made.claims.items() for claim in some)


def test_a_sentence_marks_who_is_meant(graph: Graph, made: Embedded) -> None:
    claim = claims(made, "crewOf")[0]
    quoted = [(piece.text, piece.role) for piece in claim.sentence if piece.role and piece.quote]
    assert quoted == [("Ada Quill", "subject"), ("Gannet", "object")]
    document = next(one for one in graph.documents if one.id == claim.document.id)
    assert "".join(piece.text for piece in claim.sentence) in document.text
    assert "".join(piece.text for piece in claim.sentence if piece.quote) == document.text[claim.start : claim.end]


def test_the_surest_claim_comes_first_and_what_is_left_out_is_counted(graph: Graph) -> None:
    made = embedded(graph, Choice(), claims=1)
    edge = next(edge for edge in made.scene.edges if edge.predicate == "leads")
    assert [claim.score for claim in made.claims[edge.id]] == [0.9]
    assert made.more[edge.id] == 1
    assert set(made.more) == {edge.id for edge in made.scene.edges if edge.statements > 1}


def test_whoever_sentences_speak_of_has_a_name(graph: Graph) -> None:
    made = embedded(graph, choice(query="SELECT ?a { VALUES ?a { ent:ben-oduya ent:gannet } }"))
    assert {node.id for node in made.scene.nodes} == {"ben-oduya", "gannet"}
    assert made.names["ada-quill"] == "Ada Quill"  # who says so


def test_a_thing_of_which_nothing_is_said_has_the_sentence_that_names_it() -> None:
    text = Text("a").say("Ada Quill", "spouseOf", "Ben Oduya")
    text._mention("Gannet")
    text.text += " sails."
    names = {"Ada Quill": ("Person", None), "Ben Oduya": ("Person", None), "Gannet": ("Vehicle", "Ship")}
    made = embedded(graph_of([text], names), Choice())
    assert [piece.text for piece in made.context["gannet"] if piece.quote] == ["Gannet"]
    assert set(made.context) == {"gannet"}


def test_the_whole_is_told_at_a_glance(graph: Graph, made: Embedded) -> None:
    space = made.space
    assert (space.name, space.edit) == ("small", False)
    assert space.counts == {
        "documents": 2,
        "entities": len(graph.entities()),
        "facts": sum(not edge.inferred for edge in graph.edges()),
        "statements": sum(not one.inferred for one in graph.statements()),
    }
    assert {kind.name: kind.count for kind in space.types}["Vehicle"] == 1  # its ship is a vehicle
    assert space.years == (1970, 2022)
    counts = {one.name: one.count for one in space.predicates}
    assert (counts["leads"], counts["spouseOf"]) == (1, 1)  # and not one more the other way round


def test_a_part_counts_what_it_holds(graph: Graph) -> None:
    part = embedded(graph, choice(around="Merrow Lines", hops=1))
    assert {node.name for node in part.scene.nodes} == {"Merrow Lines", "Ada Quill"}
    assert part.space.counts == {"documents": 2, "entities": 2, "facts": 2, "statements": 3}
    assert {kind.name: kind.count for kind in part.space.types} == {"Person": 1, "Organisation": 1, "Company": 1}
    assert {one.name: one.count for one in part.space.predicates}.keys() == {one.predicate for one in part.scene.edges}
    assert {one.name: one.count for one in part.space.modalities} == {"asserted": 2, "reported": 1}
    assert {node.name: node.degree for node in part.scene.nodes} == {"Merrow Lines": 1, "Ada Quill": 1}
    assert part.space.years == (1970, 2022)


def test_around_begins_where_one_asked(graph: Graph) -> None:
    assert embedded(graph, choice(around="Gannet")).look == {"seeds": ["gannet"]}
