"""A user's list in Turtle: things with a type, names and other names in the usual vocabularies."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import InputError

_RDFS, _SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# In this order the first gives the name, all others are aliases; English, or of no language, before all others.
_NAMES = (f"{_SKOS}prefLabel", f"{_RDFS}label", "https://schema.org/name", "http://xmlns.com/foaf/0.1/name")
_ALIASES = (f"{_SKOS}altLabel", "https://schema.org/alternateName")
_BORN = "https://schema.org/birthDate"
_SECURE = ("http://schema.org/", "https://schema.org/")
_NO_THINGS = ("http://www.w3.org/2002/07/owl#", _SKOS, _RDFS)

Told = dict[str, list[Any]]


def things(text: str, path: str) -> Iterator[dict[str, Any]]:
    """Yield each thing of the file: id, name, aliases, type, born; what has no name and no type is none."""
    told: defaultdict[str, Told] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in parse(text.encode(), format=RdfFormat.TURTLE):
            subject = "" if isinstance(triple.subject, BlankNode) else str(getattr(triple.subject, "value", ""))
            told[subject][triple.predicate.value.replace(*_SECURE)].append(triple.object)
    except SyntaxError as error:
        raise InputError(f"not Turtle: {error.msg}", path=path, line=error.lineno) from error
    for subject, properties in sorted(told.items()):
        names = [value for name in _NAMES for value in _ordered(properties.get(name, ()))]
        types = [str(one.value) for one in properties.get(_TYPE, ()) if isinstance(one, NamedNode)]
        types = sorted({one.replace(*_SECURE) for one in types if not one.startswith(_NO_THINGS)})
        if not types and (properties.get(_TYPE) or not names):
            continue  # an ontology's class, a list of concepts
        if not subject:
            raise InputError(f"{names[0] if names else types[0]} is a blank node; give it an IRI", path=path)
        others = [value for name in _ALIASES for value in _ordered(properties.get(name, ()))]
        born = [value.value for value in properties.get(_BORN, ()) if isinstance(value, Literal)]
        yield {
            "id": subject,
            "name": names[0] if names else "",
            "aliases": [*names[1:], *others],
            "types": types,
            "born": min(born, default=""),
        }


def _ordered(values: Any) -> list[str]:
    literals = [value for value in values if isinstance(value, Literal)]
    literals.sort(key=lambda one: (not (one.language or "en").startswith("en"), one.value))
    return [str(one.value) for one in literals]
