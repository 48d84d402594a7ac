from pathlib import Path

import pytest

from kg.bench.gum import parse, read
from kg.errors import InputError

# "Ada’s crew left. She | waved", with ‹Ada’s crew› around ‹Ada’s›, and "She" again of Ada.
ROWS = """\
# newdoc id = GUM_news_gannet
# newpar
# text = Ada's crew left.
1-2 Ada's _
1 Ada Entity=(2-organization-new(1-person-new
2 's Entity=1)
3 crew Entity=2)
4 left SpaceAfter=No
5 . _

# newpar_block = p
1 She Entity=(1-person-giv)
1.1 had _
2 waved _
"""


def lines(rows: str = ROWS) -> list[str]:
    def columns(row: str) -> str:
        number, form, misc = row.split(" ")
        return "\t".join([number, form, *"_______", misc])

    return [row if not row or row.startswith("#") else columns(row) for row in rows.split("\n")]


def test_words_become_the_text() -> None:
    (document,) = parse(lines())
    assert document.document.text == "Ada's crew left.\n\nShe waved"
    assert (document.document.id, document.genre) == ("GUM_news_gannet", "news")


def test_brackets_become_chains() -> None:
    (document,) = parse(lines())
    text = document.document.text
    assert [[text[start:end] for start, end in chain] for chain in document.chains] == [
        ["Ada's", "She"],
        ["Ada's crew"],
    ]


def test_a_file_can_hold_several_documents() -> None:
    assert [one.document.text for one in parse([*lines(), *lines()])] == ["Ada's crew left.\n\nShe waved"] * 2


def test_a_bracket_that_closes_nothing_is_named() -> None:
    broken = lines(ROWS.replace("(2-organization-new", ""))
    with pytest.raises(InputError, match="a.conllu:7: closes an entity that was not opened"):
        list(parse(broken, path="a.conllu"))


def test_a_line_that_is_not_conllu_is_named() -> None:
    with pytest.raises(InputError, match="a.conllu:2: is not a line of CoNLL-U"):
        list(parse(["# newdoc id = a", "Ada B-PER"], path="a.conllu"))


def test_development_files_are_read_where_they_are_told_apart(tmp_path: Path) -> None:
    for split in ("train", "dev"):
        (tmp_path / split).mkdir()
        text = "\n".join(lines()).replace("GUM_news_gannet", f"GUM_news_{split}")
        (tmp_path / split / "a.conllu").write_text(text, encoding="utf-8")
    assert [one.document.id for one in read(str(tmp_path))] == ["GUM_news_dev"]
    assert [one.document.id for one in read(str(tmp_path / "train"))] == ["GUM_news_train"]


def test_files_without_entities_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text("\n".join(["1", "Hi", *"_______", "_"]).replace("\n", "\t"), encoding="utf-8")
    with pytest.raises(InputError, match="marks no entities in the last column; give the folder"):
        read(str(tmp_path))
