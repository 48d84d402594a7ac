"""The shipped joint model at run time: one encoder pass over a text, and heads that are asked for what is wanted.

The text goes through the encoder in overlapping windows; each word piece takes its vectors from the window in whose
middle it stands best, so nothing is cut. Heads see pairs in reach of each other only, so the work grows with the length
of the text.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from msgspec import Struct
from numpy.typing import NDArray
from thinc.api import NumpyOps

from kg.errors import InputError
from kg.extract.pairs import antecedents, features, shape
from kg.extract.pieces import PAD, Pieces, load_tokenizer, pieces

Floats = NDArray[np.float32]
Stretch = tuple[int, int]  # characters from, to
Scored = tuple[Stretch, str, float]
PRECISE = 200  # windows of a text up to which attention is kept in 32 bit: it takes the most room
WINDOW, STRIDE, BATCH = 254, 174, 4  # word pieces in a window, from one to the next, and windows in a batch
FLOOR = 0.02
PAIRS = 8192  # pairs of mentions compared at a time: it bounds the memory
NEAR = (1, 2, 4, 8, 16, 32, 64)  # word pieces between two mentions, where one bucket of distance ends
# NumPy's own product may go to a BLAS whose threads, once woken, wait busily and take the cores from ONNX Runtime's.
_OPS = NumpyOps(use_blis=True)


class Window(Struct, frozen=True, dict=True):
    """One window of a text: its pieces from `begin` to `end`, their vectors and the attention between them."""

    begin: int
    end: int
    vectors: Floats  # (pieces + 2, width), with the encoder's marks
    attention: NDArray[np.floating]  # (heads, pieces + 2, pieces + 2)

    @cached_property
    def sums(self) -> Floats:
        """Sums of the vectors before each piece, (pieces + 3, width)."""
        zero = np.zeros((1, self.vectors.shape[1]), dtype=np.float32)
        return np.concatenate((zero, np.cumsum(self.vectors, 0, dtype=np.float32)))


class Encoded(Struct, frozen=True):
    """A text after the encoder: the windows it was read in, the scores of its pieces, (pieces, labels), and spans.

    `spans` are the stretches that may speak of a thing and may nest: characters, type, probability of at least FLOOR.
    """

    text: str
    pieces: Pieces
    windows: tuple[Window, ...]
    home: NDArray[np.int64]  # the window of each piece
    names: Floats
    arguments: Floats
    spans: tuple[Scored, ...]

    def place(self, stretch: Stretch) -> tuple[int, int] | None:
        """Return the first and last piece of a stretch of the text, None where it holds none."""
        first = int(np.searchsorted(self.pieces.ends, stretch[0], side="right"))
        last = int(np.searchsorted(self.pieces.starts, stretch[1], side="left")) - 1
        return (first, last) if first <= last else None


class Related(Struct, frozen=True):
    """What two things are to each other: a probability for each label, and for each modality."""

    labels: Floats
    modalities: Floats


class Calibration(Struct, frozen=True):
    """What makes a head's logits probabilities (Guo et al. 2017): each is scaled and shifted, by head or label group.

    `claims` weighs label groups against each other (`kg.extract.predicates`). `least` holds the thresholds that were
    best on texts kept aside; `trust` how often a pattern's claim was right there, alone ("pattern") and where the model
    agreed ("both").
    """

    scale: dict[str, float] = {}
    shift: dict[str, float] = {}
    claims: dict[str, dict[str, float]] = {}
    least: dict[str, float] = {}
    trust: dict[str, float] = {}

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Return the calibration of that file; none at all where there is no file."""
        return msgspec.json.decode(path.read_bytes(), type=cls) if path.exists() else cls()


GRAPHS = ("encoder", "mention", "relation", "antecedent")
FILES = (*(f"{name}.onnx" for name in GRAPHS), "tokenizer.json", "labels.json")


