"""The two Parquet files, read back by pyarrow and by pandas."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pandas
import pyarrow
import pytest
from hypothesis import given, settings
from pyarrow import parquet

from kg.export import export
from kg.export.clean import encodable
from kg.export.tables import EVIDENCE, evidence_rows
from kg.graph import Graph
from kg.model import Entity, Literal
from kg.schema import load
from tests.odd import ODD
from tests.sample import THINGS, Text, complete, graph_of, small


def written(graph: Graph, format: str) -> BytesIO:
    out = BytesIO()
    graph.export(out, format=format)
    out.seek(0)
    return out


@pytest.mark.parametrize("make", [small, complete])
def test_pyarrow_reads_back_every_statement(make) -> None:
    table = parquet.read_table(written(make(), "parquet"))
    assert table.column_names == list(EVIDENCE)
    assert [tuple(row.values()) for row in table.to_pylist()] == list(evidence_rows(make()))


def test_columns_are_typed() -> None:
    schema = parquet.read_schema(written(small(), "parquet"))
    types = {field.name: field.type for field in schema if field.type != pyarrow.string()}
    assert types == {
        "score": pyarrow.float64(),
        "inferred": pyarrow.bool_(),
        "start": pyarrow.int64(),
        "end": pyarrow.int64(),
        "published": pyarrow.date32(),
    }


def test_types_do_not_depend_on_what_there_is() -> None:
    empty = Graph.of([], [], [], load())
    for format in ("parquet", "nodes.parquet"):
        assert parquet.read_schema(written(empty, format)) == parquet.read_schema(written(small(), format))


def test_pandas_reads_back_the_evidence() -> None:
    frame = pandas.read_parquet(written(small(), "parquet"))
    assert list(frame["quote"]) == [one.quote for one in small().statements()]
    assert frame["score"].dtype == "float64"
    assert frame["inferred"].dtype == "bool"
    assert date(2021, 10, 4) in set(frame["published"])


def test_names_of_an_entity_are_a_list() -> None:
    one = Entity(
        id="x", type="Place", subtype="City", name="X", aliases=("Y; Z", "W"), same_as=("Q1",), point=(1.5, -2.0)
    )
    table = parquet.read_table(written(Graph.of([], [], [one], load()), "nodes.parquet"))
    assert table.to_pylist() == [
        {
            "id": "x",
            "name": "X",
            "type": "Place",
            "subtype": "City",
            "aliases": ["Y; Z", "W"],
            "same_as": ["Q1"],
            "mentions": 0,
            "latitude": 1.5,
            "longitude": -2.0,
            "country": None,
        }
    ]


@settings(max_examples=50, deadline=None)
@given(ODD, ODD)
def test_text_stays_as_it_is_but_for_half_characters(between: str, value: str) -> None:
    text = Text("a")
    text.text = between
    text.say("Ada Quill", "occupation", Literal(value=value), source=between or None)
    [row] = parquet.read_table(written(graph_of([text], THINGS), "parquet")).to_pylist()
    quote = encodable(f"Ada Quill occupation {value}.")
    assert (row["quote"], row["value"], row["source"]) == (quote, encodable(value), encodable(between) or None)


def test_the_pair_is_written_together(tmp_path: Path) -> None:
    export(small(), tmp_path / "x.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.nodes.parquet", "x.parquet"]
    assert len(pandas.read_parquet(tmp_path / "x.nodes.parquet")) == len(small().entities())
