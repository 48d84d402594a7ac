"""The statements and the entities as pandas tables."""

import pandas
import pytest

from kg.errors import KgError
from kg.export.frame import to_pandas
from kg.export.tables import ENTITIES, EVIDENCE, STATEMENTS
from kg.graph import Graph
from kg.model import Literal
from kg.schema import load
from tests.sample import THINGS, Text, graph_of, small

EMPTY = Graph.of([], [], [], load())


def test_statements_have_the_columns_and_rows_of_the_csv_file() -> None:
    frame = small().to_pandas()
    assert list(frame.columns) == list(EVIDENCE)
    assert list(frame.columns)[: len(STATEMENTS)] == list(STATEMENTS)
    assert list(frame["id"]) == [one.id for one in small().statements()]


def test_entities_have_the_columns_and_rows_of_the_csv_file() -> None:
    frame = small().to_pandas("entities")
    assert list(frame.columns) == list(ENTITIES)
    assert list(frame["name"]) == [one.name for one in small().entities()]
    assert frame["aliases"].map(type).eq(list).all()


@pytest.mark.parametrize("graph", [small(), EMPTY])
def test_columns_are_typed(graph: Graph) -> None:
    types = {**to_pandas(graph).dtypes.astype(str), **to_pandas(graph, "entities").dtypes.astype(str)}
    others = {name: kind for name, kind in types.items() if kind != "string"}
    assert others == {
        **dict.fromkeys(("predicate", "datatype", "modality", "document", "by", "version", "type"), "category"),
        **dict.fromkeys(("latitude", "longitude"), "float64"),
        **{"subtype": "category", "score": "float64", "inferred": "bool", "published": "datetime64[s]"},
        **dict.fromkeys(("start", "end", "mentions"), "int64"),
        **dict.fromkeys(("aliases", "same_as"), "object"),
    }


def test_what_is_unknown_is_missing() -> None:
    frame = small().to_pandas()
    assert frame.loc[frame["predicate"] == "bornOn", "object"].isna().all()
    assert frame.loc[frame["predicate"] == "leads", "value"].isna().all()
    assert frame["published"].min() == pandas.Timestamp("2021-10-04")


def test_half_characters_are_replaced() -> None:
    text = Text("a").say("Ada Quill", "occupation", Literal(value="\ud800"))
    assert list(to_pandas(graph_of([text], THINGS))["value"]) == ["\ufffd"]


def test_an_unknown_table_names_those_there_are() -> None:
    with pytest.raises(KgError, match="no table 'nodes'; there are: statements, entities"):
        small().to_pandas("nodes")