class Joint:
    """The joint model of a folder, as `kg.train` writes it."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Load it; with 0 threads, ONNX Runtime takes one for each core. Raise `InputError` where a file is missing."""
        missing = [name for name in FILES if not (folder / name).exists()]
        if missing:
            raise InputError(f"a model without {', '.join(missing)}; install kg again", path=str(folder))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads
        # Threads that wait sleep: the cores belong to what else runs, the parser and the rules first of all.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._graphs = {
            name: onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
            )
            for name in GRAPHS
        }
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        told = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.names: list[str] = told["names"]
        self.spans: list[str] = told["spans"]
        self.relations: list[str] = told["relations"]
        self.modalities: list[str] = told["modalities"]
        self.widths: Floats = np.array(told["widths"], dtype=np.float32)
        self.calibration = Calibration.load(folder / "calibration.json")
        groups = [group(label) for label in self.relations]
        self._scale = np.array([self.calibration.scale.get(each, 1.0) for each in groups])
        self._shift = np.array([self.calibration.shift.get(each, 0.0) for each in groups])

    def label_odds(self, logits: Floats) -> NDArray[np.float64]:
        """Return calibrated probabilities of relation labels, of logits whose last axis is the labels."""
        odds: NDArray[np.float64] = 1 / (1 + np.exp(-(logits.astype(np.float64) * self._scale + self._shift)))
        return odds

    def antecedent_odds(self, logit: float) -> float:
        """Return the calibrated probability that a mention takes up the antecedent with that logit."""
        scale, shift = self.calibration.scale.get("antecedent", 1.0), self.calibration.shift.get("antecedent", 0.0)
        return float(1 / (1 + np.exp(-(logit * scale + shift))))

    def encode(self, text: str, *, window: int = WINDOW, stride: int = STRIDE) -> Encoded:
        """Return the text encoded; `window` and `stride` count word pieces."""
        found = pieces(self.tokenizer, text)
        count = len(found.ids)
        frames = [(begin, min(begin + window, count)) for begin in range(0, max(1, count - window + stride), stride)]
        home = _home(frames, count)
        windows: list[Window] = []
        names = np.zeros((count, len(self.names)), dtype=np.float32)
        arguments = np.zeros((count, 3), dtype=np.float32)
        spans: list[Scored] = []
        for index in range(0, len(frames), BATCH):
            batch = frames[index : index + BATCH]
            results = self._encode(found, batch)
            for row, (begin, end) in enumerate(batch):
                inside = slice(1, end - begin + 1)
                own = home[begin:end] == len(windows)
                names[begin:end][own] = results["names"][row, inside][own]
                arguments[begin:end][own] = results["arguments"][row, inside][own]
                frame = Window(begin, end, *_kept(results, row, end - begin + 2, precise=len(frames) <= PRECISE))
                spans += self._spans(found, frame, own, results["starts"][row, inside], results["ends"][row, inside])
                windows.append(frame)
        return Encoded(text, found, tuple(windows), home, names, arguments, tuple(sorted(spans)))

    def _encode(self, found: Pieces, batch: list[tuple[int, int]]) -> dict[str, Floats]:
        windows = [found.window(begin, end) for begin, end in batch]
        size = max(len(ids) for ids, _ in windows)
        ids = np.full((len(windows), size), PAD, dtype=np.int64)
        shapes = np.zeros_like(ids)
        for row, (piece, written) in enumerate(windows):
            ids[row, : len(piece)] = piece
            shapes[row, : len(written)] = written
        return self._run("encoder", ids=ids, shapes=shapes)

    def _run(self, graph: str, **inputs: NDArray[np.generic]) -> dict[str, Floats]:
        session = self._graphs[graph]
        return dict(zip((out.name for out in session.get_outputs()), session.run(None, inputs), strict=True))

    def _spans(
        self, found: Pieces, frame: Window, own: NDArray[np.bool_], starts: Floats, ends: Floats
    ) -> Iterator[Scored]:
        """Yield the spans that begin in the pieces which this window knows best, and end in it."""
        first = found.first[frame.begin : frame.end].copy()
        first[:1] = True
        words = np.flatnonzero(first)
        lasts = np.append(words[1:], frame.end - frame.begin) - 1
        if frame.end < len(found.first) and not found.first[frame.end]:
            words = words[:-1]  # the window cuts it, so no span ends with it
        chosen = np.flatnonzero(own[words] & found.first[frame.begin + words])
        if not len(chosen):
            return
        reach = np.arange(chosen[0], min(chosen[-1] + len(self.widths), len(words)))
        odds = self._span_odds(starts[words[chosen]], ends[lasts[reach]])
        for a, b, kind in zip(*np.nonzero(odds >= FLOOR), strict=True):
            start, end = found.starts[frame.begin + words[chosen[a]]], found.ends[frame.begin + lasts[reach[b]]]
            yield (int(start), int(end)), self.spans[kind], float(odds[a, b, kind])

    def _span_odds(self, starts: Floats, ends: Floats) -> NDArray[np.float64]:
        """Return the odds of spans by first and last word, (starts, ends, types); both are words one after the other.

        Only as many last words as the widths tell are looked at, so the work grows with the length of the text.
        """
        kinds, wide = len(self.spans), len(self.widths)
        first, last = starts.reshape(len(starts), kinds, -1), ends.reshape(len(ends), kinds, -1)
        padded = np.zeros((len(starts) + wide, *last.shape[1:]), dtype=np.float32)
        padded[: len(ends)] = last[: len(padded)]
        near = np.lib.stride_tricks.sliding_window_view(padded, wide, axis=0)[: len(starts)]
        scores = np.matmul(first[:, :, None, :], near)[:, :, 0, :].transpose(0, 2, 1) / first.shape[-1] ** 0.5
        scores = (scores + self.widths[None]).astype(np.float64)  # (starts, widths, types)
        top = np.maximum(scores.max(-1, keepdims=True), 0)
        powers = np.exp(scores - top)
        near_odds = powers / (powers.sum(-1, keepdims=True) + np.exp(-top))
        odds = np.zeros((len(starts), len(starts) + wide, kinds))
        rows = np.arange(len(starts))[:, None]
        odds[rows, rows + np.arange(wide)[None]] = near_odds
        return odds[:, : len(ends)]

    def antecedents(self, encoded: Encoded, stretches: Sequence[Stretch]) -> list[list[tuple[int, float]]]:
        """Return, for each stretch in the order of the text, the earlier ones looked at with the logit of each.

        A mention takes up the best of them where its logit is above 0, and none otherwise.
        """
        shapes = [shape(encoded.text, a, b) for a, b in stretches]
        links = antecedents(shapes)
        own = [index for index, earlier in enumerate(links) for _ in earlier]
        other = [i for earlier in links for i in earlier]
        if not own:
            return [[] for _ in stretches]
        joined = self._mentions(encoded, stretches)[1]
        result: list[list[tuple[int, float]]] = [[] for _ in stretches]
        for begin in range(0, len(own), PAIRS):
            second, first = own[begin : begin + PAIRS], other[begin : begin + PAIRS]
            between = [m - o - 1 for m, o in zip(second, first, strict=True)]
            rows = features([shapes[o] for o in first], [shapes[m] for m in second], between)
            scores = self._run("antecedent", first=joined[first], second=joined[second], features=rows)["score"]
            for m, o, score in zip(second, first, scores.tolist(), strict=True):
                result[m].append((o, score))
        return result

    def _mentions(
        self, encoded: Encoded, stretches: Sequence[Stretch], windows: Sequence[int] | None = None
    ) -> tuple[Floats, Floats]:
        """Return the relation and coreference vectors of stretches, each read in its own window or the one given."""
        firsts, lasts, means = [], [], []
        for index, stretch in enumerate(stretches):
            place = encoded.place(stretch) or (0, 0)
            window = encoded.windows[windows[index] if windows else encoded.home[place[0]]]
            a, b = place[0] - window.begin + 1, min(place[1], window.end - 1) - window.begin + 1
            firsts.append(window.vectors[a])
            lasts.append(window.vectors[b])
            means.append((window.sums[b + 1] - window.sums[a]) / (b - a + 1))
        result = self._run("mention", firsts=np.stack(firsts), lasts=np.stack(lasts), means=np.stack(means))
        return result["related"], result["joined"]

    @property
    def unrelated(self) -> Related:
        """What is known of no pairs."""
        none = np.zeros((0, len(self.relations)), dtype=np.float32)
        return Related(none, np.zeros((0, len(self.modalities)), dtype=np.float32))

    def related(
        self, encoded: Encoded, things: Sequence[Sequence[Stretch]], pairs: Sequence[tuple[int, int]], window: int
    ) -> Related:
        """Return what pairs of things are to each other, all their stretches standing in one window.

        labels: (pairs, labels), modalities: (pairs, 6); both are logits.
        """
        frame = encoded.windows[window]
        flat = [stretch for thing in things for stretch in thing]
        vectors = self._mentions(encoded, flat, [window] * len(flat))[0]
        places = [(encoded.place(stretch) or (frame.begin, frame.begin))[0] - frame.begin + 1 for stretch in flat]
        looked = frame.attention[:, places].astype(np.float32)
        pooled, heads, groups, begin = [], [], [], 0
        for thing in things:
            end = begin + len(thing)
            top = vectors[begin:end].max(0)
            pooled.append(top + np.log(np.exp(vectors[begin:end] - top).sum(0)))
            heads.append(looked[:, begin:end].mean(1))
            groups.append(places[begin:end])
            begin = end
        thing_vectors, attention = np.stack(pooled), np.stack(heads)
        subjects, objects = [s for s, _ in pairs], [o for _, o in pairs]
        both = np.matmul(attention.transpose(2, 0, 1), attention.transpose(2, 1, 0))  # (pieces, things, things)
        shared = both[:, subjects, objects].T
        context = _OPS.gemm(shared / (shared.sum(-1, keepdims=True) + 1e-6), frame.vectors)
        distance = np.array([_nearest(groups[s], groups[o]) for s, o in pairs], dtype=np.int64)
        result = self._run(
            "relation",
            first=thing_vectors[subjects],
            second=thing_vectors[objects],
            context=context,
            distance=distance,
        )
        return Related(result["labels"], result["modality"])


