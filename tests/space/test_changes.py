"""What differs between two spaces, and between two dates."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DOCUMENTS, Toy

import kg
from kg.errors import KgError
from kg.model import Document, Entity
from kg.space import Changes, Space
from kg.space.changes import differing

NEW = Document(id="d", text="Ben Oduya leads Northern Lines.", source="d.txt")
ENTITIES = st.dictionaries(
    st.sampled_from("abc"), st.sampled_from("xyz").map(lambda name: Entity(id="e", type="Person", name=name))
)


def changes(old: dict[str, Entity], new: dict[str, Entity]) -> Changes:
    return Changes(entities=differing(old, new))


@given(ENTITIES, ENTITIES, ENTITIES)
def test_changes_add_up(one: dict, two: dict, three: dict) -> None:
    assert changes(one, two).then(changes(two, three)) == changes(one, three)


@given(ENTITIES, ENTITIES)
def test_changes_can_be_undone(one: dict, two: dict) -> None:
    assert changes(one, two).back() == changes(two, one)
    assert not changes(one, two).then(changes(two, one))


def test_a_change_tells_what_it_changed(space: Space, toy: Toy) -> None:
    before = space.contents()
    told = kg.add([NEW], space, extractor=toy)
    assert told == before.back().then(space.contents())
    assert {pair[1].predicate for pair in told.statements.values()} == {"leads", "worksFor"}
    assert told.entities == {}  # both are known by name already


def test_two_spaces_are_compared(space: Space, toy: Toy, tmp_path: Path) -> None:
    with Space.create(tmp_path / "other") as other:
        kg.build([*DOCUMENTS[1:], NEW], into=other, extractor=toy)
        found = space.diff(other)
    assert {id: (old is None, new is None) for id, (old, new) in found.documents.items()} == {
        "a": (False, True),
        "d": (True, False),
    }


def test_a_space_does_not_differ_from_itself(space: Space) -> None:
    assert not space.diff(space)


def test_the_journal_tells_what_changed_since(space: Space, toy: Toy) -> None:
    built = now()
    kg.add([NEW], space, extractor=toy)
    added = now()
    space.remove("a")
    assert [*space.since(built).documents] == ["a", "d"]
    assert [*space.since(added).documents] == ["a"]
    assert [*space.since(built, added).documents] == ["d"]
    assert space.since("2000-01-01") == space.contents()


def test_the_journal_tells_what_the_first_build_brought(space: Space, toy: Toy) -> None:
    whole, built = space.contents(), now()
    space.remove("a", "b")
    assert space.since("2000-01-01", built) == whole


def test_what_came_and_went_is_no_change(space: Space, toy: Toy) -> None:
    built = now()
    kg.add([NEW], space, extractor=toy)
    space.remove("d")
    assert not space.since(built)


def test_a_date_that_is_none_is_refused(space: Space) -> None:
    with pytest.raises(KgError, match="'yesterday' is no date"):
        space.since("yesterday")


def now() -> str:
    return datetime.now(UTC).isoformat()
