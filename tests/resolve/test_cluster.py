from kg.resolve.cluster import Components
from kg.resolve.profile import Profile


def vehicles(*subtypes_and_names: tuple[str | None, str]) -> Components:
    return Components([Profile("Vehicle", subtype, name) for subtype, name in subtypes_and_names])


def test_joins_are_transitive() -> None:
    components = vehicles((None, "a"), (None, "b"), (None, "c"))
    assert components.join(0, 1)
    assert components.join(1, 2)
    assert components.groups() == [[0, 1, 2]]


def test_an_unknown_subtype_joins_only_one_of_two() -> None:
    components = vehicles((None, "gannet"), ("Ship", "gannet"), ("Train", "gannet"))
    assert components.join(0, 1)
    assert not components.join(0, 2)
    assert components.groups() == [[0, 1], [2]]


def test_numbers_never_meet_through_a_third() -> None:
    components = vehicles((None, "soyuz ms 18"), (None, "mission"), (None, "soyuz ms 19"))
    assert components.join(0, 1)
    assert not components.join(1, 2)


def test_types_never_meet() -> None:
    assert not Components([Profile("Person", None, "a b"), Profile("Organisation", None, "a b")]).join(0, 1)


def test_what_is_joined_stays_joined() -> None:
    components = vehicles((None, "a"), (None, "b"))
    assert components.join(0, 1)
    assert components.join(1, 0)
