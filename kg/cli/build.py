"""`kg build`: texts in, a space or a file out."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg.build import Building
from kg.build import build as build_graph
from kg.cli.files import check_format, write_graph
from kg.cli.group import Failure
from kg.cli.reading import options, reading_options
from kg.cli.terminal import columns, count, progress, report

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
    has read before is not read again. Without -o nothing is taken out of a space that holds other documents. FILE
    is written in the format that its suffix names.

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
        watching: Building = {"progress": tell, "on_error": rejected.append}
        if space is not None and not _is_named():
            watching["on_drop"] = partial(_keep, space, sources)
        graph = build_graph(paths, into=space, schema=vocabulary, **options(**reading), **watching)
        write(graph)
    if output != "-":
        shown = f"; kg serve {output} shows it" if space is not None else ""
        click.echo("\n".join([*_summary(graph, len(rejected)), f"written to {output}{shown}"]))
    report(rejected)


def _is_named() -> bool:
    """Tell whether a person has said where the graph goes, and with that, what may be replaced."""
    return click.get_current_context().get_parameter_source("output") is not ParameterSource.DEFAULT


def _keep(space: "Space", sources: tuple[str, ...], gone: frozenset[str]) -> None:
    """Refuse to take documents out of a space that nobody has named."""
    first = next(one.source or one.id for one in space.documents() if one.id in gone)
    others = f" and {len(gone) - 1:,} more" if len(gone) > 1 else ""
    raise Failure(
        f"{space.path} holds {count(len(gone), 'document')} that this build would take out ({first}{others}); "
        f"kg add {space.path} {' '.join(sources) or 'seeds'} keeps them, and -o {space.path} replaces them"
    )


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
    """Return what there is: of statements those of the texts, the different facts in them, and what follows by rule."""
    from kg.graph import edge_id

    types = Counter(entity.type for entity in graph.entities())
    told = [one for one in graph.statements() if not one.inferred]
    rows = [("documents", len(graph.documents)), ("  set aside", set_aside), *_counted("entities", types)]
    rows.append(("facts", len({edge_id(one) for one in told})))
    rows += _counted("statements", Counter(str(one.modality) for one in told))
    rows.append(("inferred", len(graph.statements()) - len(told)))
    return columns([(name, f"{count:>7,}") for name, count in rows])


def _counted(title: str, counts: Counter[str]) -> list[tuple[str, int]]:
    return [(title, counts.total()), *((f"  {name}", count) for name, count in sorted(counts.items()))]
