import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from kg import read as room
from kg.errors import InputError
from kg.model import Document, Rejected
from kg.read import Item, read

STORY = "Russia will send a director and an actress into space.\n\nTheir mission: shoot the first film there.\n"


def texts(items: Iterator[Item]) -> list[str]:
    return [item.text if isinstance(item, Document) else f"rejected: {item.reason}" for item in items]


def write(path: Path, text: str = STORY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_a_document(tmp_path: Path) -> None:
    path = write(tmp_path / "a-story.txt")
    (document,) = read(path)
    assert isinstance(document, Document)
    assert (document.text, document.source, document.title) == (STORY, str(path), "A story")


def test_a_directory_is_its_files_sorted_at_any_depth(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "c.md", "a/b.txt"):
        write(tmp_path / name, name)
    assert texts(read(str(tmp_path))) == ["a/b.txt", "a/z.txt", "b.txt", "c.md"]


def test_hidden_files_of_a_directory_are_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", ".git/c.txt"):
        write(tmp_path / name, name)
    assert texts(read(tmp_path)) == ["a.txt"]


def test_an_empty_directory_is_set_aside(tmp_path: Path) -> None:
    assert texts(read(tmp_path)) == ["rejected: the directory holds no files to read"]


def test_a_pipe_in_a_directory_is_set_aside(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert texts(read(tmp_path)) == ["rejected: not a regular file, or a link to nothing"]


def test_a_glob_is_the_files_it_matches(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(tmp_path / name, name)
    assert texts(read(str(tmp_path / "*.txt"))) == ["a.txt", "b.txt"]


def test_a_file_named_like_a_glob_is_that_file(tmp_path: Path) -> None:
    write(tmp_path / "a[1].txt", "one")
    assert texts(read(str(tmp_path / "a[1].txt"))) == ["one"]


@pytest.mark.parametrize("name", ["none.txt", "none", "*.none", "nul\0.txt", ""])
def test_a_missing_path_is_refused_before_anything_is_read(tmp_path: Path, name: str) -> None:
    missing = str(tmp_path / name) if name else name
    with pytest.raises(InputError, match="no such file"):
        read([missing])


def test_a_missing_path_names_itself(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none.txt: no such file"):
        list(read(iter([tmp_path / "none.txt"])))


def test_what_is_no_source_is_refused() -> None:
    with pytest.raises(InputError, match="not a source: 7"):
        read([7])  # type: ignore[list-item]


def test_a_document_is_handed_on() -> None:
    document = Document(id="x", text="Any text.")
    assert list(read(document)) == [document]
    assert list(read(iter([document]))) == [document]


@pytest.mark.parametrize("text", ["A sentence.", "One\ntwo", "word " * 2000, "Is it *this* [one]?"])
def test_a_string_may_be_a_text(text: str) -> None:
    assert texts(read(text, text_ok=True)) == [text]


@pytest.mark.parametrize("text", ["missing file.txt", "missing"])
def test_a_string_that_looks_like_a_path_is_one(text: str) -> None:
    with pytest.raises(InputError):
        read(text, text_ok=True)


def test_a_string_is_a_path_unless_texts_are_allowed() -> None:
    with pytest.raises(InputError):
        read("A sentence.")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (STORY, [STORY]),
        ('{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        ('{\n "text": "One."\n}', ["One."]),
        ('[{"text": "One."}]', ["One."]),
        ("<!DOCTYPE html><html><body><p>One.</p></body></html>", ["One."]),
        ("{curly} text", ["{curly} text"]),
        ("", ["rejected: the file is empty"]),
    ],
)
def test_standard_input_is_told_by_how_it_begins(
    monkeypatch: pytest.MonkeyPatch, data: str, expected: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert texts(read("-")) == expected


def test_an_unknown_suffix_is_read_as_text(tmp_path: Path) -> None:
    assert texts(read(write(tmp_path / "story.xyz"))) == [STORY]


def test_an_unknown_suffix_with_binary_content_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "data.xyz"
    path.write_bytes(bytes(range(256)) * 8)
    assert list(read(path)) == [Rejected(source=str(path), reason="binary data, not text")]


def test_a_file_that_may_not_be_read_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(tmp_path / name, name) for name in ("a.txt", "b.txt")]
    opened = Path.open

    def refuse(path: Path, mode: str = "r") -> BinaryIO:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)  # type: ignore[return-value]

    monkeypatch.setattr(Path, "open", refuse)
    expected = ["rejected: cannot be read: Permission denied; check its permissions", "b.txt"]
    assert texts(read([*paths])) == expected


def test_a_reader_of_another_package_is_found_by_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(room.READERS.builtin, ".shout", f"{__name__}:shout")
    assert texts(read(write(tmp_path / "a.SHOUT", "hello"))) == ["HELLO"]


def shout(stream: BinaryIO, source: str) -> Iterator[Item]:
    yield Document(id="shout", text=stream.read().decode().upper(), source=source)


def test_twenty_megabytes_in_one_line_are_read_whole_and_soon(tmp_path: Path) -> None:
    text = "The crew of the ship was on board. " * 600_000
    path = write(tmp_path / "long.txt", text)
    started = time.monotonic()
    (document,) = read(path)
    assert isinstance(document, Document)
    assert len(document.text) == len(text) == 21_000_000
    assert time.monotonic() - started < 10


def test_a_path_that_is_missing_beside_others_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("Anna lives in Oslo.")
    items = list(read([tmp_path / "missing.txt", tmp_path / "there.txt"]))
    assert [isinstance(item, Rejected) for item in items] == [True, False]
