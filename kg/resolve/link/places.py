"""Places to GeoNames: which place of the packaged gazetteer one means, if that is clear.

Every place of that name is weighed by named features: how many people live there, whether what follows the name
("Paris, Texas") or what a text says holds it, whether its country, its region or a town close to it is named in the
same documents. The best wins where it is well ahead of all others, and well enough known for how much speaks for it.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log10

from kg.countries import Country, countries, country_named
from kg.names import plain
from kg.resolve.chain import Chain
from kg.resolve.link.around import around, beside, told
from kg.resolve.link.gazetteer import Place, gazetteer, kilometres
from kg.resolve.link.thing import Link, Thing

GEONAMES = "https://sws.geonames.org/"
WIKIDATA = "http://www.wikidata.org/entity/"

WEIGHTS = {
    "people": 1.0,  # each power of ten of them
    "capital": 1.0,
    "alias": -0.7,  # found by another name than its own
    "region": 0.5,  # a first-level division of a country, by its own name
    "overshadowed": -1.5,  # but one that a large town or a capital bears the name of, or any town of some size in it
    "other_subtype": -1.5,  # a town that the texts take for a region, or the other way round
    "named_so": 1.5,  # by all forms of its name
    "beside": 3.0,  # what follows its name, or a text says, holds it
    "beside_other": -1.5,  # and what is followed by an area that does not
    "country": 1.2,  # its country is named
    "near": 1.0,  # its region, or a town close to it
}
MOST = 64  # documents, by id, that are asked what stands beside it: what is named in thousands is known by those
MARGIN = 0.7  # by so much the best is ahead of the next
# People of a town that overshadows a region of its name: by another name of its own, anywhere, in that region.
HUGE, LARGE, SOME = 5_000_000, 500_000, 100_000
# So many people at least, by what speaks for a place at the most.
LEAST = {"beside": 0, "near": 5_000, "country": 30_000, "none": 150_000}
LEAST_ALIAS = 1_500_000  # with nothing else that speaks for it: Bombay, but not what little Atlanta was once called

_HALF = 0.5  # of the documents have to say so
_VOTES = 0.7  # of the mentions have to be places
_SAME_PLACE = 30  # kilometres within which two entries of one name are one place
_NOWHERE = {"CelestialBody", "Water"}
_NATIONS = {"England": "GB.ENG", "Scotland": "GB.SCT", "Wales": "GB.WLS", "Northern Ireland": "GB.NIR"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean, and what speaks for it."""

    place: Place
    features: dict[str, float]

    @property
    def score(self) -> float:
        """The sum of the weights, each as far as its feature holds."""
        return sum(WEIGHTS[name] * value for name, value in self.features.items())

    @property
    def is_known(self) -> bool:
        """Whether it is known well enough for what speaks for it."""
        support = next((name for name in ("beside", "near", "country") if self.features[name] >= _HALF), "none")
        if self.place.kind == "continent":
            return True
        if support == "none" and (self.place.alias or self.place.kind == "country"):
            return self.place.people >= LEAST_ALIAS and self.place.kind != "country"  # Georgia may be the state
        if self.place.kind == "town" and self.features["beside_other"] >= _HALF and self.place.people < LARGE:
            return False  # a smaller one than the gazetteer holds
        return self.place.people >= LEAST[support] or self.place.capital


def link(thing: Thing) -> Link | None:
    """Return the GeoNames id, the point and the country of a place, of a country also its Wikidata item."""
    country = country_named(thing.country) if thing.country else None
    if country is not None and not country.shared:
        return _country(country)
    if thing.type != "Place" or thing.subtype in _NOWHERE or not _is_place(thing):
        return None
    found = candidates(thing)
    place = best(found)
    sure = found[:1] and found[0].features["beside"] >= _HALF
    return None if place is None or (not sure and _is_other(thing, place)) else _link(place)


def candidates(thing: Thing) -> list[Candidate]:
    """Return all places of the thing's name with their features, the best first."""
    found = _named(_head(thing.name))
    if not found:
        return []
    names = {_head(form): count for form, count in thing.forms.items()}
    chains = [chain for profile in thing.profiles for chain in profile.chains]
    meant = {name: {place.id for place in _named(name)} for name in names}
    counted = sum(count for name, count in names.items() if meant[name])
    settings = [_Setting(chain) for chain in sorted(chains, key=lambda one: (one.document, one.spans))[:MOST]]
    made = []
    for place in found:
        agreeing = sum(count for name, count in names.items() if place.id in meant[name])
        own = {
            "people": log10(max(place.people, 1)),
            "capital": float(place.capital),
            "alias": float(place.alias),
            "region": float(place.kind == "region" and not _overshadowed(place, found)),
            "overshadowed": float(place.kind == "region" and _overshadowed(place, found)),
            "other_subtype": float(_other_subtype(thing.subtype, place)),
            "named_so": agreeing / counted if counted else 0.0,
        }
        made.append(Candidate(place, own | _features(place, settings)))
    return sorted(made, key=lambda one: (-one.score, one.place.id))


def best(found: Sequence[Candidate]) -> Place | None:
    """Return the place that is meant, None where that is not clear."""
    if not found or not found[0].is_known:
        return None
    first, *others = found
    rest = [one for one in others if not _same(first.place, one.place)]
    return None if rest and first.score < rest[0].score + MARGIN else first.place


