"""The graph as JSON lines, a record each: documents, extractions, entities, mentions, statements.

The first two are all that a graph is made of: whoever reads them has the same graph. Other tools score against the
rest, where each mention tells its entity. Offsets count the document's characters, so text is kept as it is but for
lone surrogates, which JSON cannot hold.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from msgspec import to_builtins

from kg.export.clean import encodable
from kg.graph import Graph
from kg.jsonl import encode
from kg.model import Entity, Literal, Mention, Statement


def records(graph: Graph, out: BinaryIO) -> None:
    """Write documents, extractions, entities, mentions and statements in this order, each kind sorted."""
    for record in _records(graph):
        out.write(encode(_encodable(record)) + b"\n")


def _records(graph: Graph) -> Iterator[dict[str, Any]]:
    yield from ({"record": "document", **to_builtins(document)} for document in graph.documents)
    yield from ({"record": "extraction", **to_builtins(extraction)} for extraction in graph.extractions)
    yield from map(_entity, graph.entities())
    for mention in graph.mentions():
        yield _mention(mention, graph.owner(mention.id))
    yield from map(_statement, graph.statements())


def _entity(entity: Entity) -> dict[str, Any]:
    return {"record": "entity"} | _fields(
        entity, "id", "type", "subtype", "name", "aliases", "same_as", "point", "country"
    )


def _mention(mention: Mention, owner: str | None) -> dict[str, Any]:
    fields = _fields(mention, "document", "start", "end", "text", "type", "kind")
    return {"record": "mention", **fields, "entity": owner}


def _statement(statement: Statement) -> dict[str, Any]:
    fields = _fields(statement, *statement.__struct_fields__, "id")
    if isinstance(statement.object, Literal):
        fields["object"] = _fields(statement.object, "value", "datatype")
    return {"record": "statement", **fields}


def _fields(record: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _encodable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_encodable(item) for item in value]
    return encodable(value) if isinstance(value, str) else value
