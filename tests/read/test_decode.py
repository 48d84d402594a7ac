import gzip
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.decode import Undecodable, decode

STORY = "“We are ready,” said the café owner – naïve as ever. It cost €20. " * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_usual_encodings_are_detected(encoding: str) -> None:
    assert decode(STORY.encode(encoding)) == STORY


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Россия отправит в космос режиссёра и актрису, чтобы снять там первый фильм. " * 8, "cp1251"),
        ("Η Ρωσία θα στείλει έναν σκηνοθέτη και μια ηθοποιό στο διάστημα την Τρίτη. " * 8, "iso8859-7"),
    ],
)
def test_rarer_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_short_western_text_is_decoded() -> None:
    assert decode("The café is open.".encode("cp1252")) == "The café is open."


def test_what_a_file_declares_comes_before_a_guess() -> None:
    assert decode("Łódź and Gdańsk".encode("iso8859-2"), declared="iso-8859-2") == "Łódź and Gdańsk"


def test_a_wrong_declaration_is_no_harm() -> None:
    assert decode("Łódź".encode(), declared="no-such-encoding") == "Łódź"


def test_line_ends_become_newlines() -> None:
    assert decode(b"a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 4, "binary data"),
        (b"text\0text", "binary data"),
        (b"%PDF-1.4 plain ASCII", "a PDF document; convert it"),
        (gzip.compress(b"text" * 100), "gzip; unpack it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"\xff\xfe\x00", "not valid UTF-16; save it as UTF-8"),
        ("Łódź and Gdańsk, Kraków; ".encode() * 3 + b"\xff.", "UTF-8 with 1 broken bytes, the first at character 75"),
        (random.Random(1).randbytes(4000).replace(b"\0", b"\x81"), "not text"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        decode(data)


def test_text_that_begins_like_a_picture_is_text() -> None:
    assert decode(b"GIF89a is a format.") == "GIF89a is a format."


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(Undecodable):
        assert "\r" not in decode(data)
