"""`kg bench`: measure on a public benchmark."""

from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import columns, progress

if TYPE_CHECKING:
    from kg.bench import Result as Measured


@click.command()
@click.argument("name")
@click.argument("path")
@click.option("--fold", type=int, metavar="N", help="Of KnowledgeNet's folds, which. [default: 3]")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N documents, sentences or texts.")
@click.option("--pipeline", metavar="NAME", help="A spaCy pipeline, or gliner:MODEL, to find the names with.")
@click.option("--schema", "schemas", multiple=True, metavar="TOML", help="More types and predicates; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of the table.")
def bench(name: str, path: str, pipeline: str | None, schemas: tuple[str, ...], as_json: bool, **chosen: Any) -> None:
    """Measure kg on a public benchmark, as its paper does.

    NAME is coreference, gap, knowledgenet, mentions, passages, redocred, resolution or text2kgbench; PATH is the
    benchmark's own file, folder or .zip, or a part of a .zip. Scores are in per cent.

    \b
        kg bench knowledgenet knowledgenet.zip --fold 3
        kg bench mentions uner-ewt.zip/en_ewt-ud-test.iob2 --json
    """
    from kg.bench import Options
    from kg.bench import bench as measure
    from kg.bench.predict import default
    from kg.jsonl import encode

    predictor = default(pipeline=pipeline, schema_files=schemas)
    with progress() as tell:
        result = measure(name, path, predictor=predictor, options=Options(**chosen), progress=tell)
    click.echo(encode(result.record()) if as_json else "\n".join(_measured(result)))


def _measured(result: "Measured") -> list[str]:
    head, *body = columns(result.cells())
    rule = "-" * max(map(len, (head, *body)))
    figures = [f"{name}: {'-' if value is None else value}" for name, value in result.figures.items()]
    about = f"{result.benchmark}, {result.measured_on}; {result.by}"
    return [about, "", head, rule, *body, "", *figures, *result.notes]
