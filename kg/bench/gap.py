"""GAP (Webster et al. 2018): does an ambiguous pronoun refer to the one name, the other, or neither?"""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from kg.bench.files import Files
from kg.bench.run import PRF, Cell, Options, Result, limited, prf, told
from kg.bench.score import Score
from kg.bench.scores_pronouns import Answer, Gender, bias, by_gender, score
from kg.bench.words import Span
from kg.build import Progress
from kg.errors import InputError
from kg.model import Document

REMEDY = "give gap-development.tsv or gap-validation.tsv, or the folder or .zip of both"
PRONOUNS = {Gender.FEMININE: ("she", "her", "hers"), Gender.MASCULINE: ("he", "him", "his")}
GENDERS = {pronoun: gender for gender, pronouns in PRONOUNS.items() for pronoun in pronouns}
FIELDS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL")

Chains = Sequence[Collection[Span]]


class Predictor(Protocol):
    """What joins the mentions of texts."""

    version: str

    def chains(self, documents: Iterable[Document], /) -> Iterator[Chains]:
        """Yield the chains of each document: collections of the spans of mentions that speak of one thing."""


class Question(Struct, frozen=True):
    """A text, where its pronoun and its two names stand, and the marked answer."""

    document: Document
    pronoun: Span
    a: Span
    b: Span
    gender: Gender
    answer: Answer


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on the questions of all files."""
    questions = limited(read(path), options)
    found = told(predictor.chains(one.document for one in questions), len(questions), progress)
    scores = by_gender(
        (one.gender, score(one.answer, answer(one, chains))) for one, chains in zip(questions, found, strict=True)
    )
    overall = sum(scores.values(), Score())
    named = [("overall", overall), *((str(gender), one) for gender, one in scores.items())]
    rows: list[tuple[Cell, ...]] = [
        (name, *prf(one), int(one.right), int(one.found), int(one.marked)) for name, one in named
    ]
    ratio = bias(scores)
    return Result(
        benchmark="gap",
        measured_on=f"{len(questions):,} texts, {int(overall.marked):,} names that a pronoun refers to",
        by=predictor.version,
        columns=("pronoun", *PRF, "right", "found", "marked"),
        rows=tuple(rows),
        figures={"F1": prf(overall)[2], "bias, feminine to masculine F1": ratio and round(ratio, 2)},
    )


def answer(question: Question, chains: Chains) -> Answer:
    """Return what chains say: a name is meant where the pronoun's chain is also that of the name.

    The chain of a name is that of the mention which it overlaps most, where it shares at least half of the characters
    of both together.
    """
    own = next((index for index, chain in enumerate(chains) if question.pronoun in chain), None)
    return Answer(*(own is not None and _chain_of(name, chains) == own for name in (question.a, question.b)))


def _chain_of(name: Span, chains: Chains) -> int | None:
    shares = [(_shared(name, span), -index) for index, chain in enumerate(chains) for span in chain]
    share, index = max(shares, default=(0.0, 0))
    return -index if share >= 0.5 else None


def _shared(one: Span, other: Span) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


def read(path: str) -> list[Question]:
    """Return the questions of all files; raise `InputError` where the path holds none, or at a line that is none."""
    files = Files(path)
    questions: list[Question] = []
    for name in files.matching("gap-*.tsv", "*.tsv", remedy=REMEDY):
        rows = csv.reader(files.text(name).splitlines(), delimiter="\t")
        if tuple(next(rows, ())) != FIELDS:
            raise InputError(f"has not GAP's columns, {', '.join(FIELDS)}; {REMEDY}", path=files.place(name), line=1)
        questions += [_question(row, files.place(name), number) for number, row in enumerate(rows, 2)]
    return questions


def _question(row: Sequence[str], place: str, number: int) -> Question:
    cells = dict(zip(FIELDS, row, strict=False))
    try:
        pronoun, a, b = (_span(cells, name) for name in ("Pronoun", "A", "B"))
        gender = GENDERS[cells["Pronoun"].lower()]
        said = Answer(*(_truth(cells[name]) for name in ("A-coref", "B-coref")))
    except (KeyError, ValueError) as error:
        raise InputError(f"is not a line of GAP: {error}; {REMEDY}", path=place, line=number) from error
    document = Document(id=cells["ID"], text=cells["Text"])
    return Question(document, pronoun, a, b, gender, said)


def _span(cells: dict[str, str], name: str) -> Span:
    start = int(cells[f"{name}-offset"])
    end = start + len(cells[name])
    if cells["Text"][start:end] != cells[name]:
        raise ValueError(f"{cells[name]!r} does not stand at {start}")
    return start, end


def _truth(cell: str) -> bool:
    if cell.lower() not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither TRUE nor FALSE")
    return cell.lower() == "true"
