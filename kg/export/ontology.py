"""The schema, published: as an OWL ontology, and as the SHACL shapes that every exported graph conforms to.

Both are Turtle, written as text for people to read. The ontology says what a predicate is meant for with schema.org's
`domainIncludes` and `rangeIncludes`, from which no reasoner infers types, and declares no property functional: two
birth dates from two texts are a disagreement to look at, not a contradiction. The shapes are the strict contract.
"""

import json
import re
from collections.abc import Iterable, Iterator

from kg.export.rdf import KG, PREFIXES
from kg.model import Modality
from kg.schema import Predicate, Schema, Type

WIKIDATA = "http://www.wikidata.org/prop/direct/"

_RANGES = {
    "string": ("xsd:string",),
    "date": ("xsd:date", "xsd:dateTime", "xsd:gYearMonth", "xsd:gYear", "xsd:string"),
}

# The evidence: property, how many at least and at most, what each must be.
_EVIDENCE = (
    ("rdf:subject", 1, 1, "sh:nodeKind sh:IRI"),
    ("rdf:predicate", 1, 1, "sh:nodeKind sh:IRI"),
    ("rdf:object", 1, 1, "sh:nodeKind sh:IRIOrLiteral"),
    ("kg:modality", 1, 1, f"sh:in ( {' '.join(f'kg:{modality}' for modality in Modality)} )"),
    ("kg:confidence", 1, 1, "sh:datatype xsd:decimal ; sh:minInclusive 0 ; sh:maxInclusive 1"),
    ("kg:quote", 1, 1, "sh:datatype xsd:string"),
    ("prov:wasDerivedFrom", 1, 1, 'sh:nodeKind sh:IRI ; sh:pattern "#char=[0-9]+,[0-9]+$"'),
    ("kg:time", 0, 1, "sh:nodeKind sh:Literal"),
    ("kg:extractor", 0, 1, "sh:datatype xsd:string"),
    ("kg:source", 0, 1, "sh:nodeKind sh:IRIOrLiteral"),
    ("kg:inferred", 0, 1, "sh:in ( true )"),
)

_TERMS = """\
kg:Document a owl:Class ; rdfs:label "document" ; rdfs:comment "A text that was read; it names its evidence's graph." .
kg:Modality a owl:Class ; rdfs:label "modality" ; rdfs:comment "How a text holds a statement." .
kg:modality a owl:ObjectProperty ; rdfs:label "modality" ; rdfs:range kg:Modality .
kg:source a rdf:Property ; rdfs:label "source" ; rdfs:comment "Who says so: an entity, or the words for it." .
kg:time a owl:DatatypeProperty ; rdfs:label "time" ; rdfs:comment "When it holds; an interval is plain text." .
kg:confidence a owl:DatatypeProperty ; rdfs:label "confidence" ; rdfs:range xsd:decimal .
kg:quote a owl:DatatypeProperty ; rdfs:label "quote" ; rdfs:range xsd:string .
kg:extractor a owl:DatatypeProperty ; rdfs:label "extractor" ; rdfs:range xsd:string .
kg:extractorVersion a owl:DatatypeProperty ; rdfs:label "extractor version" ; rdfs:domain kg:Document .
kg:inferred a owl:DatatypeProperty ; rdfs:label "inferred" ; rdfs:comment "It follows from another by a rule." .
kg:countryCode a owl:DatatypeProperty ; rdfs:label "country code" ; rdfs:comment "ISO 3166-1 alpha-2." .
schema:latitude a owl:DatatypeProperty ; rdfs:label "latitude" ; rdfs:range xsd:decimal .
schema:longitude a owl:DatatypeProperty ; rdfs:label "longitude" ; rdfs:range xsd:decimal .
kg:inverseMatch a owl:AnnotationProperty ; rdfs:comment "A close match, read the other way round." .
schema:domainIncludes a owl:AnnotationProperty .
schema:rangeIncludes a owl:AnnotationProperty .
skos:closeMatch a owl:AnnotationProperty .
"""


def owl(schema: Schema) -> bytes:
    """Return the schema's types and predicates, and the terms of the evidence, as an OWL ontology in Turtle."""
    names = _Names(schema)
    blocks = [f'<{KG.rstrip("#")}> a owl:Ontology ; rdfs:label "kg" .\n', _TERMS]
    blocks += [f'kg:{one} a kg:Modality , owl:NamedIndividual ; rdfs:label "{one}" .\n' for one in Modality]
    blocks += [_block(names.of(kind.iri), _class(kind, names)) for kind in schema.types.values()]
    blocks += [_block(names.of(rule.iri), _property(rule, names)) for rule in schema.predicates.values()]
    return (names.header() + "\n" + "".join(blocks)).encode()


def shacl(schema: Schema) -> bytes:
    """Return the shapes of the facts and of the evidence in Turtle; validate with the ontology beside them.

    Without the ontology a validator does not know that an entity of a user's sub-subtype is one of its root type.
    """
    names = _Names(schema)
    blocks = [_block(f"kg:{name}Shape", _entity_shape(kind, names)) for name, kind in schema.types.items()]
    blocks += [_block(f"kg:{name}Shape", _fact_shape(rule, names)) for name, rule in schema.predicates.items()]
    return (names.header() + "\n" + "".join(blocks) + _block("kg:StatementShape", _evidence_shape())).encode()


