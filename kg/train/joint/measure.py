"""What the joint model reaches on texts that it was not trained or tuned on: the benchmarks, for the model card."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.bench import Result, bench
from kg.train.written import PASSAGES

# benchmark, its files among the corpora, what the issue of it is called in the card
MEASURED = (
    ("knowledgenet", "knowledgenet.zip"),
    ("redocred", "re-docred-dev.zip"),
    ("coreference", "gum.zip/dev"),
    ("mentions", "uner-ewt.zip/en_ewt-ud-test.iob2"),
    ("text2kgbench", "text2kgbench-tekgen.zip"),
    ("gap", "gap.zip"),
)


def measure(corpora: Path) -> dict[str, Any]:
    """Return the figures and tables of every benchmark."""
    return {f"{name} {path}": _told(result) for name, path, result in _measured(corpora)}


def _measured(corpora: Path) -> Iterator[tuple[str, str, Result]]:
    for name, path in MEASURED:
        yield name, path, bench(name, str(corpora / path))
    yield "passages", "kg/train/data/passages", bench("passages", str(PASSAGES))


def _told(result: Result) -> dict[str, Any]:
    return {
        "measured on": result.measured_on,
        "figures": result.figures,
        "columns": list(result.columns),
        "rows": [list(row) for row in result.rows],
        "notes": list(result.notes),
    }
