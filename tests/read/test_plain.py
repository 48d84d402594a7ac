from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Document, Rejected, content_hash
from kg.read.plain import document, headline, read_plain, readable

SEED = Path(__file__).parents[2] / "seeds" / "film-crew-flies-to-the-space-station.txt"


def one(data: bytes, source: str = "a.txt") -> Document | Rejected:
    (item,) = read_plain(BytesIO(data), source)
    return item


def test_the_seed_article_keeps_its_text_and_tells_its_date() -> None:
    article = one(SEED.read_bytes(), str(SEED))
    assert isinstance(article, Document)
    assert article.text.encode() == SEED.read_bytes()
    assert article.published == date(2021, 10, 4)
    assert article.title == "Film crew flies to the space station"
    assert article.language == "en"


def test_the_id_is_the_hash_of_the_text() -> None:
    item = one(b"Any text.")
    assert isinstance(item, Document)
    assert item.id == content_hash("Any text.")


@pytest.mark.parametrize(("data", "reason"), [(b"", "is empty"), (b" \n\t\n", "white space"), (b"\0\0", "binary")])
def test_a_file_without_text_is_set_aside(data: bytes, reason: str) -> None:
    item = one(data)
    assert isinstance(item, Rejected)
    assert item.source == "a.txt"
    assert reason in item.reason


def test_half_a_surrogate_pair_is_set_aside() -> None:
    assert isinstance(document("a\ud800b", "a"), Rejected)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hollywood is late\n\nA movie in space.", "Hollywood is late"),
        ("\nHollywood is late \n\nA movie.", "Hollywood is late"),
        ("Is Hollywood late?\n\nA movie.", "Is Hollywood late?"),
        ("Hollywood is late.\n\nA movie in space.", ""),
        ("Hollywood is late\nA movie in space.", ""),
        ("Hollywood is late\n\n", ""),
        ("Saturday, January 5, 2019 \n\nA fire killed five.", ""),
        ("word " * 30 + "\n\nText.", ""),
    ],
)
def test_a_headline_is_short_and_set_off(text: str, title: str) -> None:
    assert headline(text) == title


def test_a_name_becomes_words() -> None:
    assert readable("seeds/film-crew_flies.txt") == "Film crew flies"


UNICODE = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\r\t"))


@given(UNICODE)
@example("\u2028\u2029\ufeff\U0010ffff")
def test_any_unicode_text_is_read_whole(text: str) -> None:
    item = one(text.encode())
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert isinstance(item, Document) == bool(expected.strip())
    if isinstance(item, Document):
        assert item.text == expected
