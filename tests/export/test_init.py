"""Choosing a format, and writing files whole or not at all."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest

from kg.errors import InputError, KgError, UnknownPlugin
from kg.export import FORMATS, export, suffix
from tests.sample import small

GRAPH = small()


def test_formats_are_listed() -> None:
    assert FORMATS.names() == [
        *(
            "csv",
            "cypher",
            "ftm",
            "ftm.json",
            "gexf",
            "graphml",
            "html",
            "json",
            "jsonl",
            "jsonld",
            "neo4j.csv",
            "neo4j.nodes.csv",
            "nodes.csv",
        ),
        "nodes.parquet",
        *("nq", "nq12", "nt", "parquet", "rdf", "svg", "trig", "trig12", "ttl"),
    ]


BUILT = (files("kg.web") / "static" / "manifest.json").is_file()


@pytest.mark.parametrize(
    "format",
    [
        pytest.param(name, marks=pytest.mark.skipif(name == "html" and not BUILT, reason="the explorer is not built"))
        for name in FORMATS.names()
    ],
)
def test_same_graph_gives_the_same_bytes(format: str) -> None:
    first, second = BytesIO(), BytesIO()
    export(GRAPH, first, format=format)
    export(small(), second, format=format)
    assert first.getvalue() == second.getvalue() != b""


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.ttl", "ttl"), ("a.b.TTL", "ttl"), ("a.csv", "csv"), ("a.nodes.csv", "nodes.csv"), ("a.x", "x"), ("a", "")],
)
def test_suffix_names_the_format(name: str, format: str) -> None:
    assert suffix(Path("some.dir") / name) == format


@pytest.mark.parametrize("name", ["graph.xyz", "graph"])
def test_unknown_suffix_names_the_formats(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownPlugin, match="there are: csv, .*graphml, .*ttl"):
        export(GRAPH, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_stream_needs_a_format() -> None:
    with pytest.raises(UnknownPlugin, match="no export format for ''"):
        export(GRAPH, BytesIO())


def test_format_wins_over_the_suffix(tmp_path: Path) -> None:
    export(GRAPH, tmp_path / "x.txt", format="nq")
    assert (tmp_path / "x.txt").read_bytes().startswith(b"<urn:kg:entity/ada-quill>")


def test_csv_brings_its_nodes(tmp_path: Path) -> None:
    export(GRAPH, str(tmp_path / "x.csv"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "x.nodes.csv"]


def test_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none/x.ttl: cannot be written: No such file or directory"):
        export(GRAPH, tmp_path / "none" / "x.ttl")


def test_directory_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").mkdir()
    with pytest.raises(InputError, match="x.ttl: cannot be written"):
        export(GRAPH, tmp_path / "x.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["x.ttl"]


def test_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("old")

    def fail(graph: object, out: BytesIO) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.rdf.turtle", fail)
    with pytest.raises(InputError, match="No space left on device"):
        export(GRAPH, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_format_that_holds_the_whole_graph_takes_no_choice() -> None:
    with pytest.raises(KgError, match="around, limit: ttl holds the whole graph; a part is shown by html or svg"):
        export(GRAPH, BytesIO(), format="ttl", around="Gannet", limit=3)


def test_a_picture_shows_what_is_chosen() -> None:
    whole, part = BytesIO(), BytesIO()
    export(GRAPH, whole, format="svg")
    export(GRAPH, part, format="svg", around="Gannet", hops=1, title="A ferry")
    assert b"Cy Tran" in whole.getvalue()
    assert b"A ferry" in part.getvalue()
    assert b"Port Merrow" in whole.getvalue()
    assert b"Port Merrow" not in part.getvalue()
