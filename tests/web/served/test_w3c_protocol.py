"""The cases of the W3C's SPARQL 1.1 Protocol tests, by their names; what they update is refused here.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ ; where they have graphs on the Web, ours are those of
documents.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib

from kg.export.rdf import document_iri
from kg.web import Limits
from web.served.conftest import Answer, Server, serving

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
ONE, TWO, THREE = (document_iri(name) for name in "abc")
RESULTS = {"application/sparql-results+xml", "application/sparql-results+json"}
TABLES = RESULTS | {"text/tab-separated-values", "text/csv"}
RDF = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"}
IN_DEFAULT = f"ASK {{ <{ONE}> a kg:Document . <{TWO}> a kg:Document }}"
IN_NAMED = f"ASK {{ GRAPH ?g {{ ?x a kg:Document }} FILTER NOT EXISTS {{ GRAPH <{THREE}> {{ ?x a ?t }} }} }}"


@pytest.fixture(scope="module")
def server(small: Path) -> Iterator[Server]:
    """One with the limits of every day: these cases are about no others, and this machine may be busy."""
    with serving(small, limits=Limits()) as server:
        yield server


def is_true(answer: Answer) -> bool:
    assert answer.status == 200, answer.text
    assert answer.media in RESULTS
    return bool(json.loads(answer.body)["boolean"])


def form(server: Server, **fields: object) -> Answer:
    return server.post(urlencode(fields, doseq=True), FORM)


def test_query_get(server: Server) -> None:
    assert is_true(server.ask("ASK {}"))


def test_query_post_form(server: Server) -> None:
    assert is_true(form(server, query="ASK {}"))


def test_query_post_direct(server: Server) -> None:
    assert is_true(server.post("ASK {}", DIRECT))


def test_query_dataset_default_graph(server: Server) -> None:
    answer = server.ask(f"ASK {{ <{ONE}> ?p ?o }}", **{"default-graph-uri": ONE})
    assert is_true(answer)


def test_query_dataset_default_graphs_get(server: Server) -> None:
    assert is_true(server.ask(IN_DEFAULT, **{"default-graph-uri": [ONE, TWO]}))


def test_query_dataset_default_graphs_post(server: Server) -> None:
    path = "/sparql?" + urlencode({"default-graph-uri": [ONE, TWO]}, doseq=True)
    assert is_true(server.post(IN_DEFAULT, DIRECT, path))
    assert is_true(form(server, query=IN_DEFAULT, **{"default-graph-uri": [ONE, TWO]}))


def test_query_dataset_named_graphs_get(server: Server) -> None:
    assert is_true(server.ask(IN_NAMED, **{"named-graph-uri": [ONE, TWO]}))


def test_query_dataset_named_graphs_post(server: Server) -> None:
    path = "/sparql?" + urlencode({"named-graph-uri": [ONE, TWO]}, doseq=True)
    assert is_true(server.post(IN_NAMED, DIRECT, path))
    assert is_true(form(server, query=IN_NAMED, **{"named-graph-uri": [ONE, TWO]}))


def test_query_dataset_full(server: Server) -> None:
    query = f"""ASK {{ <{THREE}> a kg:Document GRAPH ?g {{ <{ONE}> a kg:Document }}
        FILTER NOT EXISTS {{ GRAPH ?h {{ <{THREE}> ?p ?o }} }} FILTER NOT EXISTS {{ <{ONE}> ?p ?o }} }}"""
    assert is_true(server.ask(query, **{"default-graph-uri": THREE, "named-graph-uri": [ONE, TWO]}))


def test_query_multiple_dataset(server: Server) -> None:
    """The protocol's dataset goes before the query's own."""
    query = f"ASK FROM <urn:nothing> {{ <{ONE}> a kg:Document }}"
    assert is_true(server.ask(query, **{"default-graph-uri": ONE}))


@pytest.mark.parametrize("query", ["SELECT (1 AS ?x) {}"])
def test_query_content_type_select(server: Server, query: str) -> None:
    assert server.ask(query).media in TABLES


def test_query_content_type_ask(server: Server) -> None:
    assert server.ask("ASK {}").media in RESULTS


def test_query_content_type_describe(server: Server) -> None:
    answer = server.ask("DESCRIBE ent:gannet")
    assert answer.media in RDF
    assert len(rdflib.Graph().parse(data=answer.body, format=answer.media)) > 0


def test_query_content_type_construct(server: Server) -> None:
    answer = server.ask("CONSTRUCT { <urn:s> <urn:p> 1 } {}")
    assert answer.media in RDF
    assert len(rdflib.Graph().parse(data=answer.body, format=answer.media)) == 1


def test_bad_query_method(server: Server) -> None:
    answer = server("/sparql?query=ASK%20%7B%7D", method="PUT")
    assert answer.status == 405
    assert {"GET", "HEAD", "POST"} <= {each.strip() for each in answer.headers["allow"].split(",")}


def test_bad_multiple_queries(server: Server) -> None:
    assert server("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D").status == 400
    assert form(server, query=["ASK {}", "SELECT * {}"]).status == 400
    assert server.post("ASK {}", DIRECT, "/sparql?query=ASK%20%7B%7D").status == 400


def test_bad_query_wrong_media_type(server: Server) -> None:
    answer = server.post("ASK {}", "text/plain")
    assert answer.status == 415
    assert DIRECT in answer.headers["accept-post"]


def test_bad_query_missing_form_type(server: Server) -> None:
    assert server("/sparql", method="POST", body=urlencode({"query": "ASK {}"})).status == 415


def test_bad_query_missing_direct_type(server: Server) -> None:
    assert server("/sparql", method="POST", body="ASK {}").status == 415


def test_bad_query_non_utf8(server: Server) -> None:
    query = 'ASK { ?x ?y "é" }'
    assert server.post(query.encode("utf-16"), f"{DIRECT}; charset=UTF-16").status == 415
    assert server.post(query.encode("latin-1"), DIRECT).status == 400
    assert server("/sparql?query=ASK%20%7B%22%E9%22%7D").status == 400


def test_bad_query_syntax(server: Server) -> None:
    answer = server.ask("ASK {")
    assert (answer.status, answer.media) == (400, "text/plain")
    assert "line 1, column 6: not SPARQL" in answer.text


UPDATES = {
    "update_post_form": (FORM, urlencode({"update": "CLEAR ALL"})),
    "update_post_direct": (UPDATE, "CLEAR ALL"),
    "update_dataset_default_graph": (FORM, urlencode({"update": "CLEAR ALL", "using-graph-uri": ONE})),
    "update_dataset_default_graphs": (FORM, urlencode({"update": "CLEAR ALL", "using-graph-uri": [ONE, TWO]}, True)),
    "update_dataset_named_graphs": (FORM, urlencode({"update": "CLEAR ALL", "using-named-graph-uri": ONE})),
    "update_dataset_full": (FORM, urlencode({"update": "CLEAR ALL", "using-graph-uri": ONE, "x": 1})),
    "update_base_uri": (UPDATE, "BASE <urn:x> CLEAR GRAPH <>"),
    "bad_multiple_updates": (FORM, urlencode({"update": ["CLEAR ALL", "CLEAR ALL"]}, True)),
    "bad_update_wrong_media_type": ("text/plain", "CLEAR ALL"),
    "bad_update_missing_form_type": ("", urlencode({"update": "CLEAR ALL"})),
    "bad_update_non_utf8": (f"{UPDATE}; charset=UTF-16", "CLEAR ALL"),
    "bad_update_syntax": (FORM, urlencode({"update": "CLEAR XYZ"})),
    "bad_update_dataset_conflict": (
        FORM,
        urlencode({"update": "WITH <urn:x> DELETE {} WHERE {}", "using-graph-uri": ONE}),
    ),
    "an update as a query": (DIRECT, "DELETE WHERE { ?s ?p ?o }"),
}


@pytest.mark.parametrize("name", UPDATES)
def test_update_is_refused(server: Server, name: str) -> None:
    media, body = UPDATES[name]
    before = counted(server)
    answer = server.post(body, media) if media else server("/sparql", method="POST", body=body)
    assert answer.status in (403, 415), answer.text
    assert counted(server) == before


def counted(server: Server) -> bytes:
    answer = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert answer.status == 200, answer.text
    return answer.body


def test_bad_update_get(server: Server) -> None:
    answer = server("/sparql?update=CLEAR%20ALL")
    assert answer.status == 403
    assert "only reads" in answer.text
