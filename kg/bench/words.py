"""Texts made from words, with the place of every word, for benchmarks that publish only words."""

import re
from collections.abc import Iterable, Sequence

Span = tuple[int, int]

_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}]|'s|'re|'ve|'ll|'d|'m|n't|''|’s|\.\.\.", re.I)
_NO_SPACE_AFTER = frozenset("([{$#“‘") | {"``"}


def joined(words: Iterable[str]) -> tuple[str, list[Span]]:
    """Return a text in which the words stand as they are usually written, and where each of them stands."""
    text, spans, opened, tight = "", list[Span](), False, True
    for word in words:
        closes = opened if word == '"' else _NO_SPACE_BEFORE.fullmatch(word) is not None
        gap = "" if tight or closes else " "
        spans.append((len(text) + len(gap), len(text) + len(gap) + len(word)))
        text += gap + word
        opened = not opened if word == '"' else opened
        tight = word in _NO_SPACE_AFTER or (word == '"' and opened)
    return text, spans


def placed(words: Sequence[str], text: str) -> list[Span] | None:
    """Return where each word stands in a text that holds them in this order, or None where it does not."""
    spans: list[Span] = []
    end = 0
    for word in words:
        start = text.find(word, end)
        if start < 0:
            return None
        end = start + len(word)
        spans.append((start, end))
    return spans
