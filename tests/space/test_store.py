"""The store beside the records follows them by small changes, and is never half a store."""

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store
from toy import DOCUMENTS, Toy

import kg
from kg.errors import SpaceError
from kg.space import Space
from kg.space.store import Patch, Stores
from space.test_growth import exported, stored

ONE, TWO, THREE = (Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), NamedNode("urn:o")) for n in "abc")
NEW = kg.Document(id="d", text="Ben Oduya leads Northern Lines.", source="d.txt")


def quads(stores: Stores, generation: str) -> set[Quad]:
    return {*stores.open(generation)}


def test_a_change_leaves_the_store_before_as_it_was(tmp_path: Path) -> None:
    stores = Stores(tmp_path)
    stores.make("1", [ONE, TWO])
    stores.change("1", "2", Patch({ONE}, {THREE}))
    assert quads(stores, "2") == {TWO, THREE}
    assert quads(stores, "1") == {ONE, TWO}


def test_only_the_store_before_is_kept(tmp_path: Path) -> None:
    stores = Stores(tmp_path)
    stores.make("1", [ONE])
    for number in range(1, 5):
        stores.change(str(number), str(number + 1), Patch(set(), {TWO}))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["4", "5"]


def test_who_reads_the_store_before_is_not_disturbed(tmp_path: Path) -> None:
    stores = Stores(tmp_path)
    stores.make("1", [ONE])
    reader = stores.open("1")
    stores.change("1", "2", Patch({ONE}, set()))
    stores.change("2", "3", Patch(set(), {TWO}))
    assert {*reader} == {ONE}


def test_files_are_copied_where_they_cannot_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    stores = Stores(tmp_path)
    stores.make("1", [ONE])
    monkeypatch.setattr(os, "link", refuse)
    stores.change("1", "2", Patch(set(), {TWO}))
    assert quads(stores, "2") == {ONE, TWO}


def test_a_store_that_was_changed_often_is_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.space.store._MANY_FILES", 30)
    stores = Stores(tmp_path)
    stores.make("0", [])
    many = [Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), NamedNode("urn:o")) for n in range(12)]
    for number, quad in enumerate(many):
        stores.change(str(number), str(number + 1), Patch(set(), {quad}))
    assert quads(stores, "12") == {*many}
    assert len([*(tmp_path / "12").iterdir()]) < 60


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("in the way")
    with pytest.raises(SpaceError, match="graph cannot be written"):
        Stores(tmp_path / "graph").make("1", [ONE])


def test_a_space_changes_its_store_and_does_not_make_it_again(
    space: Space, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(Stores, "make", never)
    kg.add([NEW], space, extractor=toy)
    space.remove("a")
    assert stored(space) == sorted(exported(space)["nq"].splitlines())


def test_a_store_that_lags_behind_is_caught_up_by_the_change(
    space: Space, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Space, "derive", lambda _: None)  # killed between the records and the store
        kg.add([NEW], space, extractor=toy)
    monkeypatch.setattr(Stores, "make", None)
    assert stored(space) == sorted(exported(space)["nq"].splitlines())


def test_a_store_that_lags_far_behind_is_made_again(space: Space, toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Space, "derive", lambda _: None)
        kg.add([NEW], space, extractor=toy)
        space.remove("a")
    assert stored(space) == sorted(exported(space)["nq"].splitlines())


def test_going_back_needs_no_work(space: Space, toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    before = space.generation
    kg.add([NEW], space, extractor=toy)
    monkeypatch.setattr(Stores, "change", None)
    space.remove("d")
    assert space.generation == before
    assert len(Store.read_only(str(space.path / "graph" / before))) == len(stored(space))
    assert tuple(space.documents()) == DOCUMENTS
