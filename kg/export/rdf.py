"""The graph as RDF; the only place that makes quads.

Facts are plain triples in the default graph. Evidence is in a named graph per document: a statement node with its
modality, time, confidence, quote and place, for every statement, also those that are no facts. Text is cleaned of
what XML cannot hold, so that every format says the same.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, BinaryIO
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize
from pyoxigraph import Literal as Value

from kg.export.clean import printable
from kg.graph import Graph, Stance
from kg.model import Document, Entity, Literal, Statement
from kg.schema import Schema

KG = "https://w3id.org/kg/schema#"
ENTITY = "urn:kg:entity/"
DOCUMENT = "urn:kg:document/"
STATEMENT = "urn:kg:statement/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

# Declared in every file and in every query; a schema adds its own.
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "ent": ENTITY,
    "kg": KG,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}

Terms = tuple[NamedNode, NamedNode, NamedNode | Value]

_DEFAULT = DefaultGraph()
_DATES = (
    (re.compile(r"\d{4}"), "gYear"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "gYearMonth"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?"), "dateTime"),
)


@cache
def _term(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


_TYPE = _term("rdf:type")


@lru_cache(maxsize=1 << 16)
def _entity(entity: str) -> NamedNode:
    return NamedNode(entity_iri(entity))


def entity_iri(entity: str) -> str:
    """Return the IRI of an entity id."""
    return ENTITY + _escaped(entity)


def document_iri(document: str) -> str:
    """Return the IRI of a document id, which also names the graph of its evidence."""
    return DOCUMENT + _escaped(document)


def quads(graph: Graph) -> Iterator[Quad]:
    """Yield the whole graph, sorted: the facts, then the evidence of each document."""
    yield from facts(graph)
    make, entities = Quads(graph.schema), {entity.id for entity in graph.entities()}
    said: dict[str, list[Statement]] = {document.id: [] for document in graph.documents}
    for statement in graph.statements():
        said[statement.document].append(statement)
    for document in sorted(graph.documents, key=lambda document: document_iri(document.id)):
        yield from sorted(make.evidence(document, said[document.id], entities), key=_order)


def facts(graph: Graph) -> list[Quad]:
    """Return the default graph, sorted: what the entities are and what is said of them as a fact."""
    make = Quads(graph.schema)
    found = {quad for entity in graph.entities() for quad in make.entity(entity)}
    return sorted(found | make.facts(graph.statements()), key=_order)


def turtle(graph: Graph, out: BinaryIO) -> None:
    """Write the facts as Turtle."""
    _write(facts(graph), out, RdfFormat.TURTLE, graph.schema)


def ntriples(graph: Graph, out: BinaryIO) -> None:
    """Write the facts as N-Triples."""
    _write(facts(graph), out, RdfFormat.N_TRIPLES, graph.schema)


def rdfxml(graph: Graph, out: BinaryIO) -> None:
    """Write the facts as RDF/XML."""
    _write(facts(graph), out, RdfFormat.RDF_XML, graph.schema)


def trig(graph: Graph, out: BinaryIO) -> None:
    """Write facts and evidence as TriG."""
    _write(quads(graph), out, RdfFormat.TRIG, graph.schema)


def nquads(graph: Graph, out: BinaryIO) -> None:
    """Write facts and evidence as N-Quads."""
    _write(quads(graph), out, RdfFormat.N_QUADS, graph.schema)


def jsonld(graph: Graph, out: BinaryIO) -> None:
    """Write facts and evidence as JSON-LD with a context of prefixes."""
    prefixes = _prefixes(graph.schema)
    nodes = json.loads(serialize(quads(graph), format=RdfFormat.JSON_LD) or b"[]")
    content = {"@context": prefixes, "@graph": [_compact(node, prefixes) for node in nodes]}
    out.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


class Quads:
    """What is made of the records under one schema; each method depends on nothing but what it is given."""

    def __init__(self, schema: Schema) -> None:
        self.types = schema.types
        self.predicates = {name: NamedNode(rule.iri) for name, rule in schema.predicates.items()}

    def entity(self, entity: Entity) -> set[Quad]:
        """Return what the default graph tells of the entity itself: its types, names, and what it is the same as."""
        return {Quad(*triple, _DEFAULT) for triple in self._about_entity(entity)}

    def facts(self, statements: Iterable[Statement]) -> set[Quad]:
        """Return the plain triples of those statements that are facts."""
        said = (statement for statement in statements if Stance.of(statement.modality) is Stance.FACT)
        return {Quad(*self._fact(statement), _DEFAULT) for statement in said}

    def evidence(self, document: Document, statements: Iterable[Statement], entities: Container[str]) -> set[Quad]:
        """Return the document's named graph; who says a statement is one of the entities, or else words."""
        name = NamedNode(document_iri(document.id))
        found = {Quad(*triple, name) for triple in _about_document(document, name)}
        for statement in statements:
            found.update(Quad(*triple, name) for triple in self._about_statement(statement, entities))
        return found

    def _fact(self, statement: Statement) -> Terms:
        thing = statement.object
        node = _value(thing) if isinstance(thing, Literal) else _entity(thing)
        return _entity(statement.subject), self.predicates[statement.predicate], node

    def _about_entity(self, entity: Entity) -> Iterator[Terms]:
        node = _entity(entity.id)
        for name in (entity.type, entity.subtype):
            if name:
                yield node, _TYPE, NamedNode(self.types[name].iri if name in self.types else KG + _escaped(name))
        yield node, _term("rdfs:label"), Value(printable(entity.name))
        for alias in entity.aliases:
            yield node, _term("skos:altLabel"), Value(printable(alias))
        for other in entity.same_as:
            yield node, _term("owl:sameAs"), _same_as(other)

    def _about_statement(self, statement: Statement, entities: Container[str]) -> Iterator[Terms]:
        node = NamedNode(STATEMENT + statement.id)
        place = f"{document_iri(statement.document)}#char={statement.start},{statement.end}"
        subject, predicate, thing = self._fact(statement)
        yield node, _TYPE, _term("rdf:Statement")
        yield node, _term("rdf:subject"), subject
        yield node, _term("rdf:predicate"), predicate
        yield node, _term("rdf:object"), thing
        yield node, _term("kg:modality"), _term(f"kg:{statement.modality.value}")
        yield node, _term("kg:confidence"), _decimal(statement.score)
        yield node, _term("kg:quote"), Value(printable(statement.quote))
        yield node, _term("prov:wasDerivedFrom"), NamedNode(place)
        if statement.time:
            yield node, _term("kg:time"), _date(statement.time)
        if statement.by:
            yield node, _term("kg:extractor"), Value(printable(statement.by))
        if statement.source:
            known = statement.source in entities
            yield node, _term("kg:source"), _entity(statement.source) if known else Value(printable(statement.source))
        if statement.inferred:
            yield node, _term("kg:inferred"), Value(True)


