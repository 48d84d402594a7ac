from pathlib import Path

from kg.bench.passages import parse_passages
from kg.train.written import named, passages


def test_the_names_alone_are_what_the_mention_model_reads() -> None:
    text = "[1:Vehicle:Ship|HMS Merrow] left [2:Place|Elm]; [1|she] is [3:Organisation|the Royal Navy]'s."
    passage = named(next(parse_passages([text])))
    assert [(passage.text[start:end], kind) for start, end, kind in passage.names] == [
        ("HMS Merrow", "Vehicle"),
        ("Elm", "Place"),
        ("Royal Navy", "Organisation"),
    ]
    assert passage.types == {"Person", "Organisation", "Vehicle", "Place", "Work"}


def test_a_splits_files_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "b.txt").write_text("[1:Person|Ben] slept.\n", encoding="utf-8")
    (tmp_path / "dev" / "a.txt").write_text("[1:Person|Ada] slept.\n", encoding="utf-8")
    assert [record.id for record in passages("dev", tmp_path)] == ["written/a:1", "written/b:1"]


def test_a_split_without_files_has_none(tmp_path: Path) -> None:
    assert list(passages("train", tmp_path)) == []
