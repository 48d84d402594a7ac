"""The shortest ways from one thing to another, found from both ends at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.schema import Schema
from kg.space.records import Records
from kg.space.view.filters import EVERYTHING, Filter
from kg.space.view.rows import IDS, entities, entity, generation, ids
from kg.space.view.scenes import between
from kg.space.view.shapes import Edge, Paths

PATHS = 12  # shown at most
REACH = 60_000  # things looked at before the search is given up, and says so
_DENSE = 100  # edges a thing on a path

Steps = dict[str, list[str]]
"""For each thing that was reached, those before it on the way."""


def paths(
    records: Records, schema: Schema, start: str, goal: str, *, length: int, chosen: Filter = EVERYTHING
) -> Paths:
    """Return the shortest paths of facts, of any direction, up to that many edges; none where there is no such path.

    `complete` is false where the search was given up before it was through. Raises `NotFound` for an unknown end.
    """
    ends = [entity(records, start).id, entity(records, goal).id]
    search = _Search(records, schema, chosen, *ends)
    ways = sorted(search.ways(length), key=lambda way: (search.weight(way), way))[:PATHS]
    nodes = entities(records, [*ends, *(id for way in ways for id in way)])
    edges, _ = between(records, schema, nodes, limit=_DENSE * len(nodes), chosen=chosen)
    best = _best(edges)
    steps = [[best[pair] for pair in zip(way, way[1:], strict=False)] for way in ways]
    beside = {tuple(sorted(pair)) for way in ways for pair in zip(way, way[1:], strict=False)}
    shown = [edge for edge in edges if tuple(sorted((edge.source, edge.target or ""))) in beside]
    return Paths(
        generation=generation(records),
        nodes=list(nodes.values()),
        edges=shown,
        paths=steps,
        complete=not search.given_up,
    )


class _Search:
    """A search from both ends, one step at a time from the side that has reached less."""

    def __init__(self, records: Records, schema: Schema, chosen: Filter, start: str, goal: str) -> None:
        self.records, self.start, self.goal = records, start, goal
        edges, values = chosen.edges()
        things, types = chosen.things(schema)
        self._sql = " UNION ALL ".join(
            f"SELECT edges.{here}, edges.{there} FROM edges CROSS JOIN nodes ON nodes.id = edges.{there}"
            f" WHERE edges.{here} IN {IDS} AND edges.stance = 'fact' AND {edges} AND (nodes.id = ? OR {things})"
            for here, there in (("subject", "object"), ("object", "subject"))
        )
        self._values, self._types = values, types
        self.given_up = False

    def ways(self, length: int) -> Iterator[tuple[str, ...]]:
        """Yield the shortest ways."""
        reached: tuple[Steps, Steps] = ({self.start: []}, {self.goal: []})
        fronts = [{self.start}, {self.goal}]
        if self.start == self.goal:
            return
        for _ in range(length):
            side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
            fronts[side] = self._step(reached[side], fronts[side], (self.goal, self.start)[side])
            met = fronts[side] & reached[1 - side].keys()
            if met or not fronts[side]:
                yield from _joined(reached, met)
                return
            if len(reached[0]) + len(reached[1]) > REACH:
                self.given_up = True
                return

    def weight(self, way: Iterable[str]) -> int:
        """Return how well connected the things on a way are: one by way of a country tells little."""
        inner = ids(list(way)[1:-1])
        return int(self.records.rows(f"SELECT total(degree) FROM nodes WHERE id IN {IDS}", inner)[0][0])

    def _step(self, reached: Steps, front: Iterable[str], goal: str) -> set[str]:
        wanted = ids(front)
        half = [wanted, *self._values, goal, *self._types]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for here, there in self.records.rows(self._sql, *half, *half):
            if there not in reached:
                found[there].add(here)
        reached.update({there: sorted(before) for there, before in found.items()})
        return {*found}


def _joined(reached: tuple[Steps, Steps], met: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ways through where both sides met; of very many only the first."""
    for middle in sorted(met):
        count = 0
        for first in _back(reached[0], middle):
            for last in _back(reached[1], middle):
                yield (*reversed(first), *last[1:])
                count += 1
                if count >= PATHS:
                    break
            if count >= PATHS:
                break


def _back(steps: Steps, at: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways from a thing back to where its side began."""
    if not steps[at]:
        yield (at,)
    for before in steps[at]:
        for way in _back(steps, before):
            yield (at, *way)


def _best(edges: Iterable[Edge]) -> dict[tuple[str, str], str]:
    """Return for each pair of neighbours, either way, its best attested fact: they come in that order."""
    best: dict[tuple[str, str], str] = {}
    for edge in edges:
        if edge.target and edge.stance == "fact":
            best.setdefault((edge.source, edge.target), edge.id)
            best.setdefault((edge.target, edge.source), edge.id)
    return best
