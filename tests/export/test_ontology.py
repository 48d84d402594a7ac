"""The ontology and the shapes: valid themselves, fulfilled by every graph, and strict."""

from io import BytesIO

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS

from kg.export.ontology import owl, shacl
from kg.graph import Graph
from kg.schema import Schema, load
from tests.sample import complete, small

SCHEMA = rdflib.Namespace("https://schema.org/")
KG = rdflib.Namespace("https://w3id.org/kg/schema#")
PREFIXES = "\n".join(
    f"@prefix {name}: <{start}> ."
    for name, start in {
        "": "urn:kg:entity/",
        "kg": str(KG),
        "schema": str(SCHEMA),
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "prov": "http://www.w3.org/ns/prov#",
    }.items()
)
ONTOLOGY = rdflib.Graph().parse(data=owl(load()))
SHAPES = rdflib.Graph().parse(data=shacl(load()))


def everything(graph: Graph) -> rdflib.Graph:
    """Return facts and evidence in one plain graph, as a validator wants them."""
    out = BytesIO()
    graph.export(out, format="nq")
    plain = "".join(str(quad.triple) + " .\n" for quad in parse(out.getvalue(), format=RdfFormat.N_QUADS))
    return rdflib.Graph().parse(data=plain, format="nt")


def violations(data: rdflib.Graph) -> str:
    conforms, _, text = pyshacl.validate(data, shacl_graph=SHAPES, ont_graph=ONTOLOGY, inplace=False)
    return "" if conforms else text


@pytest.mark.parametrize("make", [small, complete])
def test_every_export_conforms(make) -> None:
    assert violations(everything(make())) == ""


GOOD = """
:ada a schema:Person ; rdfs:label "Ada" .
:ben a schema:Person ; rdfs:label "Ben" .
:merrow a schema:Place , schema:City ; rdfs:label "Merrow" .
:gannet a schema:Vehicle , kg:Ship ; rdfs:label "Gannet" .
:lines a schema:Corporation ; rdfs:label "Merrow Lines" .
"""
EVIDENCE = """
<urn:kg:statement/1> a rdf:Statement ; rdf:subject :ada ; rdf:predicate kg:aboard ; rdf:object :gannet ;
    kg:modality kg:asserted ; kg:confidence 0.5 ; kg:quote "…" ; prov:wasDerivedFrom <urn:kg:document/a#char=0,5> .
"""


def test_subtype_alone_is_enough_with_the_ontology() -> None:
    assert violations(rdflib.Graph().parse(data=PREFIXES + GOOD + ":ada schema:worksFor :lines ." + EVIDENCE)) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        ":merrow schema:worksFor :lines .",
        ":ada schema:worksFor :merrow .",
        ":ada schema:worksFor 'Merrow Lines' .",
        ":ada schema:spouse :ben .",
        ":ada schema:birthDate 1970 .",
        ":ada schema:jobTitle 'captain'@en .",
        ":gannet kg:partOf :lines .",
        ":ada kg:competesWith :lines . :lines kg:competesWith :ada .",
        ":ada rdfs:label 'Ada again' .",
        ":nobody a schema:Person .",
    ],
)
def test_shapes_fail_on_a_wrong_fact(wrong: str) -> None:
    assert violations(rdflib.Graph().parse(data=PREFIXES + GOOD + wrong)) != ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("kg:asserted", "kg:certain"),
        ("kg:asserted", "kg:asserted , kg:negated"),
        ("0.5", "1.5"),
        ("0.5", "'high'"),
        ('kg:quote "…" ;', ""),
        ("#char=0,5", ""),
        ("rdf:object :gannet ;", ""),
        ("kg:confidence", "kg:inferred false ; kg:confidence"),
    ],
)
def test_shapes_fail_on_wrong_evidence(right: str, wrong: str) -> None:
    assert right in EVIDENCE
    assert violations(rdflib.Graph().parse(data=PREFIXES + GOOD + EVIDENCE.replace(right, wrong))) != ""


def test_shapes_are_valid_shacl() -> None:
    whole = load()
    few = {name: whole.predicates[name] for name in ("bornOn", "spouseOf", "partOf", "ownedBy")}  # a shape of each form
    types = {name: whole.types[name] for name in ("Person", "Organisation", "Vehicle")}
    shapes = rdflib.Graph().parse(data=shacl(Schema(prefixes=whole.prefixes, types=types, predicates=few)))
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_ontology_describes_every_type_and_predicate() -> None:
    schema = load()
    entries = [*schema.types.values(), *schema.predicates.values()]
    labels = {str(node): str(label) for node, label in ONTOLOGY.subject_objects(RDFS.label)}
    assert all(labels[entry.iri] == entry.label for entry in entries)


def test_ontology_has_subclasses_symmetry_and_alignment() -> None:
    assert (SCHEMA.Corporation, RDFS.subClassOf, SCHEMA.Organization) in ONTOLOGY
    assert (SCHEMA.spouse, RDF.type, OWL.SymmetricProperty) in ONTOLOGY
    assert (KG.directorOf, OWL.inverseOf, SCHEMA.director) in ONTOLOGY
    assert (KG.directorOf, KG.inverseMatch, rdflib.URIRef("http://www.wikidata.org/prop/direct/P57")) in ONTOLOGY


def test_subproperty_only_where_it_always_holds() -> None:
    assert (KG.crewOf, RDFS.subPropertyOf, KG.aboard) in ONTOLOGY
    assert (KG.leads, RDFS.subPropertyOf, SCHEMA.worksFor) not in ONTOLOGY


def test_both_are_valid_for_the_store_too() -> None:
    for content in (owl(load()), shacl(load())):
        assert list(parse(content, format=RdfFormat.TURTLE))


def test_users_types_are_in_both(tmp_path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[types.Ferry]\nlabel = 'a \"fast\" ferry'\nparent = 'Ship'\niri = 'https://example.org/x/Ferry'")
    assert b'<https://example.org/x/Ferry> a owl:Class ;\n    rdfs:label "a \\"fast\\" ferry"' in owl(load([mine]))
    assert b"kg:FerryShape a sh:NodeShape ; sh:targetClass <https://example.org/x/Ferry>" in shacl(load([mine]))
