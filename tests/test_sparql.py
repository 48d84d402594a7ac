"""The SPARQL door: answers as plain values, and errors in our own words."""

import gc
from datetime import date, datetime
from decimal import Decimal
from threading import Thread

import pytest
import rdflib
from pyoxigraph import Store

from kg.errors import QueryError
from kg.export.rdf import facts, quads
from kg.sparql import IRI, Result, load, query
from tests.sample import small

STORE = load(quads(small()))


def test_select_by_name_needs_no_prefixes() -> None:
    result = query(STORE, 'SELECT ?ship WHERE { ?who rdfs:label "Ada Quill" ; kg:crewOf/rdfs:label ?ship }')
    assert result.variables == ("ship",)
    assert result.rows == (("Gannet",),)


def test_declared_prefix_wins() -> None:
    assert query(STORE, "PREFIX kg: <urn:x> ASK { ?s kg:leads ?o }").answer is False


def test_values_are_plain_python() -> None:
    text = """SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g ?h) {
        (ent:x 1 0.5 1e0 true "2021-10-05"^^xsd:date "2021-10-05T10:55:00+02:00"^^xsd:dateTime UNDEF) } }"""
    [row] = query(Store(), text)
    assert row[:6] == ("urn:kg:entity/x", 1, Decimal("0.5"), 1.0, True, date(2021, 10, 5))
    assert isinstance(row[0], IRI)
    assert row[6] == datetime.fromisoformat("2021-10-05T10:55:00+02:00")
    assert row[7] is None


@pytest.mark.parametrize("literal", ['"-0044-03-15"^^xsd:date', '"soon"^^xsd:dateTime', '"1970"^^xsd:gYear', '"a"@en'])
def test_value_that_python_has_no_type_for_is_text(literal: str) -> None:
    [[value]] = query(Store(), f"SELECT ?x {{ VALUES ?x {{ {literal} }} }}")
    assert value == literal.split('"')[1]


def test_rows_are_sorted_unless_the_query_orders_them() -> None:
    names = [name for (name,) in query(STORE, "SELECT ?n { ?x rdfs:label ?n }")]
    assert names == sorted(names)
    turned = [name for (name,) in query(STORE, "SELECT ?n { ?x rdfs:label ?n } ORDER BY DESC(?n)")]
    assert turned == names[::-1]


def test_query_without_graph_sees_facts_only() -> None:
    assert not query(STORE, "ASK { ?x a rdf:Statement }")
    assert query(STORE, "ASK { GRAPH ?document { ?x a rdf:Statement ; kg:modality kg:negated } }")


def test_ask_is_true_or_false() -> None:
    result = query(STORE, "ASK { ent:gannet a kg:Ship }")
    assert result.answer is True
    assert bool(result)
    assert result.serialize("json") == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize("text", ["CONSTRUCT { ?s a kg:X } WHERE { ?s a ?t }", "DESCRIBE ent:gannet"])
def test_graph_answers_are_rdf(text: str) -> None:
    result = query(STORE, text)
    assert result.is_graph
    assert len(result) == len(rdflib.Graph().parse(data=result.serialize("ttl")))
    assert result.serialize("nt") == b"".join(sorted(result.serialize("nt").splitlines(keepends=True)))
    assert isinstance(result.rows[0][0], IRI)


@pytest.mark.parametrize(
    ("format", "start"),
    [("csv", b"n\r\nAda Quill\r\n"), ("tsv", b'?n\n"Ada Quill"\n'), ("json", b'{"head":'), ("xml", b"<?xml")],
)
def test_solutions_are_written_in_the_w3c_formats(format: str, start: bytes) -> None:
    result = query(STORE, "SELECT ?n { ?x a schema:Person ; rdfs:label ?n }")
    assert result.formats == ["csv", "tsv", "json", "xml"]
    assert result.serialize(format).startswith(start)


def test_unknown_format_names_those_that_exist() -> None:
    with pytest.raises(QueryError, match="no format 'ttl' for this answer; there are: csv, tsv, json, xml"):
        query(STORE, "SELECT * {}").serialize("ttl")


def test_answer_can_be_used_in_another_thread() -> None:
    result = query(STORE, "SELECT ?n { ?x rdfs:label ?n }")
    counts: list[int] = []
    thread = Thread(target=lambda: counts.append(len(result.serialize("csv").splitlines())))
    thread.start()
    thread.join()
    assert counts == [7]


def test_short_writes_iris_with_their_prefix() -> None:
    result = query(STORE, "SELECT ?x { ?x a kg:Ship }")
    assert [result.short(value) for value in result.rows[0]] == ["ent:gannet"]
    assert [result.short(value) for value in (None, True, Decimal("0.5"), "urn:kg:entity/x")] == [
        *("", "true", "0.5", "urn:kg:entity/x")
    ]


def test_html_is_escaped() -> None:
    html = query(Store(), 'SELECT ("<script>" AS ?x) {}')._repr_html_()
    assert html == "<table><thead><tr><th>x</th></tr></thead><tbody><tr><td>&lt;script&gt;</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x WHERE {\n ?x a }", "line 2, column 8: not SPARQL, near '?x a }'; the mistake is there or shortly"),
        ("SELECT ?x WHERE {", "line 1, column 18: not SPARQL, near 'SELECT ?x WHERE {'"),
        ("", "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELEKT *", "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { ?x ex:a ?y }", "unknown prefix ex:; declare it, or use dct, ent, kg"),
        ("INSERT DATA { ent:a kg:leads ent:b }", "INSERT would change the graph, and a query only reads"),
        ("PREFIX a: <urn:a>\n# x\nDELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("clear all", "CLEAR would change the graph"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * { ?s ?p 1SERVICE#x\nSILENT ent:x{ ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * { FILTER('a'<'>')service ?x { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "the query failed: The custom function <urn:f> is not supported"),
        ("SELECT * { ?s ?p '\ud800' }", "the query failed: "),
    ],
)
def test_error_tells_where_and_what_to_do(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(STORE, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_word_service_is_no_service_clause() -> None:
    assert len(query(STORE, "SELECT ?service { ?service a kg:Ship FILTER(?service != 'service: a') }")) == 1


def test_hashes_do_not_make_it_slow() -> None:
    with pytest.raises(QueryError):
        query(STORE, "SERVICE" + "#" * 5000 + "\n" * 5000)


def test_graph_keeps_its_store_while_it_lives() -> None:
    from kg.sparql import _STORES

    graph = small()
    before = len(_STORES)
    assert graph.query("SELECT ?x { ?x a kg:Ship }").rows == (("urn:kg:entity/gannet",),)
    assert isinstance(graph.query("ASK {}"), Result)
    assert len(_STORES) == before + 1
    del graph
    gc.collect()
    assert len(_STORES) == before


def test_rdflib_graph_has_the_facts_and_finds_the_evidence() -> None:
    graph = small().to_rdflib()
    assert (rdflib.URIRef("urn:kg:entity/gannet"), rdflib.RDFS.label, rdflib.Literal("Gannet")) in graph
    assert len(list(graph)) == len(graph) == len(facts(small()))
    assert graph.query("ASK { GRAPH ?g { ?x a rdf:Statement } }").askAnswer


def test_rdflib_graph_is_its_own() -> None:
    graph = small()
    found = graph.to_rdflib()
    found.add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.URIRef("urn:c")))
    assert not graph.query("ASK { <urn:a> <urn:b> <urn:c> }")


def test_rdflib_graph_knows_the_prefixes() -> None:
    assert ("ent", rdflib.URIRef("urn:kg:entity/")) in set(small().to_rdflib().namespaces())
