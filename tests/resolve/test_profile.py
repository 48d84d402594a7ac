from kg.resolve import Profile, chains, profiles
from resolve.toys import extraction


def found(document: str, *names: str) -> list[Profile]:
    return profiles(chains(extraction(document, *(("Organisation", name) for name in names))))


def test_chains_of_one_name_share_a_profile() -> None:
    both = [*chains(extraction("a", ("Organisation", "NASA"))), *chains(extraction("b", ("Organisation", "Nasa")))]
    assert [(profile.name, profile.documents) for profile in profiles(both)] == [("nasa", {"a", "b"})]


def test_a_bare_surname_has_a_profile_for_each_document() -> None:
    bare = [chain for document in "ab" for chain in chains(extraction(document, ("Person", "Quill")))]
    assert [profile.is_open for profile in profiles(bare)] == [False, False]
    assert len({profile.id for profile in profiles(bare)}) == 2


def test_a_profile_is_a_set_of_chains_whatever_came_and_went() -> None:
    one, two, three = (chains(extraction(document, ("Vehicle", "MH17", "9M-MRD"))) for document in "abc")
    whole = Profile([*three, *one])
    grown = Profile(two).plus(three).plus(one).plus(one).minus({"b"})
    assert grown is not None
    assert (grown.chains, grown.id, grown.forms, grown.aliases) == (whole.chains, whole.id, whole.forms, whole.aliases)
    assert whole.minus({"a", "c"}) is None


def test_aliases_know_their_documents() -> None:
    first = chains(extraction("a", ("Vehicle", "International Space Station", "ISS", "Zarya")))
    second = chains(extraction("b", ("Vehicle", "International Space Station", "Zarya")))
    profile = Profile([*first, *second])
    assert (profile.aliases, profile.acronyms) == ({"iss": {"a"}, "zarya": {"a", "b"}}, {"iss"})
