"""`kg refute`, as a person uses it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample import first, second
from space.looked import made, sources

from kg.cli import main
from kg.space import Space


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="kg")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return made(tmp_path / "space")


def statement(path: Path, predicate: str, *, inferred: bool = False, document: str = "a") -> str:
    with Space.open(path) as opened:
        found = opened.graph().statements(predicate=predicate)
        (one,) = (one.id for one in found if one.inferred == inferred and one.document == document)
        return one


def leads(path: Path) -> int:
    with Space.open(path) as opened:
        return len(opened.query("SELECT ?who WHERE { ?who kg:leads ?what }"))


def test_what_is_refuted_is_no_fact_until_it_is_taken_back(space: Path) -> None:
    one = statement(space, "spouseOf", document="b c/ü.txt")
    assert "-1" in run("refute", space, one, "--who", "me").stdout
    with Space.open(space) as opened:
        assert len(opened.query("SELECT * { ?one schema:spouse ?other }")) == 0
    assert run("why", space, "Ada Quill", "Ben Oduya").stdout.startswith("Nothing joins")
    assert "+1" in run("refute", space, one, "--undo").stdout
    with Space.open(space) as opened:
        assert len(opened.query("SELECT * { ?one schema:spouse ?other }")) == 2


def test_another_document_may_still_say_so(space: Path) -> None:
    run("refute", space, statement(space, "leads"))
    assert leads(space) == 1
    run("refute", space, statement(space, "leads", document="b c/ü.txt"))
    assert leads(space) == 0


def test_it_is_listed_with_its_words(space: Path) -> None:
    assert run("refute", space).stdout == "nothing is refuted\n"
    run("refute", space, statement(space, "leads"), "--who", "me", "--note", "she left")
    (line,) = (space / "refutations.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["claim"], told["quote"], told["who"], told["note"]) == (
        *("Ada Quill leads Merrow Lines", "Ada Quill leads Merrow Lines.", "me", "she left"),
    )
    listed = run("refute", space).stdout.splitlines()
    assert listed[0].split("  ")[1] == "Ada Quill leads Merrow Lines"
    assert listed[0].endswith("she left)")
    assert run("refute", space, listed[0].split()[0], "--undo").exit_code == 0
    assert (space / "refutations.jsonl").read_text(encoding="utf-8") == ""


def test_check_counts_it(space: Path) -> None:
    run("refute", space, statement(space, "leads"))
    assert "leads: a person says that it is wrong" in run("check", space).stdout


def test_it_outlives_a_merge_and_coming_again(space: Path) -> None:
    run("refute", space, statement(space, "leads"))
    run("merge", space, "Ada Quill", "Ben Oduya")
    assert leads(space) == 1
    run("remove", space, "a")
    with Space.edit(space) as opened:
        opened.add(sources((first(), second())))
    assert leads(space) == 1
    assert "Ada Quill leads Merrow Lines" in run("refute", space).stdout


def test_what_follows_by_rule_names_what_it_follows_from(space: Path) -> None:
    result = run("refute", space, statement(space, "worksFor", inferred=True))
    assert result.exit_code == 2
    assert f"{statement(space, 'leads')}, “Ada Quill leads Merrow Lines”" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing",), "no statement has the id 'nothing'; kg why tells the ids"),
        (("nothing", "--undo"), "nothing is refuted under the id 'nothing'; kg refute SPACE lists"),
        (("--undo",), "--undo needs the id"),
    ],
)
def test_what_is_not_there_is_named(space: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("refute", space, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (space / "refutations.jsonl").exists()
