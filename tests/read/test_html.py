from datetime import date
from io import BytesIO

import pytest

from kg.model import Document, Rejected
from kg.read.html import read_html

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rocket flies | The Site</title>
<meta property="og:title" content="Rocket flies"><link rel="canonical" href="https://example.org/rocket">
<meta property="article:published_time" content="2021-10-04T09:00:00+02:00"></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Rocket flies</h1>
<p>On Tuesday, Russia will send a director and an <b>actress</b> into space. Their mission is to film.</p>
<p>The Soyuz MS-19 is scheduled to take off from the Baikonur café at 10:55 in the morning.</p>
<h2>Hollywood is late</h2><p>A movie in real space has long been a dream there, says everyone involved.</p></article>
<footer>Copyright, cookie policy</footer></body></html>"""


def one(data: bytes) -> Document | Rejected:
    (item,) = read_html(BytesIO(data), "pages/rocket-page.html")
    return item


def page() -> Document:
    item = one(PAGE.encode())
    assert isinstance(item, Document)
    return item


def test_the_article_is_kept_without_what_is_around_it() -> None:
    assert page().text.startswith("Rocket flies\n\nOn Tuesday, Russia will send a director and an actress into space.")
    assert not any(word in page().text for word in ("Home", "Sport", "cookie"))


def test_paragraphs_are_separated_by_blank_lines() -> None:
    assert page().text.count("\n\n") == page().text.count("\n") / 2 == 4


def test_title_date_and_address_are_found() -> None:
    assert (page().title, page().published, page().source) == (
        "Rocket flies",
        date(2021, 10, 4),
        "https://example.org/rocket",
    )


def test_a_page_without_an_address_has_its_path() -> None:
    item = one(PAGE.replace("canonical", "other").encode())
    assert isinstance(item, Document)
    assert item.source == "pages/rocket-page.html"


def test_the_declared_encoding_is_used() -> None:
    item = one(PAGE.replace("utf-8", "iso-8859-2").replace("café", "Łódź").encode("iso-8859-2"))
    assert isinstance(item, Document)
    assert "Łódź" in item.text


def test_a_tiny_page_is_read() -> None:
    item = one(b"<html><body><p>One short line.</p></body></html>")
    assert isinstance(item, Document)
    assert (item.text, item.title) == ("One short line.", "Rocket page")


def test_xhtml_that_declares_its_encoding_is_read() -> None:
    item = one(b'<?xml version="1.0" encoding="UTF-8"?>\n<html><body><p>One short line.</p></body></html>')
    assert isinstance(item, Document)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body></body></html>",
        b"<html><head><title>App</title></head><body><div id=root></div><script>draw()</script></body></html>",
        b"<",
        b"<!-- -->",
    ],
)
def test_html_without_text_is_set_aside(data: bytes) -> None:
    item = one(data)
    assert isinstance(item, Rejected)
    assert "without readable text" in item.reason


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b" \n", "white space"), (b"\0<html>", "binary")])
def test_what_is_no_html_is_set_aside(data: bytes, reason: str) -> None:
    item = one(data)
    assert isinstance(item, Rejected)
    assert reason in item.reason
