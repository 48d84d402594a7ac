"""A graph to bytes: one small writer per format, named by its suffix."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import InputError, KgError
from kg.graph import Graph
from kg.plugins import Registry

FORMATS = Registry(
    "export format",
    group="kg.exporters",
    builtin={
        "ttl": "kg.export.rdf:turtle",
        "nt": "kg.export.rdf:ntriples",
        "rdf": "kg.export.rdf:rdfxml",
        "trig": "kg.export.rdf:trig",
        "nq": "kg.export.rdf:nquads",
        "jsonld": "kg.export.rdf:jsonld",
        "trig12": "kg.export.rdf:trig12",
        "nq12": "kg.export.rdf:nquads12",
        "graphml": "kg.export.network:graphml",
        "gexf": "kg.export.network:gexf",
        "json": "kg.export.network:node_link",
        "csv": "kg.export.tables:statements",
        "nodes.csv": "kg.export.tables:entities",
        "parquet": "kg.export.parquet:statements parquet",
        "nodes.parquet": "kg.export.parquet:entities parquet",
        "neo4j.csv": "kg.export.neo4j:relationship_table",
        "neo4j.nodes.csv": "kg.export.neo4j:node_table",
        "cypher": "kg.export.neo4j:cypher",
        "ftm": "kg.export.ftm:ftm",
        "ftm.json": "kg.export.ftm:ftm",
        "jsonl": "kg.export.records:records",
        "html": "kg.web.page:html",
        "svg": "kg.web.picture:picture",
    },
)

# A table of statements alone would lose what is known of their ends: x.csv brings x.nodes.csv with it.
BESIDE = {"csv": "nodes.csv", "parquet": "nodes.parquet", "neo4j.csv": "neo4j.nodes.csv"}


# What shows a part of the graph that can be chosen; every other format holds the whole.
CHOOSING = ("html", "svg")


def export(graph: Graph, target: str | Path | BinaryIO, *, format: str | None = None, **chosen: Any) -> None:
    """Write the graph to a path, whose suffix names the format unless `format` does, or to an open binary file.

    A file is replaced when it is written whole, never left half-written. A table of statements brings that of their
    entities: `x.csv` brings `x.nodes.csv` with it. A page and a picture show what is `chosen`: `around` names, what a
    `query` finds, or the best connected, up to `limit` edges, under a `title`.
    Raise `UnknownPlugin` with the formats that exist, and `InputError` where the file cannot be written.
    """
    if not isinstance(target, str | Path):
        writer(format or "", chosen)(graph, target, **chosen)
        return
    path = Path(target)
    format = format or suffix(path)
    write = writer(format, chosen)
    _replace(path, lambda out: write(graph, out, **chosen))
    if format in BESIDE:
        export(graph, path.with_suffix(f".nodes.{format.rpartition('.')[2]}"), format=BESIDE[format])


def writer(format: str, chosen: Mapping[str, Any]) -> Callable[..., None]:
    """Return what writes that format; raise `UnknownPlugin`, or `KgError` where it shows no part that is `chosen`."""
    write: Callable[..., None] = FORMATS.get(format)
    if chosen and format not in CHOOSING:
        said = ", ".join(chosen)
        raise KgError(f"{said}: {format} holds the whole graph; a part is shown by {' or '.join(CHOOSING)}")
    return write


def suffix(path: Path) -> str:
    """Return the format that the path's suffixes name, the longest that there is: `nodes.csv` before `csv`."""
    known = FORMATS.names()
    parts = [part.lower() for part in path.name.split(".")[1:]]
    candidates = [".".join(parts[start:]) for start in range(len(parts))]
    return next((name for name in candidates if name in known), parts[-1] if parts else "")


def _replace(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write beside the file and rename: the unfinished file is gone whatever happens."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as out:
            write(out)
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)
