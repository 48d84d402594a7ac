"""GraphML and node-link JSON, read back by networkx."""

import json
from io import BytesIO
from xml.etree import ElementTree

import networkx
import pytest

from kg.graph import Graph
from kg.model import Entity, Literal
from kg.schema import load
from tests.sample import THINGS, Text, complete, graph_of, small


def written(graph: Graph, format: str) -> bytes:
    out = BytesIO()
    graph.export(out, format=format)
    return out.getvalue()


@pytest.mark.parametrize("make", [small, complete])
def test_graphml_reads_back_with_every_node_and_edge(make) -> None:
    graph = make()
    network = networkx.read_graphml(BytesIO(written(graph, "graphml")), force_multigraph=True)
    expected = graph.to_networkx(facts=False)
    assert sorted(network.nodes) == sorted(expected.nodes)
    labels = sorted((start, end, label) for start, end, label in network.edges(data="label"))
    assert labels == sorted((start, end, key) for start, end, key in expected.edges(keys=True))


def test_graphml_flattens_lists_and_leaves_out_what_is_unknown() -> None:
    things = [Entity(id="x", type="Person", name="X", aliases=("Y", "Z"))]
    network = networkx.read_graphml(BytesIO(written(Graph.of([], [], things, load()), "graphml")))
    assert network.nodes["x"] == {"label": "X", "name": "X", "type": "Person", "aliases": "Y; Z"}


def test_graphml_ids_are_unique() -> None:
    ids = [element.get("id") for element in ElementTree.fromstring(written(complete(), "graphml")).iter()]
    known = [one for one in ids if one]
    assert len(known) == len(set(known))


@pytest.mark.parametrize("format", ["graphml", "json"])
def test_control_characters_and_surrogates_are_replaced(format: str) -> None:
    text = Text("a").say("Ada Quill", "occupation", Literal(value="a\x00b\ud800c"))
    assert "a\ufffdb\ufffdc" in written(graph_of([text], THINGS), format).decode()


def test_node_link_json_reads_back_equal() -> None:
    data = json.loads(written(small(), "json"))
    network = networkx.node_link_graph(data)
    expected = small().to_networkx(facts=False)
    assert dict(network.nodes(data=True)) == dict(expected.nodes(data=True))
    assert list(network.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))
