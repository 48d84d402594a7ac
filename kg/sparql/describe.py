"""What a SPARQL service says of itself: https://www.w3.org/TR/sparql11-service-description/."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Triple, serialize

from kg.export.rdf import RDF
from kg.sparql.direct import ANY_GRAPH

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "TriG", "RDF_XML", "N-Quads"),
)


def service(endpoint: str, format: str) -> bytes:
    """Return the description of the query service at that address, in a format of graphs."""
    prefixes = {"sd": _SD, "formats": _FORMATS}
    return serialize(_described(endpoint), format=ANY_GRAPH[format], prefixes=prefixes) or b""


def _described(endpoint: str) -> Iterator[Triple]:
    node, kind = BlankNode("service"), NamedNode(RDF + "type")
    dataset, default = BlankNode("dataset"), BlankNode("default")
    yield Triple(node, kind, _sd("Service"))
    yield Triple(node, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(node, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _WRITTEN:
        yield Triple(node, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(node, _sd("defaultDataset"), dataset)
    yield Triple(dataset, kind, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, kind, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
