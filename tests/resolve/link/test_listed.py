"""Which entry of a user's list a thing is; and that in doubt it is none."""

import pytest

from kg.model import Anchor, Entity, Judgement, Verdict
from kg.resolve import Entries, Entry, Linkers, resolve
from resolve.toys import Chain, extraction


def entry(id: str, name: str, *aliases: str, type: str = "Organisation", **more: str) -> Entry:
    type, _, subtype = type.partition("/")
    return Entry(id=id, name=name, aliases=aliases, type=type, subtype=subtype or None, **more)


def linked(
    chains: list[Chain], *entries: Entry, told: tuple = (), judgements: tuple = ()
) -> dict[str, tuple[str, ...]]:
    """Return the links of each entity, by name."""
    found = resolve([extraction("d", *chains, told=told)], judgements, linkers=Linkers(Entries(entries)))
    return {entity.name: entity.same_as for entity in found}


UN = entry("un", "United Nations", "UN")


@pytest.mark.parametrize("name", ["United Nations", "the UNITED NATIONS", "UN", "U.N."])
def test_a_name_or_an_alias_is_linked_however_it_is_written(name: str) -> None:
    assert [*linked([("Organisation", name)], UN).values()] == [("un",)]


@pytest.mark.parametrize(
    ("chain", "one"),
    [
        (("Person", "Klim Šipenko"), entry("k", "Klim Schipenko", type="Person")),
        (("Person", "Dr. Ada Quill"), entry("k", "Ada Quill", type="Person")),
        (("Organisation", "Northern Lines"), entry("k", "Northern Lines Ltd.")),
        (("Vehicle", "Gannet"), entry("k", "Gannet", type="Vehicle/Ship")),
        (("Place", "USA"), entry("k", "United States", type="Place")),
    ],
)
def test_names_are_compared_as_resolution_does(chain: Chain, one: Entry) -> None:
    ((ids),) = linked([chain], one).values()
    assert "k" in ids


@pytest.mark.parametrize(
    ("chain", "one"),
    [
        (("Person", "United Nations"), UN),
        (("Organisation", "United Nations Foundation"), UN),
        (("Person", "Quill"), entry("k", "Ada Quill", type="Person")),
        (("Person", "A. Quill"), entry("k", "Ada Quill", type="Person")),
        (("Vehicle", "Soyuz MS-18"), entry("k", "Soyuz MS-19", type="Vehicle")),
        (("Vehicle/Aircraft", "Gannet"), entry("k", "Gannet", type="Vehicle/Ship")),
    ],
)
def test_what_may_be_another_is_not_linked(chain: Chain, one: Entry) -> None:
    assert [*linked([chain], one).values()] == [()]


def test_two_entries_of_one_name_are_told_apart_by_type_or_not_at_all() -> None:
    one, other, place = entry("1", "Ford"), entry("2", "Ford"), entry("3", "Ford", type="Person")
    chains: list[Chain] = [("Organisation", "Ford")]
    assert linked(chains, one, place) == {"Ford": ("1",)}
    assert linked(chains, one, other) == {"Ford": ()}


def test_two_entries_of_one_name_are_told_apart_by_subtype() -> None:
    ship, craft = entry("1", "Gannet", type="Vehicle/Ship"), entry("2", "Gannet", type="Vehicle/Aircraft")
    assert linked([("Vehicle/Ship", "Gannet")], ship, craft) == {"Gannet": ("1",)}
    assert linked([("Vehicle", "Gannet")], ship, craft) == {"Gannet": ()}


def test_the_same_name_is_better_than_one_that_sounds_alike() -> None:
    one, other = entry("1", "Klim Schipenko", type="Person"), entry("2", "Klim Shipenko", type="Person")
    assert linked([("Person", "Klim Shipenko")], one, other) == {"Klim Shipenko": ("2",)}
    assert linked([("Person", "Klim Šipenko")], one, other) == {"Klim Šipenko": ()}


def test_a_birth_date_must_not_contradict_and_tells_apart() -> None:
    one, other = (entry(year, "Ada Quill", type="Person", born=year) for year in ("1970", "1981"))
    told = ((0, "bornOn", "1970-02-28"),)
    chains: list[Chain] = [("Person", "Ada Quill")]
    assert linked(chains, other, told=told) == {"Ada Quill": ()}
    assert linked(chains, one, other, told=told) == {"Ada Quill": ("1970",)}
    assert linked(chains, one, other) == {"Ada Quill": ()}


def test_an_acronym_beside_another_name_tells_nothing() -> None:
    press = entry("press", "Associated Press", "AP")
    chains: list[Chain] = [("Organisation", "Andhra Police", "AP")]
    assert linked(chains, press) == {"Andhra Police": ()}


def test_a_place_is_in_the_list_and_in_the_gazetteer() -> None:
    found = linked([("Place", "Paris")], entry("fr-75", "Paris", type="Place"))
    assert found == {"Paris": ("fr-75", "https://sws.geonames.org/2988507/")}


def test_namesakes_that_a_person_told_apart_are_not_both_the_entry() -> None:
    chain: Chain = ("Person", "Ada Quill")
    documents = [extraction(f"d{at}", chain) for at in range(2)]
    ends = [Anchor(type="Person", name="ada quill", mention=f"d{at}#char=0,9") for at in range(2)]
    apart = Judgement(left=ends[0], right=ends[1], verdict=Verdict.DIFFERENT, when="2024-01-01")
    linkers = Linkers(Entries([entry("k", "Ada Quill", type="Person")]))
    assert [one.same_as for one in resolve(documents, linkers=linkers)] == [("k",)]
    assert [one.same_as for one in resolve(documents, [apart], linkers=linkers)] == [(), ()]


def test_namesakes_of_other_birth_dates_are_not_both_the_entry() -> None:
    documents = [
        extraction(f"d{year}", ("Person", "Ada Quill"), told=[(0, "bornOn", year)]) for year in ("1970", "1981")
    ]
    linkers = Linkers(Entries([entry("k", "Ada Quill", type="Person")]))
    found: list[Entity] = resolve(documents, linkers=linkers)
    assert [one.same_as for one in found] == [(), ()]


def test_what_a_person_holds_for_one_and_the_list_for_two_is_neither() -> None:
    chains: list[Chain] = [("Organisation", "Northern Lines"), ("Organisation", "Gannet Traffic")]
    same = Judgement(
        left=Anchor(type="Organisation", name="northern lines"),
        right=Anchor(type="Organisation", name="gannet traffic"),
        verdict=Verdict.SAME,
        when="2024-01-01",
    )
    one, other = entry("1", "Northern Lines"), entry("2", "Gannet Traffic")
    assert {*linked(chains, one, other).values()} == {("1",), ("2",)}
    assert [*linked(chains, one, other, judgements=(same,)).values()] == [()]
    assert [*linked(chains, one, judgements=(same,)).values()] == [("1",)]