class _Names:
    """The prefixes of a schema, and the shortest way to write an IRI with them."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.prefixes = dict(sorted({**PREFIXES, **schema.prefixes, "sh": "http://www.w3.org/ns/shacl#"}.items()))

    def header(self) -> str:
        return "".join(f"@prefix {name}: <{start}> .\n" for name, start in self.prefixes.items())

    def of(self, iri: str) -> str:
        for name, start in self.prefixes.items():
            if iri.startswith(start) and re.fullmatch(r"\w+", iri[len(start) :], re.ASCII):
                return f"{name}:{iri[len(start) :]}"
        return f"<{iri}>"

    def types(self, names: Iterable[str]) -> list[str]:
        return [self.of(self.schema.types[name].iri) for name in names]


def _class(kind: Type, names: _Names) -> Iterator[str]:
    yield "a owl:Class"
    yield from _described(kind)
    if kind.parent:
        yield f"rdfs:subClassOf {names.types([kind.parent])[0]}"


def _property(rule: Predicate, names: _Names) -> Iterator[str]:
    yield f"a owl:{'DatatypeProperty' if rule.datatype else 'ObjectProperty'}"
    if rule.symmetric:
        yield "a owl:SymmetricProperty"
    yield from _described(rule)
    ranges = _RANGES[rule.datatype] if rule.datatype else names.types(rule.object)
    yield from (f"schema:domainIncludes {one}" for one in names.types(rule.subject))
    yield from (f"schema:rangeIncludes {one}" for one in ranges)
    weaker = [names.schema.predicates[name] for name in rule.implies]
    yield from (f"rdfs:subPropertyOf {names.of(one.iri)}" for one in weaker if _always(rule, one, names.schema))
    if rule.inverse:
        yield f"owl:inverseOf {names.of(names.schema.predicates[rule.inverse].iri)}"
    if rule.inverse_iri:
        yield f"owl:inverseOf {names.of(rule.inverse_iri)}"
    for other in rule.wikidata:
        match = "kg:inverseMatch" if other.startswith("^") else "skos:closeMatch"
        yield f"{match} <{WIKIDATA}{other.lstrip('^')}>"


def _always(rule: Predicate, weaker: Predicate, schema: Schema) -> bool:
    """Tell whether the weaker predicate is allowed wherever the rule is: only then is it a super-property."""

    def within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
        return not outer or (bool(inner) and all(any(schema.is_a(one, other) for other in outer) for one in inner))

    return (
        rule.datatype == weaker.datatype
        and within(rule.subject, weaker.subject)
        and within(rule.object, weaker.object)
        and (rule.same_type or not weaker.same_type)
    )


def _described(entry: Type | Predicate) -> Iterator[str]:
    yield f"rdfs:label {_string(entry.label)}"
    if entry.comment:
        yield f"rdfs:comment {_string(entry.comment)}"


def _entity_shape(kind: Type, names: _Names) -> Iterator[str]:
    yield f"a sh:NodeShape ; sh:targetClass {names.of(kind.iri)} ; sh:nodeKind sh:IRI"
    yield _property_shape("rdfs:label", "sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string")
    yield _property_shape("skos:altLabel", "sh:datatype xsd:string")
    yield _property_shape("owl:sameAs", "sh:nodeKind sh:IRI")
    for name, most in (("latitude", 90), ("longitude", 180)):
        range = f"sh:minInclusive {-most} ; sh:maxInclusive {most}"
        yield _property_shape(f"schema:{name}", f"sh:maxCount 1 ; sh:datatype xsd:decimal ; {range}")
    yield _property_shape("kg:countryCode", 'sh:maxCount 1 ; sh:datatype xsd:string ; sh:pattern "^[A-Z]{2}$"')


def _fact_shape(rule: Predicate, names: _Names) -> Iterator[str]:
    path = names.of(rule.iri)
    schema = names.schema
    yield f"a sh:NodeShape ; sh:targetSubjectsOf {path}"
    if rule.subject:
        yield _either(f"sh:class {one}" for one in names.types(rule.subject))
    if rule.datatype:
        yield _property_shape(path, _either(f"sh:datatype {one}" for one in _RANGES[rule.datatype]))
        return
    kinds = names.types(rule.object or [name for name, kind in schema.types.items() if not kind.parent])
    yield _property_shape(path, f"sh:nodeKind sh:IRI ; {_either(f'sh:class {one}' for one in kinds)}")
    if rule.same_type:
        roots = dict.fromkeys(schema.ancestors(name)[-1] for name in rule.object or schema.types)
        yield _either(f"sh:class {one} ; sh:property [ sh:path {path} ; sh:class {one} ]" for one in names.types(roots))
    if rule.symmetric:
        yield _property_shape(f"[ sh:inversePath {path} ]", f"sh:equals {path}")


def _evidence_shape() -> Iterator[str]:
    yield "a sh:NodeShape ; sh:targetClass rdf:Statement ; sh:nodeKind sh:IRI"
    for path, least, most, kind in _EVIDENCE:
        yield _property_shape(path, f"sh:minCount {least} ; sh:maxCount {most} ; {kind}")


def _property_shape(path: str, constraints: str) -> str:
    return f"sh:property [ sh:path {path} ; {constraints} ]"


def _either(alternatives: Iterable[str]) -> str:
    return "sh:or ( " + " ".join(f"[ {one} ]" for one in alternatives) + " )"


def _block(subject: str, parts: Iterable[str]) -> str:
    return f"{subject} " + " ;\n    ".join(parts) + " .\n"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
