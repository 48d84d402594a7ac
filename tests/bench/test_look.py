"""The measure of looking runs, on a space that is made for it or that is there."""

from pathlib import Path

import pytest

from kg.bench import look


def test_each_question_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    look.main(["--documents", "6", "--times", "2", "--space", str(tmp_path / "space")])
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("6 documents, ")
    assert {line.split("  ")[0] for line in told[1:]} >= {"search, one letter", "neighbourhood of a hub", "overview"}
    look.main(["--times", "1", "--space", str(tmp_path / "space")])
    assert capsys.readouterr().out.splitlines()[0] == told[0]
