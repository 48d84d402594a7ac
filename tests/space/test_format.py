"""A space of an older format is brought into this one, whatever happens meanwhile."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from toy import DOCUMENTS, Toy

import kg
from kg.errors import SpaceError
from kg.space import FORMAT, Space
from space.test_growth import exported, shown

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(params=[1, 2])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A space of an older format, built of `DOCUMENTS` by the toy."""
    assert format_of(DATA / f"format{request.param}") == request.param
    return shutil.copytree(DATA / f"format{request.param}", tmp_path / "old")


def scratch(tmp_path: Path) -> tuple[object, object]:
    with Space.create(tmp_path / "scratch") as space:
        kg.build(DOCUMENTS, into=space, extractor=Toy())
        return exported(space), shown(space)


def format_of(path: Path) -> int:
    with sqlite3.connect(path / "records.sqlite") as records:
        version = records.execute("PRAGMA user_version").fetchone()[0]
    records.close()
    return version


@pytest.mark.parametrize("opening", [Space.open, Space.edit, Space.create])
def test_an_old_space_is_brought_into_this_format(old: Path, opening: object, tmp_path: Path) -> None:
    assert format_of(old) < FORMAT
    with opening(old) as space:
        assert (exported(space), shown(space)) == scratch(tmp_path)
        assert len(space.query("SELECT * { ?s a schema:Person }")) == 2
    assert format_of(old) == FORMAT


def test_an_old_space_grows_unread(old: Path) -> None:
    toy = Toy()
    with Space.edit(old) as space:
        kg.add(DOCUMENTS, space, extractor=toy)
        assert toy.calls == []
        space.remove("a")
        assert space.ids() == ["b", "c"]


def test_an_extraction_of_an_unfinished_build_is_kept(old: Path) -> None:
    toy = Toy()
    with Space.edit(old) as space:
        kg.add([kg.Document(id="z", text="Ada Quill boarded Gannet.")], space, extractor=toy)
    assert toy.calls == []


def test_a_migration_that_fails_leaves_the_old_space(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = format_of(old)

    def full(*_: object) -> None:
        raise SpaceError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("kg.space.space.Growth.run", full)
        patch.setattr("kg.space.space.fill", full)
        with pytest.raises(SpaceError, match="disk full"):
            Space.edit(old)
    assert format_of(old) == before
    with Space.open(old) as space:
        assert len(space.documents()) == len(DOCUMENTS)


def test_an_old_space_that_was_never_built_stays_so(old: Path) -> None:
    with sqlite3.connect(old / "records.sqlite") as records:
        records.executescript("DELETE FROM documents; DELETE FROM entities; UPDATE current SET generation = ''")
    records.close()
    with Space.open(old) as space, pytest.raises(SpaceError, match="no finished build"):
        space.graph()


def test_other_rules_derive_everything_anew(space: Space, toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    before, generation = exported(space), space.generation
    toy.calls.clear()
    monkeypatch.setattr("kg.space.growth.rules", lambda: "others")
    assert not kg.add(DOCUMENTS[:1], space, extractor=toy)
    assert toy.calls == []
    assert exported(space) == before
    assert space.generation != generation
