"""Answers straight into bytes: what a server sends, with no Python value made for a row of it.

Query and write in one thread: the engine's results live in the one that made them.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from msgspec import Struct
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.export.rdf import RDF
from kg.sparql import GRAPHS, RESULTS
from kg.sparql.explain import explaining

DATASETS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
"""The formats that keep graphs apart."""

ANY_GRAPH = GRAPHS | DATASETS
"""All formats that a graph can be written in."""

_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_ENDS = NamedNode(RDF + "subject"), NamedNode(RDF + "object")


class Question(Struct, frozen=True):
    """A query, the prefixes it need not declare, and the dataset that it asks where that is not the whole store."""

    text: str
    prefixes: Mapping[str, str] = {}
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def open_store(path: str | Path) -> Store:
    """Open the store at that path to read; raise `OSError` where there is none."""
    return Store.read_only(str(path))


def answer(store: Store, question: Question, choose: Callable[[bool], str], out: IO[bytes]) -> str:
    """Write the answer in the format that is chosen, knowing whether it is a graph, and return that format.

    Raises `QueryError` as `kg.sparql.query` does, and what `choose` and `out` raise.
    """
    with explaining(question.text, question.prefixes):
        found = store.query(question.text, prefixes=dict(question.prefixes), **_dataset(question))
    format = choose(isinstance(found, QueryTriples))  # outside: what it raises is nobody's mistake in the query
    with explaining(question.text, question.prefixes):
        if isinstance(found, QueryBoolean | QuerySolutions):
            found.serialize(out, format=RESULTS[format])
        else:
            serialize(found, out, format=ANY_GRAPH[format], prefixes=dict(question.prefixes))
    return format


def write_graph(store: Store, iri: str | None, format: str, prefixes: Mapping[str, str], out: IO[bytes]) -> bool:
    """Write one graph of the store, the default one for None; return False where there is none of that name."""
    name = _node(iri) if iri else DefaultGraph()
    if name is None or (isinstance(name, NamedNode) and not store.contains_named_graph(name)):
        return False
    store.dump(out, format=_flat(format), from_graph=name, prefixes=dict(prefixes))
    return True


def write_about(store: Store, iri: str, format: str, prefixes: Mapping[str, str], out: IO[bytes]) -> bool:
    """Write what the store tells of a thing: its facts, the names of what they link to, and all their evidence.

    Return False where it tells nothing. A format that keeps no graphs apart has the triples of them all.
    """
    node = _node(iri)
    found = dict.fromkeys(_about(store, node)) if node else {}
    if found:
        rows: Any = found if format in DATASETS else dict.fromkeys(quad.triple for quad in found)
        serialize(rows, out, format=ANY_GRAPH[format], prefixes=dict(prefixes))
    return bool(found)


def knows(store: Store, iri: str) -> bool:
    """Tell whether the store tells anything of a thing, or has a graph of that name."""
    node = _node(iri)
    return node is not None and next(_own(store, node), None) is not None


def _about(store: Store, node: NamedNode) -> Iterator[Quad]:
    yield from _own(store, node)
    default = DefaultGraph()
    yield from store.quads_for_pattern(None, None, node, default)
    linked = store.quads_for_pattern(node, None, None, default), store.quads_for_pattern(None, None, node, default)
    for quad in chain(*linked):
        other = quad.object if quad.subject == node else quad.subject
        if isinstance(other, NamedNode):
            yield from store.quads_for_pattern(other, _LABEL, None, default)
    for end in _ENDS:
        for quad in store.quads_for_pattern(None, end, node, None):
            yield from store.quads_for_pattern(quad.subject, None, None, quad.graph_name)


def _own(store: Store, node: NamedNode) -> Iterator[Quad]:
    yield from store.quads_for_pattern(node, None, None, None)
    yield from store.quads_for_pattern(None, None, None, node)


def _flat(format: str) -> RdfFormat:
    """Return a format in which one graph's triples stand without its name: as what one asked for, not as a dataset."""
    return {"trig": RdfFormat.TURTLE, "nq": RdfFormat.N_TRIPLES}.get(format) or GRAPHS[format]


def _dataset(question: Question) -> dict[str, Any]:
    """Return what names the dataset: whoever names one kind of graphs has none of the other kind."""
    if question.default is None and question.named is None:
        return {}
    named = {"default_graph": question.default, "named_graphs": question.named}
    return {kind: [NamedNode(iri) for iri in iris or ()] for kind, iris in named.items()}


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:  # not an IRI, so nothing is told of it
        return None
