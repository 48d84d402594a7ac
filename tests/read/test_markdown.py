from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Rejected
from kg.read.markdown import read_markdown, strip


def one(text: str) -> Document:
    (item,) = read_markdown(BytesIO(text.encode()), "notes/a-page.md")
    assert isinstance(item, Document)
    return item


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("# A title #", "A title"),
        ("A title\n=======\n\nText.", "A title\n\nText."),
        ("**Bold**, *slanted*, ***both***, __bold__, _slanted_, ~~gone~~", "Bold, slanted, both, bold, slanted, gone"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("A [link](https://example.org/a_(b)) and [another][1].\n\n[1]: https://example.org", "A link and another."),
        ("A picture ![of a rocket](rocket.png) here", "A picture of a rocket here"),
        ("See <https://example.org>.", "See https://example.org."),
        ("Some `code` in ``a `line` ``.", "Some code in a `line` ."),
        ("Before.\n\n```python\nprint('#')\n```\n\nAfter.", "Before.\n\nAfter."),
        ("Before.\n\n~~~\nnever closed", "Before."),
        ("> Quoted\n> twice", "Quoted\ntwice"),
        ("- one\n* two\n+ three\n1. four\n- [x] five", "one\ntwo\nthree\nfour\nfive"),
        ("One\n\n---\n\n* * *\n\nTwo", "One\n\nTwo"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b\n\nc d"),
        ("A <b>bold</b> word<!-- not\nthis -->.", "A bold word."),
        ("5 < 6 and 7 > 3 &amp; more", "5 < 6 and 7 > 3 & more"),
        (r"\*not slanted\*", "*not slanted*"),
        ("A note[^1].", "A note."),
    ],
)
def test_marks_are_taken_off(marked: str, plain: str) -> None:
    assert strip(marked) == plain


def test_front_matter_gives_title_date_and_source() -> None:
    document = one('---\ntitle: "A day in space"\ndate: 2021-10-04\nurl: https://example.org\n---\n# Heading\n\nText.')
    assert (document.title, document.published, document.source) == (
        "A day in space",
        date(2021, 10, 4),
        "https://example.org",
    )
    assert document.text == "Heading\n\nText."


def test_the_first_heading_is_the_title() -> None:
    assert one("Intro.\n\n```\n# code\n```\n\n## A *fine* day\n\nText.").title == "A fine day"


def test_without_a_heading_the_name_of_the_file_is_the_title() -> None:
    assert one("Only text.").title == "A page"


@pytest.mark.parametrize("data", [b"", b"\n", b"```\nonly code\n```\n", b"---\ntitle: x\n---\n", b"\0\0"])
def test_a_page_without_text_is_set_aside(data: bytes) -> None:
    (item,) = read_markdown(BytesIO(data), "a.md")
    assert isinstance(item, Rejected)


@given(st.text("ab*_`[]()<>!#-=|~\\&; \n"))
def test_any_marks_are_taken(text: str) -> None:
    strip(text)