def _about_document(document: Document, node: NamedNode) -> Iterator[Terms]:
    yield node, _TYPE, _term("kg:Document")
    yield node, _term("dct:identifier"), Value(printable(document.id))
    yield node, _term("dct:language"), Value(printable(document.language))
    if document.title:
        yield node, _term("dct:title"), Value(printable(document.title))
    if document.source:
        yield node, _term("dct:source"), Value(printable(document.source))
    if document.published:
        yield node, _term("dct:issued"), _date(document.published.isoformat())


def _value(literal: Literal) -> Value:
    return _date(literal.value) if literal.datatype == "date" else Value(printable(literal.value))


def _date(text: str) -> Value:
    """Return a date as precise as it is told; what is none, such as an interval, stays a plain string."""
    kind = next((kind for pattern, kind in _DATES if pattern.fullmatch(text)), None)
    lexical = _valid(text, kind) if kind else None
    return Value(lexical, datatype=NamedNode(XSD + str(kind))) if lexical else Value(printable(text))


def _valid(text: str, kind: str) -> str | None:
    """Return the spelling that XML Schema asks for, with seconds, or None where there is no such day or time."""
    try:
        if kind == "dateTime":
            return datetime.fromisoformat(text).isoformat()
        return text if date.fromisoformat(f"{text}-01-01"[:10]) else None
    except ValueError:
        return None


def _decimal(number: float) -> Value:
    """Return the shortest spelling: the one that stores do not change."""
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return Value(text, datatype=_term("xsd:decimal"))


def _same_as(other: str) -> NamedNode:
    """Return the node of a Wikidata id, an IRI, or else of an entity of that id."""
    if re.fullmatch(r"Q\d+", other, re.ASCII):
        return NamedNode(PREFIXES["wd"] + other)
    try:
        return NamedNode(other)
    except ValueError:  # only the engine knows all the rules for an IRI
        return NamedNode(entity_iri(other))


def _escaped(name: str) -> str:
    return quote(name, safe="/:", errors="surrogatepass")


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    """Sort by subject, its type first, so that whoever reads Turtle meets a thing and then what is said of it."""
    return str(quad.subject), quad.predicate != _TYPE, str(quad.predicate), str(quad.object)


def _prefixes(schema: Schema) -> Mapping[str, str]:
    return dict(sorted({**PREFIXES, **schema.prefixes}.items()))


def _write(found: Iterable[Quad], out: BinaryIO, format: RdfFormat, schema: Schema) -> None:
    content = found if format.supports_datasets else (quad.triple for quad in found)
    serialize(content, out, format=format, prefixes=dict(_prefixes(schema)))


def _compact(node: dict[str, Any], prefixes: Mapping[str, str]) -> dict[str, Any]:
    """Return one expanded JSON-LD node with prefixes for IRIs, and plain values where these say the same."""
    return dict(_compact_entry(key, value, prefixes) for key, value in node.items())


def _compact_entry(key: str, value: Any, prefixes: Mapping[str, str]) -> tuple[str, Any]:
    if key == "@id":
        return key, _curie(value, prefixes)
    if key == "@graph":
        return key, [_compact(node, prefixes) for node in value]
    if key == _TYPE.value:
        return "@type", _one([_curie(item["@id"], prefixes) for item in value])
    return _curie(key, prefixes), _one([_compact_value(item, prefixes) for item in value])


def _compact_value(item: dict[str, Any], prefixes: Mapping[str, str]) -> Any:
    if set(item) == {"@value"}:
        return item["@value"]
    return {key: value if key == "@value" else _curie(value, prefixes) for key, value in item.items()}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    name = next((name for name, start in prefixes.items() if iri.startswith(start)), None)
    local = iri[len(prefixes[name]) :] if name else ""
    return f"{name}:{local}" if name and not local.startswith("//") else iri
