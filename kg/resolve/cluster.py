"""Profiles that are one entity: connected by what matches, as far as no two of them contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kg.names import GENERATIONS, numbers
from kg.resolve.evidence import marks_exclude
from kg.resolve.judge import Judgements
from kg.resolve.match import alike, subtypes_exclude
from kg.resolve.profile import Profile

_CLEAR = 4.0  # so many times better odds than for the next make a long name the one that a short one means


class Edge(NamedTuple):
    """Two profiles that may be one, by their ids, with the probability; an owner's edge has `owner` set."""

    one: str
    other: str
    score: float
    owner: bool = False


def components(profiles: Sequence[Profile], edges: Iterable[tuple[str, str]]) -> list[list[int]]:
    """Return the positions of the profiles that edges connect, each component sorted, by their first members."""
    place = {profile.id: at for at, profile in enumerate(profiles)}
    ends = [(place[one], place[other]) for one, other in edges]
    if not ends:
        return [[at] for at in range(len(profiles))]
    rows, columns = np.array(ends, dtype=np.int64).T
    shape = (len(profiles), len(profiles))
    matrix = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)
    count, labels = connected_components(matrix, directed=False)
    found: list[list[int]] = [[] for _ in range(count)]
    for at, label in enumerate(labels.tolist()):
        found[label].append(at)
    return sorted(found)


def cluster(profiles: Iterable[Profile], edges: Iterable[Edge], judgements: Judgements) -> list[list[Profile]]:
    """Return the groups of a component, each an entity; it depends on what is given alone, not on its order.

    What a person holds for the same is joined first, then what matches, the surest and best attested first, then
    aliases with their owners. A short form joins one longer name last, and only where it is clear which: it never
    bridges two. No join brings together what a person holds apart, nor what excludes each other.
    """
    members = sorted(profiles, key=lambda profile: profile.id)
    if len(members) == 1:
        return [members]
    known = {profile.id: profile for profile in members}
    groups = _Groups(members, judgements.bars(members))
    for one, other, surely in judgements.bonds(members):
        groups.join(one, other, surely=surely)
    whole, short, owned = _sorted_edges(edges, known)
    for edge in (*whole, *owned):
        groups.join(edge.one, edge.other)
    _join_short_forms(groups, short, known)
    return groups.all(known)


def _sorted_edges(
    edges: Iterable[Edge], known: dict[str, Profile]
) -> tuple[list[Edge], list[tuple[str, str, float]], list[Edge]]:
    whole, owned, short = [], [], []
    for edge in edges:
        side = None if edge.owner else alike(known[edge.one], known[edge.other]).short
        if edge.owner:
            owned.append(edge)
        elif side is None:
            whole.append(edge)
        else:
            short.append((*((edge.one, edge.other) if side == 0 else (edge.other, edge.one)), edge.score))

    def rank(edge: Edge) -> tuple[float, int, tuple[str, str]]:
        attested = len(known[edge.one].chains) + len(known[edge.other].chains)
        return -edge.score, -attested, (min(edge.one, edge.other), max(edge.one, edge.other))

    return sorted(whole, key=rank), sorted(short), sorted(owned, key=rank)


def _join_short_forms(groups: "_Groups", edges: Iterable[tuple[str, str, float]], known: dict[str, Profile]) -> None:
    """Join each group that is a short form to the one that it means, the longest short forms first."""
    longer: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for short, long, score in edges:
        longer[groups.root(short)].append((long, score))
    length = {root: max(len(known[one].name) for one in groups.members(root)) for root in longer}
    for root in sorted(longer, key=lambda root: (-length[root], root)):
        best: defaultdict[str, float] = defaultdict(float)
        for long, score in longer[root]:
            there = groups.root(long)
            best[there] = max(best[there], score)
        if groups.root(root) in best:
            continue
        first, *rest = sorted(best, key=lambda there: (-best[there], there))
        if not rest or _odds(best[first]) >= _CLEAR * _odds(best[rest[0]]):
            groups.join(root, first)


def _odds(probability: float) -> float:
    return probability / max(1 - probability, 1e-9)


class _Groups:
    """Profiles joined step by step; each join stands for all that were joined before, or is refused."""

    def __init__(self, profiles: Sequence[Profile], bars: Iterable[tuple[str, str]]) -> None:
        self._parent = {profile.id: profile.id for profile in profiles}
        self._members = {profile.id: [profile.id] for profile in profiles}
        self._kinds = {profile.id: {_kind(profile)} for profile in profiles}
        self._numbers = {profile.id: _numbers(profile) for profile in profiles}
        self._bars: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in bars:
            self._bars[one].add(other)
            self._bars[other].add(one)

    def join(self, one: str, other: str, *, surely: bool = False) -> None:
        """Make two profiles one entity; never what a person holds apart, what else excludes only `surely`."""
        small, large = sorted((self.root(one), self.root(other)), key=lambda root: (len(self._members[root]), root))
        if small == large or self._barred(small, large) or (not surely and self._exclude(small, large)):
            return
        self._parent[small] = large
        self._members[large] += self._members.pop(small)
        self._kinds[large] |= self._kinds[small]
        self._numbers[large] |= self._numbers[small]

    def root(self, one: str) -> str:
        """Return the id that stands for the profile's group."""
        while self._parent[one] != one:
            self._parent[one] = one = self._parent[self._parent[one]]
        return one

    def members(self, root: str) -> list[str]:
        """Return the ids of a group."""
        return self._members[root]

    def all(self, known: dict[str, Profile]) -> list[list[Profile]]:
        """Return the groups, each sorted, by their first members."""
        return [[known[one] for one in group] for group in sorted(sorted(each) for each in self._members.values())]

    def _barred(self, small: str, large: str) -> bool:
        return any(self.root(other) == large for one in self._members[small] for other in self._bars.get(one, ()))

    def _exclude(self, small: str, large: str) -> bool:
        known = self._numbers[large]
        return any(known.get(stem, count) != count for stem, count in self._numbers[small].items()) or any(
            _kinds_exclude(one, other) for one in self._kinds[small] for other in self._kinds[large]
        )


_Kind = tuple[str, str | None, str, frozenset[str]]


def _kind(profile: Profile) -> _Kind:
    generation = frozenset(profile.name.split()) & GENERATIONS if profile.type == "Person" else frozenset()
    return profile.type, profile.subtype, profile.mark, generation


def _kinds_exclude(one: _Kind, other: _Kind) -> bool:
    subtypes = one[0] == other[0] and subtypes_exclude(one[1], other[1])
    generations = bool(one[3] and other[3] and one[3] != other[3])
    return subtypes or generations or marks_exclude(one[2], other[2])


def _numbers(profile: Profile) -> dict[tuple[str, str], tuple[str, ...]]:
    stem, count = numbers(profile.name)
    return {(profile.type, stem): count} if profile.is_open else {}
