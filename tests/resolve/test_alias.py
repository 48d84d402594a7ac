"""Seen through `resolve`: which bare names find the entity that has them as an alias."""

from resolve.toys import one_each, resolved

STATION = ("Vehicle", "International Space Station", "ISS")
AGENCY, POLICE = ("Organisation", "Associated Press", "AP"), ("Organisation", "Andhra Police", "AP")


def names(*entities_of: tuple[str, ...]) -> list[str]:
    return sorted(entity.name for entity in one_each(*entities_of))


def test_a_bare_acronym_finds_who_spells_it_out() -> None:
    assert names(STATION, ("Vehicle", "ISS"), ("Vehicle", "ISS")) == ["International Space Station"]


def test_a_bare_acronym_with_two_readings_stays_alone() -> None:
    assert names(AGENCY, POLICE, ("Organisation", "AP")) == ["AP", "Andhra Police", "Associated Press"]


def test_a_reading_in_far_more_documents_is_the_one_meant() -> None:
    assert names(*[AGENCY] * 4, POLICE, ("Organisation", "AP")) == ["Andhra Police", "Associated Press"]


def test_an_acronym_that_nobody_spells_out_finds_nothing() -> None:
    assert names(("Vehicle", "International Space Station"), ("Vehicle", "ISS")) == [
        "ISS",
        "International Space Station",
    ]


def test_an_acronym_of_another_type_finds_nothing() -> None:
    assert names(STATION, ("Organisation", "ISS")) == ["ISS", "International Space Station"]


def test_a_second_name_finds_its_bearer() -> None:
    assert names(("Vehicle", "MH17", "MH17", "9M-MRD"), ("Vehicle", "9M-MRD"), ("Vehicle", "MH17")) == ["MH17"]


def test_one_mistaken_chain_does_not_merge_what_others_tell_apart() -> None:
    apart = (("Place", "Lyon"), ("Place", "Paris"))
    assert len(resolved((("Place", "Lyon", "Paris"),), apart, apart)) == 2


def test_a_surname_is_no_alias() -> None:
    assert names(("Person", "Ada Quill", "Quill"), ("Person", "Quill")) == ["Ada Quill", "Quill"]


def test_a_shortened_name_is_no_alias() -> None:
    assert names(("Organisation", "Virgin Galactic", "Virgin"), ("Organisation", "Virgin")) == [
        "Virgin",
        "Virgin Galactic",
    ]
