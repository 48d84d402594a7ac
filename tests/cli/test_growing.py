"""`kg add`, `kg remove`, `kg diff`."""

import json
from pathlib import Path

import pytest
from test_cli import fails, run
from toy import DOCUMENTS, Toy

from kg.space import Space

TEXT = "Ben Oduya leads Northern Lines, and Ada Quill boarded Gannet."


@pytest.fixture(autouse=True)
def _toy_model(shipped_toy: Toy) -> None:
    """No command here may need the shipped model."""


@pytest.fixture
def built(articles: Path, tmp_path: Path) -> Path:
    run("build", articles, "-o", tmp_path / "built")
    return tmp_path / "built"


@pytest.fixture
def more(tmp_path: Path) -> Path:
    path = tmp_path / "more.txt"
    path.write_text(TEXT)
    return path


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_add_tells_what_came(built: Path, more: Path) -> None:
    result = run("add", built, more)
    assert result.exit_code == 0
    assert words(result.stdout) == [
        ["documents", "4", "+1", "-0", "~0"],
        ["entities", "5", "+0", "-0", "~0"],
        ["statements", "7", "+2", "-0", "~0"],
    ]


def test_add_reads_only_what_is_new(built: Path, articles: Path, more: Path, shipped_toy: Toy) -> None:
    shipped_toy.calls.clear()
    run("add", built, articles, more)
    assert len(shipped_toy.calls) == 1


def test_add_reads_standard_input(built: Path) -> None:
    assert words(run("add", built, "-", stdin=TEXT).stdout)[0] == ["documents", "4", "+1", "-0", "~0"]


def test_add_names_what_is_set_aside(built: Path, tmp_path: Path) -> None:
    (tmp_path / "bomb.txt").write_text("This will EXPLODE in the extractor.")
    result = run("add", built, tmp_path / "bomb.txt")
    assert result.exit_code == 1
    assert "bomb.txt: set aside: extract failed: the toy exploded\n" in result.stderr
    assert ["set", "aside", "1"] in words(result.stdout)


def test_add_wants_a_source(built: Path) -> None:
    assert "give a SOURCE, or a --kb" in fails("add", built)


def test_add_refuses_a_file_in_the_place_of_a_space(more: Path) -> None:
    assert "is a file, not a space" in fails("add", more, more)


def test_add_takes_what_was_extracted_elsewhere(built: Path, tmp_path: Path, shipped_toy: Toy) -> None:
    run("export", built, "-o", tmp_path / "records.jsonl")
    shipped_toy.calls.clear()
    assert run("add", tmp_path / "other", tmp_path / "records.jsonl").exit_code == 0
    assert shipped_toy.calls == []
    assert run("diff", built, tmp_path / "other").stdout == "nothing differs\n"


def test_remove_takes_out_a_file(built: Path, articles: Path) -> None:
    result = run("remove", built, articles / "a.txt")
    assert words(result.stdout)[0] == ["documents", "2", "+0", "-1", "~0"]
    with Space.open(built) as space:
        assert len(space.documents()) == len(DOCUMENTS) - 1


def test_remove_names_what_is_not_there(built: Path) -> None:
    assert "has the id or the source 'nowhere'" in fails("remove", built, "nowhere")


def test_remove_wants_a_space(tmp_path: Path) -> None:
    assert "is not a space (no such directory)" in fails("remove", tmp_path / "nowhere", "a")


def test_diff_shows_what_differs(built: Path, articles: Path, more: Path, tmp_path: Path) -> None:
    run("build", articles, more, "-o", tmp_path / "other")
    run("remove", tmp_path / "other", articles / "b.txt")
    lines = run("diff", built, tmp_path / "other").stdout.splitlines()
    assert any(line.startswith("+ document ") and "(More)" in line for line in lines)
    assert any(line.startswith("- document ") and "(B)" in line for line in lines)
    assert "- entity Port Merrow  (Place, port-merrow)" in lines
    assert any(line.startswith("+ statement Ben Oduya leads Northern Lines  (asserted; ") for line in lines)
    assert lines[-1].endswith("statements differ")


def test_diff_tells_how_an_entity_changed(built: Path, tmp_path: Path) -> None:
    run("export", built, "-o", tmp_path / "records.jsonl")
    text = (
        (tmp_path / "records.jsonl")
        .read_text()
        .replace('"subtype":null,"text":"Gannet"', '"subtype":"Ship","text":"Gannet"')
    )
    (tmp_path / "records.jsonl").write_text(text)
    run("add", tmp_path / "other", tmp_path / "records.jsonl")
    lines = run("diff", built, tmp_path / "other").stdout.splitlines()
    assert "~ entity Gannet  (Ship, gannet): subtype none -> Ship" in lines


def test_diff_writes_json(built: Path, more: Path, tmp_path: Path) -> None:
    run("add", tmp_path / "other", more)
    found = json.loads(run("diff", built, tmp_path / "other", "--json").stdout)
    assert found.keys() == {"documents", "entities", "statements"}
    assert [None, *found["entities"]["gannet"]] if "gannet" in found["entities"] else True
    assert found["entities"]["port-merrow"][1] is None


def test_diff_since_a_date(built: Path, more: Path) -> None:
    run("add", built, more)
    whole = run("diff", built, "--since", "2000-01-01").stdout.splitlines()
    assert whole[-1] == "4 documents, 5 entities, 12 statements differ"
    assert run("diff", built, "--since", "2000-01-01", "--until", "2000-01-02").stdout == "nothing differs\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "name two spaces, or one and --since DATE"),
        (("--until", "2024-01-01"), "name two spaces"),
        (("--since", "soon"), "'soon' is no date"),
    ],
)
def test_diff_wants_two_sides(built: Path, arguments: tuple[str, ...], reason: str) -> None:
    assert reason in fails("diff", built, *arguments)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,aliases,type\nhttps://example.org/g,MV Gannet,Gannet,Ship\n")
    return path


def test_build_links_to_a_list_and_why_tells(articles: Path, listed: Path, tmp_path: Path) -> None:
    assert run("build", articles, "-o", tmp_path / "space", "--kb", listed).exit_code == 0
    assert "same as: https://example.org/g" in run("why", tmp_path / "space", "Gannet").stdout


def test_add_links_what_is_there_to_a_list(built: Path, listed: Path, shipped_toy: Toy) -> None:
    shipped_toy.calls.clear()
    result = run("add", built, "--kb", listed)
    assert words(result.stdout)[1] == ["entities", "5", "+0", "-0", "~1"]
    assert shipped_toy.calls == []


def test_a_list_that_is_wrong_is_named(built: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,name\n")
    assert "x.csv:1: no column type" in fails("add", built, "--kb", tmp_path / "x.csv")
