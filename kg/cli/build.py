"""`kg build`: texts in, a space or a file out."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.build import Watching
from kg.build import build as build_graph
from kg.cli.files import check_format, write_graph
from kg.cli.reading import options, reading_options
from kg.cli.terminal import columns, progress, report

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Rejected
    from kg.space import Space


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("-o", "--output", default="space", show_default=True, metavar="SPACE|FILE", help="Where the graph goes.")
@click.option("--format", "format_", metavar="NAME", help="The format of FILE where its suffix does not name it.")
@reading_options
def build(
    sources: tuple[str, ...],
    output: str,
    format_: str | None,
    schemas: tuple[str, ...],
    **reading: Any,
) -> None:
    """Read texts and build the graph of what they say.

    A SOURCE is a file, a directory, a glob, or - for standard input: plain text, Markdown, HTML or JSON Lines;
    without any, the directory seeds. SPACE is a directory, made or replaced with the new graph; a text that it
    has read before is not read again. FILE is written in the format that its suffix names.

    \b
        kg build articles -o space
        kg build 'news/*.html' more.jsonl -o graph.ttl
        cat article.txt | kg build - -o - --format trig
        kg build archive.jsonl --jobs auto

    Exit status 1 tells that documents were set aside: each is named, and kept in SPACE/rejected.jsonl.
    """
    from kg.schema import load

    rejected: list[Rejected] = []
    paths = [source if source == "-" else Path(source) for source in sources or ("seeds",)]  # a string can be a text
    with _output(output, format_) as (space, write), progress() as tell:
        vocabulary = load(schemas)
        watching: Watching = {"progress": tell, "on_error": rejected.append}
        graph = build_graph(paths, into=space, schema=vocabulary, **options(**reading), **watching)
        write(graph)
    if output != "-":
        click.echo("\n".join(_summary(graph, len(rejected))))
    report(rejected)


@contextmanager
def _output(target: str, format: str | None) -> "Iterator[tuple[Space | None, Callable[[Graph], None]]]":
    """Yield the space to build into and what to do with the graph: nothing, or write it to a file."""
    path = Path(target)
    if target == "-" or format or (path.suffix and not path.is_dir()):
        check_format(target, format)
        yield None, lambda graph: write_graph(graph, target, format)
    else:
        from kg.space import Space

        with Space.create(path) as space:
            yield space, lambda graph: None


def _summary(graph: "Graph", set_aside: int) -> list[str]:
    types = Counter(entity.type for entity in graph.entities())
    said = Counter("inferred" if one.inferred else str(one.modality) for one in graph.statements())
    rows = [("documents", len(graph.documents)), ("  set aside", set_aside)]
    for title, counts in (("entities", types), ("statements", said)):
        rows += [(title, counts.total()), *((f"  {name}", count) for name, count in sorted(counts.items()))]
    return columns([(name, f"{count:>7,}") for name, count in rows])
