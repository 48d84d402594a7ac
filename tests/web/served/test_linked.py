"""Linked data: a page for people, RDF for machines, at the address of the thing."""

import pyoxigraph
import pytest
import rdflib

from kg.export.rdf import KG, document_iri, entity_iri
from web.served.conftest import Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
GANNET, DOCUMENT = rdflib.URIRef(entity_iri("gannet")), rdflib.URIRef(document_iri("a"))


@pytest.mark.parametrize("path", ["/entity/gannet", "/document/a"])
@pytest.mark.parametrize("accept", [BROWSER, "text/html", "*/*", ""])
def test_people_get_a_page_that_links_to_its_data(server: Server, path: str, accept: str) -> None:
    answer = server(path, accept=accept)
    assert (answer.status, answer.media) == (200, "text/html")
    assert "accept" in answer.headers["vary"].lower()
    assert f'<{path}.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]
    assert 'rel="describes"' in answer.headers["link"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("text/html;q=0.1, text/turtle;q=0.5", "text/turtle"),
        ("text/turtle;q=0.2, application/rdf+xml;q=0.9, */*;q=0.1", "application/rdf+xml"),
    ],
)
def test_machines_get_what_they_accept(server: Server, accept: str, media: str) -> None:
    answer = server("/entity/gannet", accept=accept)
    assert (answer.status, answer.media) == (200, media)
    assert answer.headers["link"] == f'<{GANNET}>; rel="describes"'
    assert len(list(pyoxigraph.parse(answer.body, format=pyoxigraph.RdfFormat.from_media_type(media)))) > 10


def test_a_thing_is_told_with_its_types_names_facts_and_sentences(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server("/entity/gannet.ttl").body)
    kg, schema = rdflib.Namespace(KG), rdflib.Namespace("https://schema.org/")
    assert graph.value(GANNET, rdflib.RDF.type) == schema.Vehicle
    assert str(graph.value(GANNET, rdflib.RDFS.label)) == "Gannet"
    assert rdflib.URIRef(entity_iri("ada-quill")) in set(graph.subjects(kg.aboard, GANNET))
    assert str(graph.value(rdflib.URIRef(entity_iri("ada-quill")), rdflib.RDFS.label)) == "Ada Quill"
    said = {str(graph.value(node, kg.quote)) for node in graph.subjects(rdflib.RDF.object, GANNET)}
    assert "Ada Quill boarded Gannet" in said
    assert "Ben Oduya never boarded Gannet" in said
    assert (rdflib.URIRef(entity_iri("ben-oduya")), kg.aboard, GANNET) in graph  # will board: a fact that is planned


def test_a_format_that_keeps_graphs_apart_keeps_them(server: Server) -> None:
    quads = pyoxigraph.parse(server("/entity/gannet.trig").body, format=pyoxigraph.RdfFormat.TRIG)
    assert {quad.graph_name for quad in quads} == {
        pyoxigraph.DefaultGraph(),
        *(pyoxigraph.NamedNode(document_iri(name)) for name in "abc"),
    }


def test_a_document_tells_what_it_says(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server("/document/a.ttl").body)
    assert str(graph.value(DOCUMENT, rdflib.DCTERMS.title)) == "Aboard"
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) == 3


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld", "rdf", "trig", "nq"])
def test_an_ending_names_the_format_whatever_is_accepted(server: Server, ending: str) -> None:
    answer = server(f"/entity/gannet.{ending}", accept=BROWSER)
    assert answer.status == 200
    assert answer.media != "text/html"


@pytest.mark.parametrize(("path", "page"), [(GANNET, "/entity/gannet"), (DOCUMENT, "/document/a")])
def test_any_iri_leads_people_to_its_page(server: Server, path: str, page: str) -> None:
    answer = server(f"/resource?iri={path}", accept=BROWSER)
    assert (answer.status, answer.headers["location"]) == (303, page)
    assert len(rdflib.Graph().parse(data=server(f"/resource?iri={path}", accept="text/turtle").body)) > 0


def test_the_vocabulary_is_known_as_far_as_it_is_used(server: Server) -> None:
    answer = server("/resource?iri=https://schema.org/Vehicle", accept="text/turtle")
    assert GANNET in set(rdflib.Graph().parse(data=answer.body).subjects())


@pytest.mark.parametrize("path", ["/entity/nobody", "/document/none", "/entity/nobody.ttl"])
def test_what_is_not_known_is_not_found(server: Server, path: str) -> None:
    assert server(path, accept="text/turtle").status == 404
    assert server(path, accept=BROWSER).status == 404


def test_what_nobody_has_is_not_acceptable(server: Server) -> None:
    answer = server("/entity/gannet", accept="image/png")
    assert answer.status == 406
    assert "text/turtle" in answer.text


def test_a_resource_has_a_name(server: Server) -> None:
    assert server("/resource").status == 400
