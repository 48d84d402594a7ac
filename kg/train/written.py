"""The passages written for `kg`, in `data/passages`: `train` to be trained on, `test` to be measured on alone."""

from collections.abc import Iterator
from pathlib import Path

from kg.bench.annotated import Annotated
from kg.bench.passages import Detail, details, parse_passages
from kg.model import Kind
from kg.train.corpora import TYPES, Passage

PASSAGES = Path(__file__).parent / "data" / "passages"


def passages(split: str, folder: Path = PASSAGES) -> Iterator[Annotated]:
    """Yield the passages of the split's files, in the order of their names; none where it has no files.

    Raise `InputError` as `parse_passages` does.
    """
    for path in sorted((folder / split).glob("*.txt")):
        yield from parse_passages(path.read_text(encoding="utf-8").splitlines(), path=str(path))


def detailed(split: str, folder: Path = PASSAGES) -> Iterator[tuple[Annotated, tuple[Detail, ...]]]:
    """Yield each passage of the split with what is told of its things, in their order; errors as `passages`."""
    for path in sorted((folder / split).glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from zip(parse_passages(lines, path=str(path)), details(lines, path=str(path)), strict=True)


def named(record: Annotated) -> Passage:
    """Return the passage with its names alone, as the mention model reads it: all five types are marked."""
    names = tuple((spot.start, spot.end, spot.type) for spot in record.spots if spot.kind is Kind.NAME)
    return Passage(record.text, names, frozenset(TYPES))
