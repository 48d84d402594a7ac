"""Names in files of words and tags: exact span and type, counted by nervaluate's strict scheme.

The types are those of the vocabulary that the file marks; what is found of other types is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from nervaluate import Evaluator
from nervaluate.entities import EvaluationResult

from kg.bench.run import PRF, Options, Result, limited, percent, told
from kg.bench.tagged import Name, read
from kg.build import Progress
from kg.model import Document

Names = Sequence[Name]


class Predictor(Protocol):
    """What finds names."""

    version: str

    def names(self, documents: Iterable[Document], /) -> Iterator[Names]:
        """Yield the names in each document, with types of the vocabulary."""


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on the sentences of the path, those of `test` files where it tells them apart."""
    everything = read(path)
    sentences = limited(everything, options)
    found = list(told(predictor.names(one.document for one in sentences), len(sentences), progress))
    types = {name.type for one in everything for name in one.names}
    scores = measure([one.names for one in sentences], found, types)
    return Result(
        benchmark="mentions",
        measured_on=f"{len(sentences):,} sentences, {sum(len(one.names) for one in sentences):,} names",
        by=predictor.version,
        columns=("type", "names", "found", *PRF),
        rows=tuple((name, *cells) for name, cells in scores.items()),
        figures={"F1": scores["all"][-1]},
        notes=("Exact span and type; types that the file does not mark are left out.",),
    )


def measure(
    gold: Sequence[Names], found: Sequence[Names], types: Iterable[str]
) -> dict[str, tuple[int, int, float, float, float]]:
    """Return for each of the types, and for all of them: marked, found, and P, R, F1 in per cent.

    Of names that overlap only the longest counts, since tags cannot say more.
    """
    tags = sorted(types)
    result = Evaluator(_spans(gold), _spans(found), tags=tags, loader="dict").evaluate()
    by_type = {kind: result["entities"].get(kind, {"strict": EvaluationResult()})["strict"] for kind in tags}
    counts = by_type | {"all": result["overall"]["strict"]}
    return {
        name: (one.possible, one.actual, percent(one.precision), percent(one.recall), percent(one.f1))
        for name, one in counts.items()
    }


def flat(names: Names) -> list[Name]:
    """Return the names without those that overlap a longer one, in their order."""
    kept: list[Name] = []
    for name in sorted(set(names), key=lambda name: (name.start - name.end, name.start, name.type)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _spans(sentences: Sequence[Names]) -> list[list[dict[str, Any]]]:
    # nervaluate counts the end in.
    return [
        [{"label": name.type, "start": name.start, "end": name.end - 1} for name in flat(names)] for names in sentences
    ]
