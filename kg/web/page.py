"""One file to send: the explorer with a part of a graph in it, which opens from a disk and asks for nothing.

The policy in its head lets no script run but the two that are in it, told by their hashes, and no request leave it:
whatever stands in names, titles and sentences is data.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any, BinaryIO

import msgspec

from kg.errors import KgError
from kg.export.clean import encodable, printable
from kg.graph import Graph
from kg.space.view.shapes import Edge as Link
from kg.web.embedded import Embedded, embedded
from kg.web.picture import LEGIBLE, svg
from kg.web.scene import Choice, choice, scene

STATIC = files("kg.web") / "static"
LISTED = 300  # facts in their list

# A document, or a sentence that several claims stand on, is in the data once; the explorer takes each claim whole.
_UNPACK = """
const data = JSON.parse(document.getElementById("kg-packed").textContent);
for (const claims of Object.values(data.claims)) for (const claim of claims) {
  claim.document = data.documents[claim.document];
  claim.sentence = data.sentences[claim.sentence];
}
delete data.documents, delete data.sentences;
const whole = document.createElement("script");
whole.type = "application/json", whole.id = "kg-data", whole.textContent = JSON.stringify(data);
document.body.append(whole);
"""

# Without scripts the explorer's empty frame gives way, and the page scrolls like any other.
_STILL = (
    "#kg { display: none } html, body { height: auto; overflow: auto } "
    "body.kg-page { margin: 1rem; font-family: sans-serif } "
    "svg { max-width: 100%; height: auto }"
)


def html(graph: Graph, out: BinaryIO, *, title: str = "", **how: Any) -> None:
    """Write the page; `how` chooses what is in it: see `kg.web.scene.Choice`. `title` is what it is called."""
    out.write(page(graph, choice(**how), title=title).encode())


def page(graph: Graph, chosen: Choice, *, title: str = "") -> str:
    """Return the page; raise `KgError` where the explorer's built files are not there."""
    script, style = bundle()
    carried = embedded(graph, chosen, name=title)
    policy = (
        f"default-src 'none'; script-src {_hash(_UNPACK)} {_hash(script)}; style-src {_hash(style)} {_hash(_STILL)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(title or 'Knowledge graph')}</title>",
            f"<style>{style}</style>",
            f"<noscript><style>{_STILL}</style></noscript>",
            "</head>",
            '<body class="kg-page">',
            '<div id="kg" class="kg"></div>',
            f"<noscript>\n{still(graph, chosen, title=title)}</noscript>",
            f'<script type="application/json" id="kg-packed">{_data(carried)}</script>',
            f"<script>{_UNPACK}</script>",
            f'<script type="module">{script}</script>',
            "</body>",
            "</html>\n",
        ]
    )


def bundle() -> tuple[str, str]:
    """Return the explorer's script and style as they can stand in a page."""
    manifest = STATIC / "manifest.json"
    if not manifest.is_file():
        raise KgError(
            "the explorer is not built: kg/web/static has no manifest.json; "
            "run `npm ci && node build.mjs` in kg/web/front, or install a released kg"
        )
    names = json.loads(manifest.read_text(encoding="utf-8"))["names"]
    script, style = ((STATIC / names[kind]).read_text(encoding="utf-8") for kind in ("embed", "style"))
    # Where these stand in a script they stand in a string, in which the backslash says nothing.
    script = re.sub(r"<(?=/script|!--)", r"<\\", script.replace("\r\n", "\n"), flags=re.IGNORECASE)
    return script, style.replace("\r\n", "\n").replace("</", "<\\/")


def still(graph: Graph, chosen: Choice, *, title: str = "") -> str:
    """Return what is shown without scripts, as HTML: a picture of the best, and a list of what is said."""
    drawn = scene(graph, msgspec.structs.replace(chosen, limit=min(chosen.limit, LEGIBLE)))
    listed = scene(graph, chosen)
    names = {node.id: node.name for node in listed.nodes}
    facts = "".join(f"<li>{_text(line)}</li>\n" for line in _facts(listed.edges[:LISTED], names))
    left = len(listed.edges) - LISTED
    more = f"<p>{left:,} more are in this file for those who run its script.</p>\n" if left > 0 else ""
    return f"<h1>{_text(title or 'Knowledge graph')}</h1>\n{svg(drawn)}<ul>\n{facts}</ul>\n{more}"


def _facts(edges: Iterable[Link], names: dict[str, str]) -> Iterator[str]:
    for edge in edges:
        thing = edge.value.value if edge.value else names[str(edge.target)]
        follows = ["inferred"] if edge.inferred else []
        how = ", ".join([*edge.modalities, *follows, *edge.times, f"score {edge.score:.2f}"])
        yield f"{names[edge.source]} {edge.label} {thing} ({how})"


def _data(carried: Embedded) -> str:
    """Return the data with each document and each sentence once, as JSON that no script element ends in."""
    data = msgspec.to_builtins(carried)
    documents: dict[str, int] = {}
    sentences: dict[str, int] = {}
    for claim in (claim for claims in data["claims"].values() for claim in claims):
        claim["document"] = documents.setdefault(_json(claim["document"]), len(documents))
        claim["sentence"] = sentences.setdefault(_json(claim["sentence"]), len(sentences))
    shared = f'"documents":[{",".join(documents)}],"sentences":[{",".join(sentences)}]'
    text = f"{_json(data)[:-1]},{shared}}}"
    for sign in "<\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _json(data: Any) -> str:
    return encodable(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _text(text: str) -> str:
    return escape(printable(text))
