"""Bytes to text: which encoding it is, and whether it is text at all."""

import codecs
import re

# What files that are no text begin with, for a reason that says more than "binary".
PDF = b"%PDF-"  # the only one that can be ASCII throughout
SIGNATURES = {
    PDF: "a PDF document; convert it first, for example with pdftotext",
    b"PK\x03\x04": "a ZIP archive or an office document; unpack it, or save it as text or HTML",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as text or HTML",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"BZh": "compressed with bzip2; unpack it first",
    b"\xfd7zXZ": "compressed with xz; unpack it first",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3\0": "an SQLite database",
    b"\x7fELF": "a program",
}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAMPLE = 1 << 16
# What Windows-1252 has beyond ASCII and English text uses. Elsewhere these bytes are other letters, so that a text
# of another encoding soon has one that is not here.
WESTERN = re.compile(
    r"[\x00-\x7f\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u20ac\u2122\xa0-\xff\u0152\u0153\u0160\u0161]*"
)
SPARSE = 0.1
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


class Undecodable(ValueError):
    """Bytes that are no text, or text in no encoding that can be told; the message says which, and what to do."""


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the bytes as text with `\\n` line ends; raise `Undecodable` where they are none.

    A byte order mark decides, then what the file itself declares, then UTF-8; after that only an encoding that fits
    the whole text is taken. Control characters other than NUL are kept: offsets count them.
    """
    text = _decoded(data, declared)
    if "\0" in text or len(CONTROL.findall(text[:SAMPLE])) > len(text[:SAMPLE]) * SPARSE:
        raise Undecodable("binary data, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str | None) -> str:
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature) and (signature == PDF or b"\0" in data or _try(data, "utf-8") is None):
            raise Undecodable(f"not text: {kind}")
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return _strict(data, encoding)
    for name in (_wide(data[:SAMPLE]), declared, "utf-8"):
        if name and (text := _try(data, name)) is not None:
            return text
    return _guessed(data)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _strict(data: bytes, encoding: str) -> str:
    text = _try(data, encoding)
    if text is None:
        name = encoding.removesuffix("-sig").upper()
        raise Undecodable(f"begins as {name} but is not valid {name}; save it as UTF-8")
    return text


def _wide(sample: bytes) -> str | None:
    """Return the name of UTF-16 without a mark: English text has a NUL in every other byte."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.7 * half and not sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if half and sample[::2].count(0) > 0.7 * half and not sample[1::2].count(0) else None


def _guessed(data: bytes) -> str:
    if b"\0" in data:
        raise Undecodable("binary data, not text")
    loose = data.decode("utf-8", errors="replace")
    broken, good = loose.count("\ufffd"), len(re.findall(r"[^\x00-\x7f\ufffd]", loose[:SAMPLE]))
    if good > broken:
        place = data.decode("utf-8", errors="surrogateescape")
        offset = next(index for index, character in enumerate(place) if "\udc80" <= character <= "\udcff")
        raise Undecodable(f"UTF-8 with {broken} broken bytes, the first at character {offset}; save it as UTF-8 again")
    western = _try(data, "cp1252")
    sparse = len(re.findall(rb"[\x80-\xff]", data)) <= len(data) * SPARSE
    if western is not None and sparse and WESTERN.fullmatch(western):
        return western
    return _detected(data)


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    text = _try(data, best.encoding) if best else None
    if text is None or CONTROL.search(text[:SAMPLE]):
        raise Undecodable("in an encoding that cannot be told, or not text; save it as UTF-8")
    return text
