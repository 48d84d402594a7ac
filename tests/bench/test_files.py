from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.bench.files import Files
from kg.errors import InputError

NAMES = {"data/part_10.txt": "ten", "data/part_2.txt": "two", "LICENSE": "free"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in NAMES.items():
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with ZipFile(tmp_path / "corpus.zip", "w") as opened:
        for name, text in NAMES.items():
            opened.writestr(name, text)
    return tmp_path / "corpus.zip"


def read(path: Path, *patterns: str) -> list[tuple[str, str]]:
    files = Files(path)
    return [(name, files.text(name)) for name in files.matching(*patterns, remedy="give the corpus")]


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_files_come_in_the_order_of_their_numbers(kind: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(kind)
    assert read(path, "part_*.txt") == [("data/part_2.txt", "two"), ("data/part_10.txt", "ten")]


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_a_path_can_lead_to_a_part(kind: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(kind)
    assert read(path / "data", "*.txt") == [("part_2.txt", "two"), ("part_10.txt", "ten")]


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_a_path_can_lead_to_one_file(kind: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(kind)
    assert read(path / "data/part_2.txt", "*.txt") == [("part_2.txt", "two")]


def test_the_first_pattern_that_matches_counts(folder: Path) -> None:
    assert [name for name, _ in read(folder, "*.conll", "data/*_2.txt", "*.txt")] == ["data/part_2.txt"]


def test_where_nothing_matches_the_remedy_is_told(archive: Path) -> None:
    with pytest.raises(InputError, match=r"corpus\.zip: holds nothing of this benchmark; give the corpus"):
        read(archive, "*.tsv", "*.csv")


def test_a_part_that_an_archive_does_not_have_matches_nothing(archive: Path) -> None:
    with pytest.raises(InputError, match="holds nothing"):
        read(archive / "nowhere", "*")


def test_a_path_to_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.zip: no such file or folder"):
        Files(tmp_path / "nowhere.zip")


def test_a_file_holds_no_parts(folder: Path) -> None:
    with pytest.raises(InputError, match=r"LICENSE: is a file, but no \.zip"):
        Files(folder / "LICENSE" / "part")


def test_a_broken_archive_is_named(archive: Path) -> None:
    whole = archive.read_bytes()
    start = whole.rindex(b"PK\x01\x02")
    archive.write_bytes(whole[:start] + b"PK\x00\x00" + whole[start + 4 :])
    with pytest.raises(InputError, match=r"corpus\.zip: is a broken \.zip"):
        read(archive, "*")


def test_text_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "LICENSE").write_bytes(b"fr\xe9e")
    with pytest.raises(InputError, match=r"LICENSE: is not UTF-8 at byte 2"):
        read(folder, "LICENSE")


def test_json_of_another_kind_is_named(folder: Path) -> None:
    (folder / "a.json").write_text('{"a": 1}', encoding="utf-8")
    files = Files(folder)
    assert files.json("a.json", dict[str, int]) == {"a": 1}
    with pytest.raises(InputError, match=r"a\.json: is not this benchmark's JSON: Expected `array`"):
        files.json("a.json", list[int])
