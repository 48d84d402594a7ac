"""What the graph says as RDF, and that two engines read back the same from every format."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyoxigraph import Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from kg.export.rdf import PREFIXES, RDF, checkable, document_iri, entity_iri, facts, quads
from kg.graph import Graph
from kg.model import Entity, Literal, Modality
from kg.schema import load
from tests.odd import ODD
from tests.sample import THINGS, Text, complete, first, graph_of, small

FORMATS = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
    "rdf": (RdfFormat.RDF_XML, "xml"),
    "trig": (RdfFormat.TRIG, "trig"),
    "nq": (RdfFormat.N_QUADS, "nquads"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}
FACTS_ONLY = {"ttl", "nt", "rdf"}
STATEMENT = NamedNode(RDF + "Statement")


def written(graph: Graph, format: str) -> bytes:
    out = BytesIO()
    graph.export(out, format=format)
    return out.getvalue()


def by_rdflib(content: bytes, format: str) -> set[Quad]:
    """Read with rdflib, and bring what it read over to pyoxigraph as N-Quads."""
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=FORMATS[format][1])
    return set(parse(dataset.serialize(format="nquads").encode(), format=RdfFormat.N_QUADS))


def tricky() -> Graph:
    """Everything that has broken an RDF writer somewhere."""
    text = Text('d"<>\\^`{|} %20#é\n', title="a\x00b\ud800", source="http://a b/<>", language="en")
    text.say("Ada Quill", "occupation", Literal(value="\x1b\"'\\\r\n\t\ud800😀"), by="x\x07")
    text.say("Ada Quill", "bornOn", Literal(value="1999-02-30", datatype="date"), source="\x01")
    graph = graph_of([text], THINGS)
    odd = Entity(
        id="é/.%-_:~'(", type="Ghost", subtype="A b", name="\x02\ud83d", aliases=("", "a\nb"), same_as=("Q42", "x y")
    )
    return Graph.of(graph.documents, [text.extraction()], [*graph.entities(), odd], load())


@pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph):DeprecationWarning"
)  # rdflib's parsers use what rdflib deprecates
@pytest.mark.parametrize("make", [small, complete, tricky])
@pytest.mark.parametrize("format", FORMATS)
def test_both_engines_read_back_what_was_written(format: str, make) -> None:
    graph = make()
    content = written(graph, format)
    expected = set(facts(graph) if format in FACTS_ONLY else quads(graph))
    assert set(parse(content, format=FORMATS[format][0])) == expected
    assert by_rdflib(content, format) == expected


@st.composite
def odd_graphs(draw: st.DrawFn) -> Graph:
    """A graph whose every string is odd, in a document that says it."""
    text = Text(draw(ODD.filter(bool)), title=draw(ODD), source=draw(ODD), language=draw(ODD))
    text.text = draw(ODD)
    name, other = draw(st.lists(ODD.filter(bool), min_size=2, max_size=2, unique_by=entity_iri))
    how = {"by": draw(ODD), "source": draw(ODD), "modality": draw(st.sampled_from(list(Modality)))}
    text.say(name, "spouseOf", other, time=draw(ODD), **how)
    text.say(name, "occupation", Literal(value=draw(ODD)), **how)
    text.say(name, "bornOn", Literal(value=draw(ODD), datatype="date"), **how)
    links = tuple(draw(st.lists(st.one_of(ODD, ODD.map("https://x.org/{}".format)), max_size=2)))
    things = [
        Entity(
            id=one,
            type="Person",
            subtype=draw(st.one_of(st.none(), ODD)),
            name=draw(ODD),
            aliases=(draw(ODD),),
            same_as=links,
            mentions=tuple(mention.id for mention in text.mentions if mention.text == one),
        )
        for one in (name, other)
    ]
    extraction = replace(text.extraction(), version=draw(ODD))
    return Graph.of([text.document()], [extraction], things, load())


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@settings(max_examples=40, deadline=None)
@given(odd_graphs())
def test_any_odd_strings_are_read_back_by_both_engines(graph: Graph) -> None:
    assert graph.statements()
    for format in FORMATS:
        expected = set(facts(graph) if format in FACTS_ONLY else quads(graph))
        content = written(graph, format)
        assert set(parse(content, format=FORMATS[format][0])) == expected
        assert by_rdflib(content, format) == expected


def flat(found: Iterable[Quad]) -> set[Quad]:
    """What RDF 1.2 says, in the words of RDF 1.1."""
    return {quad for quad in checkable(found, []) if not isinstance(quad.object, Triple)}


@settings(max_examples=25, deadline=None)
@given(odd_graphs())
def test_rdf_1_2_says_the_same_with_three_triples_less_a_statement(graph: Graph) -> None:
    plain = set(quads(graph))
    types = {quad for quad in plain if quad.object == STATEMENT}
    for format, kind in (("trig12", RdfFormat.TRIG), ("nq12", RdfFormat.N_QUADS)):
        found = list(parse(written(graph, format), format=kind))
        assert flat(found) == plain - types
        assert len(found) == len(plain) - 3 * len(types)


def test_rdf_1_2_reifies() -> None:
    lines = written(graph_of([first()], THINGS), "trig12").decode().splitlines()
    triple = "<<( ent:ada-quill kg:leads ent:merrow-lines )>>"
    assert sum(f"rdf:reifies {triple} ;" in line for line in lines) == 1
    assert not [line for line in lines if "rdf:Statement" in line or "rdf:subject" in line]


def test_a_thing_leads_to_where_it_is_first_mentioned() -> None:
    trig = written(small(), "trig").decode()
    [block] = [part for part in trig.split("}") if "<urn:kg:document/a> {" in part]
    assert "ent:ada-quill prov:wasDerivedFrom <urn:kg:document/a#char=0,9> ." in block
    assert trig.count("ent:ada-quill prov:wasDerivedFrom") == 1


def test_every_statement_leads_to_its_dates_and_to_what_read_it() -> None:
    text = first()
    extraction = replace(text.extraction(), version="rules-1+model-2")
    graph = Graph.of([text.document()], [extraction], graph_of([text], THINGS).entities(), load())
    found = graph.query("""SELECT DISTINCT ?issued ?version ?by ?time ?source WHERE { GRAPH ?document {
        ?document dct:issued ?issued ; kg:extractorVersion ?version .
        ?statement kg:confidence ?score ; kg:modality ?modality ; kg:quote ?quote ; prov:wasDerivedFrom ?place
        OPTIONAL { ?statement kg:extractor ?by } OPTIONAL { ?statement kg:time ?time }
        OPTIONAL { ?statement kg:source ?source } } }""")
    assert {row[:2] for row in found} == {(date(2021, 10, 4), "rules-1+model-2")}
    assert {"pattern 1"} <= {row[2] for row in found}
    assert {row[3] for row in found} == {None, datetime.fromisoformat("2021-10-05T10:55+02:00")}
    assert {"urn:kg:entity/ada-quill", "the harbour master"} <= {row[4] for row in found}


def test_evidence_costs_at_most_twelve_triples_a_statement() -> None:
    for graph in (small(), complete()):
        evidence = [quad for quad in quads(graph) if quad.graph_name != DefaultGraph()]
        assert len(evidence) <= 12 * len(graph.statements())


@settings(deadline=None)
@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_different_ids_have_different_iris(one: str, other: str) -> None:
    assert (entity_iri(one) == entity_iri(other)) == (one == other)
    assert (document_iri(one) == document_iri(other)) == (one == other)


def test_turtle_is_grouped_by_subject_for_people() -> None:
    lines = (
        written(graph_of([Text("a").say("Ada Quill", "leads", "Merrow Lines")], THINGS), "ttl").decode().splitlines()
    )
    start = lines.index("ent:ada-quill a schema:Person ;")
    assert lines[start + 1 : start + 4] == [
        '\trdfs:label "Ada Quill" ;',
        "\tschema:worksFor ent:merrow-lines ;",
        "\tkg:leads ent:merrow-lines .",
    ]


def test_nquads_are_sorted_within_each_graph() -> None:
    lines = written(small(), "nq").decode().splitlines()
    assert len(lines) == len(set(lines)) == len(list(quads(small())))


def test_entity_has_type_subtype_label_aliases_and_links() -> None:
    things = [
        Entity(
            id="iss", type="Vehicle", subtype="Spacecraft", name="International Space Station",
            aliases=("ISS",), same_as=("Q25271", "https://example.org/iss", "station"),
        )
    ]  # fmt: skip
    text = written(Graph.of([], [], things, load()), "ttl").decode()
    assert text.split("\n", len(PREFIXES))[-1] == (
        "ent:iss a schema:Vehicle , kg:Spacecraft ;\n"
        '\trdfs:label "International Space Station" ;\n'
        "\towl:sameAs wd:Q25271 , <https://example.org/iss> , <urn:kg:listed/station> ;\n"
        '\tskos:altLabel "ISS" .\n'
    )


@pytest.mark.parametrize(
    ("modality", "plain"),
    [
        (Modality.ASSERTED, True),
        (Modality.REPORTED, True),
        (Modality.PLANNED, True),
        (Modality.PAST, True),
        (Modality.POSSIBLE, False),
        (Modality.NEGATED, False),
    ],
)
def test_negated_and_possible_statements_are_never_plain_triples(modality: Modality, plain: bool) -> None:
    graph = graph_of([Text("a").say("Ada Quill", "aboard", "Gannet", modality=modality)], THINGS)
    found = Dataset(quads(graph))
    assert any(quad.predicate.value.endswith("#aboard") for quad in facts(graph)) is plain
    said = NamedNode("https://w3id.org/kg/schema#" + modality.value)
    assert [quad.predicate.value for quad in found.quads_for_object(said)] != []


def test_statement_has_all_its_evidence() -> None:
    trig = written(graph_of([first()], THINGS), "trig").decode()
    assert trig.count("a rdf:Statement") == 9
    block = next(part for part in trig.split(" .\n") if "kg:leads" in part and "rdf:Statement" in part)
    assert [line.strip(" ;\t") for line in block.splitlines()[1:]] == [
        "rdf:object ent:merrow-lines",
        "rdf:predicate kg:leads",
        "rdf:subject ent:ada-quill",
        "prov:wasDerivedFrom <urn:kg:document/a#char=0,29>",
        "kg:confidence 0.9",
        'kg:extractor "pattern 1"',
        "kg:modality kg:asserted",
        'kg:quote "Ada Quill leads Merrow Lines."',
    ]


def test_source_is_an_entity_or_words() -> None:
    trig = written(small(), "trig").decode()
    assert "kg:source ent:ada-quill" in trig
    assert 'kg:source "the harbour master"' in trig


def test_statement_has_at_most_twelve_triples() -> None:
    how = {"source": "x", "time": "2021", "by": "y", "modality": Modality.PLANNED}
    graph = graph_of([Text("a").say("Ada Quill", "spouseOf", "Ben Oduya", **how)], THINGS)
    counts: dict[str, int] = {}
    for quad in quads(graph):
        counts[str(quad.subject)] = counts.get(str(quad.subject), 0) + 1
    assert max(count for node, count in counts.items() if "statement" in node) == 12


def test_document_is_described_in_its_own_graph() -> None:
    trig = written(small(), "trig").decode()
    [block] = [part for part in trig.split(" .\n") if "kg:Document" in part and 'dct:identifier "a"' in part]
    assert block.startswith("<urn:kg:document/a> {")
    assert [line.strip(" ;\t") for line in block.splitlines()[2:]] == [
        'dct:identifier "a"',
        'dct:issued "2021-10-04"^^xsd:date',
        'dct:language "en"',
        'dct:source "https://example.org/a"',
        'dct:title "The “Gannet”"',
    ]


@pytest.mark.parametrize(
    ("value", "written_as"),
    [
        ("1970", '"1970"^^xsd:gYear'),
        ("1970-12", '"1970-12"^^xsd:gYearMonth'),
        ("1970-02-28", '"1970-02-28"^^xsd:date'),
        ("2021-10-05T10:55+02:00", '"2021-10-05T10:55:00+02:00"^^xsd:dateTime'),
        ("2021-10-05T10:55:30Z", '"2021-10-05T10:55:30+00:00"^^xsd:dateTime'),
        ("2021-10-05T10:55", '"2021-10-05T10:55:00"^^xsd:dateTime'),
        ("1970-02-30", '"1970-02-30"'),
        ("1970-13", '"1970-13"'),
        ("0000", '"0000"'),
        ("2021-10-05T25:00", '"2021-10-05T25:00"'),
        ("2019/2021", '"2019/2021"'),
        ("../2019-01-01", '"../2019-01-01"'),
        ("20211005", '"20211005"'),
        ("１９７０", '"１９７０"'),
        ("", '""'),
    ],
)
def test_dates_are_typed_where_they_are_valid(value: str, written_as: str) -> None:
    graph = graph_of([Text("a").say("Ada Quill", "bornOn", Literal(value=value, datatype="date"))], THINGS)
    assert f"schema:birthDate {written_as} " in written(graph, "ttl").decode()


@pytest.mark.parametrize(
    ("score", "spelt"), [(1.0, '"1"'), (0.5, '"0.5"'), (0.12345, '"0.1235"'), (0.0, '"0"'), (1e-9, '"0"')]
)
def test_confidence_is_a_short_decimal(score: float, spelt: str) -> None:
    graph = graph_of([Text("a").say("Ada Quill", "leads", "Merrow Lines", score=score)], THINGS)
    assert f"#confidence> {spelt}^^" in written(graph, "nq").decode()


def test_jsonld_is_compact() -> None:
    text = written(small(), "jsonld").decode()
    assert (
        '"@id": "ent:gannet",\n   "@type": [\n    "schema:Vehicle",\n    "kg:Ship"\n   ],\n   "rdfs:label": "Gannet"'
        in text
    )
    assert '"kg:confidence": {\n      "@type": "xsd:decimal",\n      "@value": "0.8"' in text


def test_prefixes_of_a_users_schema_are_declared(tmp_path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[prefixes]\nex = 'https://example.org/'\n[types.Ferry]\nlabel = 'f'\niri = 'ex:Ferry'")
    graph = Graph.of([], [], [Entity(id="f", type="Ferry", name="F")], load([mine]))
    assert "ent:f a ex:Ferry ;" in written(graph, "ttl").decode()


def test_empty_graph_can_be_written() -> None:
    graph = Graph.of([], [], [], load())
    for format in FORMATS:
        assert list(parse(written(graph, format), format=FORMATS[format][0])) == []


def test_a_place_tells_where_it_is() -> None:
    one = Entity(id="x", type="Place", name="X", point=(48.853, -2.0), country="FR")
    text = written(Graph.of([], [], [one], load()), "ttl").decode()
    assert "schema:latitude 48.853 ;" in text
    assert 'schema:longitude "-2"^^xsd:decimal' in text
    assert 'kg:countryCode "FR"' in text
