from kg.names import normal
from kg.resolve.block import pairs
from kg.resolve.profile import Profile


def met(type: str, *names: str) -> set[tuple[str, str]]:
    profiles = [Profile(type, None, normal(name, type)) for name in names]
    return {(names[one], names[other]) for one, other in pairs(profiles)}


def test_romanisations_meet() -> None:
    assert met("Person", "Klim Schipenko", "Klim Šipenko") == {("Klim Schipenko", "Klim Šipenko")}


def test_a_slip_in_one_word_meets_the_word() -> None:
    assert met("Organisation", "Ministry of Defence", "Ministry of Defenxe")


def test_strangers_never_meet() -> None:
    assert not met("Place", "Rome", "Paris", "Boeing 737", "Boeing 747")


def test_profiles_that_stand_for_themselves_meet_nobody() -> None:
    assert not list(pairs([Profile("Person", None, "quill", place) for place in ("a", "b")]))


def test_a_crowd_is_not_compared_all_with_all() -> None:
    names = [f"Ada S{first}{second}rton" for first in "abcdefghijklmnopqrstuvwxyz" for second in "aeiouyrlnmt"]
    assert 0 < len(list(pairs([Profile("Person", None, normal(name, "Person")) for name in names]))) < 30 * len(names)
