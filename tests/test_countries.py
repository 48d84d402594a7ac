import pytest

from kg.countries import countries, country_named, country_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russia", "Russia"),
        ("RUSSIA", "Russia"),
        ("Russian", "Russia"),
        ("Russians", "Russia"),
        ("Russia's", "Russia"),
        ("US", "United States"),
        ("the U.S.", "United States"),
        ("U.S.'s", "United States"),
        ("United States of America", "United States"),
        ("American", "United States"),
        ("Britain", "United Kingdom"),
        ("British", "United Kingdom"),
        ("Britons", "United Kingdom"),
        ("Cote d’Ivoire", "Ivory Coast"),
        ("The Netherlands", "Netherlands"),
        ("USSR", "Soviet Union"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
    ],
)
def test_a_country_is_found(text: str, name: str) -> None:
    country = country_of(text)
    assert country is not None
    assert country.name == name


@pytest.mark.parametrize("text", ["us", "Us", "polish", "turkey", "Uk", "Congo", "Congolese", "Korean", "the", "", " "])
def test_a_word_or_a_shared_name_is_no_country(text: str) -> None:
    assert country_of(text) is None


def test_an_adjective_is_not_a_name() -> None:
    assert country_named("Russian") is None


def test_the_united_nations_are_complete() -> None:
    assert sum(country.iso2 is not None for country in countries()) >= 193 + 6


@pytest.mark.parametrize("field", ["name", "iso2", "iso3", "wikidata"])
def test_no_two_countries_share_an_identity(field: str) -> None:
    values = [getattr(country, field) for country in countries() if getattr(country, field)]
    assert len(values) == len(set(values))


def test_every_name_and_adjective_means_its_country() -> None:
    for country in countries():
        assert all(country_named(name) is country for name in (country.name, *country.aliases))
        assert all(country_of(word) is country for word in country.adjectives)
