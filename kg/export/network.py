"""The graph for network tools: GraphML, and node-link JSON as networkx and D3 read it.

Both hold every edge, also what is merely possible or denied: `stance` tells these apart, and so does the edge's key,
which in GraphML is its label.
"""

import json
from io import BytesIO
from typing import Any, BinaryIO

from networkx import MultiDiGraph, node_link_data, write_graphml_xml

from kg.export.clean import printable
from kg.graph import Graph


def graphml(graph: Graph, out: BinaryIO) -> None:
    """Write GraphML; a list is its values with "; " between them, and what is not known is left out."""
    network = graph.to_networkx(facts=False)
    flat = MultiDiGraph()
    for node, values in network.nodes(data=True):
        flat.add_node(printable(node), label=printable(values["name"]), **_flat(values))
    for number, (start, end, key, values) in enumerate(network.edges(keys=True, data=True)):
        flat.add_edge(printable(start), printable(end), key=f"e{number}", label=key, **_flat(values))
    buffer = BytesIO()
    write_graphml_xml(flat, buffer)
    out.write(buffer.getvalue())


def node_link(graph: Graph, out: BinaryIO) -> None:
    """Write node-link JSON, which `networkx.node_link_graph` reads back."""
    data = node_link_data(graph.to_networkx(facts=False), edges="edges")
    out.write(json.dumps(_printable(data), ensure_ascii=False, indent=1).encode() + b"\n")


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
