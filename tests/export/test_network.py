"""GraphML, GEXF and node-link JSON, read back by networkx."""

import json
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given, settings

from kg.export.clean import printable
from kg.graph import Graph
from kg.model import Entity, Literal
from kg.schema import load
from tests.odd import ODD
from tests.sample import THINGS, Text, complete, graph_of, small


def written(graph: Graph, format: str) -> bytes:
    out = BytesIO()
    graph.export(out, format=format)
    return out.getvalue()


def read(content: bytes, format: str) -> networkx.MultiDiGraph:
    """Read with the format's own reader, which gives no multigraph where no two nodes have two edges."""
    if format == "graphml":
        return networkx.read_graphml(BytesIO(content), force_multigraph=True)
    return networkx.MultiDiGraph(networkx.read_gexf(BytesIO(content)))


XML = ("graphml", "gexf")


@pytest.mark.parametrize("make", [small, complete])
@pytest.mark.parametrize("format", XML)
def test_every_node_and_edge_is_read_back(format: str, make) -> None:
    graph = make()
    network = read(written(graph, format), format)
    expected = graph.to_networkx(facts=False)
    assert sorted(network.nodes) == sorted(expected.nodes)
    labels = sorted((start, end, label) for start, end, label in network.edges(data="label"))
    assert labels == sorted((start, end, key) for start, end, key in expected.edges(keys=True))


@pytest.mark.parametrize("format", XML)
def test_lists_are_flat_and_what_is_unknown_is_left_out(format: str) -> None:
    things = [Entity(id="x", type="Person", name="X", aliases=("Y", "Z"))]
    network = read(written(Graph.of([], [], things, load()), format), format)
    assert network.nodes["x"] == {"label": "X", "name": "X", "type": "Person", "aliases": "Y; Z"}


@pytest.mark.parametrize("format", XML)
def test_an_edge_tells_its_evidence(format: str) -> None:
    network = read(written(small(), format), format)
    [edge] = [values for *_, values in network.edges(data=True) if values["label"] == "possibly aboard"]
    assert {name: edge[name] for name in ("stance", "score", "count", "inferred", "quotes", "modalities")} == {
        "stance": "possible",
        "score": 0.6,
        "count": 1,
        "inferred": False,
        "quotes": "Cy Tran aboard Gannet.",
        "modalities": "possible",
    }


@pytest.mark.parametrize("format", XML)
@settings(max_examples=40, deadline=None)
@given(name=ODD, alias=ODD, value=ODD, source=ODD, between=ODD)
def test_odd_strings_are_read_back(format: str, name: str, alias: str, value: str, source: str, between: str) -> None:
    text = Text("a\x00é")
    text.text = between
    text.say("A", "spouseOf", "B", source=source, time=value or None).say("A", "occupation", Literal(value=value))
    things = [
        Entity(id=one, type="Person", name=name, aliases=(alias,), mentions=tuple(m.id for m in found))
        for one in "AB"
        if (found := [mention for mention in text.mentions if mention.text == one])
    ]
    graph = Graph.of([text.document()], [text.extraction()], things, load())
    network = read(written(graph, format), format)
    node = network.nodes["A"]
    assert (node["name"], node["aliases"]) == (printable(name), printable(alias))
    assert node["occupation"] == printable(value)
    assert [edge["documents"] for *_, edge in network.edges(data=True)] == ["a\ufffdé"] * 2
    assert {edge.get("times") for *_, edge in network.edges(data=True)} == {printable(value) or None}


@pytest.mark.parametrize("name", ["start", "end", "viz", "pid", "parents", "spells", "slices", "weight", "key"])
def test_a_users_predicate_may_have_a_name_that_gexf_uses(name: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(f"[predicates.{name}]\nlabel = 'x'\nsubject = ['Person']\ndatatype = 'string'")
    text = Text("a").say("Ada Quill", name, Literal(value="2020"))
    network = read(written(graph_of([text], THINGS, load([mine])), "gexf"), "gexf")
    assert "2020" in network.nodes["ada-quill"].values()


def test_gexf_does_not_tell_the_day() -> None:
    assert b"lastmodified" not in written(small(), "gexf")


def test_graphml_ids_are_unique() -> None:
    ids = [element.get("id") for element in ElementTree.fromstring(written(complete(), "graphml")).iter()]
    known = [one for one in ids if one]
    assert len(known) == len(set(known))


@pytest.mark.parametrize("format", [*XML, "json"])
def test_control_characters_and_surrogates_are_replaced(format: str) -> None:
    text = Text("a").say("Ada Quill", "occupation", Literal(value="a\x00b\ud800c"))
    assert "a\ufffdb\ufffdc" in written(graph_of([text], THINGS), format).decode()


def test_node_link_json_reads_back_equal() -> None:
    data = json.loads(written(small(), "json"))
    network = networkx.node_link_graph(data)
    expected = small().to_networkx(facts=False)
    assert dict(network.nodes(data=True)) == dict(expected.nodes(data=True))
    assert list(network.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))


@pytest.mark.parametrize("format", XML)
def test_a_node_tells_where_its_place_is(format: str) -> None:
    one = Entity(id="x", type="Place", name="X", same_as=("Q1", "Q2"), point=(1.5, -2.0), country="FR")
    node = read(written(Graph.of([], [], [one], load()), format), format).nodes["x"]
    told = {name: node[name] for name in ("same_as", "latitude", "longitude", "country")}
    assert told == {"same_as": "Q1; Q2", "latitude": 1.5, "longitude": -2.0, "country": "FR"}
