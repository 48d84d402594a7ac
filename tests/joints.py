"""A joint model in the shipped one's place: what it reads off a text is told by the test, and no graph is run."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from wordpieces import tokenizer

from kg.extract.joint import Calibration, Encoded, Joint, Related, Stretch, Window, _home
from kg.extract.pairs import antecedents, shape
from kg.extract.pieces import pieces
from kg.model import Modality

LABELS = ["O", "B-Person", "I-Person", "B-Vehicle", "I-Vehicle"]
UNLIKELY = -9.0


def at(text: str, words: str, nth: int = 0) -> Stretch:
    """Return where the words stand in the text, the nth time that they do."""
    found = list(re.finditer(rf"\b{re.escape(words)}", text))[nth]
    return found.start(), found.end()


def encoded(
    text: str,
    *,
    frames: Sequence[tuple[int, int]] = (),
    spans: Iterable[tuple[Stretch, str, float]] = (),
    names: Mapping[str, str] | None = None,
    arguments: Mapping[str, int] | None = None,
) -> Encoded:
    """Return the text as if encoded: in windows of these pieces, with these labels of its words in lower case."""
    found = pieces(tokenizer(), text)
    count = len(found.ids)
    frames = frames or [(0, count)]
    words = {i: m[0].lower() for m in re.finditer(r"\w+", text) for i in range(*m.span())}
    here = [words.get(int(start), "") for start in found.starts]
    windows = [
        Window(a, b, np.zeros((b - a + 2, 1), np.float32), np.zeros((1, b - a + 2, b - a + 2), np.float16))
        for a, b in frames
    ]
    return Encoded(
        text,
        found,
        tuple(windows),
        _home(frames, count),
        _scores([LABELS.index((names or {}).get(word, "O")) for word in here], len(LABELS)),
        _scores([(arguments or {}).get(word, 0) for word in here], 3),
        tuple(sorted(spans)),
    )


def _scores(best: list[int], width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    scores = np.zeros((len(best), width), dtype=np.float32)
    scores[np.arange(len(best)), best] = 9.0
    return scores


class Said(Joint):
    """Says that the facts hold that it is told, with their logits, by the words of their ends, and no other does.

    `links` holds logits too, of a mention and an antecedent by their words. `asked` keeps the window and the number of
    pairs of every reading.
    """

    def __init__(
        self,
        relations: Sequence[str] = (),
        *,
        facts: Mapping[tuple[str, str, str], float] | None = None,
        links: Mapping[tuple[str, str], float] | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.tokenizer = tokenizer()
        self.names = LABELS
        self.relations = list(relations)
        self.modalities = list(Modality)
        self.calibration = calibration or Calibration()
        self._scale, self._shift = np.ones(len(self.relations)), np.zeros(len(self.relations))
        self.facts = facts or {}
        self.links = links or {}
        self.asked: list[tuple[int, int]] = []

    def antecedents(self, encoded: Encoded, stretches: Sequence[Stretch]) -> list[list[tuple[int, float]]]:
        words = [encoded.text[a:b] for a, b in stretches]
        shapes = [shape(encoded.text, a, b) for a, b in stretches]
        return [
            [(i, self.links.get((words[index], words[i]), UNLIKELY)) for i in earlier]
            for index, earlier in enumerate(antecedents(shapes))
        ]

    def related(
        self, encoded: Encoded, things: Sequence[Sequence[Stretch]], pairs: Sequence[tuple[int, int]], window: int
    ) -> Related:
        frame = encoded.windows[window]
        for stretch in (stretch for thing in things for stretch in thing):
            place = encoded.place(stretch)
            assert place is not None
            assert frame.begin <= place[0] <= place[1] < frame.end, "a stretch that its window does not hold"
        self.asked.append((window, len(pairs)))
        words = [{encoded.text[a:b] for a, b in thing} for thing in things]
        labels = [
            [max(self._fact(s, label, o) for s in words[i] for o in words[j]) for label in self.relations]
            for i, j in pairs
        ]
        modalities = np.zeros((len(pairs), len(self.modalities)), dtype=np.float32)
        return Related(np.array(labels, dtype=np.float32).reshape(len(pairs), -1), modalities)

    def _fact(self, subject: str, label: str, thing: str) -> float:
        return self.facts.get((subject, label, thing), UNLIKELY)
