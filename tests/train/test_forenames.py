"""The list of forenames made of what its package brings: a small one, laid out like it."""

import json
from pathlib import Path

import pytest

from kg.train import forenames

NAMES = {
    "ada": [9, 900, 0.99, 3],
    "tom": [9, 900, 0.01, 3],
    "kim": [9, 900, 0.6, 3],  # of both
    "few": [9, 10, 0.0, 3],  # few bear it
    "rare": [1, 900, 0.0, 3],  # one source alone
    "m,": [9, 900, 0.0, 3],
    "a": [9, 900, 1.0, 3],  # an initial
}


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "nomquamgender"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise AssertionError('none of its code is needed')")
    (folder / "name_data.json").write_text(json.dumps(NAMES))
    monkeypatch.syspath_prepend(str(tmp_path))


def test_names_that_are_known_well_and_of_one_gender_are_listed(tmp_path: Path) -> None:
    assert forenames.make(tmp_path / "made.txt") == {"feminine": 1, "masculine": 1}
    assert (tmp_path / "made.txt").read_text() == "feminine ada\n\nmasculine tom\n"
