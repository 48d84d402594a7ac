"""The graph for network tools: GraphML, GEXF, and node-link JSON as networkx and D3 read it.

All hold every edge, also what is merely possible or denied: `stance` tells these apart, and so does the edge's key,
which in GraphML and GEXF is its label.
"""

import json
from io import BytesIO
from typing import Any, BinaryIO

from networkx import MultiDiGraph, node_link_data, write_graphml_xml
from networkx.readwrite.gexf import GEXFWriter

from kg.export.clean import printable
from kg.graph import Graph

# What GEXF understands in its own way at a node: a predicate of a user's may have such a name.
_GEXF_OWN = frozenset(("pid", "start", "end", "viz", "parents", "spells"))


def graphml(graph: Graph, out: BinaryIO) -> None:
    """Write GraphML; a list is its values with "; " between them, and what is not known is left out."""
    buffer = BytesIO()
    write_graphml_xml(_network(graph), buffer)
    out.write(buffer.getvalue())


def gexf(graph: Graph, out: BinaryIO) -> None:
    """Write GEXF for Gephi, flat as GraphML is."""
    network = _network(graph)
    for _, values in network.nodes(data=True):
        for name in _GEXF_OWN.intersection(values):
            values[f"{name}_"] = values.pop(name)
    writer = GEXFWriter(network)
    for meta in writer.xml.iter("meta"):
        del meta.attrib["lastmodifieddate"]  # the same graph gives the same bytes tomorrow
    buffer = BytesIO()
    writer.write(buffer)
    out.write(buffer.getvalue())


def node_link(graph: Graph, out: BinaryIO) -> None:
    """Write node-link JSON, which `networkx.node_link_graph` reads back."""
    data = node_link_data(graph.to_networkx(facts=False), edges="edges")
    out.write(json.dumps(_printable(data), ensure_ascii=False, indent=1).encode() + b"\n")


def _network(graph: Graph) -> MultiDiGraph:
    """Return what XML can hold of the graph: every value one string, number or truth value, every edge numbered."""
    network = graph.to_networkx(facts=False)
    flat = MultiDiGraph()
    for node, values in network.nodes(data=True):
        flat.add_node(printable(node), label=printable(values["name"]), **_flat(values))
    for number, (start, end, key, values) in enumerate(network.edges(keys=True, data=True)):
        flat.add_edge(printable(start), printable(end), key=f"e{number}", label=key, **_flat(values))
    return flat


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _scalar(value) for name, value in values.items() if value not in (None, [])}


def _scalar(value: Any) -> Any:
    return printable("; ".join(value) if isinstance(value, list) else value) if isinstance(value, list | str) else value


def _printable(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_printable(value) for value in data]
    return printable(data) if isinstance(data, str) else data
