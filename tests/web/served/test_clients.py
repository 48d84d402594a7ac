"""The endpoint as clients see it that nobody here wrote."""

import json
import subprocess
from urllib.parse import quote

import pandas
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.export.rdf import KG, entity_iri
from web.served.conftest import Server

NAMES = "PREFIX kg: <https://w3id.org/kg/schema#> SELECT ?name { ?x kg:aboard ?y ; rdfs:label ?name } ORDER BY ?name"
ABOARD = ["Ada Quill", "Ben Oduya"]


def test_rdflib_reads_triples_and_asks(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql", returnFormat="json"))
    assert [str(row[0]) for row in graph.query(NAMES)] == ABOARD
    gannet = rdflib.URIRef(entity_iri("gannet"))
    assert {str(name) for name in graph.objects(gannet, rdflib.RDFS.label)} == {"Gannet"}
    assert len(list(graph.triples((None, rdflib.URIRef(KG + "aboard"), gannet)))) == 2
    assert len(graph) > 10


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("format", [JSON, XML, CSV])
def test_sparqlwrapper_asks(server: Server, method: str, format: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery(NAMES)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(format)
    found = wrapper.queryAndConvert()
    if format == JSON:
        assert [row["name"]["value"] for row in found["results"]["bindings"]] == ABOARD
    elif format == XML:
        assert [node.firstChild.data for node in found.getElementsByTagName("literal")] == ABOARD
    else:
        assert found.decode().splitlines() == ["name", *ABOARD]


def test_sparqlwrapper_posts_directly_and_builds_graphs(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setReturnFormat(TURTLE)
    wrapper.setQuery("CONSTRUCT WHERE { ?s kg:aboard ?o }")
    assert len(rdflib.Graph().parse(data=wrapper.queryAndConvert(), format="turtle")) == 2


def test_sparqlwrapper_is_told_what_is_wrong(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery("SELECT * WHERE {")
    with pytest.raises(QueryBadFormed, match="line 1, column 17: not SPARQL"):
        wrapper.query()


def test_pandas_reads_a_table_from_the_address(server: Server) -> None:
    table = pandas.read_csv(f"{server.url}/sparql?format=csv&query={quote(NAMES)}")
    assert list(table["name"]) == ABOARD
    table = pandas.read_csv(f"{server.url}/sparql?query={quote(NAMES)}", storage_options={"Accept": "text/csv"})
    assert list(table["name"]) == ABOARD


def curl(*arguments: str) -> str:
    done = subprocess.run(["curl", "-sS", "--max-time", "20", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(subprocess.run(["which", "curl"], capture_output=True).returncode != 0, reason="needs curl")
def test_curl_asks_and_fetches(server: Server) -> None:
    found = json.loads(curl(f"{server.url}/sparql", "--data-urlencode", f"query={NAMES}"))
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == ABOARD
    direct = ("-H", "Accept: text/csv", "-H", "Content-Type: application/sparql-query", "-d", NAMES)
    assert curl(*direct, f"{server.url}/sparql").splitlines() == ["name", *ABOARD]
    head = curl("-I", f"{server.url}/graph?default")
    assert head.startswith("HTTP/1.1 200")
    assert "content-type: text/turtle" in head
    assert len(rdflib.Graph().parse(data=curl("-H", "Accept: text/turtle", f"{server.url}/entity/gannet"))) > 10
