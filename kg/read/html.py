"""Web pages: the article without what is around it. Nothing is fetched."""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from kg.model import Document, Rejected
from kg.read.plain import decoded, document, readable
from kg.read.published import parse_date

_charset = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_declaration = re.compile(r"\A<\?xml[^>]{0,200}\?>")
HEAD = 4096
NO_TEXT = "HTML without readable text; if a script draws the page, save it from the browser after it is drawn"


def read_html(stream: BinaryIO, source: str) -> Iterator[Document | Rejected]:
    """Yield the article of the page, its paragraphs separated by blank lines."""
    data = stream.read()
    declared = _charset.search(data[:HEAD])
    html = decoded(data, source, declared=declared[1].decode("ascii") if declared else None)
    if isinstance(html, Rejected):
        yield html
    elif not html.strip():
        yield Rejected(source=source, reason="nothing but white space; there is no text to read")
    else:
        yield _article(html, source)


def _article(html: str, source: str) -> Document | Rejected:
    import trafilatura

    html = _declaration.sub("", html.lstrip(), count=1)  # lxml refuses text that declares its encoding
    # Not the extensive search for a date: it takes any date on the page.
    found = trafilatura.bare_extraction(
        html, include_comments=False, with_metadata=True, date_extraction_params={"extensive_search": False}
    )
    text, title, day, url = "", "", None, ""
    if found is not None and not isinstance(found, dict):
        text, title, day, url = found.text or "", found.title or "", _day(found.date), found.url or ""
    text = _paragraphs(text) or _paragraphs(trafilatura.html2txt(html))
    if not text:
        return Rejected(source=source, reason=NO_TEXT)
    return document(text, url or source, title=title or readable(source), published=day)


def _day(value: str | None) -> date | None:
    return parse_date(value) if value else None


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
