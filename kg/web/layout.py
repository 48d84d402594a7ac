"""Where the things of a picture stand: connected things near each other, and no two boxes on top of each other.

Only sums, products and square roots, whose results every machine agrees on: the same graph gives the same picture.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

Point = tuple[float, float]
Box = tuple[float, float]

_TURN = complex(-0.7373688780783197, 0.6754902942615238)  # by the golden angle: no two points in one direction
_ROUNDS = 240
_ROOM = 20.0  # of an edge beyond the boxes that it joins
_WIDE = 1.5  # how much wider than high a part is
_PULL = 0.8  # to the middle, in large parts
_GROW = 1.04


def layout(boxes: Mapping[str, Box], edges: Mapping[tuple[str, str], float]) -> dict[str, Point]:
    """Return the centre of each box, given its width and height, so that none overlaps another one.

    Each edge has the width of what stands on it, and is the longer for it. What is joined stands together, parts that
    are not joined beside and below each other.
    """
    pairs = {(a, b): wide for (a, b), wide in edges.items() if a != b}
    parts = [_part({name: boxes[name] for name in part}, pairs) for part in _components(boxes, pairs)]
    return _packed(sorted(parts, key=lambda part: -len(part)), boxes)


def _components(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return what is joined with each other, the best joined first and its neighbours after it."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    seen: set[str] = set()
    found = []
    for root in sorted(names, key=lambda name: -len(near[name])):
        order: dict[str, None] = {}
        queue = deque([root] if root not in seen else [])
        while queue:
            name = queue.popleft()
            if name not in order:
                order[name] = None
                queue += near[name]
        seen |= order.keys()
        found += [list(order)] if order else []
    return found


def _part(boxes: Mapping[str, Box], pairs: Mapping[tuple[str, str], float]) -> dict[str, Point]:
    """Lay out things that are joined with each other, the first in the middle."""
    number = {name: at for at, name in enumerate(boxes)}
    joined = [(number[a], number[b], wide) for (a, b), wide in pairs.items() if a in number]
    length = _ROOM + sum(sqrt(wide * high) for wide, high in boxes.values()) / len(boxes)
    points = _settle(_start(len(boxes), length), joined, length)
    return dict(zip(boxes, _separate([(x * _WIDE, y) for x, y in points], list(boxes.values())), strict=True))


def _start(count: int, length: float) -> list[Point]:
    points: list[Point] = []
    direction = complex(1, 0)
    for at in range(count):
        radius = 0.6 * length * sqrt(at)
        points.append((radius * direction.real, radius * direction.imag))
        direction *= _TURN
    return points


def _packed(parts: Iterable[Mapping[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Put parts side by side in rows, the rows below each other."""
    framed = [(_frame(part, boxes), part) for part in parts]
    area = sum((right - left) * (bottom - top) for (left, top, right, bottom), _ in framed)
    full = max([sqrt(area * _WIDE * _WIDE), *(right - left for (left, _, right, _), _ in framed)])
    at: dict[str, Point] = {}
    x = y = high = 0.0
    for (left, top, right, bottom), part in framed:
        if x and x + right - left > full:
            x, y, high = 0.0, y + high, 0.0
        at |= {name: (px - left + x, py - top + y) for name, (px, py) in part.items()}
        x, high = x + right - left, max(high, bottom - top)
    return at


def _frame(part: Mapping[str, Point], boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    sides = [(x - boxes[name][0] / 2, y - boxes[name][1] / 2) for name, (x, y) in part.items()]
    ends = [(x + boxes[name][0] / 2, y + boxes[name][1] / 2) for name, (x, y) in part.items()]
    return min(x for x, _ in sides), min(y for _, y in sides), max(x for x, _ in ends), max(y for _, y in ends)


def _settle(points: list[Point], pairs: Sequence[tuple[int, int, float]], length: float) -> list[Point]:
    """Let all repel each other, edges pull, and everything be drawn a little to the middle, ever more slowly."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    inwards = _PULL * len(points) / (len(points) + 20)
    for turn in range(_ROUNDS):
        fx, fy = _repelled(xs, ys, length)
        for a, b, wide in pairs:
            dx, dy = xs[b] - xs[a], ys[b] - ys[a]
            pull = sqrt(dx * dx + dy * dy) / (length + wide)
            fx[a] += dx * pull
            fy[a] += dy * pull
            fx[b] -= dx * pull
            fy[b] -= dy * pull
        heat = length * (1 - turn / _ROUNDS) * 0.5
        for at in range(len(xs)):
            x, y = fx[at] - inwards * xs[at], fy[at] - inwards * ys[at]
            far = sqrt(x * x + y * y)
            step = min(far, heat) / far if far else 0.0
            xs[at] += x * step
            ys[at] += y * step
    return list(zip(xs, ys, strict=True))


def _repelled(xs: list[float], ys: list[float], length: float) -> tuple[list[float], list[float]]:
    fx, fy = [0.0] * len(xs), [0.0] * len(xs)
    square = length * length
    for a in range(len(xs)):
        xa, ya, sum_x, sum_y = xs[a], ys[a], 0.0, 0.0
        for b in range(a):
            dx, dy = xa - xs[b], ya - ys[b]
            push = square / (dx * dx + dy * dy + 1e-6)
            dx *= push
            dy *= push
            sum_x += dx
            sum_y += dy
            fx[b] -= dx
            fy[b] -= dy
        fx[a] += sum_x
        fy[a] += sum_y
    return fx, fy


def _separate(points: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Push overlapping boxes apart, each the shorter way; where there is no room for that, spread everything."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    moved = True
    while moved:
        for _ in range(60):
            moved = _push(xs, ys, boxes)
            if not moved:
                break
        else:
            xs, ys = [x * _GROW + at * 1e-3 for at, x in enumerate(xs)], [y * _GROW for y in ys]
    return list(zip(xs, ys, strict=True))


def _push(xs: list[float], ys: list[float], boxes: Sequence[Box]) -> bool:
    moved = False
    for a, (wide, high) in enumerate(boxes):
        for b in range(a):
            over_x = (wide + boxes[b][0]) / 2 - abs(xs[a] - xs[b])
            over_y = (high + boxes[b][1]) / 2 - abs(ys[a] - ys[b])
            if over_x <= 1e-6 or over_y <= 1e-6:
                continue
            moved = True
            along, over = (xs, over_x) if over_x < over_y else (ys, over_y)
            shift = over / 2 + 1e-3
            first, second = (a, b) if along[a] < along[b] else (b, a)
            along[first] -= shift
            along[second] += shift
    return moved
