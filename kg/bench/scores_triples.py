"""Triples of strings, scored as Text2KGBench's `run_eval.py` does (Mihindukulasooriya et al. 2023), and strictly.

The benchmark's own measure is lenient: of what was found in a sentence, triples whose relation is not among the
sentence's marked relations are dropped before anything is counted. Beside it stands the strict count, without dropping.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from statistics import fmean

from msgspec import Struct

from kg.bench.score import Score, harmonic

Triple = tuple[str, str, str]

_SPACE = re.compile(r"_|\s+")


class Mean(Struct, frozen=True):
    """Precision, recall and F1 of a sentence, or averaged over sentences or ontologies; each from 0 to 1."""

    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0


def key(triple: Triple) -> str:
    """Return what two triples are compared by: all three parts in a row, lower-case, without spaces and underscores."""
    return "".join(_SPACE.sub("", part).lower() for part in triple)


def lenient(gold: Collection[Triple], found: Collection[Triple]) -> Mean:
    """Return the benchmark's score of one sentence, in which only the marked relations are looked at."""
    relations = {_relation(triple) for triple in gold}
    counts = strict(gold, [triple for triple in found if _relation(triple) in relations])
    return Mean(counts.precision, counts.recall, harmonic(counts.precision, counts.recall))


def strict(gold: Iterable[Triple], found: Iterable[Triple]) -> Score:
    """Return the counts of one sentence, in which every triple found is right or wrong; sentences add up."""
    marked, predicted = set(map(key, gold)), set(map(key, found))
    return Score.counted(len(marked & predicted), len(predicted), len(marked))


def mean(scores: Sequence[Mean]) -> Mean:
    """Return the unweighted average: over the sentences of an ontology, then over ontologies."""
    if not scores:
        return Mean()
    return Mean(
        fmean(one.precision for one in scores), fmean(one.recall for one in scores), fmean(one.f1 for one in scores)
    )


def _relation(triple: Triple) -> str:
    return triple[1].replace(" ", "_")
