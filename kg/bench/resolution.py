"""Resolution across documents: B-cubed over marked mentions, beside two baselines.

The documents are read as `kg build` does it, and a marked mention is where the mention is that overlaps it most. It is
scored with the marks that `kg` did not find given to it, each a chain of its own, and end to end, where each of these
stands alone. The baselines join marked mentions of one type whose names are equal, or nearly so: the names as marked,
and the names of the same chains that `kg` resolves, which leaves only the step across documents to differ.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from kg.bench.files import Files
from kg.bench.run import PRF, Cell, Options, Result, limited, prf, told
from kg.bench.scores_coreference import b_cubed
from kg.build import Progress
from kg.errors import InputError
from kg.jsonl import decode_lines
from kg.model import Document, Extraction, Mention
from kg.names import plain
from kg.resolve import chains, resolve

REMEDY = "give a folder or .zip of documents.jsonl and gold.jsonl"
NEARLY = 90  # of 100: how alike two names are that the second baseline joins

Home = TypeVar("Home")
Name = tuple[str, str]
"""A type and a name, without case and punctuation."""


class Predictor(Protocol):
    """What finds the mentions of documents, as records; they are resolved by `kg`."""

    version: str

    def extractions(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says."""


class Mark(Struct, frozen=True):
    """A mention that someone marked: `entity` is what it means; `text`, where it is given, is checked."""

    document: str
    start: int
    end: int
    entity: str
    type: str
    text: str = ""


class _Text(Struct, frozen=True):
    id: str
    text: str
    title: str = ""
    date: datetime.date | None = None


def run(path: str, predictor: Predictor, options: Options, progress: Progress | None = None) -> Result:
    """Measure on the marks of a folder; raise `InputError` where it has none, or one that is not in its text."""
    documents, marks = read(path)
    documents = limited(documents, options)
    kept = {document.id for document in documents}
    marks = [mark for mark in marks if mark.document in kept]
    found = list(told(predictor.extractions(documents), len(documents), progress))
    gold = [mark.entity for mark in marks]
    written = [(mark.type, plain(mark.text)) for mark in marks]
    given = _given(found, marks)
    alone, named = _entities(found, marks), _chain_names(given, marks)
    systems: list[tuple[str, Sequence[Hashable]]] = [
        ("kg", _entities(given, marks)),
        ("kg, end to end", alone),
        ("equal names, as marked", written),
        ("similar names, as marked", similar(written)),
        ("equal names, of kg's chains", named),
        ("similar names, of kg's chains", similar(named)),
    ]
    rows: list[tuple[Cell, ...]] = [(name, *prf(b_cubed(_groups(gold), _groups(one)))) for name, one in systems]
    missed = sum(isinstance(home, int) for home in alone)
    return Result(
        benchmark="resolution",
        measured_on=f"{len(documents):,} documents, {len(marks):,} mentions of {len({*gold}):,} entities",
        by=predictor.version,
        columns=("system", *(f"B3 {part}" for part in PRF)),
        rows=tuple(rows),
        figures={f"B3 F1, {name}": _number(row[-1]) for (name, _), row in zip(systems, rows, strict=True)},
        notes=(f"{missed:,} of the marked mentions overlap none that kg found.",),
    )


def read(path: str) -> tuple[list[Document], list[Mark]]:
    """Return the documents of a folder and the marks in them, each with its text."""
    files = Files(Path(path).parent if path.endswith(".jsonl") else path)
    (gold,), (texts,) = (files.matching(name, remedy=REMEDY) for name in ("gold.jsonl", "documents.jsonl"))
    rows = decode_lines(files.text(texts).split("\n"), _Text, path=files.place(texts))
    documents = {row.id: Document(id=row.id, text=row.text, title=row.title, published=row.date) for row in rows}
    marks = decode_lines(files.text(gold).split("\n"), Mark, path=files.place(gold))
    return list(documents.values()), [_checked(mark, documents, files.place(gold)) for mark in marks]


