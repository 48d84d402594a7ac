"""How a graph draws itself in a notebook: to walk through where Jupyter runs widgets, as a picture everywhere else.

A notebook that is looked at on a code host runs nothing, so that every drawing brings its picture along.
"""

import sys
from base64 import b64encode
from collections import Counter
from functools import cached_property
from html import escape
from importlib.util import find_spec
from typing import Any

from msgspec.structs import replace

from kg.errors import MissingExtra
from kg.graph import Edge, Graph, Stance
from kg.model import Literal
from kg.web.embedded import embedded
from kg.web.picture import LEGIBLE, svg
from kg.web.scene import Choice, choice, scene

LISTED = 12  # facts in the table
HEIGHT = 480  # pixels

Bundle = tuple[dict[str, Any], dict[str, Any]]


class Drawing:
    """A part of a graph that draws itself where it is the value of a notebook's cell."""

    def __init__(self, graph: Graph, chosen: Choice, *, title: str = "", height: int = HEIGHT) -> None:
        self.graph, self.chosen, self.title, self.height = graph, chosen, title, height

    @cached_property
    def svg(self) -> str:
        """The picture, of no more than is still legible."""
        drawn = replace(self.chosen, limit=min(self.chosen.limit, LEGIBLE))
        return svg(scene(self.graph, drawn), title=self.title)

    @cached_property
    def widget(self) -> Any:
        """The anywidget; raises `MissingExtra` where anywidget is not installed."""
        if find_spec("anywidget") is None:
            raise MissingExtra("anywidget", "notebook")
        from kg.web.widget import explorer

        return explorer(embedded(self.graph, self.chosen, name=self.title), height=self.height)

    def __repr__(self) -> str:
        return f"<Drawing of {repr(self.graph).strip('<>')}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return _with_widget(self, {"text/plain": repr(self), "image/svg+xml": self.svg})


def show(graph: Graph, *around: str, title: str = "", height: int = HEIGHT, **how: Any) -> Drawing:
    """Return the drawing of what is chosen: see `kg.graph.Graph.show`."""
    drawing = Drawing(graph, choice(around=around, **how), title=title, height=height)
    drawing.svg  # noqa: B018  a name that means nothing is an error here, and not when the cell is drawn
    return drawing


def mimebundle(graph: Graph) -> Bundle:
    """Return how a whole graph draws itself."""
    return _with_widget(Drawing(graph, Choice()), {"text/plain": repr(graph), "text/html": html(graph)})


def html(graph: Graph) -> str:
    """Return a picture of the best connected, and a table of the facts that most texts state."""
    return f"{image(Drawing(graph, Choice()).svg, repr(graph).strip('<>'))}\n{table(graph)}"


def image(picture: str, text: str) -> str:
    """Return a picture as an image of a page, which hosts show that let no drawing of others into theirs."""
    data = b64encode(picture.encode()).decode()
    return f'<img alt="{escape(text)}" style="max-width:100%" src="data:image/svg+xml;base64,{data}">'


def table(graph: Graph) -> str:
    """Return the counts, and the facts that most texts state, as a table."""
    facts = sorted(graph.edges(Stance.FACT), key=lambda edge: (edge.inferred, -edge.count, -edge.score))[:LISTED]
    rows = "".join(_row(graph, edge) for edge in facts)
    types = Counter(entity.type for entity in graph.entities())
    counts = ", ".join(f"{count} {escape(name)}" for name, count in sorted(types.items()))
    head = "".join(f"<th>{name}</th>" for name in ("subject", "predicate", "object", "modality", "score", "evidence"))
    caption = f"<caption>{escape(repr(graph).strip('<>'))} ({counts})</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(graph: Graph, edge: Edge) -> str:
    subject, thing = graph.entity(edge.subject).name, edge.object
    named = thing.value if isinstance(thing, Literal) else graph.entity(thing).name
    label = graph.schema.predicates[edge.predicate].label
    cells = (subject, label, named, ", ".join(edge.modalities), f"{edge.score:.2f}", edge.quotes[0])
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _with_widget(drawing: Drawing, still: dict[str, Any]) -> Bundle:
    """Add the widget where a kernel is there to carry it, and everything that it needs."""
    from kg.web.page import STATIC

    if not (_in_kernel() and find_spec("anywidget") and (STATIC / "manifest.json").is_file()):
        return still, {}
    data, metadata = drawing.widget._repr_mimebundle_()
    return {**data, **still}, metadata


def _in_kernel() -> bool:
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell else None
    return getattr(found, "kernel", None) is not None
