from kg.resolve.profile import majority, one_each, profiles
from resolve.toys import extraction, mention


def test_chains_of_one_name_share_a_profile() -> None:
    found = profiles([extraction("a", ("Organisation", "NASA")), extraction("b", ("Organisation", "Nasa"))])
    assert [(profile.name, profile.documents) for profile in found] == [("nasa", {"a", "b"})]


def test_a_bare_surname_has_a_profile_for_each_document() -> None:
    found = profiles(extraction(document, ("Person", "Quill")) for document in "ab")
    assert [profile.is_open for profile in found] == [False, False]


def test_a_chain_without_a_name_has_no_profile() -> None:
    assert not profiles([extraction("a", ("Vehicle", "(the ship)"))])


def test_a_name_that_a_word_stands_for_is_a_name() -> None:
    (profile,) = profiles([extraction("a", ("Place", "(Russian)=Russia"))])
    assert (profile.name, profile.subtype) == ("russia", "Country")


def test_a_country_goes_by_its_own_name() -> None:
    assert [p.name for p in profiles([extraction("a", ("Place", "U.S."), ("Place", "America"))])] == ["united states"]


def test_a_place_named_by_an_adjective_is_the_country() -> None:
    (profile,) = profiles([extraction("a", ("Place", "Russian"))])
    assert (profile.name, profile.subtype) == ("russia", "Country")


def test_a_shared_country_name_needs_more_than_the_name() -> None:
    (profile,) = profiles([extraction("a", ("Place", "Georgia"))])
    assert profile.country is None


def test_an_acronym_and_a_second_name_are_aliases() -> None:
    (profile,) = profiles([extraction("a", ("Vehicle", "International Space Station", "ISS", "Zarya"))])
    assert (profile.aliases, profile.acronyms) == ({"iss": {"a"}, "zarya": {"a"}}, {"iss"})


def test_a_shortened_name_is_no_alias() -> None:
    (profile,) = profiles([extraction("a", ("Vehicle", "Soyuz MS-19", "Soyuz"))])
    assert not profile.aliases


def test_another_number_is_no_alias() -> None:
    (profile,) = profiles([extraction("a", ("Vehicle", "Soyuz MS-19", "Soyuz MS-18"))])
    assert not profile.aliases


def test_a_person_of_quite_another_name_is_no_alias() -> None:
    (profile,) = profiles([extraction("a", ("Person", "Tom Cruise", "Doug Liman"))])
    assert not profile.aliases


def test_majority_weighs_by_score_and_only_names() -> None:
    mentions = [
        mention("a", 0, 0, "Place", "Ford"),
        mention("a", 9, 0, "Organisation/Company", "Ford"),
        mention("a", 20, 0, "Organisation", "Ford"),
        *(mention("a", place, 0, "Place", "(it)") for place in range(30, 60)),
    ]
    assert (majority(mentions, "type"), majority(mentions, "subtype")) == ("Organisation", "Company")


def test_a_document_counts_once() -> None:
    old, new = extraction("a", ("Place", "Rome")), extraction("a", ("Place", "Roma"))
    assert list(one_each([old, new, old])) == list(one_each([new, old])) != []
