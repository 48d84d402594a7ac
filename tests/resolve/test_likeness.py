import pytest

from kg.names import normal
from kg.resolve.likeness import Likeness, are_nicknames, likeness


def kind(type: str, one: str, other: str) -> Likeness:
    found, turned = (likeness(type, normal(a, type), normal(b, type)) for a, b in ((one, other), (other, one)))
    assert found.kind == turned.kind
    assert found.short == (None if turned.short is None else 1 - turned.short)
    return found.kind


@pytest.mark.parametrize(
    ("type", "one", "other", "expected"),
    [
        ("Person", "Klim Schipenko", "Klim Shipenko", "same_sound"),
        ("Person", "Christina Johnson", "Christina Johnsson", "same_sound"),
        ("Organisation", "Roscosmos", "Roskosmos", "same_sound"),
        ("Organisation", "Ministry of Defence", "Ministry of Defense", "same_sound"),
        ("Organisation", "Organization of American States", "Organisation of American States", "same_sound"),
        ("Organisation", "Ministry of Defence", "Ministry of Defenxe", "one_letter_apart"),
        ("Organisation", "Space X", "SpaceX", "spaced_otherwise"),
        ("Person", "Viktor Orbán", "Orbán Viktor", "other_order"),
        ("Person", "Bill Clinton", "William Clinton", "nickname"),
        ("Person", "Muammar Gaddafi", "Muammar Kadafi", "sounds_alike"),
        ("Person", "J. Smith", "John Smith", "short_initials"),
        ("Person", "J. K. Rowling", "Joanne Kathleen Rowling", "short_initials"),
        ("Person", "George Bush", "George W. Bush", "short_middle"),
        ("Person", "John F. Kennedy", "John Fitzgerald Kennedy", "short_middle"),
        ("Person", "Martin Luther King", "Martin Luther King Jr.", "short_middle"),
        ("Person", "Smith", "John Smith", "short_bare"),
        ("Vehicle", "Daring", "HMS Daring", "short_prefix"),
        ("Organisation", "Aeroflot", "Aeroflot Airlines", "short_words"),
        ("Organisation", "Court of Justice", "International Court of Justice", "none"),
        ("Organisation", "American Airlines", "American University", "none"),
        ("Place", "Oklahoma", "Oklahoma City", "none"),
        ("Organisation", "WHO", "World Health Organization", "short_acronym"),
        ("Organisation", "UAE", "University of Aberdeen", "none"),
        ("Vehicle", "Soyuz MS-18", "Soyuz MS-19", "none"),
        ("Vehicle", "Boeing 737", "Boeing 747", "none"),
        ("Vehicle", "HMS Daring", "USS Daring", "none"),
        ("Person", "George W. Bush", "George H. Bush", "none"),
        ("Person", "Christina Johnson", "Christine Johnson", "none"),
        ("Place", "Austria", "Australia", "none"),
        ("Organisation", "Central Bank of Ireland", "Central Bank of Iceland", "none"),
        ("Organisation", "Bank of Northern Iran", "Bank of Northern Iraq", "none"),
    ],
)
def test_how_two_names_are_alike(type: str, one: str, other: str, expected: str) -> None:
    assert kind(type, one, other) == expected


def test_nicknames_of_one_name_are_nicknames_of_each_other() -> None:
    assert are_nicknames("bill", "will")
    assert not are_nicknames("bill", "bob")
