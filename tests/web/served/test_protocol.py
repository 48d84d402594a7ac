"""What the W3C's cases leave open."""

import json
from urllib.parse import parse_qs, quote, unquote

import pyoxigraph
import pytest

from web.served.conftest import Server

PARSED = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/trig": "trig",
    "application/n-quads": "nq",
}
DIRECT = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("application/sparql-results+json", b'{"head":'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"n\r\n"),
        ("text/tab-separated-values", b"?n\n"),
    ],
)
def test_a_table_comes_as_it_is_accepted(server: Server, accept: str, start: bytes) -> None:
    answer = server.ask("SELECT ?n { ?x rdfs:label ?n }", accept=accept)
    assert (answer.status, answer.media) == (200, accept)
    assert answer.body.startswith(start)
    assert answer.headers["vary"] == "accept"


@pytest.mark.parametrize("accept", PARSED)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s kg:aboard ?o }", "DESCRIBE ent:gannet"])
def test_a_graph_comes_as_it_is_accepted(server: Server, accept: str, query: str) -> None:
    answer = server.ask(query, accept=accept)
    assert (answer.status, answer.media) == (200, accept)
    assert len([*pyoxigraph.parse(answer.body, format=pyoxigraph.RdfFormat.from_media_type(accept))]) >= 2
    assert server.ask(query, accept="image/png", format=PARSED[accept]).body == answer.body


@pytest.mark.parametrize(
    ("query", "accept", "there"),
    [("SELECT * {}", "text/turtle", "text/csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv", "text/turtle")],
)
def test_what_is_not_there_as_it_is_accepted_is_an_error(server: Server, query: str, accept: str, there: str) -> None:
    answer = server.ask(query, accept=accept)
    assert answer.status == 406
    assert there in answer.text


def test_a_name_that_the_vocabulary_does_not_have_is_told_beside_the_answer(server: Server) -> None:
    answer = server.ask("SELECT ?who { ?who kg:abord ?ship ; kg:né 1 }", accept="text/csv")
    assert (answer.status, answer.body) == (200, b"who\r\n")
    assert unquote(answer.headers["kg-unknown"]).splitlines() == [
        "kg:abord is not in the vocabulary; did you mean kg:aboard?",
        "kg:né is not in the vocabulary; kg schema lists what there is",
    ]
    assert "kg-unknown" in answer.headers["access-control-expose-headers"]
    assert "kg-unknown" not in server.ask("SELECT ?who { ?who kg:aboard ?ship }").headers


def test_a_client_without_a_query_gets_a_description(server: Server) -> None:
    answer = server("/sparql")
    assert (answer.status, answer.media) == (200, "text/turtle")
    for accept in PARSED:
        described = server("/sparql", accept=accept)
        quads = [*pyoxigraph.parse(described.body, format=pyoxigraph.RdfFormat.from_media_type(accept))]
        assert pyoxigraph.NamedNode(f"{server.url}/sparql") in {quad.object for quad in quads}
    assert server("/sparql", accept="text/csv").status == 406


def test_a_person_without_a_query_gets_a_page(server: Server) -> None:
    answer = server("/sparql", accept=BROWSER)
    assert (answer.status, answer.media) == (200, "text/html")
    assert answer.headers["vary"].lower() == "accept" or "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_person_who_opens_a_query_gets_the_editor_with_it(server: Server, method: str) -> None:
    text = 'SELECT ?x\n{ ?x rdfs:label "é & +#" }'
    answer = server(f"/sparql?query={quote(text)}", accept=BROWSER, method=method)
    assert (answer.status, answer.headers["vary"]) == (303, "accept")
    path, _, query = answer.headers["location"].partition("?")
    assert (path, parse_qs(query, strict_parsing=True)) == ("/", {"view": ["sparql"], "query": [text]})
    assert server(answer.headers["location"], accept=BROWSER).media == "text/html"


@pytest.mark.parametrize(
    ("accept", "parameters", "media"),
    [
        ("", {}, "application/sparql-results+json"),
        ("*/*", {}, "application/sparql-results+json"),
        ("application/sparql-results+json, text/html", {}, "application/sparql-results+json"),
        ("application/sparql-results+xml,text/html;q=0.5", {}, "application/sparql-results+xml"),
        ("text/csv", {}, "text/csv"),
        (BROWSER, {"format": "csv"}, "text/csv"),
        (BROWSER, {"default-graph-uri": "urn:x"}, "application/sparql-results+xml"),
    ],
)
def test_a_client_gets_an_answer(server: Server, accept: str, parameters: dict[str, str], media: str) -> None:
    answer = server.ask("SELECT ?x { ?x a kg:Document }", accept=accept, **parameters)
    assert (answer.status, answer.media) == (200, media)


def test_what_a_page_posts_is_answered(server: Server) -> None:
    assert server.post("ASK {}", DIRECT, accept=BROWSER).status == 200


@pytest.mark.parametrize("path", ["/sparql", "/graph", "/entity/gannet", "/document/a", "/resource"])
def test_pages_from_elsewhere_may_read(server: Server, path: str) -> None:
    asked = {"origin": "https://yasgui.example", "access_control_request_method": "POST"}
    answer = server(path, method="OPTIONS", **asked)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-type" in answer.headers["access-control-allow-headers"]
    assert (
        server(path, accept="text/turtle", origin="https://yasgui.example").headers["access-control-allow-origin"]
        == "*"
    )


@pytest.mark.parametrize("path", ["/", "/api/space", "/static/x.js"])
def test_pages_from_elsewhere_may_not_read_the_rest(server: Server, path: str) -> None:
    answer = server(path, origin="https://evil.example")
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in server(path, method="OPTIONS").headers


def test_service_is_refused(server: Server) -> None:
    answer = server.ask("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert answer.status == 403
    assert "SERVICE would ask another server" in answer.text


def test_what_the_engine_cannot_do_is_told(server: Server) -> None:
    answer = server.ask("SELECT (<urn:f>(1) AS ?x) {}")
    assert (answer.status, answer.text.startswith("the query failed: ")) == (500, True)


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_dataset_of_what_is_no_iri_is_an_error(server: Server, parameter: str) -> None:
    assert server.ask("ASK {}", **{parameter: "not an iri"}).status in (400, 500)


def test_prefixes_need_not_be_declared(server: Server) -> None:
    found = json.loads(server.post("ASK { ?x kg:aboard ent:gannet }", DIRECT).body)
    assert found["boolean"] is True


def test_head_has_no_body(server: Server) -> None:
    answer = server("/sparql?query=" + quote("ASK {}"), method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_there_is_nothing_elsewhere(server: Server) -> None:
    assert "/ is the explorer" in server("/nowhere").text
    assert "error" in json.loads(server("/api/nowhere").body)
