"""The graph as Neo4j takes it: a pair of CSV files for `neo4j-admin database import`, and a Cypher script.

A node for each entity, its types as labels beside `Entity`, and for each literal, labelled `Value`. A relationship for
each statement, with all its evidence in plain properties: `WORKS_FOR`, and `POSSIBLY_WORKS_FOR` or `NOT_WORKS_FOR` for
what is merely possible or denied, so that a pattern finds only facts unless it asks for more. Literals that are facts
are also properties of their entity.

    neo4j-admin database import full --multiline-fields=true --nodes=x.neo4j.nodes.csv --relationships=x.neo4j.csv
    cypher-shell -f x.cypher
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from msgspec import Struct

from kg.export.clean import printable
from kg.export.tables import write_table
from kg.graph import Graph, Stance
from kg.model import Literal, Statement, content_hash

BATCH = 500  # rows of one statement of the script: each is a transaction of its own

# The properties of a relationship, with the type that the header of the CSV file gives them; else they are strings.
_PROPERTIES = {
    **dict.fromkeys(("id", "predicate", "stance", "modality", "time", "source"), ""),
    **{"score": "double", "inferred": "boolean", "document": "", "published": "date"},
    **{"start": "long", "end": "long", "quote": "", "by": "", "version": ""},
}
_STANCES = {Stance.FACT: "", Stance.POSSIBLE: "POSSIBLY_", Stance.NEGATED: "NOT_"}

Properties = dict[str, Any]


class Node(Struct, frozen=True, kw_only=True):
    """An entity, or a literal; `literals` holds the facts about it that are no relationships to other entities."""

    id: str
    labels: tuple[str, ...]
    name: str
    type: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    literals: dict[str, list[str]] = {}


class Relationship(Struct, frozen=True, kw_only=True):
    """A statement: the ids of the two nodes, the relationship's type, and its properties."""

    start: str
    end: str
    type: str
    properties: Properties


def nodes(graph: Graph) -> list[Node]:
    """Return a node for each entity and then for each different literal, both sorted."""
    literals: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    values: dict[str, Node] = {}
    for one in graph.statements():
        if isinstance(one.object, Literal):
            values[_value_id(one.object)] = _value(one.object)
            told = literals[one.subject][one.predicate]
            if Stance.of(one.modality) is Stance.FACT and one.object.value not in told:
                told.append(one.object.value)
    things = [
        Node(
            id=entity.id,
            labels=("Entity", *_types(graph, graph.type_of(entity))),
            name=entity.name,
            type=entity.type,
            subtype=entity.subtype,
            aliases=entity.aliases,
            same_as=entity.same_as,
            latitude=entity.point[0] if entity.point else None,
            longitude=entity.point[1] if entity.point else None,
            country=entity.country,
            literals={name: told for name, told in literals[entity.id].items() if told},
        )
        for entity in graph.entities()
    ]
    return [*things, *(values[key] for key in sorted(values))]


def relationships(graph: Graph) -> Iterator[Relationship]:
    """Yield a relationship for each statement, in their order."""
    published = {document.id: document.published for document in graph.documents}
    for one in graph.statements():
        stance = Stance.of(one.modality)
        properties = {name: getattr(one, name, None) for name in _PROPERTIES}
        properties |= {"stance": stance.value, "modality": one.modality.value, "by": one.by or None}
        properties |= {"published": published[one.document], "version": one.version or None}
        end = _value_id(one.object) if isinstance(one.object, Literal) else one.object
        yield Relationship(start=one.subject, end=end, type=_type(one, stance), properties=properties)


def node_table(graph: Graph, out: BinaryIO) -> None:
    """Write the nodes as CSV with the header that `neo4j-admin` asks for.

    Lists have ";" between their values, which no quoting can keep within one: a comma takes its place there.
    """
    found = nodes(graph)
    literals = sorted({name for node in found for name in node.literals})
    columns = ["id:ID", ":LABEL", "name", "type", "subtype", "aliases:string[]", "same_as:string[]"]
    columns += ["latitude:double", "longitude:double", "country"]
    rows = (
        [
            *(node.id, _list(node.labels), node.name, node.type, node.subtype),
            *(_list(node.aliases), _list(node.same_as), node.latitude, node.longitude, node.country),
            *(_list(node.literals.get(name, ())) for name in literals),
        ]
        for node in found
    )
    write_table([*columns, *(f"{name}:string[]" for name in literals)], rows, out)


