"""What of a graph is shown, and that what is left out is said."""

import pytest
from sample import THINGS, Text, graph_of, small

from kg.errors import KgError
from kg.graph import Graph, edge_id
from kg.space.view.shapes import Scene
from kg.web.scene import Choice, choice, scene


def names(found: Scene) -> set[str]:
    return {node.name for node in found.nodes}


def said(found: Scene) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.predicate, edge.target or "") for edge in found.edges if edge.target}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return small()


@pytest.fixture(scope="module")
def chain() -> Graph:
    """a - b - c - d, and a hub that knows each of ten."""
    text = Text("chain")
    for left, right in ("ab", "bc", "cd"):
        text.say(f"P {left}", "spouseOf", f"P {right}")
    for at in range(10):
        text.say("Hub", "spouseOf", f"Leaf {at}")
    things = [f"P {name}" for name in "abcd"] + [f"Leaf {at}" for at in range(10)] + ["Hub", "Alone"]
    return graph_of([text], dict.fromkeys(things, ("Person", None)))


def test_everything_is_shown_where_there_is_room(graph: Graph) -> None:
    found = scene(graph)
    assert names(found) == set(THINGS)
    assert {edge.id for edge in found.edges} == {edge_id(edge) for edge in graph.edges()}
    assert (found.omitted.nodes, found.omitted.edges) == (0, 0)


def test_an_edge_tells_what_the_graph_knows_of_it(graph: Graph) -> None:
    edge = next(edge for edge in scene(graph).edges if edge.predicate == "leads")
    assert (edge.label, edge.stance, edge.modalities) == ("leads", "fact", ["asserted", "reported"])
    assert (edge.statements, edge.documents, edge.score) == (2, 2, 0.95)


def test_a_value_belongs_to_its_entity(graph: Graph) -> None:
    born = next(edge for edge in scene(graph).edges if edge.predicate == "bornOn")
    assert born.target is None
    assert born.value is not None
    assert (born.value.value, born.value.datatype) == ("1970-02-28", "date")


def test_the_best_connected_come_first_and_the_rest_is_counted(chain: Graph) -> None:
    found = scene(chain, Choice(limit=6))
    assert len(said(found)) == 6
    total = len([edge for edge in chain.edges() if isinstance(edge.object, str)])
    assert found.omitted.edges == total - 6
    assert found.omitted.nodes == len(chain.entities()) - len(found.nodes)
    assert "P b" in names(found)


def test_around_takes_what_is_near_and_the_nearest_first(chain: Graph) -> None:
    assert names(scene(chain, choice(around="P a", hops=1))) == {"P a", "P b"}
    assert names(scene(chain, choice(around=["P a"], hops=2))) == {"P a", "P b", "P c"}
    assert "P a" in names(scene(chain, choice(around="P a", hops=3, limit=1)))
    assert scene(chain, choice(around="P a", hops=0)).edges == []


def test_a_lonely_thing_is_shown_around_itself(chain: Graph) -> None:
    assert names(scene(chain, choice(around="Alone"))) == {"Alone"}


def test_a_query_shows_the_entities_that_it_finds(graph: Graph) -> None:
    found = scene(graph, choice(query="SELECT ?a ?b { ?a schema:spouse ?b }"))
    assert names(found) == {"Ada Quill", "Ben Oduya"}
    assert {predicate for _, predicate, _ in said(found)} == {"spouseOf"}


def test_constructed_triples_show_these_edges_alone(graph: Graph) -> None:
    found = scene(graph, choice(query="CONSTRUCT { ?a kg:leads ?b } { ?a kg:leads ?b }"))
    assert said(found) == {("ada-quill", "leads", "merrow-lines")}


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"around": "Nobody"}, "no entity named 'Nobody'"),
        ({"query": "ASK { ?a ?b ?c }"}, "not with ASK"),
        ({"query": "SELECT ?n { ?a rdfs:label ?n }"}, "finds no entity"),
        ({"query": "SELECT * { ?a ?b ?c }", "around": "Gannet"}, "give one of them"),
        ({"limit": 0}, "at least 1"),
    ],
)
def test_what_cannot_be_shown_is_an_error_that_says_why(graph: Graph, how: dict[str, object], says: str) -> None:
    with pytest.raises(KgError, match=says):
        scene(graph, choice(**how))


def test_the_same_graph_gives_the_same_scene(graph: Graph) -> None:
    for how in ({}, {"around": "Gannet"}, {"limit": 2}):
        assert scene(graph, choice(**how)) == scene(small(), choice(**how))
