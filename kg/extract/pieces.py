"""Text to the encoder's input: word pieces, where each stands, and how its word is written.

The pretrained encoder is uncased; `shape` gives back what lower-casing takes away.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

SHAPES = 20  # ten ways to write a word, each for its first piece and for those that continue it
CLS, SEP, PAD = 101, 102, 0


class Pieces(Struct, frozen=True):
    """A text in n word pieces: vocabulary ids, character offsets, shapes, and which pieces begin a word; each (n,)."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    shapes: NDArray[np.int64]
    first: NDArray[np.bool_]

    def window(self, begin: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return ids and shapes of the pieces from `begin` to `end`, between the encoder's two marks."""
        ids = np.concatenate(([CLS], self.ids[begin:end], [SEP]))
        return ids, np.concatenate(([0], self.shapes[begin:end], [0]))


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the tokeniser of that file with truncation and padding off: nothing is cut silently."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """Return the word pieces of a text of any length."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    first = np.array([not token.startswith("##") for token in encoding.tokens], dtype=np.bool_)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    shapes = np.zeros(len(first), dtype=np.int64)
    for begin, end in _words(first):
        shape = _shape(text[offsets[begin, 0] : offsets[end - 1, 1]])
        shapes[begin] = shape
        shapes[begin + 1 : end] = shape + SHAPES // 2
    return Pieces(np.array(encoding.ids, dtype=np.int64), offsets[:, 0], offsets[:, 1], shapes, first)


def _words(first: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    begins = np.flatnonzero(first).tolist()
    yield from zip(begins, [*begins[1:], len(first)][: len(begins)], strict=True)


def _shape(word: str) -> int:
    if not word.isalnum():
        return 1
    if word.isdigit():
        return 2
    if not word.isalpha():
        return 3
    if word.islower():
        return 4
    if word.isupper():
        return 5 if len(word) == 1 else 6
    if word[0].isupper():
        return 7 if word[1:].islower() else 8
    return 9 if any(map(str.isupper, word)) else 0
