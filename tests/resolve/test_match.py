import pytest

from kg.names import normal
from kg.resolve.match import SAME, score, subtypes_exclude
from kg.resolve.profile import Profile


def alike(type: str, one: str, other: str) -> bool:
    left, right = (Profile(type, None, normal(name, type)) for name in (one, other))
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
def test_spellings_of_one_name_are_alike(type: str, one: str, other: str) -> None:
    assert alike(type, one, other)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        ("Vehicle", "Soyuz MS-18", "Soyuz MS-19"),
        ("Vehicle", "Boeing 737", "Boeing 747"),
        ("Person", "Christina Johnson", "Christine Johnson"),
        ("Person", "George W. Bush", "George H. Bush"),
        ("Person", "George Bush", "George W. Bush"),
        ("Place", "Austria", "Australia"),
        ("Organisation", "Central Bank of Ireland", "Central Bank of Iceland"),
        ("Organisation", "Bank of Northern Iran", "Bank of Northern Iraq"),
        ("Vehicle", "HMS Daring", "USS Daring"),
    ],
)
def test_names_that_look_alike_are_not_alike(type: str, one: str, other: str) -> None:
    assert not alike(type, one, other)


def test_a_bare_surname_is_like_nothing() -> None:
    assert score(Profile("Person", None, "quill", "a#char=0,5"), Profile("Person", None, "quill", "b#char=0,5")) < SAME


def test_another_type_objects() -> None:
    assert score(Profile("Person", None, "paris hilton"), Profile("Organisation", None, "paris hilton")) < SAME


def test_an_unknown_subtype_does_not_object() -> None:
    assert score(Profile("Vehicle", None, "columbia"), Profile("Vehicle", "Spacecraft", "columbia")) >= SAME


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
