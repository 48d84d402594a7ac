"""How the answer to a query draws itself in a notebook: a table, and what CONSTRUCT made as a graph too."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from kg.export.rdf import ENTITY, PREFIXES
from kg.schema import Schema, load
from kg.space.view.shapes import Edge as Link
from kg.space.view.shapes import Entity as Thing
from kg.space.view.shapes import Omitted, Scene
from kg.sparql import IRI, Result
from kg.web.picture import LEGIBLE, svg
from kg.web.show import image

_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"

# What triples do not tell: they come from the graph of facts, and say nothing of how often and by whom.
_UNTOLD_OF_THINGS: dict[str, Any] = {
    **dict.fromkeys(("subtype", "point", "country")),
    **dict.fromkeys(("aliases", "same_as"), ()),
    **dict.fromkeys(("mentions", "documents", "degree"), 0),
}
_UNTOLD_OF_LINKS: dict[str, Any] = {
    **{"value": None, "stance": "fact", "modalities": ["asserted"], "score": 1.0, "times": []},
    **{"statements": 1, "documents": 1, "inferred": False},
}


def mimebundle(result: Result) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return how an answer draws itself: what is in it, with the picture of its triples where it is a graph."""
    table = result._repr_html_()
    plain = f"<Result: {result.short(result.answer) if result.answer is not None else f'{len(result):,} rows'}>"
    drawn = scene_of(result) if result.is_graph else Scene(generation="", nodes=[], edges=[])
    if drawn.edges:
        picture = image(svg(drawn), f"{len(result):,} triples")
        table = f"{picture}\n<details><summary>{len(result):,} triples</summary>{table}</details>"
    return {"text/plain": plain, "text/html": table}, {}


def scene_of(result: Result, *, limit: int = LEGIBLE) -> Scene:
    """Return triples as a scene: resources with their types and labels, joined by what is said of two of them."""
    said = [row for row in result.rows if isinstance(row[2], IRI) and str(row[1]) != _TYPE]
    labels = {str(a): str(c) for a, b, c in result.rows if str(b) == _LABEL}
    types = {str(a): _schema_type(str(c)) for a, b, c in result.rows if str(b) == _TYPE}
    links = [_link(result, *map(str, row)) for row in said]
    ends = dict.fromkeys(end for link in links[:limit] for end in (link.source, str(link.target)))
    whole = {end for link in links for end in (link.source, str(link.target))}
    return Scene(
        generation="",
        nodes=list(_things(ends, labels, types, result)),
        edges=links[:limit],
        omitted=Omitted(nodes=len(whole) - len(ends), edges=max(len(links) - limit, 0)),
    )


def _things(
    ends: Iterable[str], labels: Mapping[str, str], types: Mapping[str, str], result: Result
) -> Iterable[Thing]:
    for iri in ends:
        name = labels.get(iri) or result.short(IRI(iri)).removeprefix("ent:")
        kind = types.get(iri, "Thing" if iri.startswith(ENTITY) else "Resource")
        yield Thing(id=iri, iri=iri, name=name, type=kind, **_UNTOLD_OF_THINGS)


def _link(result: Result, subject: str, predicate: str, thing: str) -> Link:
    known = _schema().predicates.get(_predicates().get(predicate, ""))
    label = known.label if known else result.short(IRI(predicate)).rpartition(":")[2]
    id = f"{subject} {predicate} {thing}"
    return Link(id=id, source=subject, target=thing, predicate=predicate, label=label, **_UNTOLD_OF_LINKS)


@cache
def _schema() -> Schema:
    return load()


@cache
def _predicates() -> Mapping[str, str]:
    return {one.iri: name for name, one in _schema().predicates.items()}


@cache
def _types() -> Mapping[str, str]:
    return {one.iri: _schema().ancestors(name)[-1] for name, one in _schema().types.items()}


def _schema_type(iri: str) -> str:
    return _types().get(iri, iri.rpartition("#")[2].rpartition("/")[2])
