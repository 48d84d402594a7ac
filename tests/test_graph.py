"""What can be asked of a graph, and its face for networkx and notebooks."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.graph import CEILING, Edge, Graph, Stance
from kg.model import Entity, Literal, Modality, Statement
from kg.schema import load
from tests.sample import THINGS, Text, first, graph_of, second, small


def said(score: float = 0.5, *, start: int = 0, modality: Modality = Modality.ASSERTED, **more: object) -> Statement:
    place = {"document": "a", "start": start, "end": start + 1, "quote": f"quote {start}"}
    return Statement(
        **{"subject": "s", "predicate": "leads", "object": "o", **place}, modality=modality, score=score, **more
    )


def test_graph_is_the_same_whatever_the_order() -> None:
    texts = [first(), second()]
    mentions = [mention for text in texts for mention in text.mentions]
    entities = [
        Entity(id=name, type=kind, name=name, mentions=tuple(one.id for one in mentions if one.text == name))
        for name, (kind, _) in THINGS.items()
    ]

    def shuffled(things: list) -> list:
        return random.Random(7).sample(things, len(things))

    documents, extractions = [text.document() for text in texts], [text.extraction() for text in texts]
    straight = Graph.of(documents, extractions, entities, load())
    turned = Graph.of(shuffled(documents), shuffled(extractions), shuffled(entities), load())
    assert straight.statements() == turned.statements()
    assert straight.entities() == turned.entities()
    assert straight.mentions() == turned.mentions()
    assert straight.documents == turned.documents


def test_entities_of_a_type_include_its_subtypes() -> None:
    assert [entity.name for entity in small().entities("Organisation")] == ["Merrow Lines"]
    assert [entity.name for entity in small().entities("Company")] == ["Merrow Lines"]
    assert small().entities("Party") == []


def test_entities_of_an_unknown_type_names_those_that_exist() -> None:
    with pytest.raises(KgError, match="no type 'Boat'"):
        small().entities("Boat")


@pytest.mark.parametrize("name", ["ada-quill", "Ada Quill", "ada quill"])
def test_entity_is_found_by_id_and_name(name: str) -> None:
    assert small().entity(name).id == "ada-quill"


def named(*entities: Entity) -> Graph:
    return Graph.of([], [], entities, load())


def test_entity_is_found_by_an_alias() -> None:
    graph = named(Entity(id="iss", type="Vehicle", name="International Space Station", aliases=("ISS",)))
    assert graph.entity("iss").id == graph.entity("ISS").id == "iss"


def test_entity_with_that_name_comes_before_one_with_that_alias() -> None:
    graph = named(
        Entity(id="1", type="Vehicle", name="Soyuz MS-19", aliases=("Soyuz",)),
        Entity(id="2", type="Vehicle", name="Soyuz"),
    )
    assert graph.entity("Soyuz").id == "2"


def test_ambiguous_name_tells_the_candidates() -> None:
    graph = named(
        Entity(id="ford", type="Person", name="Ford"),
        Entity(id="ford-2", type="Organisation", subtype="Company", name="Ford"),
    )
    with pytest.raises(KgError, match=r"'Ford' can be ford \(Ford, Person\), ford-2 \(Ford, Company\); give one"):
        graph.entity("Ford")


def test_misspelt_name_gets_a_hint() -> None:
    with pytest.raises(KgError, match="no entity named 'Ada Quil'; did you mean 'ada quill'"):
        small().entity("Ada Quil")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 14),
        ({"subject": "Cy Tran"}, 3),
        ({"predicate": "leads"}, 2),
        ({"object": "Gannet"}, 6),
        ({"object": "sailor"}, 1),
        ({"modality": "negated"}, 1),
        ({"modality": Modality.PLANNED}, 3),
        ({"subject": "Ada Quill", "object": "merrow-lines", "modality": "reported"}, 2),
    ],
)
def test_statements_can_be_filtered(wanted: dict[str, str], count: int) -> None:
    assert len(small().statements(**wanted)) == count


@pytest.mark.parametrize(
    "wanted", [{"subject": "X"}, {"predicate": "haunts"}, {"object": "X"}, {"modality": "maybe"}], ids=str
)
def test_statements_with_an_unknown_name_are_an_error(wanted: dict[str, str]) -> None:
    with pytest.raises(KgError, match="no "):
        small().statements(**wanted)


def test_mentions_of_an_entity_are_in_the_order_of_the_texts() -> None:
    found = small().mentions("Ada Quill")
    assert [(one.document, one.start) for one in found] == [
        ("a", 0),
        ("a", 30),
        ("a", 103),
        ("b c/ü.txt", 0),
        ("b c/ü.txt", 30),
    ]


def test_mention_knows_its_entity() -> None:
    graph = small()
    assert {graph.owner(one.id) for one in graph.mentions("Gannet")} == {"gannet"}
    assert graph.owner("nowhere#char=0,1") is None


def test_edge_combines_the_scores_of_different_places() -> None:
    edge = Edge.of([said(0.5, start=0), said(0.6, start=9)])
    assert (edge.count, edge.score) == (2, 0.8)


def test_edge_counts_one_place_once() -> None:
    edge = Edge.of([said(0.5), said(0.6, time="2021")])
    assert (edge.count, edge.score) == (1, 0.6)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_edge_is_never_certain_and_never_less_sure_than_its_surest(scores: list[float]) -> None:
    edge = Edge.of([said(score, start=start) for start, score in enumerate(scores)])
    assert min(max(scores), CEILING) - 0.0001 <= edge.score <= CEILING


def test_edge_never_mixes_stances() -> None:
    text = Text("a")
    for modality in Modality:
        text.say("Ada Quill", "leads", "Merrow Lines", modality=modality, score=0.5)
    edges = [edge for edge in graph_of([text], THINGS).edges() if edge.predicate == "leads"]
    assert [(edge.stance, edge.count, edge.modalities) for edge in edges] == [
        (Stance.FACT, 4, ("asserted", "past", "planned", "reported")),
        (Stance.NEGATED, 1, ("negated",)),
        (Stance.POSSIBLE, 1, ("possible",)),
    ]


def test_networkx_has_a_node_for_each_entity() -> None:
    network = small().to_networkx()
    assert network.nodes["gannet"] == {"name": "Gannet", "type": "Vehicle", "subtype": "Ship", "aliases": []}


def test_networkx_edge_folds_its_statements() -> None:
    edge = small().to_networkx().edges["ada-quill", "merrow-lines", "leads"]
    assert edge == {
        "predicate": "leads",
        "stance": "fact",
        "count": 2,
        "documents": ["a", "b c/ü.txt"],
        "modalities": ["asserted", "reported"],
        "score": 0.95,
        "times": [],
        "quotes": ["Ada Quill leads Merrow Lines."],
        "inferred": False,
    }


def test_networkx_has_literals_as_attributes() -> None:
    assert small().to_networkx().nodes["ada-quill"]["bornOn"] == ["1970-02-28"]


def test_networkx_has_facts_only() -> None:
    assert not small().to_networkx().has_edge("ben-oduya", "gannet")


def test_networkx_tells_what_is_denied_and_possible_when_asked() -> None:
    network = small().to_networkx(facts=False)
    assert network.edges["ben-oduya", "gannet", "not aboard"]["stance"] == "negated"
    assert network.edges["cy-tran", "gannet", "possibly aboard"]["stance"] == "possible"


def test_repr_counts() -> None:
    assert repr(small()) == "<Graph of 2 documents: 6 entities, 8 statements and 6 inferred>"
    assert repr(Graph.of((), (), (), load())) == "<Graph of 0 documents: 0 entities, 0 statements>"


def test_html_is_escaped() -> None:
    text = Text("a").say("<b>Eve", "occupation", Literal(value="<script>"))
    html = graph_of([text], {"<b>Eve": ("Person", None)})._repr_html_()
    assert "<script>" not in html
    assert "<td>&lt;b&gt;Eve</td><td>occupation</td><td>&lt;script&gt;</td>" in html


def test_faces_dispatch_by_name(tmp_path) -> None:
    graph = small()
    graph.export(tmp_path / "x.ttl")
    assert (tmp_path / "x.ttl").read_text().startswith("@prefix")
    assert graph.query("ASK { ?who kg:leads ?what }").answer is True
    assert len(graph.to_rdflib()) > 0
    assert list(graph.to_pandas()["predicate"]) == [one.predicate for one in graph.statements()]
