"""How graphs draw themselves: always with a picture, and as a widget where a kernel can carry one."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sample import Text, graph_of, small

from kg.errors import KgError, MissingExtra
from kg.web import page


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel, and a built explorer."""
    pytest.importorskip("anywidget")
    (tmp_path / "a.js").write_text("export default {}")
    (tmp_path / "a.css").write_text(".kg {}")
    (tmp_path / "manifest.json").write_text(json.dumps({"names": {"embed": "a.js", "style": "a.css"}}))
    monkeypatch.setattr(page, "STATIC", tmp_path)
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", shell)


def test_a_graph_without_a_kernel_is_a_picture_and_a_table() -> None:
    data, _ = small()._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html"}
    assert data["text/html"].startswith('<img alt="Graph of 2 documents')
    assert "<table><caption>Graph of 2 documents: 6 entities" in data["text/html"]


def test_a_drawing_without_a_kernel_is_a_picture() -> None:
    data, _ = small().show("Gannet", hops=1, title="A ferry")._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/svg+xml"}
    assert "A ferry" in data["image/svg+xml"]
    assert "Port Merrow" not in data["image/svg+xml"]


@pytest.mark.usefixtures("kernel")
def test_in_a_kernel_a_widget_carries_script_style_and_data() -> None:
    drawing = small().show("Gannet", height=300)
    data, _ = drawing._repr_mimebundle_()
    assert {"application/vnd.jupyter.widget-view+json", "image/svg+xml", "text/plain"} <= set(data)
    widget = drawing.widget
    assert (widget._esm, widget._css, widget.height) == ("export default {}", ".kg {}", 300)
    assert widget.data["look"] == {"seeds": ["gannet"]}
    assert {node["name"] for node in widget.data["scene"]["nodes"]} >= {"Gannet", "Ada Quill"}
    json.dumps(widget.data)


@pytest.mark.usefixtures("kernel")
def test_without_anywidget_the_picture_is_there_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.show.find_spec", lambda name: None)
    drawing = small().show()
    assert set(drawing._repr_mimebundle_()[0]) == {"text/plain", "image/svg+xml"}
    with pytest.raises(MissingExtra, match=r"kg\[notebook\]"):
        _ = drawing.widget


def test_what_is_not_there_is_an_error_in_the_cell_that_asks() -> None:
    with pytest.raises(KgError, match="no entity named"):
        small().show("Nobody")


def test_markup_in_a_title_stays_text() -> None:
    text = Text("a").say("<b>Eve", "spouseOf", "Ada")
    graph = graph_of([text], {"<b>Eve": ("Person", None), "Ada": ("Person", None)})
    assert "<b>" not in graph._repr_html_()
    assert "<b>" not in graph.show(title="<b>").svg
