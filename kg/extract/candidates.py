"""Stretches of a text that may be an end of a relation beside its names: pronouns, dates, demonyms."""

import re
from collections.abc import Iterable, Iterator

from kg.countries import country_of
from kg.extract.times import find_times

_PRONOUNS = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|I|me|my|myself|we|us|our|"
    r"who|whom|whose|which|that|where)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z]\w+(?:-\w+)?\b")


def candidates(text: str, names: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the names, and the pronouns, dates and demonyms that overlap none of them, in the order of the text."""
    chosen = sorted(set(names))
    for found in (_dates(text), _matches(_PRONOUNS, text), _demonyms(text)):
        for start, end in found:
            if all(end <= a or start >= b for a, b in chosen):
                chosen.append((start, end))
    return sorted(chosen)


def _dates(text: str) -> Iterator[tuple[int, int]]:
    for time in find_times(text, published=None):
        yield time.start, time.end


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in pattern.finditer(text))


def _demonyms(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _CAPITALISED.finditer(text) if country_of(match[0]) is not None)
