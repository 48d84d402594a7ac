import pytest

from kg.resolve.chain import NEAR, chains, majority
from kg.resolve.evidence import mark_of, marks_exclude
from resolve.toys import extraction, mention


def test_a_chain_without_a_name_is_none() -> None:
    assert not chains(extraction("a", ("Vehicle", "(the ship)")))


def test_a_name_that_a_word_stands_for_is_a_name() -> None:
    (chain,) = chains(extraction("a", ("Place", "(Russian)=Russia")))
    assert (chain.name, chain.subtype, chain.country) == ("russia", "Country", "Russia")


def test_a_country_goes_by_its_own_name() -> None:
    assert [c.name for c in chains(extraction("a", ("Place", "U.S."), ("Place", "America")))] == ["united states"] * 2


def test_a_place_named_by_an_adjective_is_the_country() -> None:
    (chain,) = chains(extraction("a", ("Place", "Russian")))
    assert chain.name == "russia"


def test_a_shared_country_name_needs_more_than_the_name() -> None:
    (chain,) = chains(extraction("a", ("Place", "Georgia")))
    assert chain.country is None


def test_an_acronym_and_a_second_name_are_aliases() -> None:
    (chain,) = chains(extraction("a", ("Vehicle", "International Space Station", "ISS", "Zarya")))
    assert chain.aliases == (("iss", True), ("zarya", False))


@pytest.mark.parametrize(
    "names",
    [
        ("Vehicle", "Soyuz MS-19", "Soyuz"),  # a shorter form
        ("Vehicle", "Soyuz MS-19", "Soyuz MS-18"),  # another number
        ("Person", "Tom Cruise", "Doug Liman"),  # quite another name
    ],
)
def test_what_is_no_alias(names: tuple[str, ...]) -> None:
    (chain,) = chains(extraction("a", names))
    assert not chain.aliases


def test_majority_is_by_weight_and_an_empty_vote_is_none() -> None:
    assert majority([("Place", 1), ("Organisation", 2), ("Place", 1), ("", 9)]) == "Organisation"
    assert majority([("", 9)]) is None


def test_only_names_vote_on_the_type() -> None:
    mentions = [
        mention("a", 0, 0, "Place", "Ford"),
        mention("a", 9, 0, "Organisation/Company", "Ford"),
        mention("a", 20, 0, "Organisation", "Ford"),
        *(mention("a", place, 0, "Place", "(it)") for place in range(30, 60)),
    ]
    whole = extraction("a")
    (chain,) = chains(type(whole)(document="a", content="", mentions=tuple(mentions)))
    assert (chain.type, chain.subtype) == ("Organisation", "Company")


def test_neighbours_are_the_names_that_mean_something_elsewhere() -> None:
    found = chains(extraction("a", ("Person", "Ada Quill"), ("Person", "Oduya"), ("Place", "US"), ("Place", "Rome")))
    assert {chain.name: chain.near for chain in found}["ada quill"] == ("rome",)


def test_of_many_neighbours_the_most_used_are_kept() -> None:
    others = [("Organisation", *[f"Firm {chr(65 + n)}"] * (n + 1)) for n in range(20)]
    first = chains(extraction("a", ("Person", "Ada Quill"), *others))[0]
    assert len(first.near) == NEAR
    assert "firm t" in first.near
    assert "firm a" not in first.near


def test_relations_become_facts_of_both_ends() -> None:
    told = [(0, "worksFor", 1), (0, "bornOn", "1970-05-01"), (0, "holdsPosition", "Chief Engineer")]
    ada, northern = chains(extraction("a", ("Person", "Ada Quill"), ("Organisation", "Northern Lines"), told=told))
    assert ada.facts == (("born", "1970-05-01"), ("position", "chief engineer"), ("tie", "northern lines"))
    assert northern.facts == (("tie", "ada quill"),)
    assert ada.mark == "born 1970-05-01"


def test_a_hull_number_marks_a_ship() -> None:
    (chain,) = chains(extraction("a", ("Vehicle/Ship", "USS Fitzgerald", "USS Fitzgerald", "DDG-62")))
    assert chain.mark == "hull ddg 62"


def test_two_numbers_of_one_kind_mark_nothing() -> None:
    assert mark_of("Vehicle", ["DDG-62", "CVN-70"], []) == ""
    assert mark_of("Person", [], [("born", "1970"), ("born", "1971-01-01")]) == ""


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        ("born 1970", "born 1980", True),
        ("born 1970", "born 1970-05-01", False),
        ("born 1970-05", "born 1970-06-01", True),
        ("born 1970", "", False),
        ("hull ddg 62", "hull ddg 63", True),
        ("hull ddg 62", "imo imo 9811000", False),
        ("hull ddg 62; imo imo 9811000", "imo imo 9811001", True),
    ],
)
def test_marks_exclude_each_other(one: str, other: str, exclude: bool) -> None:
    assert marks_exclude(one, other) == marks_exclude(other, one) == exclude