def relationship_table(graph: Graph, out: BinaryIO) -> None:
    """Write the relationships as CSV with the header that `neo4j-admin` asks for."""
    columns = [f"{name}:{type}" if type else name for name, type in _PROPERTIES.items()]
    rows = ([one.start, one.end, one.type, *one.properties.values()] for one in relationships(graph))
    write_table([":START_ID", ":END_ID", ":TYPE", *columns], rows, out)


def cypher(graph: Graph, out: BinaryIO) -> None:
    """Write a Cypher script that needs no plug-in and may be run again: it merges by id."""
    for statement in _script(graph):
        out.write(f"{statement};\n".encode())


def _script(graph: Graph) -> Iterator[str]:
    for label in ("Entity", "Value"):
        yield f"CREATE CONSTRAINT kg_{label.lower()} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    found = nodes(graph)
    for label in ("Entity", "Value"):
        rows = [_fields(node) for node in found if node.labels[0] == label]
        yield from _unwind(rows, f"MERGE (n:{label} {{id: row.id}}) SET {_set('n', list(rows[0])[1:] if rows else [])}")
    for label in sorted({label for node in found for label in node.labels[1:]}):
        ids = [{"id": node.id} for node in found if label in node.labels[1:]]
        yield from _unwind(ids, f"MATCH (n:Entity {{id: row.id}}) SET n:{label}")
    for name in sorted({name for node in found for name in node.literals}):
        told = [{"id": node.id, name: node.literals[name]} for node in found if name in node.literals]
        yield from _unwind(told, f"MATCH (n:Entity {{id: row.id}}) SET {_set('n', [name])}")
    yield from _joined(graph)


def _joined(graph: Graph) -> Iterator[str]:
    """Yield what makes the relationships, those of one type and one kind of end together."""
    groups: dict[tuple[str, str], list[Properties]] = defaultdict(list)
    values = {node.id for node in nodes(graph) if node.labels == ("Value",)}
    for one in relationships(graph):
        label = "Value" if one.end in values else "Entity"
        groups[one.type, label].append({"from_id": one.start, "to_id": one.end, **one.properties})
    for (type, label), rows in sorted(groups.items(), key=lambda group: group[0]):
        ends = f"MATCH (a:Entity {{id: row.from_id}}) MATCH (b:{label} {{id: row.to_id}})"
        known = [name for name in rows[0] if any(row[name] is not None for row in rows)]
        told = _set("r", [name for name in known if name in _PROPERTIES and name != "id"])
        rows = [{name: row[name] for name in known} for row in rows]
        yield from _unwind(rows, f"{ends} MERGE (a)-[r:{type} {{id: row.id}}]->(b) SET {told}")


def _unwind(rows: list[Properties], what: str) -> Iterator[str]:
    for start in range(0, len(rows), BATCH):
        listed = ",\n  ".join(map(_map, rows[start : start + BATCH]))
        yield f"UNWIND [\n  {listed}\n] AS row {what}"


def _set(variable: str, names: Iterable[str]) -> str:
    return ", ".join(f"{variable}.`{name}` = row.`{name}`" for name in names)


def _map(row: Properties) -> str:
    return "{" + ", ".join(f"`{name}`: {_literal(value)}" for name, value in row.items()) + "}"


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, str):
        text = printable(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
        return f"'{text}'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return f"{value:.4f}" if isinstance(value, float) else str(value).lower()


def _fields(node: Node) -> Properties:
    linked = ("subtype", "aliases", "same_as", "latitude", "longitude", "country")
    names = ("id", "name", "type", *(linked if node.labels[0] == "Entity" else ()))
    return {name: getattr(node, name) for name in names}


def _types(graph: Graph, name: str) -> tuple[str, ...]:
    return graph.schema.ancestors(name) if name in graph.schema.types else ()


def _type(statement: Statement, stance: Stance) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", statement.predicate).upper()
    return _STANCES[stance] + words


def _value_id(literal: Literal) -> str:
    return f"value-{content_hash(literal.datatype, literal.value)}"


def _value(literal: Literal) -> Node:
    return Node(id=_value_id(literal), labels=("Value",), name=literal.value, type=literal.datatype)


def _list(values: Iterable[str]) -> str:
    return ";".join(value.replace(";", ",") for value in values)
