"""The joint model's reading of a text as facts between stretches of it, and as chains of stretches.

This is what the model says, before any rule: `kg.extract.pipeline` makes records of it together with the patterns,
and the benchmarks measure it.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from kg.extract.candidates import candidates
from kg.extract.joint import Encoded, Floats, Joint, Related, Stretch, group
from kg.extract.tagger import Name, decode, softmax

PAIRS = 1024  # pairs of things read at a time: it bounds the memory
SPAN = 0.3  # what a stretch's odds of being a mention must reach
MOST = 40  # ends of one scope whose pairs are looked at: the first ones given
ARGUMENT = 0.5  # what a word's odds of being outside every argument must fall below


class Fact(Struct, frozen=True):
    """What two stretches of a text are to each other: logits of the labels, (labels,), and of the modalities, (6,)."""

    subject: Stretch
    object: Stretch
    labels: Floats
    modalities: Floats


class Odds:
    """Which of some labels hold, by calibrated probability: those that reach the threshold of their group."""

    def __init__(self, joint: Joint, labels: Sequence[str]) -> None:
        self._joint = joint
        self._labels = [(joint.relations.index(label), label) for label in labels]
        least = joint.calibration.least
        self._least = [least.get(group(label), 0.5) for label in labels]

    def told(self, logits: Floats) -> Iterator[tuple[str, float]]:
        """Yield the labels that hold and how probable each is."""
        odds = self._joint.label_odds(logits)
        for (index, label), least in zip(self._labels, self._least, strict=True):
            if odds[index] >= least:
                yield label, float(odds[index])


def names(joint: Joint, encoded: Encoded) -> list[Name]:
    """Return the names of an encoded text."""
    return decode(encoded.text, encoded.pieces, encoded.names, joint.names)


def arguments(encoded: Encoded, *, most: float = ARGUMENT) -> list[Stretch]:
    """Return the stretches that the model takes for ends of relations, whatever they are."""
    words = np.flatnonzero(encoded.pieces.first)
    if not len(words):
        return []
    odds = softmax(encoded.arguments[words])
    lasts = np.append(words[1:], len(encoded.pieces.ids)) - 1
    found: list[list[int]] = []
    for index in np.flatnonzero(odds[:, 0] < most).tolist():
        goes_on = found and found[-1][1] == index - 1 and odds[index, 2] >= odds[index, 1]
        between = slice(encoded.pieces.ends[lasts[index - 1]], encoded.pieces.starts[words[index]])
        if goes_on and "\n" not in encoded.text[between]:
            found[-1][1] = index
        else:
            found.append([index, index])
    return [(int(encoded.pieces.starts[words[a]]), int(encoded.pieces.ends[lasts[b]])) for a, b in found]


def ends(encoded: Encoded, named: Iterable[Name], scope: Stretch) -> list[Stretch]:
    """Return what may be an end of a relation in a stretch of the text: names, arguments, pronouns, dates, demonyms."""
    start, end = scope
    told = [(n.start, n.end) for n in named if start <= n.start and n.end <= end]
    for a, b in arguments(encoded):
        if start <= a and b <= end and all(b <= c or a >= d for c, d in told):
            told.append((a, b))
    inside = candidates(encoded.text[start:end], [(a - start, b - start) for a, b in told])
    return [(a + start, b + start) for a, b in inside]


def facts(joint: Joint, encoded: Encoded, stretches: Sequence[Stretch]) -> Iterator[Fact]:
    """Yield what each two of the stretches of one scope are to each other, both ways."""
    pairs, told = compared(joint, encoded, stretches)
    for row, (subject, thing) in enumerate(pairs):
        yield Fact(subject, thing, told.labels[row], told.modalities[row])


def compared(
    joint: Joint, encoded: Encoded, stretches: Sequence[Stretch]
) -> tuple[list[tuple[Stretch, Stretch]], Related]:
    """Return every two of the stretches of one scope, both ways, and what they are to each other."""
    placed = [(stretch, place) for stretch in stretches if (place := encoded.place(stretch)) is not None]
    window = _fullest(encoded, [place for _, place in placed])
    chosen = [stretch for stretch, place in placed if _holds(encoded, window, place)][:MOST]
    pairs = [(i, j) for i in range(len(chosen)) for j in range(len(chosen)) if i != j]
    if not pairs:
        return [], joint.unrelated
    told = joint.related(encoded, [[stretch] for stretch in chosen], pairs, window)
    return [(chosen[i], chosen[j]) for i, j in pairs], told


def _fullest(encoded: Encoded, places: Sequence[tuple[int, int]]) -> int:
    # Stretches of one scope mostly share a window; where they do not, the window that holds most of them counts.
    held = [sum(_holds(encoded, window, place) for place in places) for window in range(len(encoded.windows))]
    return int(np.argmax(held)) if held else 0


def _holds(encoded: Encoded, window: int, place: tuple[int, int]) -> bool:
    frame = encoded.windows[window]
    return frame.begin <= place[0] and place[1] < frame.end


def between(
    joint: Joint, encoded: Encoded, things: Sequence[Sequence[Stretch]]
) -> dict[tuple[int, int], NDArray[np.float32]]:
    """Return the logits of the labels, (labels,), of each two things by their indices, the best of all windows.

    Each thing is read in all its stretches together; two that never share a window are not compared.
    """
    placed = [[(s, place) for s in thing if (place := encoded.place(s)) is not None] for thing in things]
    best: dict[tuple[int, int], NDArray[np.float32]] = {}
    for window in range(len(encoded.windows)):
        inside = [[s for s, place in thing if _holds(encoded, window, place)] for thing in placed]
        numbers = [number for number, thing in enumerate(inside) if thing]
        pairs = [(i, j) for i in range(len(numbers)) for j in range(len(numbers)) if i != j]
        for begin in range(0, len(pairs), PAIRS):
            part = pairs[begin : begin + PAIRS]
            told = joint.related(encoded, [inside[number] for number in numbers], part, window)
            for row, (i, j) in enumerate(part):
                key = numbers[i], numbers[j]
                best[key] = np.maximum(best[key], told.labels[row]) if key in best else told.labels[row]
    return best


def chains(
    joint: Joint, encoded: Encoded, *, least: float | None = None, floor: float | None = None
) -> list[list[Stretch]]:
    """Return every noun phrase and pronoun that the model takes for one, grouped by what they speak of.

    Each takes up its best antecedent; one that has none begins a group. `least` is what the odds of a mention must
    reach, and `floor` the logit above which an antecedent counts; without them, as the model was calibrated.
    """
    known = joint.calibration.least
    least = known.get("span", SPAN) if least is None else least
    floor = known.get("antecedent", 0.0) if floor is None else floor
    odds: dict[Stretch, float] = {}
    for stretch, _, score in encoded.spans:
        odds[stretch] = odds.get(stretch, 0.0) + score
    stretches = sorted(stretch for stretch, score in odds.items() if score >= least)
    home: list[int] = []
    groups: list[list[Stretch]] = []
    for stretch, links in zip(stretches, joint.antecedents(encoded, stretches), strict=True):
        best = max(links, key=lambda link: (link[1], link[0]), default=(0, -np.inf))
        if best[1] <= floor:
            groups.append([])
        home.append(home[best[0]] if best[1] > floor else len(groups) - 1)
        groups[home[-1]].append(stretch)
    return groups
