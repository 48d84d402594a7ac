"""What the places beside a place tell about where it lies."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from kg.countries import country_named
from kg.resolve.chain import Chain
from kg.resolve.link.gazetteer import Place, Point, gazetteer, kilometres

_CLOSE = 100  # kilometres
_KNOWN = 15_000  # people of a town that is mentioned without saying where it is
_FAR_LARGER = 5  # times the next of its name makes a town the one that is meant, beside others


class Around(Struct, frozen=True):
    """What a name means as a neighbour: a country or regions that it can be, and the towns that it can mean."""

    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    towns: tuple[Place, ...] = ()
    sure: bool = False

    def holds(self, place: Place) -> bool:
        """Tell whether it is a country or a region that the place lies in."""
        return place.country in self.countries or bool(place.region and place.region in self.regions)

    @property
    def is_area(self) -> bool:
        """Whether it can be something that a place lies in."""
        return bool(self.countries or self.regions)

    def is_near(self, place: Place) -> bool:
        """Tell whether it is the place's region, or a town close to it."""
        if place.kind == "region":
            return any(town.region == place.region for town in self.towns)
        if place.kind == "country":
            return any(town.country == place.country for town in self.towns)
        return place.region in self.regions or any(_close(town.point, place.point) for town in self.towns)

    def is_in(self, country: str) -> bool:
        """Tell whether it is that country, or surely lies in it."""
        inside = {region[:2] for region in self.regions} | ({self.towns[0].country} if self.sure else set())
        return country in self.countries or inside == {country}


@lru_cache(maxsize=1 << 16)
def around(name: str) -> Around:
    """Return what the name of a place means where it stands beside another."""
    country = country_named(name)
    iso = frozenset({country.iso2}) if country and country.iso2 else frozenset[str]()
    if iso and country and not country.shared:
        return Around(countries=iso)
    found = gazetteer().named(name)
    nation = {"England", "Scotland", "Wales", "Northern Ireland"} & {name}
    regions = frozenset(one.region for one in found if one.kind == "region" and (not nation or one.country == "GB"))
    towns = [one for one in found if one.kind == "town" and one.people >= _KNOWN and not one.alias]
    towns = towns or [one for one in found if one.kind == "town" and one.people >= 10 * _KNOWN]
    towns.sort(key=lambda one: (-one.people, one.id))
    sure = bool(towns) and all(towns[0].people >= _FAR_LARGER * other.people for other in towns[1:])
    return Around(countries=iso, regions=regions, towns=tuple(towns[: 1 if sure else 4]), sure=sure and not regions)


def beside(chain: Chain) -> Iterable[str]:
    """Yield the names of what follows the place's name, and of what a text says that it lies in."""
    yield from (name for name, side in chain.places if side == "after")
    for form, _ in chain.forms:
        head, comma, tail = form.partition(", ")
        if comma and head:
            yield tail


def told(chain: Chain) -> Iterable[str]:
    """Yield the names, in normal form, of the places that a text says it lies in."""
    return (value.title() for kind, value in chain.facts if kind == "place")


def _close(one: Point | None, other: Point | None) -> bool:
    return one is not None and other is not None and kilometres(one, other) < _CLOSE
