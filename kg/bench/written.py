"""Passages in which everything is marked (`kg.bench.passages`): names, facts, modality, anaphora, and their scores.

The facts are those between two entities that the records tell. An adjective that stands for a country ("Norwegian") is
no mention in such passages, so it is left out, and with it a fact of what is spoken of only in this way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Protocol, TypeVar

from msgspec import Struct

from kg.bench.annotated import Annotated
from kg.bench.mentions import measure as measure_names
from kg.bench.passages import read
from kg.bench.records import names
from kg.bench.run import PRF, Cell, Options, Result, limited, percent, prf, told
from kg.bench.score import Score
from kg.bench.scores_calibration import Judged, calibration_error, reliability
from kg.bench.scores_passages import Side, Thing, Told, accuracy, anaphora, by_modality, facts, judged, modalities
from kg.bench.tagged import Name
from kg.build import Progress
from kg.model import PRIORITY, Document, Extraction, Kind, Mention, Modality
from kg.schema import load

Key = TypeVar("Key")

ANAPHORS = (Kind.PRONOUN, Kind.DESCRIPTION)
NOTES = (
    "Names: exact span and type. Facts: the predicate, and things that share any overlapping mention.",
    "Modalities: of marked facts that were found. Anaphora: exact span, in a thing that is named, and the right one.",
    "Scores: of the facts found, by tenths; P is the share that is right, and should be as high as the score.",
)


class Predictor(Protocol):
    """What reads texts."""

    version: str

    def extractions(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says."""


class Measures(Struct, frozen=True):
    """What was measured on some passages; scores of facts are by predicate."""

    names: dict[str, tuple[int, int, float, float, float]]
    facts: dict[str, Score]
    modalities: dict[Modality, Score]
    modality_accuracy: float | None
    anaphora: dict[Kind, Score]
    judged: tuple[Judged, ...]

    def figures(self) -> dict[str, float | None]:
        """Return the figures that sum it up, in per cent; None where there is nothing to measure one on."""
        total, taken_up = prf(sum(self.facts.values(), Score())), prf(sum(self.anaphora.values(), Score()))
        return {
            **{f"{kind} F1": cells[-1] for kind, cells in self.names.items() if kind != "all"},
            **{f"facts {name}": cell for name, cell in zip(PRF, total, strict=True)},
            "modality accuracy": _percent(self.modality_accuracy),
            **{f"anaphora {name}": cell for name, cell in zip(PRF, taken_up, strict=True)},
            "calibration error": _percent(calibration_error(self.judged)),
        }


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on the passages of the path, those of a folder `test` where there is one."""
    records = limited(read(path), options)
    found = told(predictor.extractions(documents(records)), len(records), progress)
    measures = measure(records, list(found))
    return Result(
        benchmark="passages",
        measured_on=f"{len(records):,} passages, {sum(len(record.facts) for record in records):,} facts",
        by=predictor.version,
        columns=("what", "marked", "found", *PRF, "score"),
        rows=tuple(_rows(measures)),
        figures=measures.figures(),
        notes=NOTES,
    )


def documents(records: Iterable[Annotated]) -> Iterator[Document]:
    """Yield each passage as a document to be read."""
    return (Document(id=record.id, text=record.text) for record in records)


def measure(records: Sequence[Annotated], extractions: Sequence[Extraction]) -> Measures:
    """Return what was measured on passages, given what was read in each."""
    sides = [(_marked(record), _found(one)) for record, one in zip(records, extractions, strict=True)]
    pairs = [(gold.facts, found.facts) for gold, found in sides]
    held = [pair for gold, found in pairs for pair in modalities(gold, found, symmetric=_symmetric())]
    gold_names = [[Name(s.start, s.end, s.type) for s in record.spots if s.kind is Kind.NAME] for record in records]
    return Measures(
        names=measure_names(gold_names, [names(one) for one in extractions], _types(gold_names)),
        facts=_total(facts(gold, found, symmetric=_symmetric()) for gold, found in pairs),
        modalities=by_modality(held),
        modality_accuracy=accuracy(held),
        anaphora=_total(anaphora(gold.things, found.things) for gold, found in sides),
        judged=tuple(one for gold, found in pairs for one in judged(gold, found, symmetric=_symmetric())),
    )


def _marked(record: Annotated) -> Side:
    spots = [((spot.start, spot.end), spot.kind) for spot in record.spots]
    things = [Thing(tuple(spots[index] for index in indices)) for indices in record.things]
    said = (
        Told(things[one.subject], one.label.removeprefix("kg:"), things[one.object], one.modality or Modality.ASSERTED)
        for one in record.facts
    )
    return Side(tuple(things), tuple(said))


def _found(extraction: Extraction) -> Side:
    chains: dict[int, list[Mention]] = {}
    for mention in extraction.mentions:
        if mention.name is None:  # else an adjective that stands for it
            chains.setdefault(mention.cluster, []).append(mention)
    things = {
        number: Thing(tuple(((one.start, one.end), one.kind) for one in chain)) for number, chain in chains.items()
    }
    home = {mention.id: things.get(mention.cluster) for mention in extraction.mentions}
    said: list[Told] = []
    for one in extraction.relations:
        subject, thing = home[one.subject], home[one.object] if isinstance(one.object, str) else None
        if subject is not None and thing is not None:
            said.append(Told(subject, one.predicate, thing, one.modality, one.score))
    return Side(tuple(things.values()), tuple(said))


def _rows(measures: Measures) -> Iterator[tuple[Cell, ...]]:
    for kind, cells in measures.names.items():
        yield f"names, {kind}", *cells, None
    for predicate in sorted(measures.facts):
        yield _row(f"facts, {predicate}", measures.facts[predicate])
    yield _row("facts, all", sum(measures.facts.values(), Score()))
    for modality in reversed(PRIORITY):
        yield _row(f"modalities, {modality}", measures.modalities.get(modality, Score()))
    for kind in ANAPHORS:
        yield _row(f"anaphora, {kind}s", measures.anaphora.get(kind, Score()))
    yield _row("anaphora, all", sum(measures.anaphora.values(), Score()))
    for one in reliability(measures.judged):
        name = f"scores, {one.low:.1f}-{one.high:.1f}"
        yield name, None, one.count, percent(one.right), None, None, percent(one.score)


def _row(name: str, score: Score) -> tuple[Cell, ...]:
    return name, int(score.marked), int(score.found), *prf(score), None


def _total(parts: Iterable[dict[Key, Score]]) -> dict[Key, Score]:
    sums: dict[Key, Score] = defaultdict(Score)
    for part in parts:
        for key, score in part.items():
            sums[key] += score
    return dict(sums)


def _types(gold: Iterable[Iterable[Name]]) -> set[str]:
    return {name.type for names in gold for name in names}


def _percent(share: float | None) -> float | None:
    return None if share is None else percent(share)


@cache
def _symmetric() -> frozenset[str]:
    return frozenset(name for name, one in load().predicates.items() if one.symmetric)
