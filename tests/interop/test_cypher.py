"""The Cypher script, run by a database that speaks Cypher, and every statement of it parsed as Neo4j's dialect.

LadybugDB runs in the process. It wants its tables declared, knows one label a node, and has unique ids without a
constraint for them, so those statements are only parsed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.clean import printable
from kg.export.neo4j import nodes, relationships
from kg.graph import Graph
from kg.model import Literal, Modality
from tests.odd import ODD
from tests.sample import THINGS, Text, complete, graph_of, small

ladybug = pytest.importorskip("ladybug", reason="make interop")
dialect = pytest.importorskip("graphglot.dialect", reason="make interop")

COLUMNS = """id STRING, predicate STRING, stance STRING, modality STRING, time STRING, source STRING, quote STRING,
    score DOUBLE, inferred BOOLEAN, document STRING, published DATE, start INT64, `end` INT64, `by` STRING,
    version STRING"""


def statements(graph: Graph) -> list[str]:
    out = BytesIO()
    graph.export(out, format="cypher")
    return out.getvalue().decode().split(";\n")[:-1]


@contextmanager
def run(graph: Graph) -> Iterator[Any]:
    """Declare the tables and run what makes nodes and relationships."""
    with ladybug.Database(":memory:", max_db_size=1 << 28) as database, ladybug.Connection(database) as connection:
        fill(connection, graph)
        yield connection


def fill(connection: Any, graph: Graph) -> None:
    literals = sorted({name for node in nodes(graph) for name in node.literals})
    columns = "id STRING PRIMARY KEY, name STRING, type STRING, subtype STRING, aliases STRING[], same_as STRING[]"
    connection.execute(f"CREATE NODE TABLE Entity({', '.join([columns, *(f'{name} STRING[]' for name in literals)])})")
    connection.execute("CREATE NODE TABLE Value(id STRING PRIMARY KEY, name STRING, type STRING)")
    for type in sorted({one.type for one in relationships(graph)}):
        connection.execute(f"CREATE REL TABLE {type}(FROM Entity TO Entity, FROM Entity TO Value, {COLUMNS})")
    merge(connection, graph)


def merge(connection: Any, graph: Graph) -> None:
    for statement in statements(graph):
        if not statement.startswith("CREATE CONSTRAINT") and " SET n:" not in statement:
            connection.execute(statement)


def found(connection: Any, query: str) -> Iterator[list[Any]]:
    answer = connection.execute(query)
    while answer.has_next():
        yield answer.get_next()


def test_every_statement_is_cypher_as_neo4j_speaks_it() -> None:
    neo4j = dialect.Dialect.get_or_raise("neo4j")
    for statement in statements(small()):
        answer = neo4j.validate(statement)
        assert answer.success, (statement, answer.diagnostics)


@pytest.mark.parametrize("make", [small, complete])
def test_a_database_holds_what_the_script_says(make) -> None:
    graph = make()
    with run(graph) as connection:
        names = dict(found(connection, "MATCH (n:Entity) RETURN n.id, n.name"))
        query = "MATCH (a)-[r]->(b) RETURN r.id, a.id, label(r), b.id, r.quote"
        told = {row[0]: row[1:] for row in found(connection, query)}
    assert names == {entity.id: entity.name for entity in graph.entities()}
    assert told == {
        one.properties["id"]: [one.start, one.type, one.end, one.properties["quote"]] for one in relationships(graph)
    }


def test_types_and_what_is_unknown_survive() -> None:
    query = "MATCH ()-[r:POSSIBLY_ABOARD]->() RETURN r.score, r.inferred, r.published, r.start, r.time"
    with run(small()) as connection:
        assert list(found(connection, query)) == [[0.6, False, date(2021, 10, 4), 80, None]]
        assert list(found(connection, "MATCH (n:Entity {id: 'ada-quill'}) RETURN n.bornOn")) == [[["1970-02-28"]]]


def test_it_can_be_run_again() -> None:
    with run(small()) as connection:
        merge(connection, small())
        assert list(found(connection, "MATCH ()-[r]->() RETURN count(r)")) == [[len(small().statements())]]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(ODD, ODD), min_size=1, max_size=20, unique_by=lambda pair: printable(pair[1])))
def test_odd_strings_survive(pairs: list[tuple[str, str]]) -> None:
    text = Text("a")
    for between, value in pairs:
        text.text += between
        text.say("Ada Quill", "occupation", Literal(value=value), source=between, modality=Modality.REPORTED)
    graph = graph_of([text], THINGS)
    with run(graph) as connection:
        told = list(found(connection, "MATCH ()-[r]->(v) RETURN r.quote, r.source, v.name"))
    expected = {
        (printable(f"Ada Quill occupation {value}."), printable(between) or None, printable(value))
        for between, value in pairs
    }
    assert {(quote, source or None, name) for quote, source, name in told} == expected
