import pytest

from kg.resolve.match import SAME, score, subtypes_exclude
from resolve.toys import profile


def alike(type: str, one: str, other: str) -> bool:
    left, right = profile(type, one, document="a"), profile(type, other, document="b")
    assert score(left, right) == score(right, left)
    return score(left, right) >= SAME


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("Person", "Klim Schipenko", "Klim Shipenko"),
        ("Person", "Christina Johnson", "Christina Johnsson"),
        ("Organisation", "Roscosmos", "Roskosmos"),
        ("Organisation", "Ministry of Defence", "Ministry of Defense"),
        ("Organisation", "Organization of American States", "Organisation of American States"),
    ],
)
def test_spellings_of_one_name_match(type: str, one: str, other: str) -> None:
    assert alike(type, one, other)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("Vehicle", "Soyuz MS-18", "Soyuz MS-19"),
        ("Vehicle", "Boeing 737", "Boeing 747"),
        ("Person", "Christina Johnson", "Christine Johnson"),
        ("Person", "George W. Bush", "George H. Bush"),
        ("Place", "Austria", "Australia"),
        ("Organisation", "Central Bank of Ireland", "Central Bank of Iceland"),
        ("Vehicle", "HMS Daring", "USS Daring"),
    ],
)
def test_names_that_look_alike_do_not_match(type: str, one: str, other: str) -> None:
    assert not alike(type, one, other)


NEAR = ("Northern Lines", "Merrow Docks", "Port Trust", "Gannet Works", "Quay Bank")


@pytest.mark.parametrize("name", ["Quill", "A. Quill"])
def test_a_short_form_of_a_person_matches_only_with_support(name: str) -> None:
    told = [("holdsPosition", "chief engineer"), ("livesIn", "Merrow")]
    assert score(profile("Person", name, document="a"), profile("Person", "Ada Quill", document="b")) == 0
    supported = profile("Person", name, document="a", told=told, near=NEAR)
    assert score(supported, profile("Person", "Ada Quill", document="b", told=told, near=NEAR)) >= SAME
    other = profile("Person", name, document="b", told=told, near=NEAR)
    assert score(supported, other) == 0


def test_another_type_objects_until_all_else_speaks_for_it() -> None:
    assert score(profile("Person", "Paris Hilton"), profile("Organisation", "Paris Hilton")) < SAME
    shuttle = profile("Vehicle", "Kestrel Nine", document="a", near=NEAR)
    slip = profile("Organisation", "Kestrel Nine", document="b", near=NEAR)
    assert score(shuttle, slip) >= SAME


def test_an_unknown_subtype_does_not_object() -> None:
    assert score(profile("Vehicle", "Columbia"), profile("Vehicle/Spacecraft", "Columbia")) >= SAME


def test_birth_dates_exclude_whatever_else_is_the_same() -> None:
    one, other = (
        profile("Person", "John Smith", document=d, near=NEAR, told=[("bornOn", born), ("occupation", "pilot")])
        for d, born in (("a", "1970-01-01"), ("b", "1980-01-01"))
    )
    assert score(one, other) == 0


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        ("individual", "model", True),
        ("Country", "Region", True),
        ("Company", "NewsMedia", False),
        ("Ship", None, False),
        (None, None, False),
    ],
)
def test_subtypes_exclude_each_other(one: str | None, other: str | None, exclude: bool) -> None:
    assert subtypes_exclude(one, other) == exclude