class _Setting:
    """What one document says of the places beside a place."""

    def __init__(self, chain: Chain) -> None:
        self.beside = [around(name) for name in (*beside(chain), *told(chain))]
        self.before = [around(name) for name, side in chain.places if side == "before"]
        self.named = [*self.beside, *(around(name) for name, _ in chain.places)]

    def features(self, place: Place) -> Iterator[tuple[str, float]]:
        """Yield how far each feature of the neighbourhood holds."""
        held = any(one.holds(place) for one in self.beside)
        held |= place.kind == "region" and any(one.is_near(place) for one in self.before)  # "Seattle, Washington"
        yield "beside", float(held)
        yield "beside_other", float(not held and any(one.is_area for one in self.beside))
        yield "country", float(any(one.is_in(place.country) for one in self.named))
        yield "near", float(any(one.is_near(place) for one in self.named))


def _features(place: Place, settings: Sequence[_Setting]) -> dict[str, float]:
    """Return the mean of each feature over the documents; what stands beside it over those where something does."""
    rows = [dict(one.features(place)) for one in settings]
    spoken = [row for row in rows if row["beside"] or row["beside_other"]] or rows
    sums = {name: sum(row[name] for row in rows) / len(rows) for name in ("country", "near")}
    return sums | {name: sum(row[name] for row in spoken) / len(spoken) for name in ("beside", "beside_other")}


@lru_cache(maxsize=1 << 16)
def _named(name: str) -> tuple[Place, ...]:
    """Return the places that the name can mean, the same one once; "New York State" is a region."""
    known = gazetteer().named(name)
    head, _, tail = plain(name).rpartition(" ")
    if not known and tail in ("state", "province", "region", "oblast"):
        known = [one for one in gazetteer().named(head) if one.kind == "region"]
    found = {place.id: place for place in sorted(known, key=lambda one: not one.alias)}
    country = country_named(name)
    shared = gazetteer().country(country.iso2) if country and country.shared and country.iso2 else None
    places = [*found.values(), *([shared] if shared else [])]
    towns = [one for one in places if one.kind == "town"]
    return tuple(one for one in places if one.kind != "region" or not any(_is_all_of(town, one) for town in towns))


def _is_all_of(town: Place, region: Place) -> bool:
    """Tell whether hardly anything else is in the region than the town: who names it means the town."""
    return town.region == region.region and 2 * town.people >= region.people


def _is_place(thing: Thing) -> bool:
    """Tell whether the texts surely mean a place, and only one."""
    votes = [vote for profile in thing.profiles for chain in profile.chains for vote in chain.votes]
    places = sum(weight for type, _, weight in votes if type == "Place")
    whole = sum(weight for _, _, weight in votes)
    return places >= _VOTES * whole and not any(profile.part or not profile.is_open for profile in thing.profiles)


def _is_other(thing: Thing, place: Place) -> bool:
    """Tell whether the name is rather something else's: a quarter's, a building's, or a person's of the documents."""
    key = plain(_head(thing.name))
    chains = [chain for profile in thing.profiles for chain in profile.chains]
    namesakes = sum(chain.namesake for chain in chains) >= _HALF * len(chains)
    small = place.kind == "town" and place.people < LARGE
    generic = small and " " in key and key.rpartition(" ")[2] in _words()["endings"]
    return namesakes or generic or key in _words()["rarely"]


def _overshadowed(region: Place, found: Sequence[Place]) -> bool:
    towns = [one for one in found if one.kind == "town"]
    own = [one for one in towns if not one.alias]
    return any(one.people >= HUGE for one in towns) or any(
        one.capital or one.people >= LARGE or (one.people >= SOME and one.region == region.region) for one in own
    )


def _other_subtype(subtype: str | None, place: Place) -> bool:
    wanted = {"City": {"town"}, "Region": {"region", "continent"}, "Country": {"country"}, "Facility": set[str]()}
    return subtype in wanted and place.kind not in wanted[subtype]


def _same(one: Place, other: Place) -> bool:
    if one.kind != other.kind or one.country != other.country or one.point is None or other.point is None:
        return False
    return kilometres(one.point, other.point) < _SAME_PLACE


def _country(country: Country | None) -> Link | None:
    if country is None:
        return None
    nation = _NATIONS.get(country.name)
    known = gazetteer().region(nation) if nation else gazetteer().country(country.iso2 or "")
    wikidata = [WIKIDATA + country.wikidata] if country.wikidata else []
    if known is None:
        return Link(same_as=tuple(wikidata)) if wikidata else None
    return Link(same_as=(*wikidata, _iri(known)), point=known.point, country=known.country)


def _link(place: Place) -> Link:
    named = _with_code(place.country) if place.kind == "country" else None
    return _country(named) or Link(same_as=(_iri(place),), point=place.point, country=place.country or None)


def _with_code(iso: str) -> Country | None:
    """Return the country with that ISO 3166-1 alpha-2 code."""
    return _by_code().get(iso)


@cache
def _by_code() -> dict[str, Country]:
    return {one.iso2: one for one in countries() if one.iso2}


def _iri(place: Place) -> str:
    return f"{GEONAMES}{place.id}/"


def _head(form: str) -> str:
    """Return the name without what follows a comma: "Paris" of "Paris, Texas"."""
    head, _, tail = form.partition(", ")
    return form if plain(tail) in ("dc", "d c") else head


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("kg.resolve.link") / "words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in table.items()}
