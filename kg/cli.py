"""The commands: arguments in, lines out, nothing else."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.build import Progress, Watching
from kg.build import build as build_graph
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.bench import Result as Measured
    from kg.graph import Graph
    from kg.model import Document, Mention, Rejected, Statement
    from kg.schema import Schema
    from kg.space import Space
    from kg.sparql import Result

CONTEXT = 300  # characters shown on either side of a quote where no sentence ends sooner
SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ', "\n")


class _Failure(click.ClickException):
    """One line on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"kg: {' '.join(self.message.split())}", err=True)


class _Commands(click.Group):
    """A group in which every failure that can be foreseen ends as one line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads has seen enough: click ends quietly
        except click.UsageError as error:
            command = (error.ctx or ctx).command_path
            raise _Failure(f"{error.format_message()} ({command} --help tells more)") from error
        except (KgError, OSError) as error:
            raise _Failure(str(error)) from error


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> int:
    if value != "auto" and not value.isdecimal():
        raise click.BadParameter(f"{value!r} is neither a number nor auto", ctx, param)
    return 0 if value == "auto" else int(value)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def main() -> None:
    """Read English text and build a knowledge graph to query, look at and trust."""


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("-o", "--output", default="space", show_default=True, metavar="SPACE|FILE", help="Where the graph goes.")
@click.option("--format", "format_", metavar="NAME", help="The format of FILE where its suffix does not name it.")
@click.option(
    "--schema", "schemas", multiple=True, metavar="TOML", help="More types, predicates, patterns; repeatable."
)
@click.option("--pipeline", metavar="NAME", help="A spaCy pipeline, or gliner:MODEL, to find the names with.")
@click.option("--jobs", callback=_jobs, default="1", show_default=True, metavar="N", help="Processes; auto: one a CPU.")
def build(
    sources: tuple[str, ...],
    output: str,
    format_: str | None,
    schemas: tuple[str, ...],
    pipeline: str | None,
    jobs: int,
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
    with _output(output, format_) as (space, write), _progress() as tell:
        vocabulary = load(schemas)
        watching: Watching = {"progress": tell, "on_error": rejected.append}
        graph = build_graph(paths, into=space, extractor=pipeline, schema=vocabulary, jobs=jobs, **watching)
        write(graph)
    if output != "-":
        click.echo("\n".join(_summary(graph, len(rejected))))
    _report(rejected)


@main.command()
@click.argument("space")
@click.option("-o", "--output", required=True, metavar="FILE", help="A path, or - for standard output.")
@click.option("--format", "format_", metavar="NAME", help="The format where the suffix of FILE does not name it.")
def export(space: str, output: str, format_: str | None) -> None:
    """Write the graph of a space to a file.

    \b
        kg export space -o graph.ttl
        kg export space -o - --format jsonl | head
    """
    _check_format(output, format_)
    with _open(space) as opened:
        _write(opened.graph(), output, format_)


@main.command()
@click.argument("space")
@click.argument("query")
@click.option(
    "--format", "format_", default="table", show_default=True, metavar="NAME", help="How answers are written."
)
def query(space: str, query: str, format_: str) -> None:
    """Answer a SPARQL query from a space.

    QUERY is the text itself, @FILE, or - for standard input. The usual prefixes are known: kg:, schema:, ent:, rdfs:.
    NAME is table, or a format of SPARQL results (csv, tsv, json, xml) or, for CONSTRUCT and DESCRIBE, of RDF.

    \b
        kg query space 'SELECT ?name WHERE { ?who a schema:Person ; rdfs:label ?name }'
        kg query space @launches.rq --format csv
    """
    text = _query_text(query)
    with _open(space) as opened:
        result = opened.query(text)
    if format_ == "table":
        click.echo("\n".join(_table(result)))
    else:
        sys.stdout.buffer.write(result.serialize(format_))


@main.command()
@click.argument("space")
@click.argument("name")
@click.argument("other", required=False)
def why(space: str, name: str, other: str | None) -> None:
    """Show the sentences behind an entity, a pair of entities, or a statement.

    NAME is a name, an alias, or the id of an entity or a statement. What says so stands in [brackets].

    \b
        kg why space 'Klim Schipenko'
        kg why space 'Klim Schipenko' 'Soyuz MS-19'
    """
    with _open(space) as opened:
        click.echo("\n".join(_why(opened.graph(), name, other)).rstrip())


@main.command()
@click.option("--owl", "form", flag_value="owl", help="As an OWL ontology, in Turtle.")
@click.option("--shacl", "form", flag_value="shacl", help="As SHACL shapes, in Turtle.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--schema", "schemas", multiple=True, metavar="TOML", help="More types and predicates; repeatable.")
def schema(form: str | None, schemas: tuple[str, ...]) -> None:
    """Show the types and predicates there are to extract.

    \b
        kg schema
        kg schema --owl > schema.ttl
    """
    from kg.export.ontology import owl, shacl
    from kg.jsonl import encode
    from kg.schema import load

    loaded = load(schemas)
    if form is None:
        click.echo("\n".join(_vocabulary(loaded)))
    else:
        sys.stdout.buffer.write({"owl": owl, "shacl": shacl, "json": encode}[form](loaded))


@main.command()
@click.argument("name")
@click.argument("path")
@click.option("--fold", type=int, metavar="N", help="Of KnowledgeNet's folds, which. [default: 3]")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N documents, sentences or texts.")
@click.option("--pipeline", metavar="NAME", help="A spaCy pipeline, or gliner:MODEL, to find the names with.")
@click.option("--schema", "schemas", multiple=True, metavar="TOML", help="More types and predicates; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of the table.")
def bench(name: str, path: str, pipeline: str | None, schemas: tuple[str, ...], as_json: bool, **chosen: Any) -> None:
    """Measure kg on a public benchmark, as its paper does.

    NAME is coreference, gap, knowledgenet, mentions, passages, redocred or text2kgbench; PATH is the benchmark's own
    file, folder or .zip, or a part of a .zip. Scores are in per cent.

    \b
        kg bench knowledgenet knowledgenet.zip --fold 3
        kg bench mentions uner-ewt.zip/en_ewt-ud-test.iob2 --json
    """
    from kg.bench import Options
    from kg.bench import bench as measure
    from kg.bench.predict import default
    from kg.jsonl import encode

    predictor = default(pipeline=pipeline, schema_files=schemas)
    with _progress() as tell:
        result = measure(name, path, predictor=predictor, options=Options(**chosen), progress=tell)
    click.echo(encode(result.record()) if as_json else "\n".join(_measured(result)))


@contextmanager
def _output(target: str, format: str | None) -> "Iterator[tuple[Space | None, Callable[[Graph], None]]]":
    """Yield the space to build into and what to do with the graph: nothing, or write it to a file."""
    path = Path(target)
    if target == "-" or format or (path.suffix and not path.is_dir()):
        _check_format(target, format)
        yield None, lambda graph: _write(graph, target, format)
    else:
        from kg.space import Space

        with Space.create(path) as space:
            yield space, lambda graph: None


def _check_format(target: str, format: str | None) -> None:
    """Raise before the work is done and not after it."""
    from kg.export import FORMATS, suffix

    if target == "-" and not format:
        raise click.UsageError(f"-o - needs --format: {', '.join(FORMATS.names())}")
    FORMATS.get(format or suffix(Path(target)))
    if not Path(target).absolute().parent.is_dir():
        raise _Failure(f"{target}: there is no directory {Path(target).parent}")


def _write(graph: "Graph", target: str, format: str | None) -> None:
    graph.export(sys.stdout.buffer if target == "-" else target, format=format)


def _open(path: str) -> "Space":
    from kg.space import Space

    return Space.open(path)


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.buffer.read().decode(errors="replace")
    return Path(query[1:]).read_text(encoding="utf-8") if query.startswith("@") else query


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


def _report(rejected: "Sequence[Rejected]") -> None:
    """Name what was set aside and end with status 1, if anything was."""
    for item in sorted(rejected, key=lambda item: (item.source, item.line or 0, item.reason)):
        place = f"{item.source}:{item.line}" if item.line is not None else item.source
        click.echo(f"kg: {place}: set aside: {item.reason}", err=True)
    if rejected:
        click.echo(f"kg: {len(rejected)} set aside", err=True)
        sys.exit(1)


def _summary(graph: "Graph", set_aside: int) -> list[str]:
    types = Counter(entity.type for entity in graph.entities())
    said = Counter("inferred" if one.inferred else str(one.modality) for one in graph.statements())
    rows = [("documents", len(graph.documents)), ("  set aside", set_aside)]
    for title, counts in (("entities", types), ("statements", said)):
        rows += [(title, counts.total()), *((f"  {name}", count) for name, count in sorted(counts.items()))]
    return _columns([(name, f"{count:>7,}") for name, count in rows])


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows under each other, every column as wide as its widest cell."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    padded = ([cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return ["  ".join(row).rstrip() for row in padded]


def _table(result: "Result") -> list[str]:
    if result.answer is not None:
        return [result.short(result.answer)]
    cells = [[" ".join(result.short(value).split()) for value in row] for row in result.rows]
    head, *body = _columns([result.variables, *cells])
    rule = "-" * max(map(len, (head, *body)))
    return [head, rule, *body, "", _count(len(body), "row")]


def _measured(result: "Measured") -> list[str]:
    head, *body = _columns(result.cells())
    rule = "-" * max(map(len, (head, *body)))
    figures = [f"{name}: {'-' if value is None else value}" for name, value in result.figures.items()]
    about = f"{result.benchmark}, {result.measured_on}; {result.by}"
    return [about, "", head, rule, *body, "", *figures, *result.notes]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _why(graph: "Graph", name: str, other: str | None) -> list[str]:
    """Return what a person reads about a statement, an entity, or what joins two entities."""
    said = [statement for statement in graph.statements() if statement.id == name]
    if said:
        return _evidence(graph, said)
    entity = graph.entity(name)
    ends = {entity.id, graph.entity(other).id} if other else {entity.id}
    said = [one for one in graph.statements() if ends <= {one.subject, one.object} and not one.inferred]
    if other:
        return _evidence(graph, said) or [f"Nothing joins {entity.name} and {graph.entity(other).name} directly."]
    mentions = graph.mentions(entity.id)
    documents = len({mention.document for mention in mentions})
    about = f"{entity.name}  ({graph.type_of(entity)}, {entity.id})"
    names = [f"also: {', '.join(entity.aliases)}"] if entity.aliases else []
    counts = f"{_count(len(mentions), 'mention')} in {_count(documents, 'document')}"
    return [about, *names, counts, "", *(_evidence(graph, said) if said else _passages(graph, mentions))]


def _evidence(graph: "Graph", statements: "Sequence[Statement]") -> list[str]:
    names = {entity.id: entity.name for entity in graph.entities()}
    passages = _passages(graph, statements)
    return [line for one, passage in zip(statements, passages, strict=True) for line in (_claim(one, names), passage)]


def _passages(graph: "Graph", places: "Sequence[Statement | Mention]") -> list[str]:
    documents = {document.id: document for document in graph.documents}
    return [_quoted(documents[place.document], place) for place in places]


def _claim(one: "Statement", names: Mapping[str, str]) -> str:
    thing = names[one.object] if isinstance(one.object, str) else one.object.value
    source = f"according to {names.get(one.source, one.source)}" if one.source else None
    how = [str(one.modality), one.time, source, f"score {one.score:.2f}", "inferred" if one.inferred else None]
    said = ", ".join([*filter(None, how), one.id])
    return f"{names[one.subject]} {one.predicate} {thing}  ({said})"


def _quoted(document: "Document", one: "Statement | Mention") -> str:
    """Return the quote within its sentence, and where it stands."""
    before = document.text[max(0, one.start - CONTEXT) : one.start]
    after = document.text[one.end : one.end + CONTEXT]
    before = before[max([0, *(before.rfind(mark) + len(mark) for mark in SENTENCE_ENDS if mark in before)]) :]
    after = after[: min([len(after), *(after.find(mark) + 1 for mark in SENTENCE_ENDS if mark in after)])]
    quote = click.style(f"[{document.text[one.start : one.end]}]", bold=True)
    sentence = " ".join(f"{before}{quote}{after}".split())
    title = document.title or document.source or document.id
    day = f", {document.published}" if document.published else ""
    return f"    {sentence}\n    -- {title}{day}, characters {one.start}-{one.end}\n"


def _vocabulary(schema: "Schema") -> list[str]:
    types = [
        (f"  {name}", f"a kind of {kind.parent}" if kind.parent else "", kind.comment)
        for name, kind in schema.types.items()
    ]
    predicates = [
        (f"  {name}", f"{_ends(rule.subject)} -> {rule.datatype or _ends(rule.object)}", rule.comment)
        for name, rule in schema.predicates.items()
    ]
    return ["Types", *_columns(types), "", "Predicates", *_columns(predicates)]


def _ends(types: Sequence[str]) -> str:
    return ", ".join(types) or "any"
