import pytest

from kg.extract.nouns import noun_of, nouns, singular, subtype_in_name
from kg.schema import load


@pytest.mark.parametrize(
    ("lemma", "type", "subtype"),
    [
        ("ferry", "Vehicle", "Ship"),
        ("agency", "Organisation", "GovernmentAgency"),
        ("spaceport", "Place", "Facility"),
        ("film", "Work", "Film"),
        ("museum", "Organisation", None),
        ("surgeon", "Person", None),
    ],
)
def test_a_noun_tells_type_and_subtype(lemma: str, type: str, subtype: str | None) -> None:
    noun = noun_of(lemma)
    assert noun is not None
    assert (noun.type, noun.subtype) == (type, subtype)


def test_an_unknown_noun_tells_nothing() -> None:
    assert noun_of("teapot") is None


def test_a_noun_is_known_in_capitals() -> None:
    assert noun_of("Ferry") == noun_of("ferry")


def test_a_noun_is_known_in_the_plural() -> None:
    assert noun_of("companies") == noun_of("company")


def test_two_nouns_tell_more_than_the_last() -> None:
    noun = noun_of("station", "space")
    assert noun is not None
    assert (noun.type, noun.subtype) == ("Vehicle", "Spacecraft")


@pytest.mark.parametrize(("noun", "role"), [("actress", "occupation"), ("mayor", "office"), ("victim", "other")])
def test_a_noun_for_a_person_tells_its_role(noun: str, role: str) -> None:
    assert nouns()[noun].role == role


@pytest.mark.parametrize(("noun", "gender"), [("actress", "female"), ("actor", "male"), ("cosmonaut", "")])
def test_a_noun_for_a_person_tells_its_gender(noun: str, gender: str) -> None:
    assert nouns()[noun].gender == gender


@pytest.mark.parametrize(("plural", "one"), [("companies", "company"), ("ships", "ship"), ("ship", "ship")])
def test_singular_goes_by_the_ending(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_every_type_and_subtype_is_in_the_schema() -> None:
    schema = load()
    for noun in nouns().values():
        assert noun.type in schema.types
        assert noun.subtype is None or schema.is_a(noun.subtype, noun.type)


@pytest.mark.parametrize(
    ("name", "type", "subtype"),
    [
        ("Volga River", "Place", "Water"),
        ("River Volga", "Place", "Water"),
        ("International Space Station", "Vehicle", "Spacecraft"),
        ("Humboldt University", "Organisation", "University"),
        ("Roscosmos", "Organisation", None),
        ("Ferry Books", "Organisation", None),
    ],
)
def test_the_words_of_a_name_tell_its_subtype(name: str, type: str, subtype: str | None) -> None:
    assert subtype_in_name(name, type) == subtype
