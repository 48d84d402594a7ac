"""The explorer in a notebook: an anywidget that carries its data, its script and its style with it."""

from typing import Any

import anywidget
import msgspec
import traitlets

from kg.web.embedded import Embedded
from kg.web.page import bundle


class Explorer(anywidget.AnyWidget):
    """A part of a graph to walk through; `height` in pixels, `theme` light, dark or system."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    height = traitlets.Int(480).tag(sync=True)
    theme = traitlets.Unicode("system").tag(sync=True)


def explorer(carried: Embedded, *, height: int) -> Any:
    """Return the widget of that data; raise `KgError` where the explorer's built files are not there."""
    script, style = bundle()
    return Explorer(_esm=script, _css=style, data=msgspec.to_builtins(carried), height=height)
