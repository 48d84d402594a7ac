"""All linkers together, and those of other packages."""

from typing import Any

import pytest

from kg.plugins import _points
from kg.resolve import Entries, Entry, Linkers
from kg.resolve.link import LINKERS, Link, Thing, versions
from resolve.toys import one_each


class Point:
    """An entry point of another package."""

    name = "mine"

    def load(self) -> Any:
        return mine


def mine(thing: Thing, /) -> Link | None:
    """Know where the ships are."""
    return Link(same_as=("https://example.org/1",), point=(1.0, 2.0)) if thing.type == "Vehicle" else None


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.plugins.entry_points", lambda *, group: [Point()] if group == "kg.linkers" else [])
    _points.cache_clear()
    yield
    monkeypatch.undo()
    _points.cache_clear()


def test_the_built_in_linkers_are_these() -> None:
    assert LINKERS.names() == ["gazetteer"]


@pytest.mark.usefixtures("installed")
def test_a_linker_of_another_package_is_asked_and_part_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LINKERS.names() == ["gazetteer", "mine"]
    (entity,) = one_each(("Vehicle", "Gannet"))
    assert (entity.same_as, entity.point) == (("https://example.org/1",), (1.0, 2.0))
    before = [*versions()]
    monkeypatch.setattr(mine, "version", "2", raising=False)
    assert [*versions()] != before


@pytest.mark.usefixtures("installed")
def test_the_users_list_speaks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    linkers = Linkers(Entries([Entry(id="g", name="Gannet", type="Vehicle")]))
    thing = Thing(type="Vehicle", subtype=None, name="Gannet", forms={"Gannet": 1}, country=None, profiles=())
    assert linkers(thing).same_as == ("https://example.org/1",)  # of which no text tells
