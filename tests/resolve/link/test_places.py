"""Which place a name means, by what stands around it; and that in doubt it is none."""

import pytest

from kg.model import Anchor, Entity, Extraction, Judgement, Mention, Verdict
from kg.resolve import resolve
from resolve.toys import extraction, one_each, resolved

PARIS, TEXAS_PARIS = "https://sws.geonames.org/2988507/", "https://sws.geonames.org/4717560/"


def first(*documents: tuple[tuple[str, ...], ...]) -> Entity:
    """Return the entity that the first chain of the first document is of."""
    return next(one for one in resolved(*documents) if any(m.startswith("d0#char=0,") for m in one.mentions))


def written(text: str, *names: str) -> Extraction:
    """Return what names each of these places in a text."""
    spans = [(text.index(name), name) for name in names]
    mentions = [
        Mention(document="d", start=start, end=start + len(name), text=name, type="Place", cluster=at)
        for at, (start, name) in enumerate(spans)
    ]
    return Extraction(document="d", content="", mentions=tuple(mentions))


def linked(text: str, *names: str) -> Entity:
    return next(one for one in resolve([written(text, *names)]) if one.name == names[0])


def test_a_large_town_is_linked_by_its_name_alone() -> None:
    (entity,) = one_each(("Place", "Paris"))
    assert entity.same_as == (PARIS,)
    assert entity.country == "FR"
    assert entity.point == pytest.approx((48.853, 2.349), abs=0.01)


def test_what_follows_the_name_decides() -> None:
    entity = linked("They met in Paris, Texas, that day.", "Paris", "Texas")
    assert (entity.same_as, entity.country) == ((TEXAS_PARIS,), "US")


def test_a_name_with_its_state_is_one_place() -> None:
    (entity,) = one_each(("Place", "Paris, Texas"))
    assert entity.same_as == (TEXAS_PARIS,)


def test_what_a_text_says_decides() -> None:
    said = extraction("d", ("Place", "Paris"), ("Place", "Texas"), told=[(0, "locatedIn", 1)])
    assert next(one for one in resolve([said]) if one.name == "Paris").same_as == (TEXAS_PARIS,)


def test_the_country_of_the_document_decides_between_towns() -> None:
    spain = first((("Place", "Valencia"), ("Place", "Spain")))
    venezuela = first((("Place", "Valencia"), ("Place", "Venezuela")))
    assert (spain.country, venezuela.country) == ("ES", "VE")


@pytest.mark.parametrize(
    "name",
    ["Springfield", "Valencia", "Georgia", "Clinton", "Columbia", "Hollywood", "Earth", "Central", "White House"],
)
def test_a_name_that_may_be_several_or_none_is_not_linked(name: str) -> None:
    (entity,) = one_each(("Place", name))
    assert (entity.same_as, entity.point, entity.country) == ((), None, None)


@pytest.mark.parametrize("beside", [("Atlanta", "US"), ("Tbilisi", "GE")])
def test_a_state_and_a_country_of_one_name_are_told_apart_by_their_towns(beside: tuple[str, str]) -> None:
    assert first((("Place", "Georgia"), ("Place", beside[0]))).country == beside[1]


def test_a_small_town_needs_something_that_speaks_for_it() -> None:
    assert not first((("Place", "Gilroy"),)).same_as
    assert first((("Place", "Gilroy"), ("Place", "California"))).country == "US"


def test_a_surname_of_the_document_is_no_town() -> None:
    chains = (("Place", "Lockhart"), ("Place", "Florida"), ("Person", "Joe Lockhart"))
    assert not first(chains).same_as
    assert first(chains[:2]).country == "US"


@pytest.mark.parametrize("kind", ["Organisation", "Person", "Vehicle", "Place/Water", "Place/CelestialBody"])
def test_what_is_no_place_on_the_map_is_not_linked(kind: str) -> None:
    (entity,) = one_each((kind, "Paris"))
    assert not entity.same_as


def test_a_region_and_a_town_of_one_name_are_told_apart_by_their_subtype() -> None:
    assert one_each(("Place/City", "New York"))[0].same_as == ("https://sws.geonames.org/5128581/",)
    assert one_each(("Place/Region", "New York State"))[0].same_as == ("https://sws.geonames.org/5128638/",)


def test_a_country_has_a_point_and_its_code() -> None:
    (entity,) = one_each(("Place", "the United Kingdom"))
    assert (entity.country, round(entity.point[0])) == ("GB", 54)
    assert entity.same_as == ("http://www.wikidata.org/entity/Q145", "https://sws.geonames.org/2635167/")


def test_a_part_of_the_united_kingdom_is_one_of_it() -> None:
    (entity,) = one_each(("Place", "Scotland"))
    assert entity.country == "GB"
    assert "https://sws.geonames.org/2638360/" in entity.same_as


def test_a_state_of_the_past_lies_nowhere() -> None:
    (entity,) = one_each(("Place", "the Soviet Union"))
    assert (entity.same_as, entity.point) == (("http://www.wikidata.org/entity/Q15180",), None)


def test_what_a_person_told_apart_from_its_name_is_not_linked() -> None:
    name, one = Anchor(type="Place", name="paris"), Anchor(type="Place", name="paris", mention="d1#char=0,5")
    apart = Judgement(left=name, right=one, verdict=Verdict.DIFFERENT, when="2024-01-01")
    found = {one.mentions[0]: one for one in one_each(("Place", "Paris"), ("Place", "Paris"), judgements=[apart])}
    assert found["d0#char=0,5"].same_as == (PARIS,)
    assert not found["d1#char=0,5"].same_as


def test_a_town_that_lies_elsewhere_is_another() -> None:
    assert not linked("It crashed in Randolph, New Hampshire, that day.", "Randolph", "New Hampshire").same_as


def test_what_a_text_takes_for_a_country_may_be_the_state_of_its_name() -> None:
    found = first((("Place/Country", "Georgia"), ("Place", "Florida"), ("Place", "United States")))
    assert found.country != "GE"
    assert first((("Place/Country", "Georgia"), ("Place", "Tbilisi"))).country == "GE"


def test_a_state_is_not_its_capital() -> None:
    (entity,) = one_each(("Place", "Oklahoma"))
    assert entity.same_as == ("https://sws.geonames.org/4544379/",)


def test_new_york_alone_may_be_the_city_or_the_state() -> None:
    (entity,) = one_each(("Place", "New York"))
    assert not entity.same_as


def test_what_a_town_stands_before_is_its_state() -> None:
    entity = linked("They met in White Plains, New York, that day.", "New York", "White Plains")
    assert entity.same_as == ("https://sws.geonames.org/5128638/",)
