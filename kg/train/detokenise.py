"""Running text out of a corpus's list of words, and where each of them then stands."""

import re
from collections.abc import Iterable

_NO_SPACE_BEFORE = re.compile(r"^([.,;:!?%)\]}]|'s|'re|'ve|'ll|'d|'m|n't|''|’s|\.\.\.)$", re.I)
_NO_SPACE_AFTER = frozenset("([{$#“‘") | {"``"}


def plain(word: str) -> str:
    """Return a word of the Penn Treebank as one writes it: its quotes and brackets have names of their own."""
    return {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(word, word)


def detokenised(words: Iterable[str]) -> str:
    """Return the words with spaces where one writes them; a straight quote opens and closes by turns."""
    text, glue, quoted = "", True, False
    for word in map(plain, words):
        closes = word == '"' and quoted
        if not (glue or closes or _NO_SPACE_BEFORE.match(word)):
            text += " "
        text += word
        glue = word in _NO_SPACE_AFTER or (word == '"' and not quoted)
        quoted = quoted != (word == '"')
    return text


def word_offsets(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Return where each word stands in the text as (start, end); raise `ValueError` where one does not follow."""
    offsets: list[tuple[int, int]] = []
    position = 0
    for word in map(plain, words):
        start = text.index(word, position)
        position = start + len(word)
        offsets.append((start, position))
    return offsets


def joined(sentences: Iterable[list[str]]) -> tuple[str, list[list[tuple[int, int]]]]:
    """Return the sentences as one text, a space between them, and where each word of each stands in it."""
    text, offsets = "", list[list[tuple[int, int]]]()
    for words in sentences:
        written = detokenised(words)
        text += " " if text and written else ""
        offsets.append([(start + len(text), end + len(text)) for start, end in word_offsets(words, written)])
        text += written
    return text, offsets
