"""Coreference on GUM (Zeldes 2017): MUC, B-cubed, CEAF-phi4 and their mean, the CoNLL F1.

Mentions are all that GUM counts as such, whatever they speak of, and match by exact span. As in OntoNotes and OntoGUM
(Zhu et al. 2021), what is spoken of once is left out on both sides; the score with it stands beside.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from kg.bench.gum import Annotated, read
from kg.bench.run import PRF, Cell, Options, Result, limited, percent, prf, told
from kg.bench.scores_coreference import MEASURES, conll_f1, score, total
from kg.bench.words import Span
from kg.build import Progress
from kg.model import Document

Chains = Sequence[Collection[Span]]


class Predictor(Protocol):
    """What joins the mentions of texts."""

    version: str

    def chains(self, documents: Iterable[Document], /) -> Iterator[Chains]:
        """Yield the chains of each document: collections of the spans of mentions that speak of one thing."""


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on the documents of the path, those of `dev` where it tells them apart."""
    documents = limited(read(path), options)
    found = list(told(predictor.chains(one.document for one in documents), len(documents), progress))
    genres = sorted({one.genre for one in documents})
    rows = [_row(genre or "unnamed", _of(genre, documents, found)) for genre in genres]
    pairs = list(zip(documents, found, strict=True))
    alone, beside = _row("all", pairs), _row("all, with singletons", pairs, singletons=True)
    return Result(
        benchmark="coreference",
        measured_on=f"{len(documents):,} documents, {sum(len(one.chains) for one, _ in pairs):,} chains",
        by=predictor.version,
        columns=("genre", "documents", *(f"{name} {part}" for name in MEASURES for part in PRF), "CoNLL F1"),
        rows=(*rows, alone, beside),
        figures={"CoNLL F1": _last(alone), "CoNLL F1, with singletons": _last(beside)},
        notes=("Exact spans; what is spoken of once is left out on both sides, except in the last row.",),
    )


def _of(genre: str, documents: Sequence[Annotated], found: Sequence[Chains]) -> list[tuple[Annotated, Chains]]:
    return [(one, chains) for one, chains in zip(documents, found, strict=True) if one.genre == genre]


def _row(name: str, pairs: Sequence[tuple[Annotated, Chains]], *, singletons: bool = False) -> tuple[Cell, ...]:
    scores = total(score(one.chains, chains, singletons=singletons) for one, chains in pairs)
    cells = [cell for measure in MEASURES for cell in prf(scores[measure])]
    return (name, len(pairs), *cells, percent(conll_f1(scores)))


def _last(row: tuple[Cell, ...]) -> float:
    cell = row[-1]
    assert isinstance(cell, float)
    return cell
