"""The benchmark of a space that grows runs, on few documents."""

from pathlib import Path

import pytest

from kg.bench.grow import MENTIONS, Made, main, measure
from kg.space import Space


def test_documents_are_of_the_size_that_is_said() -> None:
    made = Made(20)
    found = list(made.extract(made.documents))
    assert 0.8 * MENTIONS <= sum(len(one.mentions) for one in found) / 20 <= 1.2 * MENTIONS
    texts = {document.id: document.text for document in made.documents}
    assert all(texts[m.document][m.start : m.end] == m.text for one in found for m in one.mentions)
    assert sum(len(one.relations) for one in found) > 100


def test_what_is_measured_ends_where_it_began(tmp_path: Path) -> None:
    found = [name for name, _ in measure(3, 2, tmp_path / "space")]
    assert found == ["build 3 documents", *("add one", "query", "search") * 2, "remove one", "remove one"]
    with Space.open(tmp_path / "space") as space:
        assert len(space.ids()) == 3


def test_the_program_prints_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--documents", "2", "--times", "1"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "build",
        "add",
        "query",
        "search",
        "remove",
    ]
