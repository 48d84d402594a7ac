"""The two CSV tables."""

import csv
from io import BytesIO, StringIO

from kg.graph import Graph
from kg.model import Entity, Literal
from kg.schema import load
from tests.sample import THINGS, Text, graph_of, small


def rows(graph: Graph, format: str) -> list[dict[str, str]]:
    out = BytesIO()
    graph.export(out, format=format)
    return list(csv.DictReader(StringIO(out.getvalue().decode(), newline="")))


def test_row_of_a_statement_has_all_its_evidence() -> None:
    [row] = [row for row in rows(small(), "csv") if row["modality"] == "possible" and row["inferred"] == "false"]
    assert row.pop("id")
    assert row == {
        "subject": "cy-tran",
        "subject_name": "Cy Tran",
        "predicate": "aboard",
        "object": "gannet",
        "object_name": "Gannet",
        "value": "",
        "datatype": "",
        "modality": "possible",
        "time": "",
        "source": "the harbour master",
        "score": "0.6",
        "inferred": "false",
        "document": "a",
        "start": "80",
        "end": "102",
        "quote": "Cy Tran aboard Gannet.",
        "by": "",
    }


def test_every_statement_is_a_row() -> None:
    assert [row["id"] for row in rows(small(), "csv")] == [one.id for one in small().statements()]


def test_literal_is_a_value_with_its_datatype() -> None:
    [row] = [row for row in rows(small(), "csv") if row["predicate"] == "bornOn"]
    assert (row["object"], row["value"], row["datatype"]) == ("", "1970-02-28", "date")


def test_text_with_line_ends_quotes_and_control_characters_survives() -> None:
    text = Text("a").say("Ada Quill", "occupation", Literal(value='a,"b"\r\nc\x00\ud800'))
    [row] = rows(graph_of([text], THINGS), "csv")
    assert row["value"] == 'a,"b" \nc\ufffd\ufffd'


def test_row_of_an_entity() -> None:
    one = Entity(
        id="x",
        type="Place",
        subtype="City",
        name="X",
        aliases=("Y", "Z"),
        same_as=("Q1",),
        mentions=("m",),
        point=(1.5, -2.0),
        country="FR",
    )
    assert rows(Graph.of([], [], [one], load()), "nodes.csv") == [
        {
            "id": "x",
            "name": "X",
            "type": "Place",
            "subtype": "City",
            "aliases": "Y; Z",
            "same_as": "Q1",
            "mentions": "1",
            "latitude": "1.5",
            "longitude": "-2.0",
            "country": "FR",
        }
    ]
