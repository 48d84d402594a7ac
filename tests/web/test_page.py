"""One file to send: whole, closed to the world, and the same bytes every time."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from sample import Text, graph_of, small

from kg.errors import KgError
from kg.graph import Graph
from kg.web import page as pages

SCRIPT = 'const s = "</script><!--";\nexport default s;'
STYLE = ".kg { color: #123 }"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028&amp;\x00"


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small explorer in the place of the built one."""
    static = tmp_path / "static"
    static.mkdir()
    (static / "embed-X.js").write_text(SCRIPT)
    (static / "style-X.css").write_text(STYLE)
    (static / "manifest.json").write_text(json.dumps({"names": {"embed": "embed-X.js", "style": "style-X.css"}}))
    monkeypatch.setattr(pages, "STATIC", static)
    return static


class Parts(HTMLParser):
    """What a browser takes the page for: its elements, and the text within scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.within: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.within.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.within:
            tag, before = self.within[-1]
            self.within[-1] = (tag, before + data)

    def scripts(self) -> Iterator[tuple[dict[str, str | None], str]]:
        attributes = [found for tag, found in self.elements if tag == "script"]
        return zip(attributes, (text for tag, text in self.within if tag == "script"), strict=True)


def written(graph: Graph, **how: object) -> str:
    out = BytesIO()
    graph.export(out, format="html", **how)
    return out.getvalue().decode()


def data_of(text: str) -> dict:
    return next(json.loads(body) for found, body in Parts(text).scripts() if found.get("id") == "kg-packed")


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_lets_only_what_is_in_the_page_run() -> None:
    parts = Parts(written(small()))
    policy = next(found["content"] for tag, found in parts.elements if found.get("http-equiv"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    run = [hashed(body) for found, body in parts.scripts() if found.get("type") != "application/json"]
    assert rules["script-src"].split() == run
    assert rules["style-src"].split() == [hashed(body) for tag, body in parts.within if tag == "style"]


def test_the_page_asks_for_nothing() -> None:
    for tag, found in Parts(written(small())).elements:
        assert tag not in ("link", "iframe", "object", "base", "form")
        assert not {"src", "href", "srcset", "action"} & found.keys()


def test_nothing_in_the_texts_is_markup() -> None:
    text = Text("a", title=HOSTILE, source=HOSTILE)
    text.say(HOSTILE, "spouseOf", "Ben Oduya", source=HOSTILE)
    graph = graph_of([text], {HOSTILE: ("Person", None), "Ben Oduya": ("Person", None)})
    found = written(graph, title=HOSTILE)
    clean = Parts(written(small()))
    parts = Parts(found)
    assert [tag for tag, _ in parts.elements].count("script") == [tag for tag, _ in clean.elements].count("script")
    assert not [found for tag, found in parts.elements if tag == "img" or any(name.startswith("on") for name in found)]
    assert data_of(found)["documents"][0]["title"] == HOSTILE
    assert not re.search("[\u2028\u2029\x00]", found.split('id="kg-packed">')[1].split("</script>")[0])


def test_documents_and_sentences_are_in_the_data_once() -> None:
    text = Text("a", published=date(2021, 1, 1))
    text.say("Ada Quill", "leads", "Merrow Lines")  # from which it follows that she works for it
    data = data_of(written(graph_of([text], {"Ada Quill": ("Person", None), "Merrow Lines": ("Organisation", None)})))
    claims = [claim for some in data["claims"].values() for claim in some]
    assert [claim["predicate"] for claim in claims] == ["leads", "worksFor"]
    assert [(claim["document"], claim["sentence"]) for claim in claims] == [(0, 0), (0, 0)]
    assert "".join(piece["text"] for piece in data["sentences"][0]) == text.text.strip()


def test_what_is_in_it_can_be_chosen() -> None:
    data = data_of(written(small(), around="Gannet", hops=1, limit=2))
    assert len([edge for edge in data["scene"]["edges"] if edge["target"]]) == 2
    assert data["scene"]["omitted"]["edges"] > 0
    assert data["look"] == {"seeds": ["gannet"]}


def test_without_scripts_there_is_a_picture_and_a_list() -> None:
    text = written(small(), title="Ferries")
    still = text.split("<noscript>")[2].split("</noscript>")[0]
    assert "<svg" in still
    assert "<li>Ada Quill leads Merrow Lines (asserted, reported, score 0.95)</li>" in still
    assert "<li>Ada Quill works for Merrow Lines (asserted, reported, inferred, score 0.95)</li>" in still
    assert "<h1>Ferries</h1>" in still


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert written(small()) == written(small())


def test_two_thousand_edges_with_all_their_sentences_stay_under_five_megabytes() -> None:
    """Five texts of four hundred sentences as long as those of news; the explorer itself may take 0.7 MB more."""
    texts, names = [], {f"Somebody Longname {at}": ("Person", None) for at in range(401)}
    for number in range(5):
        text = Text(f"https://news.example/articles/2021/{number}", title="A headline as long as they are", source="x")
        for at in range(400):
            text.text += "While the crowd waited in the rain that had not stopped for three days, the spokesman said, "
            text.say(f"Somebody Longname {at}", "spouseOf", f"Somebody Longname {(at + number * 7 + 1) % 401}")
        texts.append(text)
    found = written(graph_of(texts, names))
    assert len(data_of(found)["scene"]["edges"]) == 2_000
    assert len(found.encode()) < 4_300_000


def test_an_explorer_that_is_not_built_is_named_with_the_remedy(built: Path) -> None:
    (built / "manifest.json").unlink()
    with pytest.raises(KgError, match="node build.mjs"):
        written(small())
