"""`kg merge`, `kg split` and `kg review`, as a person uses them."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.model import Document, Extraction, Mention
from kg.space import Space

NAMES = {"a": "Jon Huber", "b": "Brodie Lee", "c": "Jon Huber", "d": "Jon P. Huber"}


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="kg")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def entities(path: Path) -> list[tuple[str, ...]]:
    with Space.open(path) as space:
        return sorted(tuple(sorted(mention[0] for mention in one.mentions)) for one in space.entities())


@pytest.fixture
def space(tmp_path: Path) -> Path:
    """Four documents that each name one person."""
    sources: list[Document | Extraction] = []
    for id, name in NAMES.items():
        document = Document(id=id, text=f"{name} spoke.")
        mention = Mention(document=id, start=0, end=len(name), text=name, type="Person", by="test")
        sources += [document, Extraction(document=id, content=document.content, mentions=(mention,))]
    with Space.create(tmp_path / "space") as made:
        made.add(sources)
    assert entities(made.path) == [("a", "c"), ("b",), ("d",)]
    return made.path


def test_merge_makes_one_of_two_and_split_takes_it_back(space: Path) -> None:
    assert run("merge", space, "Jon Huber", "Brodie Lee", "--who", "me", "--note", "in the ring").exit_code == 0
    assert entities(space) == [("a", "b", "c"), ("d",)]
    assert run("split", space, "Jon Huber", "Brodie Lee", "--who", "me").exit_code == 0
    assert entities(space) == [("a", "c"), ("b",), ("d",)]


def test_who_when_and_why_are_kept_in_a_plain_file(space: Path) -> None:
    run("merge", space, "Jon Huber", "Brodie Lee", "--who", "me", "--note", "in the ring")
    (line,) = (space / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["who"], told["note"], told["verdict"]) == ("me", "in the ring", "same")
    assert told["when"].endswith("+00:00")


def test_two_of_one_name_are_told_apart_by_their_mentions(space: Path) -> None:
    listed = run("why", space, "Jon Huber", "--mentions").stdout.splitlines()
    assert listed == ["a#char=0,9  Jon Huber", "c#char=0,9  Jon Huber"]
    assert run("split", space, "a#char=0,9", "c#char=0,9").exit_code == 0
    assert entities(space) == [("a",), ("b",), ("c",), ("d",)]
    assert run("merge", space, "a#char=0,9", "c#char=0,9").exit_code == 0
    assert entities(space) == [("a", "c"), ("b",), ("d",)]


def test_one_name_is_not_told_apart_from_itself(space: Path) -> None:
    result = run("split", space, "Jon Huber", "jon huber")
    assert result.exit_code == 2
    assert "--mentions" in result.stderr
    assert not (space / "judgements.jsonl").exists()


def test_an_unknown_name_is_named(space: Path) -> None:
    result = run("merge", space, "Jon Huber", "Nobody")
    assert result.exit_code == 2
    assert "'Nobody'" in result.stderr


def test_a_judgement_outlives_taking_its_document_away_and_back(space: Path) -> None:
    run("merge", space, "Jon Huber", "Brodie Lee")
    with Space.open(space) as opened:
        (document,) = (one for one in opened.documents() if one.id == "b")
        (extraction,) = (one for one in opened.extractions() if one.document == "b")
    run("remove", space, "b")
    assert entities(space) == [("a", "c"), ("d",)]
    with Space.edit(space) as opened:
        opened.add([document, extraction])
    assert entities(space) == [("a", "b", "c"), ("d",)]


def test_review_lists_what_is_in_doubt_and_forgets_what_was_judged(space: Path) -> None:
    listed = run("review", space).stdout
    assert "Jon P. Huber" in listed
    assert "probability" in listed
    first = json.loads(run("review", space, "--json").stdout.splitlines()[0])
    assert {tuple(first[side]["names"]) for side in ("left", "right")} == {("Jon Huber",), ("Jon P. Huber",)}
    run("split", space, "Jon Huber", "Jon P. Huber")
    assert run("review", space).stdout == "no pair is in doubt\n"


def test_review_asks_with_one_keystroke(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["kg.cli.review"], "_is_asked", lambda: True)
    monkeypatch.setattr("click.getchar", lambda: "s")
    assert run("review", space, "--who", "me").exit_code == 0
    assert entities(space) == [("a", "c", "d"), ("b",)]
