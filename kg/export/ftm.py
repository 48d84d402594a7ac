"""The facts as FollowTheMoney entities, for Aleph and OpenSanctions' tools: things, the links between them, articles.

`ftm.toml` says what becomes what. Only what the texts state is written: nothing merely possible or denied, and nothing
that only follows by the schema's rules. A link has its quotes as its description, the articles as its proof, and the
ids of its statements as record ids; what becomes a property of a thing is quoted in the notes of that thing.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct, field

from kg.countries import country_named
from kg.export.clean import printable
from kg.graph import Edge, Graph, Stance
from kg.jsonl import encode
from kg.model import Document, Entity, Literal, Statement, content_hash

_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]{0,150}[0-9a-zA-Z])?")  # what the library takes for one
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_URL = re.compile(r"https?://[\w.-]+\.\w+(:\d+)?/\S*", re.ASCII)
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q\d+)", re.ASCII)
_NAME, _STRING, _TEXT = 384, 1024, 65_000  # characters that the library allows a value

Properties = dict[str, list[str]]


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """The schema that a predicate is, the end that its subject is, and what the relation is called there."""

    edge: str
    subject: str
    called: str = field(name="as", default="")


class Property(Struct, frozen=True, forbid_unknown_fields=True):
    """The property that a predicate is, of which things, and what of the object is written."""

    of: str
    name: str
    value: str
    range: str = "Thing"


class EdgeSchema(Struct, frozen=True, forbid_unknown_fields=True):
    """A schema that links two things: its ends with their ranges, and the property that names the relation."""

    ends: dict[str, str]
    role: str


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """What the types and predicates of kg are in FollowTheMoney's terms."""

    types: dict[str, str]
    schemas: dict[str, tuple[str, ...]]
    edges: dict[str, EdgeSchema]
    links: dict[str, Link]
    properties: dict[str, Property]

    def is_a(self, schema: str, wanted: str) -> bool:
        """Tell whether things of the one schema are also of the other."""
        return wanted in ("Thing", schema) or wanted in self.schemas.get(schema, ())


