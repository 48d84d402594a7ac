"""JSON-LD as people read it: prefixes for IRIs, and plain values where these say the same."""

import json
from collections.abc import Mapping
from typing import Any


def compact(expanded: bytes, prefixes: Mapping[str, str], type: str) -> bytes:
    """Return an expanded JSON-LD document with a context of prefixes; `type` is the IRI of rdf:type."""
    context = {**prefixes}
    nodes = [_node(node, context, type) for node in json.loads(expanded)]
    content = {"@context": context, "@graph": nodes}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _node(node: dict[str, Any], prefixes: Mapping[str, str], type: str) -> dict[str, Any]:
    return dict(_entry(key, value, prefixes, type) for key, value in node.items())


def _entry(key: str, value: Any, prefixes: Mapping[str, str], type: str) -> tuple[str, Any]:
    if key == "@id":
        return key, _curie(value, prefixes)
    if key == "@graph":
        return key, [_node(node, prefixes, type) for node in value]
    if key == type:
        return "@type", _one([_curie(item["@id"], prefixes) for item in value])
    return _curie(key, prefixes), _one([_value(item, prefixes) for item in value])


def _value(item: dict[str, Any], prefixes: Mapping[str, str]) -> Any:
    if set(item) == {"@value"}:
        return item["@value"]
    return {key: value if key == "@value" else _curie(value, prefixes) for key, value in item.items()}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    name = next((name for name, start in prefixes.items() if iri.startswith(start)), None)
    local = iri[len(prefixes[name]) :] if name else ""
    return f"{name}:{local}" if name and not local.startswith("//") else iri