def group(label: str) -> str:
    """Return the group of a relation label: "kn", "kg" or "wikidata"."""
    return label.partition(":")[0] if ":" in label else "wikidata"


def _home(frames: Sequence[tuple[int, int]], count: int) -> NDArray[np.int64]:
    """Return for each piece the window in whose middle it stands best; the text's own edges are none."""
    home, best = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    for number, (begin, end) in enumerate(frames):
        left = np.arange(end - begin) if begin else np.full(end - begin, count)
        right = np.arange(end - begin)[::-1] if end < count else np.full(end - begin, count)
        depth = np.minimum(left, right)
        better = depth > best[begin:end]
        best[begin:end][better] = depth[better]
        home[begin:end][better] = number
    return home


def _kept(results: dict[str, Floats], row: int, size: int, *, precise: bool) -> tuple[Floats, NDArray[np.floating]]:
    # Of a long text attention is half as precise, and a copy, so that nothing else of its batch is kept.
    attention = results["attention"][row, :, :size, :size]
    return results["vectors"][row, :size].copy(), attention if precise else attention.astype(np.float16)


def _nearest(first: list[int], second: list[int]) -> int:
    a, b = min(((a, b) for a in first for b in second), key=lambda pair: (abs(pair[0] - pair[1]), pair))
    return bucket(a, b)


def bucket(first: int, second: int) -> int:
    """Return the bucket of distance from one piece to another: eight for after, eight for before."""
    return sum(abs(second - first) > near for near in NEAR) + (len(NEAR) + 1) * (second < first)
