"""Files of passages in which every named thing, every reference to it and every fact between two is marked.

A passage is a block of lines: its text with `[1:Vehicle:Ship:individual|HMS Merrow]` where thing 1 is first named and
`[1|she]` where it is spoken of again, then a line for each fact, `1 departsFrom 2 planned`, the modality left out
where it is asserted. An empty line ends the block; lines that begin with # are comments.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kg.bench.annotated import Annotated, Fact, Scope, Spot
from kg.bench.assemble import assemble, kind_of
from kg.bench.files import Files
from kg.errors import InputError
from kg.extract.labels import group
from kg.model import Kind, Modality
from kg.schema import Schema, load

REMEDY = "give a .txt file of passages like [1:Person|Ada] sails., or a folder or .zip of them"
_MARK = re.compile(r"\[(\d+)((?::\w+)*)\|([^\[\]|]+)\]")


class Detail(Struct, frozen=True):
    """What the first mark of a thing tells beyond its type; of a vehicle, whether it is one craft or a model."""

    type: str
    subtype: str | None = None
    individual: bool | None = None


class _Block(Struct, frozen=True):
    """A passage as read: text, what each number is and where it stands, and the facts by number."""

    line: int
    text: str
    details: dict[str, Detail]
    marks: dict[str, list[tuple[int, int]]]
    facts: tuple[tuple[str, str, str, Modality], ...]


def read(path: str) -> list[Annotated]:
    """Return the passages of the files in a folder `test` where there is one, else of all files.

    Raises `InputError` as `parse_passages` does, and where the path holds no such file, or one that marks nothing.
    """
    files = Files(path)
    records: list[Annotated] = []
    for name in files.matching("test/*.txt", "*.txt", remedy=REMEDY):
        records += parse_passages(files.text(name).split("\n"), path=files.place(name))
    if not any(record.spots for record in records):
        raise InputError(f"marks nothing; {REMEDY}", path=path)
    return records


def parse_passages(lines: Iterable[str], *, path: str = "") -> Iterator[Annotated]:
    """Yield the passages of those lines, exhaustive in the types and facts of the vocabulary.

    Raise `InputError` naming path and line for what the format or the built-in schema does not allow.
    """
    for block in _blocks(lines, path):
        yield _annotated(block, Path(path).stem)


def details(lines: Iterable[str], *, path: str = "") -> Iterator[tuple[Detail, ...]]:
    """Yield what is told of the things of each passage, in the order of its `things`; errors as `parse_passages`."""
    for block in _blocks(lines, path):
        yield tuple(block.details.values())


def _annotated(block: _Block, stem: str) -> Annotated:
    numbers = {number: index for index, number in enumerate(block.details)}
    spots = [
        [_spot(block.text, *place, detail.type) for place in block.marks[number]]
        for number, detail in block.details.items()
    ]
    facts = [Fact(numbers[one], f"kg:{name}", numbers[other], how) for one, name, other, how in block.facts]
    scope = Scope(0, len(block.text), group("vocabulary"))
    record = assemble(f"written/{stem}:{block.line}", block.text, spots, facts, [scope])
    return replace(record, coreferent=True, spotted=frozenset(_types()))


def _spot(text: str, start: int, end: int, type: str) -> Spot:
    kind = kind_of(text[start:end])
    if kind is Kind.NAME and text.startswith("the ", start):  # an article in lower case belongs to no name
        start += len("the ")
    return Spot(start, end, type, kind)


def _blocks(lines: Iterable[str], path: str) -> Iterator[_Block]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            block.append((number, line.strip()))
        elif block and not line.strip():
            yield _block(block, path)
            block = []
    if block:
        yield _block(block, path)


def _block(lines: list[tuple[int, str]], path: str) -> _Block:
    (first, marked), *facts = lines
    text, last = "", 0
    told: dict[str, Detail] = {}
    marks: dict[str, list[tuple[int, int]]] = {}
    for match in _MARK.finditer(marked):
        number, kinds, words = match.groups()
        if kinds and number in told:
            raise InputError(f"thing {number} has its type already; write [{number}|{words}]", path=path, line=first)
        if not kinds and number not in told:
            raise InputError(f"thing {number} has no type; write [{number}:Type|{words}]", path=path, line=first)
        if kinds:
            told[number] = _detail(kinds.strip(":").split(":"), path, first)
        text += marked[last : match.start()]
        marks.setdefault(number, []).append((len(text), len(text) + len(words)))
        text += words
        last = match.end()
    text += marked[last:]
    if re.search(r"[\[\]|]", text):
        raise InputError("a bracket that is no mark; write [1:Type|words] or [1|words]", path=path, line=first)
    return _Block(first, text, told, marks, tuple(_fact(line, told, path, at) for at, line in facts))


def _detail(kinds: list[str], path: str, line: int) -> Detail:
    type, *rest = kinds
    if type not in _types():
        raise InputError(f"unknown type {type!r}; there are: {', '.join(_types())}", path=path, line=line)
    manner = [part for part in rest if part in ("individual", "model") and type == "Vehicle"]
    subtypes = [part for part in rest if part not in manner]
    unknown = [name for name in subtypes if name not in _schema().types or not _schema().is_a(name, type)]
    if unknown or len(subtypes) > 1 or len(manner) > 1:
        raise InputError(f"{':'.join(rest)!r} tells no kind of {type}", path=path, line=line)
    return Detail(type, subtypes[0] if subtypes else None, manner[0] == "individual" if manner else None)


def _fact(line: str, told: dict[str, Detail], path: str, number: int) -> tuple[str, str, str, Modality]:
    words = line.split()
    if len(words) not in (3, 4):
        raise InputError(f"{line!r} is no fact; write: 1 predicate 2 modality", path=path, line=number)
    subject, predicate, object, how = [*words, Modality.ASSERTED.value][:4]
    if f"kg:{predicate}" not in group("vocabulary"):
        raise InputError(f"no predicate {predicate!r} between entities in the schema", path=path, line=number)
    for end in (subject, object):
        if end not in told:
            raise InputError(f"no thing {end!r} in the passage; there are: {', '.join(told)}", path=path, line=number)
    if how not in list(Modality):
        raise InputError(f"unknown modality {how!r}; there are: {', '.join(Modality)}", path=path, line=number)
    ends = [_schema().most_special(told[end].type, told[end].subtype) for end in (subject, object)]
    if subject == object or not _schema().allows(predicate, *ends):
        raise InputError(f"{predicate} cannot stand between {' and '.join(ends)}: {line!r}", path=path, line=number)
    return subject, predicate, object, Modality(how)


@cache
def _schema() -> Schema:
    return load()


@cache
def _types() -> tuple[str, ...]:
    return tuple(name for name, kind in _schema().types.items() if kind.parent is None)
