import random

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import Profile, keys, pairs, profiles
from kg.resolve.chain import chains
from resolve.toys import extraction, profile


def met(*all: Profile) -> set[frozenset[str]]:
    blocks: dict[str, list[Profile]] = {}
    for one in all:
        for key in keys(one):
            blocks.setdefault(key, []).append(one)
    return {frozenset((a.name, b.name)) for key, block in blocks.items() for a, b in pairs(key, block)}


def meet(type: str, one: str, other: str) -> bool:
    return bool(met(profile(type, one, document="a"), profile(type, other, document="b")))


def test_romanisations_meet() -> None:
    assert meet("Person", "Klim Schipenko", "Klim Šipenko")
    assert meet("Person", "Muammar Gaddafi", "Muammar Kadafi")


def test_a_slip_in_one_word_meets_the_word() -> None:
    assert meet("Organisation", "Ministry of Defence", "Ministry of Defenxe")


def test_nicknames_and_middle_names_meet() -> None:
    assert meet("Person", "Bill Clinton", "William Jefferson Clinton")
    assert meet("Person", "George Bush", "George W. Bush")


def test_a_ship_meets_its_name_with_a_prefix() -> None:
    assert meet("Vehicle", "HMS Daring", "Daring")


def test_one_name_meets_across_types() -> None:
    assert met(profile("Vehicle", "Columbia"), profile("Organisation", "Columbia"))


def test_strangers_never_meet() -> None:
    assert not met(*(profile("Place", name) for name in ("Rome", "Paris")), profile("Vehicle", "Boeing 737"))


def test_a_bare_surname_meets_only_with_support() -> None:
    bare, full = profile("Person", "Quill", document="a"), profile("Person", "Ada Quill", document="b")
    assert not met(bare, full)
    office = [("holdsPosition", "chief engineer")]
    bare = profile("Person", "Quill", document="a", told=office)
    assert met(bare, profile("Person", "Ada Quill", document="b", told=office)) == {frozenset(("quill", "ada quill"))}
    assert not met(bare, profile("Person", "Quill", document="b", told=office))


def test_a_crowd_is_not_compared_all_with_all() -> None:
    names = [f"Ada S{first}{second}rton" for first in "abcdefghijklmnopqrstuvwxyz" for second in "aeiouyrlnmt"]
    crowd = [profile("Person", name) for name in names]
    assert 0 < len(met(*crowd)) < 30 * len(names)


@given(st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_the_block(dice: random.Random) -> None:
    documents = [extraction(f"d{n}", ("Person", f"Ada {name}")) for n, name in enumerate(("Quill", "Kuill", "Quil"))]
    block = profiles(chain for one in documents for chain in chains(one))
    shuffled = block.copy()
    dice.shuffle(shuffled)
    assert list(pairs("m|x", shuffled)) == list(pairs("m|x", block))
