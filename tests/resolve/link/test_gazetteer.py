"""The packaged gazetteer: what it holds, and that names find it."""

import subprocess
import sys

import pytest

from kg.names import plain
from kg.resolve.link.gazetteer import BLOCK, gazetteer, kilometres


def ids(name: str) -> set[int]:
    return {place.id for place in gazetteer().named(name)}


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Paris", 2988507),
        ("PARIS", 2988507),
        ("Bombay", 1275339),
        ("Mumbai", 1275339),
        ("São Paulo", 3448439),
        ("Sao Paulo", 3448439),
        ("Saint Louis", 4407066),
        ("St. Louis", 4407066),
        ("Washington, D.C.", 4140963),
        ("Texas", 4736286),
        ("Bavaria", 2951839),
        ("Europe", 6255148),
    ],
)
def test_a_name_finds_its_place(name: str, id: int) -> None:
    assert id in ids(name)


def test_all_of_a_name_are_found() -> None:
    found = gazetteer().named("Springfield")
    assert {"US.MO", "US.MA", "US.IL"} <= {place.region for place in found}
    assert len({place.id for place in found}) == len(found)


def test_what_is_no_place_is_not_found() -> None:
    assert not gazetteer().named("International Space Station")
    assert not gazetteer().named("")


@pytest.mark.parametrize("table", ["places", "aliases"])
def test_every_key_is_the_plain_form_that_is_asked_for_and_in_order(table: str) -> None:
    book = gazetteer()
    first, blocks = book._content[table]
    keys = [key for at in (0, len(blocks) // 2, len(blocks) - 1) for key in book._block(table, at)[0]]
    assert keys == sorted(keys)
    assert first == sorted(first)
    assert all(plain(key) == key for key in keys[:BLOCK])


def test_countries_have_a_point_within_them() -> None:
    book = gazetteer()
    near = {"US": (39.8, -98.6), "FR": (46.6, 2.4), "NZ": (-41.8, 172.8), "FJ": (-17.8, 178)}
    assert all(kilometres(book.country(iso).point, point) < 300 for iso, point in near.items())


def test_a_capital_is_one() -> None:
    found = {place.id: place for place in gazetteer().named("New Delhi")}
    assert [place.name for place in found.values() if place.capital] == ["New Delhi"]


def test_kilometres() -> None:
    assert kilometres((0, 0), (0, 0)) == 0
    assert kilometres((48.853, 2.349), (51.509, -0.126)) == pytest.approx(343, abs=3)


def test_it_is_not_read_before_a_place_is_linked() -> None:
    code = "import kg.build, kg.resolve, sys; print(*[m for m in sys.modules if m.endswith(('places', 'gazetteer'))])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
