"""The shipped mention model: names and their types in a text of any length, by ONNX Runtime on the CPU.

The text goes through the encoder in overlapping windows; each word takes its scores from the window in whose middle it
stands best, so nothing is cut. Labels are then chosen together, by Viterbi's algorithm: no I without its B.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
from msgspec import Struct
from numpy.typing import NDArray

from kg.extract.pieces import PAD, Pieces, load_tokenizer, pieces

WINDOW, STRIDE, BATCH = 192, 128, 8  # word pieces in a window, from one to the next, and windows in a batch
Scores = NDArray[np.float32]


class Name(Struct, frozen=True):
    """A name in a text: `text[start:end]`, its type, and the mean probability of its labels."""

    start: int
    end: int
    type: str
    score: float


class Tagger:
    """The mention model of a folder with `model.onnx`, `tokenizer.json` and `labels.json`."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        self.labels: list[str] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))

    def __call__(self, text: str) -> list[Name]:
        """Return the names in the text, in its order and without overlaps."""
        found = pieces(self.tokenizer, text)
        words = np.flatnonzero(found.first)
        if not len(words):
            return []
        probabilities = _softmax(self._scores(found)[words])
        ends = np.append(words[1:], len(found.ids)) - 1
        names: list[Name] = []
        # A name never runs over a line's end, so each line is decoded alone.
        for begin, stop in _lines(text, found.starts[words], found.ends[ends]):
            labels = viterbi(np.log(probabilities[begin:stop] + 1e-12), self.labels)
            for first, last, kind in _spans(labels, self.labels):
                chosen = probabilities[begin + first : begin + last + 1]
                score = float(chosen[np.arange(len(chosen)), labels[first : last + 1]].mean())
                start, end = int(found.starts[words[begin + first]]), int(found.ends[ends[begin + last]])
                names.append(Name(start, end, kind, round(score, 4)))
        return names

    def _scores(self, found: Pieces) -> Scores:
        count = len(found.ids)
        begins = list(range(0, max(1, count - WINDOW + STRIDE), STRIDE))
        scores = np.zeros((count, len(self.labels)), dtype=np.float32)
        best = np.full(count, -1, dtype=np.int64)
        for index in range(0, len(begins), BATCH):
            batch = begins[index : index + BATCH]
            for begin, rows in zip(batch, self._run(found, batch), strict=True):
                end = min(begin + WINDOW, count)
                # How far a piece stands from the nearer edge; the text's own edges are none.
                left = np.arange(end - begin) if begin else np.full(end - begin, WINDOW)
                right = np.arange(end - begin)[::-1] if end < count else np.full(end - begin, WINDOW)
                depth = np.minimum(left, right)
                better = depth > best[begin:end]
                scores[begin:end][better] = rows[1 : end - begin + 1][better]
                best[begin:end][better] = depth[better]
        return scores

    def _run(self, found: Pieces, begins: list[int]) -> Scores:
        windows = [found.window(begin, min(begin + WINDOW, len(found.ids))) for begin in begins]
        size = max(len(ids) for ids, _ in windows)
        ids = np.full((len(windows), size), PAD, dtype=np.int64)
        shapes = np.zeros_like(ids)
        for row, (piece, shape) in enumerate(windows):
            ids[row, : len(piece)] = piece
            shapes[row, : len(shape)] = shape
        result: Scores = self.session.run(None, {"ids": ids, "shapes": shapes})[0]
        return result


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


def _softmax(scores: Scores) -> NDArray[np.float64]:
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
