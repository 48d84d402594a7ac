"""Where commands read and write: spaces, and files whose suffix names a format."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.group import Failure

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.space import Space


def check_format(target: str, format: str | None, **chosen: Any) -> None:
    """Raise before the work is done and not after it."""
    from kg.export import FORMATS, suffix, writer

    if target == "-" and not format:
        raise click.UsageError(f"-o - needs --format: {', '.join(FORMATS.names())}")
    writer(format or suffix(Path(target)), chosen)
    if not Path(target).absolute().parent.is_dir():
        raise Failure(f"{target}: there is no directory {Path(target).parent}")


def write_graph(graph: "Graph", target: str, format: str | None, **chosen: Any) -> None:
    """Write the graph, or what is chosen of it, to a path, or to standard output for `-`."""
    graph.export(sys.stdout.buffer if target == "-" else target, format=format, **chosen)


def open_space(path: str) -> "Space":
    """Open the space at that path to read."""
    from kg.space import Space

    return Space.open(path)
