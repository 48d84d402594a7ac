import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Rejected, content_hash
from kg.read.jsonlines import read_json, read_jsonlines

FULL = {"id": "a 1", "title": "T", "text": "Any text.", "date": "2021-10-04", "source": "https://example.org"}


def lines(data: bytes) -> list[Document | Rejected]:
    return list(read_jsonlines(BytesIO(data), "a.jsonl"))


def one(value: Any) -> Document | Rejected:
    (item,) = lines(json.dumps(value).encode())
    return item


def test_every_field_is_kept() -> None:
    assert one(FULL) == Document(
        id="a 1", title="T", text="Any text.", published=date(2021, 10, 4), source="https://example.org"
    )


def test_text_alone_is_enough() -> None:
    assert one({"text": "Any text."}) == Document(id=content_hash("Any text."), text="Any text.", source="a.jsonl")


def test_null_and_unknown_fields_are_left_out() -> None:
    assert one({"text": "Any text.", "id": None, "date": None, "tags": [1]}) == one({"text": "Any text."})


@pytest.mark.parametrize("name", ["date", "published"])
def test_both_names_of_the_date_are_read(name: str) -> None:
    item = one({"text": "Any text.", name: "Mon, 04 Oct 2021 09:00:00 +0200"})
    assert isinstance(item, Document)
    assert item.published == date(2021, 10, 4)


def test_a_number_may_be_an_id() -> None:
    item = one({"id": 7, "text": "Any text."})
    assert isinstance(item, Document)
    assert item.id == "7"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"title": "T"}, 'no "text"'),
        ({"text": None}, 'no "text"'),
        ({"text": 7}, '"text" is a number'),
        ({"text": ["a"]}, '"text" is a list'),
        ({"text": " "}, "white space"),
        ({"text": "a", "id": 1.5}, '"id" is a number'),
        ({"text": "a", "id": True}, '"id" is true or false'),
        ({"text": "a", "title": {}}, '"title" is an object'),
        ({"text": "a", "date": 20211004}, '"date" is a number'),
        ({"text": "a", "date": "soon"}, "no date that can be read: 'soon'"),
        ([1], "not a document but a list"),
        ("text", "not a document but a string"),
    ],
)
def test_a_wrong_value_is_set_aside_with_its_line(value: Any, reason: str) -> None:
    first, second = lines(b"\n" + json.dumps(value).encode() + b"\n" + json.dumps(FULL).encode())
    assert isinstance(first, Rejected)
    assert (first.source, first.line) == ("a.jsonl", 2)
    assert reason in first.reason
    assert isinstance(second, Document)


@pytest.mark.parametrize(
    "line",
    [
        b"{broken",
        b'{"text": "a"} {}',
        b'{"text": "caf\xe9"}',
        b'{"text": "\\ud800"}',
        b"\0",
        b'{"text":' + b"[" * 10_000,
    ],
)
def test_a_broken_line_is_set_aside_and_the_rest_goes_on(line: bytes) -> None:
    first, second = lines(line + b"\r\n" + json.dumps(FULL).encode())
    assert isinstance(first, Rejected)
    assert first.line == 1
    assert first.reason.startswith(("not JSON", "JSON nested"))
    assert isinstance(second, Document)


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_a_file_without_lines_is_set_aside(data: bytes) -> None:
    assert lines(data) == [Rejected(source="a.jsonl", reason="the file is empty")]


def test_a_byte_order_mark_is_no_harm() -> None:
    (item,) = lines(json.dumps(FULL).encode("utf-8-sig"))
    assert isinstance(item, Document)


def test_line_ends_in_the_text_become_newlines() -> None:
    item = one({"text": "a\r\nb\rc"})
    assert isinstance(item, Document)
    assert item.text == "a\nb\nc"


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (json.dumps(FULL, indent=1), 1),
        (json.dumps([FULL, FULL]), 2),
        (f"{json.dumps(FULL)}\n\n{json.dumps(FULL)}\n", 2),
    ],
)
def test_a_json_file_holds_one_or_a_list_or_lines(data: str, count: int) -> None:
    items = list(read_json(BytesIO(data.encode()), "a.json"))
    assert len(items) == count
    assert all(isinstance(item, Document) for item in items)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"{", "not JSON"), (b"[]", "an empty list"), (b"\xff\xfe\x00", "UTF-16")]
)
def test_a_json_file_without_documents_is_set_aside(data: bytes, reason: str) -> None:
    (item,) = read_json(BytesIO(data), "a.json")
    assert isinstance(item, Rejected)
    assert reason in item.reason


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3))


@given(st.lists(st.dictionaries(st.sampled_from(["id", "text", "title", "date", "source", "x"]), JSON), max_size=4))
def test_every_line_is_a_document_or_set_aside(values: list[dict[str, Any]]) -> None:
    items = lines("\n".join(map(json.dumps, values)).encode())
    assert len(items) == max(1, len(values))