def similar(names: Sequence[Name]) -> list[Name]:
    """Return for each name the one that stands for all that are connected by similar names of its type."""
    home = {name: name for name in names}

    def root(name: Name) -> Name:
        while home[name] != name:
            name = home[name]
        return name

    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for type, name in sorted(home):
        by_type[type].append(name)
    for type, same in by_type.items():
        for one, other in combinations(same, 2):
            if ratio(one, other, score_cutoff=NEARLY):
                home[root((type, other))] = root((type, one))
    return [root(name) for name in names]


def _checked(mark: Mark, documents: dict[str, Document], path: str) -> Mark:
    place = f"{mark.document}, {mark.start}-{mark.end}"
    if mark.document not in documents:
        raise InputError(f"marks {place}, but there is no such document; {REMEDY}", path=path)
    text = documents[mark.document].text[mark.start : mark.end]
    if not text or mark.text not in ("", text):
        raise InputError(f"marks {mark.text!r} at {place}, where the text says {text!r}", path=path)
    return Mark(mark.document, mark.start, mark.end, mark.entity, mark.type, text)


def _given(found: Sequence[Extraction], marks: Sequence[Mark]) -> list[Extraction]:
    """Return the extractions with the marks that overlap no mention, those of one type and name in a chain."""
    missed: defaultdict[str, list[Mark]] = defaultdict(list)
    spans: dict[str, list[tuple[int, int, bool]]] = {
        each.document: [(one.start, one.end, True) for one in each.mentions] for each in found
    }
    for mark, known in zip(marks, _placed(marks, spans, lambda mark, at: False), strict=True):
        if not known:
            missed[mark.document].append(mark)
    return [replace(each, mentions=(*each.mentions, *_mentions(each, missed[each.document]))) for each in found]


def _mentions(extraction: Extraction, marks: Iterable[Mark]) -> Iterator[Mention]:
    clusters: dict[Name, int] = {}
    first = 1 + max((mention.cluster for mention in extraction.mentions), default=-1)
    for mark in marks:
        cluster = first + clusters.setdefault((mark.type, plain(mark.text)), len(clusters))
        yield Mention(
            document=mark.document, start=mark.start, end=mark.end, text=mark.text, type=mark.type, cluster=cluster
        )


def _entities(found: Sequence[Extraction], marks: Sequence[Mark]) -> list[Hashable]:
    """Return the id of the entity that each mark is in, a number of its own where it is in none."""
    home = {mention: entity.id for entity in resolve(found) for mention in entity.mentions}
    spans: defaultdict[str, list[tuple[int, int, Hashable]]] = defaultdict(list)
    for mention in (mention for extraction in found for mention in extraction.mentions):
        if mention.id in home:
            spans[mention.document].append((mention.start, mention.end, home[mention.id]))
    return _placed(marks, spans, lambda mark, at: at)


def _chain_names(found: Sequence[Extraction], marks: Sequence[Mark]) -> list[Name]:
    """Return type and name of the chain that each mark is in, those of the mark itself where it is in none."""
    spans: defaultdict[str, list[tuple[int, int, Name]]] = defaultdict(list)
    for chain in (chain for extraction in found for chain in chains(extraction)):
        spans[chain.document] += [(start, end, (chain.type, chain.name)) for start, end in chain.spans]
    return _placed(marks, spans, lambda mark, at: (mark.type, plain(mark.text)))


def _placed(
    marks: Sequence[Mark], spans: dict[str, list[tuple[int, int, Home]]], alone: Callable[[Mark, int], Home]
) -> list[Home]:
    """Return what stands at each mark: the span that shares most characters with it and has fewest others."""
    placed = []
    for at, mark in enumerate(marks):
        shared = [
            (min(end, mark.end) - max(start, mark.start), start - end, number)
            for number, (start, end, _) in enumerate(spans.get(mark.document, []))
            if start < mark.end and mark.start < end
        ]
        placed.append(spans[mark.document][max(shared)[2]][2] if shared else alone(mark, at))
    return placed


def _groups(homes: Sequence[Hashable]) -> list[list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, home in enumerate(homes):
        groups[home].append(at)
    return list(groups.values())


def _number(cell: Cell) -> float:
    assert isinstance(cell, float)
    return cell
