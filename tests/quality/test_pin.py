import json
import sys
from pathlib import Path

import pytest
from quality import pin
from quality.pin import below, main, raised, table

FLOORS = {"facts P": 50.0, "facts R": 40.0}


def test_floors_rise_to_what_is_reached_rounded_down() -> None:
    assert raised(FLOORS, {"facts P": 61.99, "facts R": 40.0}) == {"facts P": 61, "facts R": 40}


def test_a_figure_without_a_floor_gets_one() -> None:
    assert raised({}, {"facts P": 61.5}) == {"facts P": 61}


def test_no_floor_is_lowered_unasked() -> None:
    with pytest.raises(ValueError, match="below the floor: facts R; no floor is changed.*--lower 'facts R'"):
        raised(FLOORS, {"facts P": 70.0, "facts R": 39.9})


def test_only_the_floors_named_are_lowered() -> None:
    reached = {"facts P": 49.0, "facts R": 39.9}
    assert raised(FLOORS, reached, lower=["facts P", "facts R"]) == {"facts P": 49, "facts R": 39}
    with pytest.raises(ValueError, match="below the floor: facts P;"):
        raised(FLOORS, reached, lower=["facts R"])


def test_a_floor_that_is_not_measured_any_more_is_not_dropped_unasked() -> None:
    assert below(FLOORS, {"facts P": 50.0}) == ["facts R"]
    assert raised(FLOORS, {"facts P": 50.0}, lower=["facts R"]) == {"facts P": 50}


def test_a_floor_that_there_is_not_cannot_be_lowered() -> None:
    with pytest.raises(ValueError, match="there is no figure fact; there are: facts P, facts R"):
        raised(FLOORS, FLOORS, lower=["fact"])


def test_the_table_shows_what_is_too_low() -> None:
    assert table(FLOORS, {"facts P": 61.99, "facts R": 39.9}).splitlines() == [
        "per cent               floor  reached",
        "facts P                50.00    61.99",
        "facts R                40.00    39.90  below its floor",
    ]


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of floors in the place of the pinned one, and figures in the place of a measurement."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(FLOORS), encoding="utf-8")
    monkeypatch.setattr(pin, "FLOORS", path)
    monkeypatch.setattr(pin, "measured", lambda: {"facts P": 61.5, "facts R": 30.0})
    return path


def test_the_command_refuses_to_lower_a_floor(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pin.py"])
    with pytest.raises(SystemExit, match="below the floor: facts R"):
        main()
    assert json.loads(floors.read_text(encoding="utf-8")) == FLOORS


def test_the_command_lowers_the_floor_that_it_is_told_to(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pin.py", "--lower", "facts R"])
    main()
    assert json.loads(floors.read_text(encoding="utf-8")) == {"facts P": 61, "facts R": 30}
