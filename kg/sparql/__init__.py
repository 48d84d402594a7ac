"""The one SPARQL door: a query in, plain Python values out, and never an error of the engine's.

A query without `GRAPH` sees the facts; each document's evidence is in its named graph. An answer is read out of the
store before it is handed over, because the engine's own results live in one thread and one order only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import msgspec
from msgspec import Struct
from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)
from pyoxigraph import parse as parse_rdf

from kg.errors import QueryError
from kg.export.rdf import PREFIXES, XSD, quads
from kg.graph import Graph
from kg.plugins import Registry
from kg.sparql.explain import explaining, is_ordered

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph

RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}

SHOWN = 200  # rows in a notebook

# The room above this one draws answers; by name, so that this room does not know it.
FACES = Registry("face of an answer", group="kg.answer_faces", builtin={"mimebundle": "kg.web.answer:mimebundle"})

Value = str | int | float | Decimal | bool | date | None

_PYTHON: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((XSD + "integer", XSD + "int", XSD + "long", XSD + "nonNegativeInteger"), int),
    **dict.fromkeys((XSD + "double", XSD + "float"), float),
    XSD + "decimal": Decimal,
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}


class IRI(str):
    """An IRI in an answer: text that is told from a literal by its type."""

    __slots__ = ()


class Result(Struct, frozen=True, kw_only=True):
    """The answer to a query, apart from the store it came from.

    SELECT has `variables` and `rows`; ASK has `answer`; CONSTRUCT and DESCRIBE have `rows` of three, and only they can
    be written as RDF. Rows are sorted where the query does not order them.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    answer: bool | None = None
    is_graph: bool = False
    content: bytes = b""
    prefixes: Mapping[str, str] = {}

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.answer is None else self.answer

    @property
    def formats(self) -> list[str]:
        """Name what `serialize` can write."""
        return list(GRAPHS if self.is_graph else RESULTS)

    def serialize(self, format: str) -> bytes:
        """Return the answer in one of the `formats`: W3C's for SPARQL results, or RDF for a graph."""
        if format not in self.formats:
            raise QueryError(f"no format {format!r} for this answer; there are: {', '.join(self.formats)}")
        if self.is_graph:
            triples = (quad.triple for quad in parse_rdf(self.content, format=RdfFormat.N_TRIPLES))
            return serialize(triples, format=GRAPHS[format], prefixes=dict(self.prefixes)) or b""
        if format == "json":
            return self.content
        results = parse_query_results(self.content, format=QueryResultsFormat.JSON)
        return results.serialize(format=RESULTS[format]) or b""

    def short(self, value: Value) -> str:
        """Return a value as a person reads it: an IRI with its prefix, nothing for nothing."""
        if value is None:
            return ""
        if isinstance(value, IRI):
            for name, start in self.prefixes.items():
                if value.startswith(start):
                    return f"{name}:{value[len(start) :]}"
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _repr_html_(self) -> str:
        if self.answer is not None:
            return escape(self.short(self.answer))
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        rows = ("".join(f"<td>{escape(self.short(value))}</td>" for value in row) for row in self.rows[:SHOWN])
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        left = len(self.rows) - SHOWN
        more = f"<caption>the first {SHOWN}; {left:,} more are in rows</caption>" if left > 0 else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        return FACES.get("mimebundle")(self)


def query(store: Store, text: str, *, prefixes: Mapping[str, str] = PREFIXES) -> Result:
    """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE query; the prefixes need not be declared in it.

    Raise `QueryError` with line, column and remedy for what is not SPARQL, for updates, and for a SERVICE clause.
    """
    with explaining(text, prefixes):
        found = store.query(text, prefixes=dict(prefixes))
        if isinstance(found, QueryBoolean):
            return _answer(found)
        if isinstance(found, QuerySolutions):
            return _solutions(found, ordered=is_ordered(text), prefixes=prefixes)
        return _triples(found, prefixes)


def load(found: Iterable[Quad]) -> Store:
    """Return a store in memory that holds the quads."""
    store = Store()
    store.bulk_extend(found)
    return store


def query_graph(graph: Graph, text: str) -> Result:
    """Answer a query of a graph; its store is made for the first one and kept as long as the graph."""
    if graph not in _STORES:
        _STORES[graph] = load(quads(graph))
    return query(_STORES[graph], text, prefixes={**PREFIXES, **graph.schema.prefixes})


def to_rdflib(graph: Graph) -> "RdflibGraph":
    """Return an `rdflib.Graph` of the facts, on an Oxigraph store of its own.

    Its queries run in Oxigraph and find the evidence with `GRAPH`; `rdflib.Dataset(graph.store)` iterates over it.
    """
    # rdflib takes longer to import than all else here, and a query needs none of it.
    from oxrdflib import OxigraphStore
    from rdflib import Graph as RdflibGraph
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    store = OxigraphStore(store=load(quads(graph)))
    found = RdflibGraph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    for name, start in {**PREFIXES, **graph.schema.prefixes}.items():
        found.bind(name, start)
    return found


_STORES: WeakKeyDictionary[Graph, Store] = WeakKeyDictionary()


def _answer(found: QueryBoolean) -> Result:
    return Result(answer=bool(found), content=found.serialize(format=QueryResultsFormat.JSON) or b"")


def _solutions(found: QuerySolutions, *, ordered: bool, prefixes: Mapping[str, str]) -> Result:
    table = msgspec.json.decode(found.serialize(format=QueryResultsFormat.JSON) or b"")
    variables = tuple(table["head"]["vars"])
    bindings = table["results"]["bindings"]
    if not ordered:
        bindings.sort(key=lambda binding: [sorted(map(repr, binding.get(name, {}).items())) for name in variables])
    rows = tuple(tuple(_value(binding.get(name)) for name in variables) for binding in bindings)
    return Result(variables=variables, rows=rows, content=msgspec.json.encode(table), prefixes=prefixes)


def _triples(found: Any, prefixes: Mapping[str, str]) -> Result:
    triples = sorted(set(found), key=str)
    content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    rows = tuple((_node(one.subject), _node(one.predicate), _node(one.object)) for one in triples)
    names = ("subject", "predicate", "object")
    return Result(variables=names, rows=rows, is_graph=True, content=content, prefixes=prefixes)


def _node(term: Any) -> Value:
    if hasattr(term, "datatype"):
        return _python(term.value, term.datatype.value)
    text = str(term)
    return IRI(term.value) if text.startswith("<") else text


def _value(binding: Mapping[str, Any] | None) -> Value:
    if binding is None:
        return None
    if binding["type"] == "uri":
        return IRI(binding["value"])
    if binding["type"] == "bnode":
        return f"_:{binding['value']}"
    return _python(str(binding["value"]), binding.get("datatype", ""))


def _python(text: str, datatype: str) -> Value:
    try:
        return _PYTHON.get(datatype, str)(text)
    except (ValueError, ArithmeticError):
        return text
