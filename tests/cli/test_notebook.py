"""`kg notebook`: notebooks of one's own, that are never written over."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.space import Space

module = sys.modules["kg.cli.notebook"]  # its name in the package is the command's


def run(*arguments: object) -> "CliRunner.Result":
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_what_stands_there_stays(space: Space, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("notebook", space.path, "-o", folder, "--no-start").exit_code == 0
    (folder / "sparql.ipynb").write_text("mine")
    again = run("notebook", space.path, "-o", folder, "--no-start")
    assert again.exit_code == 0
    assert "sparql.ipynb is there already" in again.output
    assert (folder / "sparql.ipynb").read_text() == "mine"
    assert len(json.loads((folder / "build_and_look.ipynb").read_text(encoding="utf-8"))["cells"]) > 5


def test_without_jupyter_the_extra_is_named(space: Space, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    answer = run("notebook", space.path, "-o", tmp_path / "mine")
    assert answer.exit_code == 2
    assert "pip install 'kg[notebook]'" in answer.output
    assert not (tmp_path / "mine").exists()


def test_jupyter_opens_the_folder(space: Space, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(module, "find_spec", lambda name: object())
    monkeypatch.setattr(
        module.subprocess, "run", lambda command: started.append(command) or SimpleNamespace(returncode=0)
    )
    assert run("notebook", space.path, "-o", tmp_path / "mine").exit_code == 0
    assert started[0][1:] == ["-m", "jupyterlab", str(tmp_path / "mine")]


def test_an_empty_space_is_an_error(tmp_path: Path, toy: object) -> None:
    from kg import build

    with Space.create(tmp_path / "empty") as space:
        build([], into=space, extractor=toy)
    answer = run("notebook", tmp_path / "empty", "-o", tmp_path / "mine", "--no-start")
    assert answer.exit_code == 2
    assert "nothing to look at" in answer.output


def test_notebooks_are_found() -> None:
    assert any((home / "sparql.ipynb").is_file() for home in module.HOMES)
