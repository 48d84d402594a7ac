"""KnowledgeNet (Mesquita et al. 2019): facts of 15 properties between spans of passages, text F1.

Every passage names the properties that it was exhaustively annotated for. A document is read as a whole; of what is
found, facts whose two ends lie in one passage are scored there, as `evaluator.py` asks of a prediction file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from kg.bench.files import Files
from kg.bench.run import PRF, Cell, Options, Result, limited, prf, told
from kg.bench.score import Score
from kg.bench.scores_facts import METHODS, SpanFact, score
from kg.build import Progress
from kg.errors import InputError
from kg.jsonl import decode_lines
from kg.model import Document

FOLD = 3  # of the folds that are published with their facts, the last
REMEDY = "give the folder or .zip of KnowledgeNet's own file, one document as JSON on each line"


class Predictor(Protocol):
    """What finds the facts of texts."""

    version: str

    def span_facts(self, documents: Iterable[Document], /) -> Iterator[Sequence[SpanFact]]:
        """Yield the facts of each document, by the names of KnowledgeNet's properties: CEO, SPOUSE."""


class Passage(Struct, frozen=True):
    """A stretch of a document, its facts, and the properties of which it has no others."""

    start: int
    end: int
    facts: tuple[SpanFact, ...]
    exhaustive: frozenset[str]

    def holds(self, fact: SpanFact) -> bool:
        """Tell whether both ends of the fact lie in the passage."""
        return all(self.start <= start and end <= self.end for start, end in (fact.subject, fact.object))


class Annotated(Struct, frozen=True):
    """A document and its passages; all offsets count characters of its text."""

    document: Document
    passages: tuple[Passage, ...]


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on one fold; raise `InputError` where the path holds no such fold."""
    fold = FOLD if options.fold is None else options.fold
    documents = limited(read(path, fold=fold), options)
    found = told(predictor.span_facts(one.document for one in documents), len(documents), progress)
    return _result(fold, documents, list(found), predictor.version)


def measure(
    documents: Sequence[Annotated], found: Sequence[Sequence[SpanFact]], *, method: str = "span_overlap"
) -> dict[str, Score]:
    """Return the score of each property over the documents, given the facts found in each."""
    sums: dict[str, Score] = defaultdict(Score)
    for document, facts in zip(documents, found, strict=True):
        for passage in document.passages:
            inside = [fact for fact in facts if passage.holds(fact)]
            for name, one in score(passage.facts, inside, passage.exhaustive, match=METHODS[method]).items():
                sums[name] += one
    return dict(sums)


class _Property(Struct, frozen=True, rename="camel"):
    property_id: str
    property_name: str


class _Fact(Struct, frozen=True, rename="camel"):
    property_id: str
    subject_start: int
    subject_end: int
    object_start: int
    object_end: int


class _Passage(Struct, frozen=True, rename="camel"):
    passage_start: int
    passage_end: int
    exhaustively_annotated_properties: tuple[_Property, ...]
    facts: tuple[_Fact, ...]


class KnowledgeNetDocument(Struct, frozen=True, rename="camel"):
    """A line of the file, of what is read."""

    fold: int
    document_id: str
    document_text: str
    passages: tuple[_Passage, ...]


def read(path: str, *, fold: int) -> list[Annotated]:
    """Return the documents of a fold; raise `InputError` naming the folds that there are where it has none."""
    files = Files(path)
    names = files.matching("*.jsonl", "*.json", remedy=REMEDY)
    lines = ((files.place(name), files.text(name).split("\n")) for name in names)
    documents = [one for place, text in lines for one in decode_lines(text, KnowledgeNetDocument, path=place)]
    chosen = [one for one in documents if one.fold == fold]
    if not chosen:
        known = ", ".join(map(str, sorted({one.fold for one in documents})))
        raise InputError(f"holds no fold {fold}; there are: {known or 'none'}", path=path)
    passages = [passage for document in documents for passage in document.passages]
    told_names = (one for passage in passages for one in passage.exhaustively_annotated_properties)
    properties = {one.property_id: one.property_name for one in told_names}
    return [_annotated(one, properties, path) for one in chosen]


def _annotated(raw: KnowledgeNetDocument, names: Mapping[str, str], path: str) -> Annotated:
    try:
        passages = tuple(_passage(one, names) for one in raw.passages)
    except KeyError as error:
        raise InputError(f"document {raw.document_id} has an unknown property {error}; {REMEDY}", path=path) from error
    # Between the passages the text is blank. Paragraphs keep their sentences apart, and every offset in its place.
    text = re.sub(r" {3,}", lambda blank: "\n\n".ljust(len(blank[0])), raw.document_text)
    return Annotated(Document(id=raw.document_id, text=text), passages)


def _passage(raw: _Passage, names: Mapping[str, str]) -> Passage:
    facts = (
        SpanFact((one.subject_start, one.subject_end), names[one.property_id], (one.object_start, one.object_end))
        for one in raw.facts
    )
    exhaustive = frozenset(one.property_name for one in raw.exhaustively_annotated_properties)
    return Passage(raw.passage_start, raw.passage_end, tuple(facts), exhaustive)


def _result(fold: int, documents: list[Annotated], found: list[Sequence[SpanFact]], version: str) -> Result:
    passages = [passage for document in documents for passage in document.passages]
    names = sorted({name for passage in passages for name in passage.exhaustive})
    scores = {method: measure(documents, found, method=method) for method in METHODS}
    totals = {method: sum(each.values(), Score()) for method, each in scores.items()}
    rows: list[tuple[Cell, ...]] = [
        (name, *(cell for each in scores.values() for cell in prf(each.get(name, Score())))) for name in names
    ]
    rows.append(("all facts", *(cell for total in totals.values() for cell in prf(total))))
    facts = sum(len(passage.facts) for passage in passages)
    return Result(
        benchmark="knowledgenet",
        measured_on=f"fold {fold}: {len(documents):,} documents, {facts:,} facts",
        by=version,
        columns=("property", *(f"{method} {name}" for method in METHODS for name in PRF)),
        rows=tuple(rows),
        figures={f"text F1, {method}": prf(total)[2] for method, total in totals.items()},
        notes=("Micro over all facts; what is wrong counts where its passage is exhaustively annotated for it.",),
    )
