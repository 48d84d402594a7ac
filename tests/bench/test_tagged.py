from pathlib import Path

import pytest

from kg.bench.tagged import Name, parse, read
from kg.errors import InputError

CONLL = "-DOCSTART- -X- O O\n\nAda NNP B-PER\nQuill NNP I-PER\nleft VB O\nNorth NNP I-LOC\nBay NNP I-LOC\n. . O\n"
UNER = (
    "# sent_id = 1\n# text = Ada's at Lines.\n"
    "1\tAda\tB-PER\t-\tann\n2\t's\tO\t-\t-\n3\tat\tO\t-\t-\n4\tLines\tB-ORG\t-\tann\n5\t.\tO\t-\t-\n"
)


def names(text: str) -> list[list[tuple[str, str]]]:
    sentences = parse(text.split("\n"))
    return [[(one.document.text[name.start : name.end], name.type) for name in one.names] for one in sentences]


def test_columns_of_conll_2003_are_read() -> None:
    assert names(CONLL) == [[("Ada Quill", "Person"), ("North Bay", "Place")]]


def test_numbered_rows_are_read_with_the_text_as_written() -> None:
    (sentence,) = parse(UNER.split("\n"))
    assert sentence.document.text == "Ada's at Lines."
    assert sentence.names == (Name(0, 3, "Person"), Name(9, 14, "Organisation"))


def test_a_text_that_is_not_the_words_is_left_out() -> None:
    (sentence,) = parse(UNER.replace("Ada's at", "Bo's at").split("\n"))
    assert sentence.document.text == "Ada's at Lines."


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O", [("a b", "Person")]),
        ("B-PER B-PER O", [("a", "Person"), ("b", "Person")]),
        ("I-PER I-LOC I-LOC", [("a", "Person"), ("b c", "Place")]),
        ("O I-PER O", [("b", "Person")]),
        ("B-PER O B-PER", [("a", "Person"), ("c", "Person")]),
        ("S-PER B-LOC E-LOC", [("a", "Person"), ("b c", "Place")]),
        ("B-MISC I-MISC O", []),
        ("B-politician B-country O", [("a", "Person"), ("b", "Place")]),
    ],
)
def test_tags_become_names(tags: str, expected: list[tuple[str, str]]) -> None:
    assert names("\n".join(map("{}\t{}".format, "abc", tags.split()))) == [expected]


def test_a_hash_as_a_word_is_no_comment() -> None:
    assert names("Ada\tB-PER\n# \tO\n") == [[("Ada", "Person")]]


def test_a_line_without_a_tag_is_named() -> None:
    with pytest.raises(InputError, match=r"a.conll:2: 'left' is no tag like B-PER or O"):
        list(parse(["Ada B-PER", "left"], path="a.conll"))


def test_test_files_are_read_where_they_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a-test.iob2").write_text(UNER, encoding="utf-8")
    (tmp_path / "a-dev.iob2").write_text(CONLL, encoding="utf-8")
    assert [one.document.text for one in read(str(tmp_path))] == ["Ada's at Lines."]


def test_a_file_without_known_labels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("Ada B-GENE\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no tag that kg knows, like B-PER"):
        read(str(tmp_path / "a.conll"))
