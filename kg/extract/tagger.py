"""From label scores to names: the labels of a line are chosen together, by Viterbi's algorithm, no I without its B."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from kg.extract.pieces import Pieces

Scores = NDArray[np.float32]


class Name(Struct, frozen=True):
    """A name in a text: `text[start:end]`, its type, and the mean probability of its labels."""

    start: int
    end: int
    type: str
    score: float


def decode(text: str, found: Pieces, scores: Scores, labels: list[str]) -> list[Name]:
    """Return the names in a text, in its order and without overlaps; `scores` are logits, (pieces, labels)."""
    words = np.flatnonzero(found.first)
    if not len(words):
        return []
    probabilities = softmax(scores[words])
    ends = np.append(words[1:], len(found.ids)) - 1
    names: list[Name] = []
    # A name never runs over a line's end, so each line is decoded alone.
    for begin, stop in _lines(text, found.starts[words], found.ends[ends]):
        path = viterbi(np.log(probabilities[begin:stop] + 1e-12), labels)
        for first, last, kind in _spans(path, labels):
            chosen = probabilities[begin + first : begin + last + 1]
            score = float(chosen[np.arange(len(chosen)), path[first : last + 1]].mean())
            start, end = int(found.starts[words[begin + first]]), int(found.ends[ends[begin + last]])
            names.append(Name(start, end, kind, round(score, 4)))
    return names


def viterbi(scores: NDArray[np.floating], labels: list[str]) -> list[int]:
    """Return the best label of each row of log-probabilities, (words, labels), such that I follows its own B or I."""
    kinds = np.array([label[2:] for label in labels])
    inside = np.array([label.startswith("I-") for label in labels])
    barred = np.where(inside[None, :] & (kinds[:, None] != kinds[None, :]), -1e9, 0.0)
    best = scores[0] + np.where(inside, -1e9, 0.0)
    back: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        reach = best[:, None] + barred
        back.append(reach.argmax(0))
        best = reach.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def softmax(scores: Scores) -> NDArray[np.float64]:
    """Return probabilities that sum to 1 along the last axis."""
    powers = np.exp((scores - scores.max(-1, keepdims=True)).astype(np.float64))
    total: NDArray[np.float64] = powers / powers.sum(-1, keepdims=True)
    return total


def _lines(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    begin = 0
    for index in range(1, len(starts) + 1):
        if index == len(starts) or "\n" in text[ends[index - 1] : starts[index]]:
            yield begin, index
            begin = index


def _spans(path: list[int], labels: list[str]) -> Iterator[tuple[int, int, str]]:
    first = -1
    for index, label in enumerate([*(labels[i] for i in path), "O"]):
        if first >= 0 and not label.startswith("I-"):
            yield first, index - 1, labels[path[first]][2:]
            first = -1
        if label.startswith("B-"):
            first = index
