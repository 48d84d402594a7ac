"""The graph as RDF; the only place that makes quads.

Facts are plain triples in the default graph. Evidence is in a named graph per document: a statement node with its
modality, time, confidence, quote and place, for every statement, also those that are no facts; and of each thing one
place that mentions it. What all of a document's statements share stands once, at the document: its date, and the
version of what read it. Text is cleaned of what XML cannot hold, so that every format says the same.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, BinaryIO
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize
from pyoxigraph import Literal as Value

from kg.export.clean import printable
from kg.export.jsonld import compact
from kg.graph import Graph, Stance
from kg.model import Document, Entity, Literal, Statement
from kg.schema import Schema

KG = "https://w3id.org/kg/schema#"
ENTITY = "urn:kg:entity/"
DOCUMENT = "urn:kg:document/"
STATEMENT = "urn:kg:statement/"
LISTED = "urn:kg:listed/"  # what has an id in a user's list that is no IRI
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


_TYPE, _STATEMENT = _term("rdf:type"), _term("rdf:Statement")
_REIFYING = _SUBJECT, _PREDICATE, _OBJECT = _term("rdf:subject"), _term("rdf:predicate"), _term("rdf:object")
_DERIVED = _term("prov:wasDerivedFrom")
_TEXTS = NamedNode("urn:kg:texts")


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
    make, entities = Quads(graph.schema), {entity.id for entity in graph.entities()}
    told = _told(make, graph)
    yield from _facts(make, graph, told)
    said: dict[str, list[Statement]] = {document.id: [] for document in graph.documents}
    for statement in graph.statements():
        said[statement.document].append(statement)
    for document in sorted(graph.documents, key=lambda document: document_iri(document.id)):
        found = make.evidence(document, said[document.id], entities)
        yield from sorted(found.union(told[document_iri(document.id)]), key=_order)


def facts(graph: Graph) -> list[Quad]:
    """Return the default graph, sorted: what the entities are and what is said of them as a fact."""
    make = Quads(graph.schema)
    return _facts(make, graph, _told(make, graph))


def checkable(found: Iterable[Quad], documents: Iterable[Document]) -> Iterator[Quad]:
    """Yield the quads, a triple that RDF 1.2 reifies also as RDF 1.1 tells it, and the texts in their own graph."""
    for quad in found:
        yield quad
        if isinstance(quad.object, Triple):
            for name in ("subject", "predicate", "object"):
                yield Quad(quad.subject, _term(f"rdf:{name}"), getattr(quad.object, name), quad.graph_name)
    for document in documents:
        yield Quad(NamedNode(document_iri(document.id)), _term("kg:text"), Value(printable(document.text)), _TEXTS)


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
    out.write(compact(serialize(quads(graph), format=RdfFormat.JSON_LD) or b"[]", _prefixes(graph.schema), _TYPE.value))


def trig12(graph: Graph, out: BinaryIO) -> None:
    """Write facts and evidence as TriG of RDF 1.2, where a statement node reifies its triple."""
    _write(_reified(quads(graph)), out, RdfFormat.TRIG, graph.schema)


def nquads12(graph: Graph, out: BinaryIO) -> None:
    """Write facts and evidence as N-Quads of RDF 1.2, where a statement node reifies its triple."""
    _write(_reified(quads(graph)), out, RdfFormat.N_QUADS, graph.schema)


class Quads:
    """What is made of the records under one schema; each method depends on nothing but what it is given."""

    def __init__(self, schema: Schema) -> None:
        self.types = schema.types
        self.predicates = {name: NamedNode(rule.iri) for name, rule in schema.predicates.items()}

    def entity(self, entity: Entity) -> set[Quad]:
        """Return what is told of the entity itself: in the default graph its types, names, links, and where it is.

        And in the graph of the first document that mentions it the place where that does: the evidence of the others.
        """
        found = {Quad(*triple, _DEFAULT) for triple in self._about_entity(entity)}
        if entity.mentions:
            (document, start, end) = min(map(_place, entity.mentions))
            name = document_iri(document)
            found.add(Quad(_entity(entity.id), _DERIVED, NamedNode(name + _fragment(start, end)), NamedNode(name)))
        return found

    def facts(self, statements: Iterable[Statement]) -> set[Quad]:
        """Return the plain triples of those statements that are facts."""
        said = (statement for statement in statements if Stance.of(statement.modality) is Stance.FACT)
        return {Quad(*self._fact(statement), _DEFAULT) for statement in said}

    def evidence(self, document: Document, statements: Iterable[Statement], entities: Container[str]) -> set[Quad]:
        """Return what the document's named graph tells of it and of its statements.

        Who says a statement is one of the entities, or else words.
        """
        name = NamedNode(document_iri(document.id))
        found = {Quad(*triple, name) for triple in _about_document(document, name)}
        said = list(statements)
        for version in {statement.version for statement in said} - {""}:
            found.add(Quad(name, _term("kg:extractorVersion"), Value(printable(version)), name))
        for statement in said:
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
        if entity.point:
            for name, degrees in zip(("latitude", "longitude"), entity.point, strict=True):
                yield node, _term(f"schema:{name}"), _decimal(degrees)
        if entity.country:
            yield node, _term("kg:countryCode"), Value(printable(entity.country))

    def _about_statement(self, statement: Statement, entities: Container[str]) -> Iterator[Terms]:
        node = NamedNode(STATEMENT + statement.id)
        place = document_iri(statement.document) + _fragment(statement.start, statement.end)
        subject, predicate, thing = self._fact(statement)
        yield node, _TYPE, _STATEMENT
        yield node, _SUBJECT, subject
        yield node, _PREDICATE, predicate
        yield node, _OBJECT, thing
        yield node, _term("kg:modality"), _term(f"kg:{statement.modality.value}")
        yield node, _term("kg:confidence"), _decimal(statement.score)
        yield node, _term("kg:quote"), Value(printable(statement.quote))
        yield node, _DERIVED, NamedNode(place)
        if statement.time:
            yield node, _term("kg:time"), _date(statement.time)
        if statement.by:
            yield node, _term("kg:extractor"), Value(printable(statement.by))
        if statement.source:
            known = statement.source in entities
            yield node, _term("kg:source"), _entity(statement.source) if known else Value(printable(statement.source))
        if statement.inferred:
            yield node, _term("kg:inferred"), Value(True)


def _told(make: Quads, graph: Graph) -> Mapping[str, list[Quad]]:
    """Return what is told of the entities themselves, by the IRI of the graph that tells it, "" for the default one."""
    told: dict[str, list[Quad]] = defaultdict(list)
    for quad in (quad for entity in graph.entities() for quad in make.entity(entity)):
        told[quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""].append(quad)
    return told


def _facts(make: Quads, graph: Graph, told: Mapping[str, list[Quad]]) -> list[Quad]:
    return sorted(make.facts(graph.statements()).union(told[""]), key=_order)


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


def _place(mention: str) -> tuple[str, int, int]:
    """Return the document of a mention id, and where it starts and ends."""
    document, _, place = mention.rpartition("#char=")
    start, end = place.split(",")
    return document, int(start), int(end)


def _fragment(start: int, end: int) -> str:
    return f"#char={start},{end}"


def _reified(found: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads with one of RDF 1.2, `rdf:reifies` and the triple, for the four that RDF 1.1 needs for it."""
    for _, about in groupby(found, key=lambda quad: (quad.graph_name, quad.subject)):
        told = list(about)
        parts: dict[NamedNode, Any] = {quad.predicate: quad.object for quad in told if quad.predicate in _REIFYING}
        if len(parts) < len(_REIFYING):
            yield from told
            continue
        triple = Triple(*(parts[each] for each in _REIFYING))
        yield Quad(told[0].subject, _term("rdf:reifies"), triple, told[0].graph_name)
        yield from (quad for quad in told if quad.predicate not in parts and quad.object != _STATEMENT)


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
    """Return the node of a Wikidata id, an IRI, or else of what a user's list has under that id."""
    if re.fullmatch(r"Q\d+", other, re.ASCII):
        return NamedNode(PREFIXES["wd"] + other)
    try:
        return NamedNode(other)
    except ValueError:  # only the engine knows all the rules for an IRI
        return NamedNode(LISTED + _escaped(other))


def _escaped(name: str) -> str:
    written = quote(name, safe="/:", errors="surrogatepass")
    # Of a prefixed name that ends in a full stop, which Turtle escapes, rdflib's reader makes the end of the statement.
    return f"{written[:-1]}%2E" if written.endswith(".") else written


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    """Sort by subject, its type first, so that whoever reads Turtle meets a thing and then what is said of it."""
    return str(quad.subject), quad.predicate != _TYPE, str(quad.predicate), str(quad.object)


def _prefixes(schema: Schema) -> Mapping[str, str]:
    return dict(sorted({**PREFIXES, **schema.prefixes}.items()))


def _write(found: Iterable[Quad], out: BinaryIO, format: RdfFormat, schema: Schema) -> None:
    content = found if format.supports_datasets else (quad.triple for quad in found)
    serialize(content, out, format=format, prefixes=dict(_prefixes(schema)))
