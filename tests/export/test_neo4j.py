"""Neo4j's CSV files, read by the rules of its import tool, and its Cypher script."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kg.export import export
from kg.export.clean import printable
from kg.graph import Graph
from kg.model import Entity, Literal, Modality
from kg.schema import load
from tests.odd import ODD
from tests.sample import THINGS, Text, complete, graph_of, small

# What a column's type makes of a field: the import tool's own rules, as its manual tells them.
TYPES: dict[str, Callable[[str], Any]] = {
    "": str,
    "ID": str,
    "START_ID": str,
    "END_ID": str,
    "TYPE": str,
    "LABEL": lambda text: text.split(";"),
    "string[]": lambda text: text.split(";"),
    "double": float,
    "long": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


def written(graph: Graph, format: str) -> str:
    out = BytesIO()
    graph.export(out, format=format)
    return out.getvalue().decode()


def rows(graph: Graph, format: str) -> list[dict[str, Any]]:
    """Read a table as the import tool does: `name:TYPE` in the header, an empty field is no property."""
    header, *lines = csv.reader(StringIO(written(graph, format), newline=""), strict=True)
    columns = [(name or type, TYPES[type]) for name, _, type in (column.partition(":") for column in header)]
    assert len({name for name, _ in columns}) == len(columns)
    for line in lines:
        assert len(line) == len(columns)
    return [
        {name: make(field) for (name, make), field in zip(columns, line, strict=True) if field != ""} for line in lines
    ]


@pytest.mark.parametrize("make", [small, complete])
def test_every_end_is_a_node_and_every_id_is_unique(make) -> None:
    ids = [node["id"] for node in rows(make(), "neo4j.nodes.csv")]
    assert len(ids) == len(set(ids))
    ends = {one[end] for one in rows(make(), "neo4j.csv") for end in ("START_ID", "END_ID")}
    assert ends <= set(ids)


@pytest.mark.parametrize("make", [small, complete])
def test_every_statement_is_a_relationship_with_its_evidence(make) -> None:
    graph = make()
    found = {one["id"]: one for one in rows(graph, "neo4j.csv")}
    assert list(found) == [one.id for one in graph.statements()]
    for one in graph.statements():
        told = found[one.id]
        same = ("predicate", "document", "start", "end", "quote", "inferred", "score")
        assert {name: told[name] for name in same} == {name: getattr(one, name) for name in same}
        assert (told["modality"], told.get("source"), told.get("time")) == (one.modality.value, one.source, one.time)


def test_a_node_tells_its_types_as_labels() -> None:
    [node] = [node for node in rows(small(), "neo4j.nodes.csv") if node["id"] == "gannet"]
    assert node == {
        "id": "gannet",
        "LABEL": ["Entity", "Ship", "Vehicle"],
        "name": "Gannet",
        "type": "Vehicle",
        "subtype": "Ship",
    }


def test_a_type_that_the_schema_does_not_know_is_no_label() -> None:
    things = [Entity(id="x", type="Ghost", subtype="A b;c", name="X", aliases=("Y; Z", "W"), same_as=("Q1",))]
    assert rows(Graph.of([], [], things, load()), "neo4j.nodes.csv") == [
        {
            "id": "x",
            "LABEL": ["Entity"],
            "name": "X",
            "type": "Ghost",
            "subtype": "A b;c",
            "aliases": ["Y, Z", "W"],
            "same_as": ["Q1"],
        }
    ]


def test_a_fact_of_a_literal_is_a_property_and_keeps_its_evidence() -> None:
    found = rows(small(), "neo4j.nodes.csv")
    [ada] = [node for node in found if node["id"] == "ada-quill"]
    [day] = [node for node in found if node["LABEL"] == ["Value"] and node["type"] == "date"]
    assert ada["bornOn"] == ["1970-02-28"] == [day["name"]]
    [told] = [one for one in rows(small(), "neo4j.csv") if one["END_ID"] == day["id"]]
    assert (told["TYPE"], told["quote"]) == ("BORN_ON", "Ada Quill bornOn 1970-02-28.")


@pytest.mark.parametrize(
    ("modality", "type"),
    [
        (Modality.ASSERTED, "WORKS_FOR"),
        (Modality.PLANNED, "WORKS_FOR"),
        (Modality.POSSIBLE, "POSSIBLY_WORKS_FOR"),
        (Modality.NEGATED, "NOT_WORKS_FOR"),
    ],
)
def test_what_is_no_fact_has_a_type_of_its_own(modality: Modality, type: str) -> None:
    text = Text("a").say("Ada Quill", "worksFor", "Merrow Lines", modality=modality)
    text.say("Ada Quill", "occupation", Literal(value="sailor"), modality=modality)
    graph = graph_of([text], THINGS)
    assert type in {one["TYPE"] for one in rows(graph, "neo4j.csv")}
    assert f"[r:{type} " in written(graph, "cypher")
    assert ("SET n.`occupation` = " in written(graph, "cypher")) is (type == "WORKS_FOR")
    properties = [node.get("occupation") for node in rows(graph, "neo4j.nodes.csv") if node["id"] == "ada-quill"]
    assert properties == ([["sailor"]] if type == "WORKS_FOR" else [None])


def test_the_document_tells_its_date_and_what_read_it() -> None:
    told = {one["document"]: one.get("published") for one in rows(small(), "neo4j.csv")}
    assert told == {"a": date(2021, 10, 4), "b c/ü.txt": date(2022, 1, 1)}


@settings(max_examples=50, deadline=None)
@given(between=ODD, value=ODD, source=ODD)
def test_odd_strings_survive_the_csv(between: str, value: str, source: str) -> None:
    text = Text("a;\n")
    text.text = between
    text.say("Ada Quill", "occupation", Literal(value=value), source=source, by=between)
    [told] = rows(graph_of([text], THINGS), "neo4j.csv")
    assert told["quote"] == printable(f"Ada Quill occupation {value}.")
    assert (told.get("source", ""), told.get("by", "")) == (printable(source), printable(between))


def test_the_pair_is_written_together(tmp_path: Path) -> None:
    export(small(), tmp_path / "x.neo4j.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.neo4j.csv", "x.neo4j.nodes.csv"]
    assert (tmp_path / "x.neo4j.nodes.csv").read_text().startswith("id:ID,:LABEL,name,")


def test_the_script_is_made_of_merges_only() -> None:
    statements = written(complete(), "cypher").split(";\n")
    assert statements.pop() == ""
    assert all(one.startswith(("CREATE CONSTRAINT ", "UNWIND [")) for one in statements)
    assert all("IF NOT EXISTS" in one or "MERGE (" in one or "MATCH (" in one for one in statements)


def test_long_scripts_come_in_batches() -> None:
    things = [Entity(id=f"p{number}", type="Person", name="P") for number in range(1001)]
    script = written(Graph.of([], [], things, load()), "cypher")
    assert script.count("MERGE (n:Entity") == 3


def test_a_node_tells_where_its_place_is() -> None:
    one = Entity(id="x", type="Place", name="X", same_as=("Q1",), point=(1.5, -2.0), country="FR")
    graph = Graph.of([], [], [one], load())
    [node] = rows(graph, "neo4j.nodes.csv")
    assert (node["latitude"], node["longitude"], node["country"]) == (1.5, -2.0, "FR")
    assert "`latitude`: 1.5000, `longitude`: -2.0000, `country`: 'FR'" in written(graph, "cypher")
