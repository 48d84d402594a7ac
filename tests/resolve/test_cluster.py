from kg.resolve import Edge, Judgements, Profile, cluster, components
from resolve.toys import profile


def grouped(profiles: list[Profile], *edges: tuple[int, int, float]) -> list[list[int]]:
    made = [Edge(profiles[a].id, profiles[b].id, score) for a, b, score in edges]
    groups = cluster(profiles, made, Judgements())
    assert groups == cluster(reversed(profiles), reversed(made), Judgements())
    return sorted(sorted(profiles.index(one) for one in group) for group in groups)


def vehicles(*names: str) -> list[Profile]:
    return [profile(f"Vehicle/{subtype}" if subtype else "Vehicle", name) for subtype, name in map(split, names)]


def split(name: str) -> tuple[str, str]:
    subtype, _, rest = name.rpartition(":")
    return subtype, rest


def test_joins_are_transitive() -> None:
    assert grouped(vehicles("Gannet", "Gannett", "Ganett"), (0, 1, 0.9), (1, 2, 0.8)) == [[0, 1, 2]]


def test_an_unknown_subtype_joins_only_one_of_two() -> None:
    assert grouped(vehicles("Gannet", "Ship:Gannet", "Train:Gannet"), (0, 1, 0.9), (0, 2, 0.8)) == [[0, 1], [2]]


def test_numbers_never_meet_through_a_third() -> None:
    assert grouped(vehicles("Soyuz MS-18", "Mission", "Soyuz MS-19"), (0, 1, 0.9), (1, 2, 0.8)) == [[0, 1], [2]]


def test_birth_dates_never_meet_through_a_third() -> None:
    old, new = (profile("Person", "John Smith", told=[("bornOn", born)]) for born in ("1970", "1980"))
    assert grouped([old, profile("Person", "John Smith"), new], (0, 1, 0.8), (1, 2, 0.9)) == [[0], [1, 2]]


def test_a_short_form_never_bridges_two_longer_ones() -> None:
    bushes = [profile("Person", name) for name in ("George Bush", "George W. Bush", "George H. W. Bush")]
    assert grouped(bushes, (0, 1, 0.8), (0, 2, 0.8)) == [[0], [1], [2]]
    assert grouped(bushes, (0, 1, 0.99), (0, 2, 0.6)) == [[0, 1], [2]]


def test_a_short_form_of_a_short_form_follows_it() -> None:
    people = [profile("Person", name) for name in ("Smith", "J. Smith", "John Smith")]
    assert grouped(people, (0, 1, 0.7), (0, 2, 0.7), (1, 2, 0.7)) == [[0, 1, 2]]


def test_components_are_what_edges_connect() -> None:
    found = vehicles("Gannet", "Merrow", "Gannett", "Daring")
    assert components(found, [(found[0].id, found[2].id)]) == [[0, 2], [1], [3]]
    assert components(found, []) == [[0], [1], [2], [3]]
    assert components([], []) == []
