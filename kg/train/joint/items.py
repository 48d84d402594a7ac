"""Annotated texts as what the joint model trains on: windows of word pieces, and targets by piece, word and pair."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.bench.annotated import ANY, Annotated, Fact, Scope, Spot
from kg.extract.joint import bucket
from kg.extract.pieces import Pieces, pieces
from kg.train.corpora import FREE
from kg.train.joint.model import MODALITIES, SPAN_TYPES, WIDEST

Ids = NDArray[np.int64]
MOST_PAIRS = 700  # pairs of one text in one step: all that are told, and a draw of the others


class Window(Struct, frozen=True):
    """Word pieces of one text from `begin`, with the encoder's marks: ids and shapes, both (pieces + 2,)."""

    begin: int
    ids: Ids
    shapes: Ids

    @property
    def end(self) -> int:
        """The text's piece after the window's last."""
        return self.begin + len(self.ids) - 2


class Place(Struct, frozen=True):
    """A mention in the windows of its text: which one, and its first and last piece there."""

    window: int
    first: int
    last: int


class Words(Struct, frozen=True):
    """The words of one window, by first and last piece, and the types that a span of them may have.

    starts, ends: where each word stands in the text. `told` holds (first word, last word, type) where told, (spans, 3),
    with -1 for a mention whose type is not; `untold` the spans, (spans, 2), of which nothing is; `free` the types that
    an unmarked span may have all the same, and `judged` whether unmarked spans count at all.
    """

    firsts: Ids
    lasts: Ids
    starts: Ids
    ends: Ids
    told: Ids
    untold: Ids
    free: tuple[int, ...]
    judged: bool


class Pairs(Struct, frozen=True):
    """Pairs of things of one window: each thing's places, and for each pair what is told.

    subject, object: (pairs,); distance: (pairs,); target: (pairs, labels), 1 true, 0 false, -1 not told;
    modality: (pairs,), -1 where not told.
    """

    things: tuple[tuple[Place, ...], ...]
    subject: Ids
    object: Ids
    distance: Ids
    target: NDArray[np.int8]
    modality: Ids


class Item(Struct, frozen=True):
    """One training text: its windows, and what of it is told; `text` where more may be read off its characters."""

    windows: tuple[Window, ...]
    text: str = ""
    pairs: tuple[Pairs, ...] = ()
    words: tuple[Words, ...] = ()
    mentions: tuple[Place, ...] = ()
    clusters: tuple[int, ...] = ()
    stretches: tuple[tuple[int, int], ...] = ()
    arguments: tuple[Ids, ...] = ()

    @property
    def size(self) -> int:
        """The pieces of its windows."""
        return sum(len(window.ids) for window in self.windows)


def cut(found: Pieces, size: int, *, begin: int = 0, end: int | None = None) -> list[Window]:
    """Return windows of at most so many pieces, one after the other, that begin where a word does."""
    windows, last = [], len(found.ids) if end is None else end
    while begin < last:
        stop = min(begin + size, last)
        while stop < last and not found.first[stop] and stop > begin + 1:
            stop -= 1
        windows.append(Window(begin, *found.window(begin, stop)))
        begin = stop
    return windows


def places(found: Pieces, spots: Iterable[Spot], windows: list[Window]) -> list[Place | None]:
    """Return where each spot stands; None where it runs over a window's end or covers no piece."""
    starts, ends, begins = found.starts.tolist(), found.ends.tolist(), [window.begin for window in windows]
    result: list[Place | None] = []
    for spot in spots:
        first, last = bisect_right(ends, spot.start), bisect_left(starts, spot.end) - 1
        index = bisect_right(begins, first) - 1
        inside = last >= first and index >= 0 and last < windows[index].end
        shift = 1 - windows[index].begin
        result.append(Place(index, first + shift, last + shift) if inside else None)
    return result


