"""Re-DocRED (Tan et al. 2022): relations of 96 Wikidata properties between the entities of a document.

Measured on a fifth of the development documents, those whose index divides by five: the others are training data. Once
with the marked entities given, as its papers report, and once end to end, where a system finds its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from kg.bench.files import Files
from kg.bench.run import PRF, Cell, Options, Result, limited, prf, told
from kg.bench.score import Score
from kg.bench.scores_relations import ThingFact, align, score
from kg.bench.words import Span, joined
from kg.build import Progress
from kg.errors import InputError
from kg.model import Document

HELD_OUT = 5  # documents whose index divides by this are kept for measuring
LISTED = 20  # properties that have a row of their own: those marked most often
REMEDY = "give the folder, .zip or file of Re-DocRED's dev_revised.json"

Things = Sequence[Collection[Span]]
Facts = Sequence[ThingFact]


class Predictor(Protocol):
    """What finds facts, by Wikidata property; a thing is the spans of its mentions."""

    version: str

    def facts_between(self, documents: Iterable[tuple[Document, Things]], /) -> Iterator[Facts]:
        """Yield the facts between the things that are given with each document."""

    def things_and_facts(self, documents: Iterable[Document], /) -> Iterator[tuple[Things, Facts]]:
        """Yield the things of each document, and the facts between them."""


class Annotated(Struct, frozen=True):
    """A document with its marked things and the facts between them."""

    document: Document
    things: Things
    facts: Facts


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure both on the held-out fifth."""
    documents, properties = read(path)
    documents = limited(documents, options)
    texts = [one.document for one in documents]
    given = predictor.facts_between((one.document, one.things) for one in documents)
    related = list(told(given, len(texts), progress, stage="relations"))
    alone = list(told(predictor.things_and_facts(texts), len(texts), progress, stage="end to end"))
    scores = {
        "gold mentions": measure(documents, related, properties),
        "end to end": measure_end_to_end(documents, alone, properties),
    }
    return _result(documents, scores, predictor.version)


def read(path: str) -> tuple[list[Annotated], frozenset[str]]:
    """Return the held-out fifth of the documents, and the properties that the whole file knows.

    Raises `InputError` where the path does not hold Re-DocRED.
    """
    files = Files(path)
    name = files.matching("dev_revised.json", "*.json", remedy=REMEDY)[0]
    raw: list[_Raw] = files.json(name, list[_Raw])
    documents = [_annotated(index, one, files.place(name)) for index, one in enumerate(raw) if index % HELD_OUT == 0]
    return documents, frozenset(label.r for one in raw for label in one.labels)


def measure(documents: Sequence[Annotated], found: Sequence[Facts], properties: Collection[str]) -> dict[str, Score]:
    """Return the score of each property, given the facts found between the marked things of each document.

    What is found of a property that the benchmark does not know is left out: nobody marked it.
    """
    scores = [
        score(document.facts, [fact for fact in facts if fact.property in properties])
        for document, facts in zip(documents, found, strict=True)
    ]
    return _summed(scores)


def measure_end_to_end(
    documents: Sequence[Annotated], found: Sequence[tuple[Things, Facts]], properties: Collection[str]
) -> dict[str, Score]:
    """Return the score of each property, given the things found in each document and the facts between those."""
    scores = [
        score(
            document.facts,
            [fact for fact in facts if fact.property in properties],
            stands_for=align(document.things, things),
        )
        for document, (things, facts) in zip(documents, found, strict=True)
    ]
    return _summed(scores)


def _summed(scores: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    sums: dict[str, Score] = defaultdict(Score)
    for one in scores:
        for name, each in one.items():
            sums[name] += each
    return dict(sums)


class _Mention(Struct, frozen=True):
    sent_id: int
    pos: tuple[int, int]


class _Label(Struct, frozen=True):
    h: int
    r: str
    t: int


class _Raw(Struct, frozen=True, rename={"entities": "vertexSet"}):
    title: str
    sents: tuple[tuple[str, ...], ...]
    entities: tuple[tuple[_Mention, ...], ...]
    labels: tuple[_Label, ...] = ()


def _annotated(index: int, raw: _Raw, place: str) -> Annotated:
    text, spans = joined(word for sentence in raw.sents for word in sentence)
    before = [0]
    for sentence in raw.sents:
        before.append(before[-1] + len(sentence))

    def span(mention: _Mention) -> Span:
        first, last = (before[mention.sent_id] + position for position in mention.pos)
        return spans[first][0], spans[last - 1][1]

    try:
        things = [sorted({span(mention) for mention in thing}) for thing in raw.entities]
    except IndexError as error:
        raise InputError(f"document {index} ({raw.title}) has a mention outside of its words", path=place) from error
    document = Document(id=f"{index:04}", text=text, title=raw.title)
    return Annotated(document, things, [ThingFact(label.h, label.r, label.t) for label in raw.labels])


def _result(documents: Sequence[Annotated], scores: Mapping[str, Mapping[str, Score]], version: str) -> Result:
    marked = {name: one.marked for each in scores.values() for name, one in each.items()}
    listed = sorted(marked, key=lambda name: (-marked[name], name))[:LISTED]
    totals = {way: sum(each.values(), Score()) for way, each in scores.items()}
    rows: list[tuple[Cell, ...]] = [
        (name, int(marked[name]), *(cell for each in scores.values() for cell in prf(each.get(name, Score()))))
        for name in listed
    ]
    facts = sum(len(one.facts) for one in documents)
    rows.append(("all", facts, *(cell for total in totals.values() for cell in prf(total))))
    return Result(
        benchmark="redocred",
        measured_on=f"the held-out fifth of dev: {len(documents):,} documents, {facts:,} facts",
        by=version,
        columns=("property", "facts", *(f"{way} {name}" for way in scores for name in PRF)),
        rows=tuple(rows),
        figures={f"F1, {way}": prf(total)[2] for way, total in totals.items()},
        notes=(
            f"Micro over all properties; rows of their own have the {LISTED} marked most often.",
            "Ign F1 is left out: it needs the training set, whose facts it ignores.",
        ),
    )
