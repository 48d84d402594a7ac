"""The packaged gazetteer: towns, regions, countries and continents with their GeoNames ids and where they lie.

Only the blocks that a name is looked up in are ever unpacked, so that it is there at once and takes no more memory
than it is used. `python -m kg.train gazetteer` makes the file.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any

import msgspec
from msgspec import Struct

from kg.names import plain

BLOCK = 256  # rows that are packed together
SCALE = 1_000  # of degrees to whole numbers: some hundred metres
DATA = "places.bin"
CONTINENT = 1_000_000_000  # people, for none of the gazetteer's sources counts them

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


class Place(Struct, frozen=True, kw_only=True):
    """A place of the gazetteer; `region` is the code of the division that it lies in or is ("US.TX").

    `kind` is "town", "region", "country" or "continent"; `alias` tells that it was found by another name than its own.
    """

    id: int
    kind: str
    name: str
    point: Point | None
    country: str = ""
    region: str = ""
    people: int = 0
    capital: bool = False
    alias: bool = False


class Gazetteer:
    """The places, by name."""

    def __init__(self, content: bytes) -> None:
        self._content = msgspec.msgpack.decode(content)
        self._block = lru_cache(maxsize=256)(self._unpacked)

    def named(self, name: str) -> list[Place]:
        """Return the towns, regions and continents of that name, whatever its case, marks and punctuation."""
        key = plain(name)
        return [*self.towns(key), *self._regions_by_name.get(key, ()), *self._continents.get(key, ())]

    def towns(self, key: str) -> Iterator[Place]:
        """Yield the towns with that name in plain form, then those that also go by it."""
        for spelling in _spellings(key):
            rows = [*self._rows("places", spelling)]
            yield from (self._town(row) for row in rows)
            known = {*rows}
            yield from (
                self._town(row, alias=spelling)
                for at in self._rows("aliases", spelling)
                for row in self._block("aliases", at // BLOCK)[1][at % BLOCK]
                if row not in known
            )

    def country(self, iso: str) -> Place | None:
        """Return the country with that ISO 3166-1 alpha-2 code."""
        return self._countries.get(iso)

    def region(self, code: str) -> Place | None:
        """Return the region with that code: the ISO code of its country, and its own after a full stop."""
        return self._regions.get(code)

    def _rows(self, table: str, key: str) -> Iterator[int]:
        """Yield the numbers of the rows that have that key."""
        first = self._content[table][0]
        block = bisect_right(first, key) - 1
        while block > 0 and first[block] == key:  # the block before may end with it
            block -= 1
        while 0 <= block < len(first) and first[block] <= key:
            keys = self._block(table, block)[0]
            yield from (block * BLOCK + at for at, one in enumerate(keys) if one == key)
            block += 1

    def _unpacked(self, table: str, block: int) -> Any:
        columns = msgspec.msgpack.decode(zlib.decompress(self._content[table][1][block]))
        if table == "places":
            columns[0] = [key or name.casefold() for key, name in zip(columns[0], columns[1], strict=True)]
        return columns

    def _town(self, row: int, *, alias: str = "") -> Place:
        """Return the town of a row; the alias that it was found by is none where its own name begins it."""
        columns = self._block("places", row // BLOCK)
        key, name, id, latitude, longitude, region, people = (column[row % BLOCK] for column in columns)
        code = region if isinstance(region, str) else self._codes[region]
        return Place(
            id=id,
            kind="town",
            name=name,
            point=(latitude / SCALE, longitude / SCALE),
            country=code[:2],
            region="" if isinstance(region, str) else code,
            people=people,
            capital=id in self._capitals,
            alias=bool(alias) and not f"{alias} ".startswith(f"{key} "),
        )

    def _table(self, name: str) -> Any:
        return msgspec.msgpack.decode(zlib.decompress(self._content[name]))

    @cached_property
    def _codes(self) -> list[str]:
        return list(self._regions)

    @cached_property
    def _regions(self) -> dict[str, Place]:
        return {
            code: Place(
                id=id,
                kind="region",
                name=name,
                point=_point(point),
                country=code[:2],
                region=code,
                people=people,
            )
            for code, name, id, point, people in self._table("regions")
        }

    @cached_property
    def _regions_by_name(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for region in self._regions.values():
            found.setdefault(plain(region.name), []).append(region)
        return found

    @cached_property
    def _continents(self) -> dict[str, list[Place]]:
        rows = self._table("continents")
        return {
            plain(name): [Place(id=id, kind="continent", name=name, point=_point(at), people=CONTINENT)]
            for name, id, at in rows
        }

    @cached_property
    def _countries(self) -> dict[str, Place]:
        return {
            iso: Place(id=id, kind="country", name=iso, point=_point(point), country=iso, people=people)
            for iso, id, point, people, _ in self._table("countries")
        }

    @cached_property
    def _capitals(self) -> frozenset[int]:
        return frozenset(capital for *_, capital in self._table("countries") if capital)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, which is read once."""
    return Gazetteer((files("kg.resolve.link") / DATA).read_bytes())


def kilometres(one: Point, other: Point) -> float:
    """Return how far apart two points of the earth are."""
    (a, b), (c, d) = (map(radians, point) for point in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12_742 * asin(sqrt(min(half, 1)))


def _point(point: Any) -> Point | None:
    return None if point is None else (float(point[0]), float(point[1]))


def _spellings(key: str) -> Iterator[str]:
    """Yield the key, and with its saint written out or shortened."""
    yield key
    words = key.split()
    for short, long in (("st", "saint"), ("ste", "sainte"), ("mt", "mount"), ("ft", "fort")):
        for one, other in ((short, long), (long, short)):
            if one in words:
                yield " ".join(other if word == one else word for word in words)