class Maker:
    """Makes items from annotated texts: with this tokeniser, for these relation labels."""

    def __init__(self, tokenizer: Tokenizer, labels: tuple[str, ...], *, seed: int = 0) -> None:
        self.tokenizer = tokenizer
        self.labels = {label: index for index, label in enumerate(labels)}
        self.random = random.Random(seed)
        self._found: dict[str, Pieces] = {}

    def pieces(self, text: Annotated) -> Pieces:
        """Return the text's word pieces, kept for the next round."""
        if text.text not in self._found:
            self._found[text.text] = pieces(self.tokenizer, text.text)
        return self._found[text.text]

    def relations(self, text: Annotated, size: int, *, arguments: bool = False) -> Iterator[Item]:
        """Yield the text's windows with the pairs told in them; with `arguments` also its spots as such."""
        found = self.pieces(text)
        windows = cut(found, size)
        placed = places(found, text.spots, windows)
        for index, window in enumerate(windows):
            pairs = tuple(
                each for scope in text.scopes for each in self._pairs(text, scope, placed, index) if len(each.subject)
            )
            told = (_arguments(text, found, window),) if arguments else ()
            if pairs or arguments:
                moved = tuple(_moved(each) for each in pairs)
                yield Item((window,), pairs=moved, arguments=told)

    def _pairs(self, text: Annotated, scope: Scope, placed: list[Place | None], window: int) -> Iterator[Pairs]:
        things: dict[int, tuple[Place, ...]] = {}
        for number, group in enumerate(text.things):
            inside = [
                place
                for i in group
                if (place := placed[i]) is not None
                and place.window == window
                and scope.start <= text.spots[i].start
                and text.spots[i].end <= scope.end
            ]
            if inside:
                things[number] = tuple(inside)
        if len(things) < 2:
            return
        facts: dict[tuple[int, int], list[Fact]] = {}
        for fact in text.facts:
            if fact.subject in things and fact.object in things:
                facts.setdefault((fact.subject, fact.object), []).append(fact)
        chosen = self._chosen(list(things), facts)
        numbers = {number: index for index, number in enumerate(things)}
        target = np.full((len(chosen), len(self.labels)), -1, dtype=np.int8)
        target[:, [self.labels[label] for label in scope.labels]] = 0
        modality = np.full(len(chosen), -1, dtype=np.int64)
        for row, pair in enumerate(chosen):
            for fact in facts.get(pair, ()):
                target[row, self.labels[fact.label]] = 1
                if fact.modality is not None:
                    modality[row] = MODALITIES.index(fact.modality)
        yield Pairs(
            things=tuple(things.values()),
            subject=np.array([numbers[s] for s, _ in chosen], dtype=np.int64),
            object=np.array([numbers[o] for _, o in chosen], dtype=np.int64),
            distance=np.array([nearest(things[s], things[o]) for s, o in chosen], dtype=np.int64),
            target=target,
            modality=modality,
        )

    def _chosen(self, things: list[int], facts: dict[tuple[int, int], list[Fact]]) -> list[tuple[int, int]]:
        others = [(s, o) for s in things for o in things if s != o and (s, o) not in facts]
        room = max(0, MOST_PAIRS - len(facts))
        return sorted([*facts, *(others if len(others) <= room else self.random.sample(others, room))])

    def chains(self, text: Annotated, size: int, most: int) -> Item | None:
        """Return a stretch of the text of at most `most` windows, with its spans and which of them are the same."""
        found = self.pieces(text)
        windows = cut(found, size)
        start = self.random.randrange(max(1, len(windows) - most + 1))
        windows = windows[start : start + most]
        placed = places(found, text.spots, windows)
        cluster = {i: number for number, group in enumerate(text.things) for i in group}
        kept = [(place, i) for i, place in enumerate(placed) if place is not None and i in cluster]
        if not kept and not text.spotted:
            return None
        words = tuple(_words(text, found, window, placed, index) for index, window in enumerate(windows))
        return Item(
            tuple(windows),
            text=text.text,
            words=words,
            mentions=tuple(place for place, _ in kept) if text.coreferent else (),
            clusters=tuple(cluster[i] for _, i in kept) if text.coreferent else (),
            stretches=tuple((text.spots[i].start, text.spots[i].end) for _, i in kept) if text.coreferent else (),
        )


def nearest(first: tuple[Place, ...], second: tuple[Place, ...]) -> int:
    """Return the bucket of the shortest distance between two things' mentions."""
    a, b = min(((a.first, b.first) for a in first for b in second), key=lambda pair: (abs(pair[0] - pair[1]), pair))
    return bucket(a, b)


def _moved(pairs: Pairs) -> Pairs:
    # The item holds one window, whatever its number was in the text.
    things = tuple(tuple(Place(0, place.first, place.last) for place in group) for group in pairs.things)
    return Pairs(things, pairs.subject, pairs.object, pairs.distance, pairs.target, pairs.modality)


def _arguments(text: Annotated, found: Pieces, window: Window) -> Ids:
    """Return for each piece of the window 0 outside, 1 where an argument begins, 2 inside; -1 where it is not told."""
    target = np.full(len(window.ids), -1, dtype=np.int64)
    told: list[tuple[int, int]] = []
    for spot in sorted(text.spots, key=lambda s: (s.start - s.end, s.start)):
        if all(spot.end <= a or spot.start >= b for a, b in told):
            told.append((spot.start, spot.end))
    told.sort()
    begins = [a for a, _ in told]
    for index in range(window.begin, window.end):
        start = int(found.starts[index])
        if not found.first[index] or not any(s.start <= start < s.end for s in text.scopes):
            continue
        here = bisect_right(begins, start) - 1
        inside = here >= 0 and start < told[here][1]
        target[index - window.begin + 1] = (1 if begins[here] == start else 2) if inside else 0
    return target


def _words(text: Annotated, found: Pieces, window: Window, placed: list[Place | None], number: int) -> Words:
    first = found.first[window.begin : window.end].copy()
    first[:1] = True
    firsts = np.flatnonzero(first) + 1
    lasts = np.append(firsts[1:] - 1, window.end - window.begin)
    told: list[tuple[int, int, int]] = []
    untold: list[tuple[int, int]] = []
    for spot, place in zip(text.spots, placed, strict=True):
        if place is None or place.window != number:
            continue
        a = int(np.searchsorted(firsts, place.first, side="right")) - 1
        b = int(np.searchsorted(firsts, place.last, side="right")) - 1
        if b - a >= WIDEST:  # wider ones are not scored
            continue
        if spot.type == FREE:
            untold.append((a, b))
        else:
            told.append((a, b, -1 if spot.type == ANY else SPAN_TYPES.index(spot.type)))
    return Words(
        firsts,
        lasts,
        starts=found.starts[window.begin + firsts - 1],
        ends=found.ends[window.begin + lasts - 1],
        told=np.array(told, dtype=np.int64).reshape(-1, 3),
        untold=np.array(untold, dtype=np.int64).reshape(-1, 2),
        free=tuple(i for i, kind in enumerate(SPAN_TYPES) if kind not in text.spotted),
        judged=bool(text.spotted),
    )
