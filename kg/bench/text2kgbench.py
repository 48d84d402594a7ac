"""Text2KGBench's TekGen part (Mihindukulasooriya et al. 2023): sentences to triples under ten small ontologies.

Objects and subjects are strings as Wikidata labels them. The benchmark's own F1 is lenient: it looks only at the
relations that a sentence is marked with, averages over sentences, then over ontologies. Beside it stands the strict
count of all triples found.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from msgspec import Struct

from kg.bench.files import Files
from kg.bench.run import PRF, Cell, Options, Result, limited, percent, prf, told
from kg.bench.score import Score
from kg.bench.scores_triples import Mean, Triple, lenient, mean, strict
from kg.build import Progress
from kg.errors import InputError
from kg.jsonl import decode_lines
from kg.model import Document

REMEDY = "give the folder or .zip that holds Text2KGBench's ground_truth/ and ontologies/"


class Ontology(Struct, frozen=True):
    """The relations of an ontology: Wikidata property to the label that its triples are written with.

    Two relations can have one property ("league" stands twice), and the label of the first counts.
    """

    name: str
    relations: dict[str, str]


class Predictor(Protocol):
    """What finds triples."""

    version: str

    def triples(self, documents: Iterable[Document], ontology: Ontology, /) -> Iterator[Sequence[Triple]]:
        """Yield the triples of each document under an ontology: subject, label of the relation, object."""


class Annotated(Struct, frozen=True):
    """An ontology with its sentences and their marked triples."""

    ontology: Ontology
    sentences: tuple[tuple[Document, tuple[Triple, ...]], ...]


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on the test sentences of all ontologies; a limit counts sentences of each."""
    parts = [Annotated(one.ontology, tuple(limited(list(one.sentences), options))) for one in read(path)]
    means: list[Mean] = []
    strictly: list[Score] = []
    for part in parts:
        found = _found(part, predictor, progress)
        gold = [triples for _, triples in part.sentences]
        means.append(mean([lenient(*pair) for pair in zip(gold, found, strict=True)]))
        strictly.append(sum((strict(*pair) for pair in zip(gold, found, strict=True)), Score()))
    return _result(parts, means, strictly, predictor.version)


def _found(part: Annotated, predictor: Predictor, progress: Progress | None) -> list[Sequence[Triple]]:
    found = predictor.triples((document for document, _ in part.sentences), part.ontology)
    return list(told(found, len(part.sentences), progress, stage=part.ontology.name))


class _Relation(Struct, frozen=True):
    pid: str
    label: str


class _RawOntology(Struct, frozen=True):
    relations: tuple[_Relation, ...]


class _RawTriple(Struct, frozen=True):
    sub: str
    rel: str
    obj: str


class Text2KGBenchSentence(Struct, frozen=True):
    """A line of the file."""

    id: str
    sent: str
    triples: tuple[_RawTriple, ...]


def read(path: str) -> list[Annotated]:
    """Return the ontologies in their order; raise `InputError` where the path holds no sentences, or no ontology."""
    files = Files(path)
    ontologies = {
        _number(name): name for name in files.matching("ontologies/*_ontology.json", "*_ontology.json", remedy=REMEDY)
    }
    found: list[Annotated] = []
    for name in files.matching("ground_truth/*.jsonl", "*_ground_truth.jsonl", remedy=REMEDY):
        if _number(name) not in ontologies:
            raise InputError(f"has no ontology beside it; {REMEDY}", path=files.place(name))
        found.append(_annotated(files, name, ontologies[_number(name)]))
    return found


def _annotated(files: Files, name: str, ontology: str) -> Annotated:
    raw: _RawOntology = files.json(ontology, _RawOntology)
    relations: dict[str, str] = {}
    for relation in raw.relations:
        relations.setdefault(relation.pid, relation.label)
    lines = decode_lines(files.text(name).split("\n"), Text2KGBenchSentence, path=files.place(name))
    by_id = {one.id: one for one in lines}  # the last of an id counts, as in the benchmark's own script
    sentences = tuple(
        (Document(id=one.id, text=one.sent), tuple((each.sub, each.rel, each.obj) for each in one.triples))
        for one in by_id.values()
    )
    return Annotated(Ontology(PurePosixPath(ontology).stem.removesuffix("_ontology"), relations), sentences)


def _number(name: str) -> str:
    """Return the number in "ont_7_space_ground_truth.jsonl" or "7_space_ontology.json"."""
    return next((part for part in PurePosixPath(name).stem.split("_") if part.isdecimal()), "")


def _result(parts: Sequence[Annotated], means: Sequence[Mean], strictly: Sequence[Score], version: str) -> Result:
    average, everything = mean(means), sum(strictly, Score())
    named = [
        (part.ontology.name, len(part.sentences), one, each)
        for part, one, each in zip(parts, means, strictly, strict=True)
    ]
    total = sum(len(part.sentences) for part in parts)
    rows: list[tuple[Cell, ...]] = [
        (name, count, percent(one.precision), percent(one.recall), percent(one.f1), *prf(each))
        for name, count, one, each in (*named, ("all", total, average, everything))
    ]
    return Result(
        benchmark="text2kgbench",
        measured_on=f"TekGen: {total:,} sentences under {len(parts)} ontologies, {int(everything.marked):,} triples",
        by=version,
        columns=("ontology", "sentences", *PRF, *(f"strict {name}" for name in PRF)),
        rows=tuple(rows),
        figures={"F1": percent(average.f1), "strict precision": prf(everything)[0], "strict F1": prf(everything)[2]},
        notes=(
            "P, R, F1 are the benchmark's own: relations found that a sentence is not marked with are dropped.",
            "They are means over sentences, in the last row over ontologies.",
            f"A sentence marked with no triple, {_unmarked(parts)} of them, scores 0 there whatever is found: at most"
            f" {percent(_highest(parts))} can be reached.",
            "Strict drops nothing; micro over triples.",
        ),
    )


def _unmarked(parts: Sequence[Annotated]) -> int:
    return sum(not triples for part in parts for _, triples in part.sentences)


def _highest(parts: Sequence[Annotated]) -> float:
    """Return the benchmark's own F1 of what is marked, scored against itself."""
    return mean([mean([lenient(triples, triples) for _, triples in part.sentences]) for part in parts]).f1
