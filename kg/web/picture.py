"""A still picture of a scene, as SVG: for a code host, a letter, a page without scripts.

Types are told by colour and by shape, modalities by the kind of line and by a word; no name covers another, and what
does not fit on a line is read by pointing at it. No style sheet and no script: every host shows it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import sqrt
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from kg.export.clean import printable
from kg.graph import Graph
from kg.space.view.shapes import Edge as Link
from kg.space.view.shapes import Entity as Thing
from kg.space.view.shapes import Scene
from kg.web.layout import Box, Point, layout
from kg.web.scene import choice
from kg.web.scene import scene as scene_of

TYPES = {  # a shape and a colour each: Okabe and Ito's, which colour-blind people can tell apart
    "Person": ("circle", "#0072B2"),
    "Organisation": ("square", "#E69F00"),
    "Vehicle": ("triangle", "#009E73"),
    "Place": ("diamond", "#CC79A7"),
    "Work": ("star", "#56B4E9"),
}
OTHER = ("hexagon", "#7F8790")
# Strokes of a colour, a width and dashes; first comes what a line tells before all else.
LINES: dict[str, tuple[tuple[str, float, str], ...]] = {
    "negated": (("#B33A1E", 1.4, ""), ("#B33A1E", 8.0, "1.3 8")),  # struck through
    "possible": (("#7A7A7A", 1.6, "1.8 4.2"),),
    "planned": (("#7A7A7A", 1.4, "6 4.5"),),
    "past": (("#7A7A7A", 1.4, "14 4"),),
    "reported": (("#7A7A7A", 4.2, ""), ("#FFFFFF", 2.0, "")),  # double
    "asserted": (("#7A7A7A", 1.4, ""),),
}

_SIZE, _SMALL = 12.0, 10.0  # of letters
_LONGEST = 30  # characters of a name
_MARGIN = 24.0
_WIDEST = 960  # pixels at first: what a page has room for
_WIDTHS = {**dict.fromkeys("iljtfrI.,:;'|!()[]-‘’ ", 0.32), **dict.fromkeys("mwMW@%—…", 0.92)}
_SHAPES: Mapping[str, tuple[Point, ...]] = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "triangle": ((0.0, -1.1), (1.05, 0.75), (-1.05, 0.75)),
    "diamond": ((0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)),
    "star": tuple(
        (x * far, y * far)
        for far, (x, y) in zip(
            (1.25, 0.5) * 5,
            (
                *((0.0, -1.0), (0.588, -0.809), (0.951, -0.309), (0.951, 0.309), (0.588, 0.809)),
                *((0.0, 1.0), (-0.588, 0.809), (-0.951, 0.309), (-0.951, -0.309), (-0.588, -0.809)),
            ),
            strict=True,
        )
    ),
    "hexagon": ((-0.5, -0.9), (0.5, -0.9), (1.0, 0.0), (0.5, 0.9), (-0.5, 0.9), (-1.0, 0.0)),
}
_FONT = 'font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"'

LEGIBLE = 40  # edges that a picture still shows well

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


def picture(graph: Graph, out: BinaryIO, *, title: str = "", **how: Any) -> None:
    """Write a picture of a part of the graph; `how` chooses it: see `kg.web.scene.Choice`."""
    out.write(svg(scene_of(graph, choice(**{"limit": LEGIBLE, **how})), title=title).encode())


def svg(scene: Scene, *, title: str = "") -> str:
    """Return the scene as an SVG document, the same for the same scene; `title` stands above it."""
    drawing = _Drawing(scene)
    left, top, right, bottom = drawing.bounds()
    below = list(_legend(scene, left, bottom + 34))
    right = max([right, *(end for _, end in below), left + _width(title, 15)])
    above = 34.0 if title else 0.0
    x, y = left - _MARGIN, top - _MARGIN - above
    width, height = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN + above + 44
    scale = min(_WIDEST / width, 1.0)
    head = [f'<text x="{left:.1f}" y="{top - 16:.1f}" font-size="15" font-weight="600">{_text(title)}</text>']
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x:.0f} {y:.0f} {width:.0f} {height:.0f}" '
            f'width="{width * scale:.0f}" height="{height * scale:.0f}" role="img" {_FONT} fill="#1b1b1b">',
            f"<title>{_text(title or _counted(scene))}</title>",
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="8" fill="#ffffff"/>',
            *(head if title else []),
            *drawing.lines(),
            *drawing.things(),
            *(line for line, _ in below),
            "</svg>\n",
        ]
    )


class _Drawing:
    """Where everything stands, and what room is already taken."""

    def __init__(self, scene: Scene) -> None:
        self.nodes = {node.id: node for node in scene.nodes}
        self.pairs = _pairs(scene.edges)
        words = {pair: _width(_words(edges), _SMALL) for pair, edges in self.pairs.items()}
        self.at = layout({node.id: _box(node) for node in scene.nodes}, words)
        self.taken = [self._room(node) for node in scene.nodes]

    def bounds(self) -> Rectangle:
        if not self.taken:
            return (0.0, 0.0, 240.0, 20.0)
        lefts, tops, rights, bottoms = zip(*self.taken, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def things(self) -> Iterator[str]:
        for node in self.nodes.values():
            x, y = self._middle(node)
            shape, colour = TYPES.get(node.type, OTHER)
            told = f"{node.name} ({node.subtype or node.type}), {node.mentions} mentions"
            yield f"<g><title>{_text(told)}</title>{_shape(shape, (x, y), _radius(node), colour)}"
            below = y + _radius(node) * 1.15 + _SIZE + 1
            yield f'<text x="{x:.1f}" y="{below:.1f}" font-size="{_SIZE:.0f}" text-anchor="middle" {_halo()}>'
            yield f"{_text(_short(node.name))}</text></g>"

    def lines(self) -> Iterator[str]:
        """Yield the lines first and their words after them, so that no line crosses a word."""
        words: list[str] = []
        for (a, b), edges in self.pairs.items():
            yield from self._line(self.nodes[a], self.nodes[b], edges)
            words += self._words(self.nodes[a], self.nodes[b], edges)
        yield from words

    def _line(self, a: Thing, b: Thing, edges: list[Link]) -> Iterator[str]:
        (x1, y1), (x2, y2) = self._middle(a), self._middle(b)
        far = sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2) or 1.0
        ux, uy = (x2 - x1) / far, (y2 - y1) / far
        start, stop = _radius(a) * 1.2, far - _radius(b) * 1.2
        x1, y1, x2, y2 = x1 + ux * start, y1 + uy * start, x1 + ux * stop, y1 + uy * stop
        how = min((_modality(edge) for edge in edges), key=list(reversed(LINES)).index)
        more = min(0.3 * sqrt(sum(edge.statements for edge in edges) - 1), 2.0)
        told = "; ".join(f"{self.nodes[edge.source].name} {_said(edge)} {self._target(edge)}" for edge in edges)
        colour = LINES[how][0][0]
        yield f'<g fill="{colour}"><title>{_text(told)}</title>'
        yield _strokes(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", how, more)
        if any(edge.target == b.id for edge in edges):
            yield _arrow((x2, y2), (ux, uy))
        if any(edge.target == a.id for edge in edges):
            yield _arrow((x1, y1), (-ux, -uy))
        yield "</g>"

    def _words(self, a: Thing, b: Thing, edges: list[Link]) -> Iterator[str]:
        """Yield what the line says, where there is room for it along the line."""
        (x1, y1), (x2, y2) = self._middle(a), self._middle(b)
        text = _words(edges)
        width = _width(text, _SMALL)
        for beside, part in product((0, -9, 9), (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)):
            x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part + beside
            room = (x - width / 2 - 2, y - 7, x + width / 2 + 2, y + 6)
            if not any(_overlap(room, other) for other in self.taken):
                self.taken.append(room)
                yield f'<rect x="{room[0]:.1f}" y="{room[1]:.1f}" width="{width + 4:.1f}" height="13" fill="#ffffff"/>'
                yield f'<text x="{x:.1f}" y="{y + 3.5:.1f}" font-size="{_SMALL:.0f}" text-anchor="middle" '
                yield f'fill="#4a4a4a">{_text(text)}</text>'
                return

    def _target(self, edge: Link) -> str:
        return self.nodes[edge.target].name if edge.target in self.nodes else ""

    def _middle(self, node: Thing) -> Point:
        """Return where the shape is: above its name in the box."""
        x, y = self.at[node.id]
        return x, y - (_SIZE + 4) / 2

    def _room(self, node: Thing) -> Rectangle:
        (x, y), (width, height) = self.at[node.id], _box(node, gap=0.0)
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _pairs(edges: Iterable[Link]) -> dict[tuple[str, str], list[Link]]:
    """Return what joins each two things, one line for all of it; what follows from that by rule adds nothing to it."""
    pairs: dict[tuple[str, str], list[Link]] = {}
    for edge in edges:
        if edge.target is not None and edge.target != edge.source:
            key = (min(edge.source, edge.target), max(edge.source, edge.target))
            pairs.setdefault(key, []).append(edge)
    return {pair: list(_stated(some)) for pair, some in pairs.items()}


def _stated(edges: Sequence[Link]) -> Iterator[Link]:
    stances = {edge.stance for edge in edges if not edge.inferred}
    return (edge for edge in edges if not edge.inferred or edge.stance not in stances)


def _legend(scene: Scene, left: float, y: float) -> Iterator[tuple[str, float]]:
    """Yield the parts of the legend, each with where it ends."""
    x = left
    here = {node.type for node in scene.nodes}
    for name in [*TYPES, *sorted(here - TYPES.keys())]:
        if name in here:
            shape, colour = TYPES.get(name, OTHER)
            yield from _entry(_shape(shape, (x + 6, y - 4), 5.5, colour), name, x + 16, y)
            x += 16 + _width(name, 11) + 16
    used = {_modality(edge) for edge in scene.edges}
    for name in reversed(LINES):
        if name in used and used != {"asserted"}:
            yield from _entry(_strokes(f"M{x:.1f} {y - 4:.1f}h26", name), name, x + 31, y)
            x += 31 + _width(name, 11) + 16
    yield from _entry("", _counted(scene), left, y + 22)


def _entry(mark: str, name: str, x: float, y: float) -> Iterator[tuple[str, float]]:
    text = f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" fill="#4a4a4a">{_text(name)}</text>'
    yield mark + text, x + _width(name, 11)


def _counted(scene: Scene) -> str:
    between = sum(map(len, _pairs(scene.edges).values()))
    shown = f"{_many(len(scene.nodes), 'entity')}, {_many(between, 'fact')} between them"
    left = [_many(scene.omitted.nodes, "entity", "more "), _many(scene.omitted.edges, "fact", "more ")]
    more = [text for text in left if not text.startswith("0")]
    return f"{shown}; {' and '.join(more)} not shown" if more else shown


def _many(count: int, name: str, more: str = "") -> str:
    return (
        f"{count:,} {more}{name if count == 1 else name.removesuffix('y') + 'ies' if name[-1] == 'y' else name + 's'}"
    )


def _said(edge: Link) -> str:
    how = _modality(edge)
    return edge.label if how == "asserted" else f"{how}: {edge.label}"


def _words(edges: Sequence[Link]) -> str:
    """Return what a line says: one thing, and how many more."""
    said = list(dict.fromkeys(_said(edge) for edge in edges))
    return said[0] + (f" +{len(said) - 1}" if said[1:] else "")


def _modality(edge: Link) -> str:
    """Return the one that the line shows: the firmest that some text has."""
    return next((name for name in reversed(LINES) if name in edge.modalities), "asserted")


def _box(node: Thing, *, gap: float = 14.0) -> Box:
    wide = max(_width(_short(node.name), _SIZE), 2.4 * _radius(node))
    return wide + gap, 2.3 * _radius(node) + _SIZE + 4 + gap


def _radius(node: Thing) -> float:
    return min(6.0 + 1.3 * sqrt(max(node.mentions, node.degree)), 16.0)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _width(text: str, size: float) -> float:
    """Guess how wide the text is, rather too wide than too narrow."""
    return (
        sum(_WIDTHS.get(char, 0.7 if char.isupper() else 1.0 if ord(char) > 0x2E7F else 0.58) for char in text) * size
    )


def _overlap(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _shape(name: str, at: Point, radius: float, colour: str) -> str:
    edge = 'stroke="#ffffff" stroke-width="1"'
    if name not in _SHAPES:
        return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" fill="{colour}" {edge}/>'
    corners = " ".join(f"{at[0] + x * radius:.1f},{at[1] + y * radius:.1f}" for x, y in _SHAPES[name])
    return f'<polygon points="{corners}" fill="{colour}" {edge}/>'


def _strokes(path: str, how: str, more: float = 0.0) -> str:
    """Return a line as its modality is drawn, by so much wider."""
    return "".join(
        f'<path d="{path}" stroke="{colour}" stroke-width="{width + more:.1f}"'
        + (f' stroke-dasharray="{dashes}"/>' if dashes else "/>")
        for colour, width, dashes in LINES[how]
    )


def _arrow(tip: Point, direction: Point) -> str:
    (x, y), (ux, uy) = tip, direction
    back_x, back_y = x - 8 * ux, y - 8 * uy
    left, right = (back_x - 3.5 * uy, back_y + 3.5 * ux), (back_x + 3.5 * uy, back_y - 3.5 * ux)
    return f'<path d="M{x:.1f} {y:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}Z" stroke="none"/>'


def _halo() -> str:
    return 'stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'


def _text(text: str) -> str:
    return escape(printable(text))
