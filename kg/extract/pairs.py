"""What a pair of mentions looks like from outside: the features that the coreference head reads beside its vectors.

Shared by training and run time, so that both see the same. Features follow Lee et al. (2017) and the string matches
that rule-based resolvers rank first (Raghunathan et al. 2010).
"""

import re
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

NEAREST, ALIKE = 48, 16  # antecedents looked at: the nearest, and those further back that share words
_PRONOUNS = {
    "he": 1, "him": 1, "his": 1, "himself": 1, "she": 2, "her": 2, "hers": 2, "herself": 2,
    "it": 3, "its": 3, "itself": 3, "they": 4, "them": 4, "their": 4, "theirs": 4, "themselves": 4,
    "i": 5, "me": 5, "my": 5, "mine": 5, "myself": 5, "you": 6, "your": 6, "yours": 6, "yourself": 6,
    "we": 7, "us": 7, "our": 7, "ours": 7, "ourselves": 7, "who": 8, "whom": 8, "whose": 8, "which": 8, "that": 8,
    "this": 9, "these": 9, "those": 9, "here": 9, "there": 9, "one": 9,
}  # fmt: skip
_GROUPS = 12  # the nine above, other words, names, and none
_DISTANCES = (1, 2, 3, 4, 6, 10, 16, 32, 64)
_DETERMINERS = frozenset("the a an this that these those his her its their my our your".split())
_STOP = frozenset("of the a an and in for to 's ’s".split())
PERSONAL = frozenset({1, 2, 3, 4})  # the groups that take up what the text names: he, she, it, they
FEATURES = 10 + 2 * (len(_DISTANCES) + 1) + 2 * _GROUPS + 3


class Shape(Struct, frozen=True):
    """A mention as text: where it stands, its words in lower case, its head word, and the group of its form."""

    start: int
    end: int
    words: tuple[str, ...]
    content: frozenset[str]
    head: str
    group: int
    definite: bool


def shape(text: str, start: int, end: int) -> Shape:
    """Return what the stretch `text[start:end]` looks like."""
    words = tuple(re.findall(r"\w+(?:[.'’-]\w+)*|[^\w\s]", text[start:end]))
    low = tuple(word.lower() for word in words)
    head = _head(low)
    return Shape(start, end, low, frozenset(low) - _STOP, head, _group(words, low), low[:1] == ("the",))


def _head(words: tuple[str, ...]) -> str:
    # The noun before the first preposition, comma or relative: "the captain of the ship", "Smith, who".
    for index, word in enumerate(words):
        if index and word in ("of", "in", "for", "on", "at", "from", "with", "that", "who", "which", ",", "(", "to"):
            return words[index - 1]
    return words[-1] if words else ""


def group_of(word: str) -> int:
    """Return the group of a pronoun, 1 to 9, or 10 for another word."""
    return _PRONOUNS.get(word.lower(), 10)


def _group(words: tuple[str, ...], low: tuple[str, ...]) -> int:
    if len(low) == 1 and low[0] in _PRONOUNS:
        return _PRONOUNS[low[0]]
    opens = bool(words) and words[0][:1].isupper() and low[0] not in _DETERMINERS
    return 11 if opens or any(word[:1].isupper() for word in words[1:]) else 10


def antecedents(shapes: Sequence[Shape]) -> list[list[int]]:
    """Return, for each mention in the order of the text, the earlier ones worth comparing, in their order.

    At most NEAREST + ALIKE each, so that the work grows with the length of the text and not with its square.
    """
    by_word: dict[str, list[int]] = {}
    result: list[list[int]] = []
    for index, one in enumerate(shapes):
        near = range(max(0, index - NEAREST), index)
        alike: set[int] = set()
        if one.group >= 10:
            for word in one.content if one.group == 11 else {one.head}:
                alike.update(by_word.get(word, ())[-ALIKE:])
        far = sorted(i for i in alike if i < near.start)[-ALIKE:]
        result.append([*far, *near])
        if one.group >= 10:
            for word in one.content:
                by_word.setdefault(word, []).append(index)
    return result


def features(first: Sequence[Shape], second: Sequence[Shape], between: Sequence[int]) -> NDArray[np.float32]:
    """Return the numbers of pairs of mentions, (pairs, FEATURES): each first one, its second, and how many between."""
    rows = np.zeros((len(first), FEATURES), dtype=np.float32)
    groups = np.array([(a.group, b.group) for a, b in zip(first, second, strict=True)], dtype=np.int64).reshape(-1, 2)
    both = np.flatnonzero((groups >= 10).all(1))
    rows[both, :8] = np.array([_alike(first[i], second[i]) for i in both.tolist()]).reshape(-1, 8)
    rows[:, 8] = [a.words == b.words for a, b in zip(first, second, strict=True)]
    rows[:, 9] = [a.end > b.start for a, b in zip(first, second, strict=True)]  # nested
    numbers, place = np.arange(len(rows)), 10
    rows[numbers, place + np.searchsorted(_DISTANCES, np.asarray(between) + 1)] = 1
    place += len(_DISTANCES) + 1
    apart = np.array([b.start - a.start for a, b in zip(first, second, strict=True)])
    rows[numbers, place + np.searchsorted(_DISTANCES, apart / 30)] = 1
    place += len(_DISTANCES) + 1
    rows[numbers, place + groups[:, 0]] = 1
    rows[numbers, place + _GROUPS + groups[:, 1]] = 1
    place += 2 * _GROUPS
    rows[:, place] = [a.definite for a in first]
    rows[:, place + 1] = [b.definite for b in second]
    rows[:, place + 2] = (groups[:, 0] == groups[:, 1]) & (groups[:, 0] < 10)
    return rows


def _alike(first: Shape, second: Shape) -> tuple[float, ...]:
    shared = len(first.content & second.content)
    return (
        first.words == second.words,
        first.head == second.head,
        second.content <= first.content,
        first.content <= second.content,
        shared > 0,
        shared / max(1, len(first.content) + len(second.content) - shared),
        second.head in first.content,
        first.head in second.content,
    )
