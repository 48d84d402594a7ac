"""Graphs to read, by the Graph Store Protocol."""

from urllib.parse import quote

import pytest
import rdflib

from kg.export.rdf import document_iri, entity_iri
from web.served.conftest import Server

GRAPH = document_iri("a")


def test_the_default_graph_has_the_facts(server: Server) -> None:
    answer = server("/graph?default")
    assert (answer.status, answer.media) == (200, "text/turtle")
    graph = rdflib.Graph().parse(data=answer.body)
    assert str(graph.value(rdflib.URIRef(entity_iri("gannet")), rdflib.RDFS.label)) == "Gannet"
    assert b"@prefix ent:" in answer.body


@pytest.mark.parametrize("path", [f"/graph?graph={quote(GRAPH)}", f"/graph/{quote(GRAPH, safe='')}"])
@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "application/trig"]
)
def test_a_named_graph_has_the_evidence(server: Server, path: str, media: str) -> None:
    answer = server(path, accept=media)
    assert (answer.status, answer.media) == (200, media)
    graph = rdflib.Graph().parse(data=answer.body, format=media)
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) == 3


@pytest.mark.parametrize("path", ["/graph", "/graph?default&graph=urn:x", "/graph?graph=", "/graph/urn:x?default"])
def test_exactly_one_graph_is_named(server: Server, path: str) -> None:
    answer = server(path)
    assert answer.status == 400
    assert "/graph?default" in answer.text


def test_a_graph_that_is_not_there_is_not_found(server: Server) -> None:
    assert server("/graph?graph=urn:x").status == 404


def test_a_graph_is_not_a_picture(server: Server) -> None:
    assert server("/graph?default", accept="image/png").status == 406


def test_head_has_no_body(server: Server) -> None:
    answer = server("/graph?default", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 100


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_graph_is_only_read(server: Server, method: str) -> None:
    answer = server("/graph?default", method=method)
    assert answer.status in (403, 405)