@cache
def mapping() -> Mapping:
    """Return what `ftm.toml` says."""
    table = tomllib.loads((files("kg.export") / "ftm.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, Mapping)


def ftm(graph: Graph, out: BinaryIO) -> None:
    """Write one entity a line as JSON: articles, things, and the links between them, each sorted by its source."""
    writing = _Writing(graph)
    for entity in (*writing.articles(), *writing.things(), *writing.links()):
        out.write(encode(entity) + b"\n")


class _Writing:
    """The facts of one graph, sorted out: what becomes a property of a thing, and what a link."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.table = mapping()
        self.documents = {document.id: document for document in graph.documents}
        self.entities = {entity.id: entity for entity in graph.entities()}
        self.schemas = {key: schema for key, entity in self.entities.items() if (schema := self._schema(entity))}
        self.told: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
        self.linked: list[tuple[Edge, list[Statement]]] = []
        for edge, statements in _facts(graph):
            if edge.subject not in self.schemas:
                continue
            if not self._is_property(edge) and isinstance(edge.object, str) and edge.object in self.schemas:
                self.linked.append((edge, statements))
            else:
                self.told[edge.subject]["notes"] += [self._note(one) for one in statements]

    def articles(self) -> Iterator[dict[str, Any]]:
        for document in self.documents.values():
            properties = {
                "title": [_clean(document.title)],
                "fileName": [_clean(document.id)],
                "language": ["eng"] if document.language == "en" else [],
                "publishedAt": [document.published.isoformat()] if document.published else [],
                "sourceUrl": _urls([document]),
            }
            yield _entity(_article(document.id), "Article", properties)

    def things(self) -> Iterator[dict[str, Any]]:
        for key, schema in self.schemas.items():
            entity = self.entities[key]
            name = _clean(entity.name, _NAME) or key
            properties = {
                "name": [name],
                "alias": [alias for alias in (_clean(alias, _NAME) for alias in entity.aliases) if alias != name],
                "wikidataId": [found[1] for one in entity.same_as if (found := _WIKIDATA.fullmatch(one))],
                "proof": sorted({_article(mention.rpartition("#char=")[0]) for mention in entity.mentions}),
            }
            if self.table.is_a(schema, "Vehicle") and entity.subtype:
                properties["type"] = [self._label(entity.subtype)]
            if schema == "Address":
                properties |= {"full": [name], **_where(entity)}
            yield _entity(_id(key), schema, properties | self.told[key])

    def links(self) -> Iterator[dict[str, Any]]:
        for edge, statements in self.linked:
            assert isinstance(edge.object, str)
            schema, ends, role = self._link(edge.predicate, edge.subject, edge.object)
            documents = [self.documents[document] for document in edge.documents]
            properties = {
                **{end: [_id(entity)] for end, entity in ends.items()},
                self.table.edges[schema].role: [_clean(role)],
                "summary": [f"{', '.join(edge.modalities)}; confidence {edge.score:.2f}"],
                "description": [printable(quote)[:_TEXT] for quote in edge.quotes],
                "proof": sorted(_article(document.id) for document in documents),
                "sourceUrl": _urls(documents),
                "recordId": sorted(one.id for one in statements),
                **_dates(edge.times),
            }
            key = content_hash(schema, edge.predicate, *ends.values())
            yield _entity(f"link-{key}", schema, properties)

    def _schema(self, entity: Entity) -> str | None:
        name = self.graph.type_of(entity)
        line = self.graph.schema.ancestors(name) if name in self.graph.schema.types else (name,)
        return next((self.table.types[one] for one in line if one in self.table.types), None)

    def _label(self, type: str) -> str:
        known = self.graph.schema.types.get(type)
        return _clean(known.label if known else type)

    def _link(self, predicate: str, subject: str, thing: str) -> tuple[str, dict[str, str], str]:
        """Return the schema of a link, the entity at either end, and what the relation is called."""
        link = self.table.links.get(predicate)
        label = self.graph.schema.predicates[predicate].label
        if link is not None:
            other = next(end for end in self.table.edges[link.edge].ends if end != link.subject)
            ends = {link.subject: subject, other: thing}
            ranges = self.table.edges[link.edge].ends
            if all(self.table.is_a(self.schemas[entity], ranges[end]) for end, entity in ends.items()):
                return link.edge, ends, link.called or label
        return "UnknownLink", {"subject": subject, "object": thing}, label

    def _is_property(self, edge: Edge) -> bool:
        """Put a fact that is a property of its subject there; tell whether it is one."""
        rule = self.table.properties.get(edge.predicate)
        if rule is None or not self.table.is_a(self.schemas[edge.subject], rule.of):
            return False
        value = self._value(rule, edge.object)
        if value:
            self.told[edge.subject][rule.name].append(value)
        return bool(value)

    def _value(self, rule: Property, thing: str | Literal) -> str | None:
        if isinstance(thing, Literal):
            return _date(thing.value) if rule.value == "date" else _clean(thing.value)
        entity = self.entities[thing]
        if rule.value == "country":
            country = country_named(entity.name)
            return country.iso2.lower() if country and country.iso2 else None
        if rule.value == "name":
            return _clean(entity.name)
        fits = thing in self.schemas and self.table.is_a(self.schemas[thing], rule.range)
        return _id(thing) if fits else None

    def _note(self, one: Statement) -> str:
        """Return what a text says of a thing, with its words, as a person reads it."""
        document = self.documents[one.document]
        value = one.object.value if isinstance(one.object, Literal) else self.entities[one.object].name
        label = self.graph.schema.predicates[one.predicate].label
        told = f"{label} {value} ({one.modality.value}): “{one.quote}” — {document.title or document.id}"
        return printable(told)[:_TEXT]


def _facts(graph: Graph) -> Iterator[tuple[Edge, list[Statement]]]:
    """Yield the facts that texts state, each with its statements; one that goes both ways only once."""
    stated = [one for one in graph.statements() if not one.inferred and Stance.of(one.modality) is Stance.FACT]
    turned = sorted((_one_way(graph, one) for one in stated), key=_key)
    for _, same in groupby(turned, key=_key):
        statements = list(same)
        yield Edge.of(statements), statements


def _one_way(graph: Graph, one: Statement) -> Statement:
    if not graph.schema.predicates[one.predicate].symmetric or not isinstance(one.object, str):
        return one
    subject, thing = sorted((one.subject, one.object))
    return msgspec.structs.replace(one, subject=subject, object=thing)


def _key(one: Statement) -> tuple[str, str, str, str]:
    thing = one.object
    return one.subject, one.predicate, *(("", thing) if isinstance(thing, str) else (thing.datatype, thing.value))


def _entity(id: str, schema: str, properties: Properties) -> dict[str, Any]:
    told = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in told.items() if values}}


def _where(entity: Entity) -> Properties:
    latitude, longitude = entity.point or ("", "")
    return {
        "latitude": [str(latitude)],
        "longitude": [str(longitude)],
        "country": [entity.country.lower()] if entity.country else [],
    }


def _id(entity: str) -> str:
    return entity if _ID.fullmatch(entity) else f"entity-{content_hash(entity)}"


def _article(document: str) -> str:
    return f"article-{content_hash(document)}"


def _clean(text: str, limit: int = _STRING) -> str:
    """Return the text on one line and without what is not seen: the library takes neither."""
    seen = "".join(letter if letter.isprintable() else " " for letter in printable(text))
    return " ".join(seen.split())[:limit].strip()


def _urls(documents: Iterable[Document]) -> list[str]:
    return sorted({document.source for document in documents if _URL.fullmatch(document.source)})


def _dates(times: Sequence[str]) -> Properties:
    """Return the times of a link: an interval is its start and its end, `..` for open, all else a date."""
    found: Properties = {"startDate": [], "endDate": [], "date": []}
    for time in times:
        first, _, last = time.partition("/")
        for name, text in (("startDate", first), ("endDate", last)) if last else (("date", first),):
            found[name] += [day for day in (_date(text),) if day]
    return found


def _date(text: str) -> str | None:
    """Return the day, month or year of an ISO 8601 time, None where there is no such day."""
    text = text[:10]
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return None
    return text if _DATE.fullmatch(text) else None
