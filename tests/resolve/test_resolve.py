"""What holds of every resolution, whatever the extractions; and the cases that the house promises."""

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity, Extraction
from kg.resolve import chains, resolve
from kg.resolve.chain import named
from resolve.toys import extraction, one_each, resolved

NAMES = {
    "Person": (
        "Ada Quill",
        "Ada Kuill",
        "Dr. Ada Quill",
        "Quill",
        "Ada",
        "A. Quill",
        "Ben Oduya",
        "van Damme",
        "北京",
        "?!",
    ),
    "Organisation": ("AP", "Associated Press", "Andhra Police", "Apple Inc.", "Apple", "Quill", "Ada Quill", "agency"),
    "Vehicle": (
        "Soyuz MS-18",
        "Soyuz MS-19",
        "Soyuz",
        "Sojus MS-18",
        "ISS",
        "International Space Station",
        "(the ship)",
    ),
    "Vehicle/Rocket": ("Soyuz", "ISS"),
    "Place": ("US", "U.S.", "the United States", "Georgia", "Rome", "ROME", "!!!", "(American)=United States"),
    "Place/Region": ("Georgia", "Rome"),
}
CHAINS = st.sampled_from(sorted(NAMES)).flatmap(
    lambda type: st.lists(st.sampled_from(NAMES[type]), min_size=1, max_size=3).map(lambda names: (type, *names))
)
DOCUMENTS = st.lists(st.lists(CHAINS, max_size=4), max_size=6)
COLLECTIONS = DOCUMENTS.map(lambda documents: [extraction(f"d{at}", *chains) for at, chains in enumerate(documents)])

TOLD = st.sampled_from([("bornOn", "1970"), ("bornOn", "1980-05-01"), ("occupation", "pilot"), ("occupation", "judge")])


def telling(
    chains: list[tuple[str, ...]],
) -> st.SearchStrategy[tuple[list[tuple[str, ...]], list[tuple[int, str, str]]]]:
    """Return the chains of a document with what it may tell of them."""
    told = st.tuples(st.integers(0, max(len(chains) - 1, 0)), TOLD).map(lambda one: (one[0], *one[1]))
    return st.tuples(st.just(chains), st.lists(told, max_size=2) if chains else st.just([]))


TELLING = st.lists(st.lists(CHAINS, max_size=4).flatmap(telling), max_size=6).map(
    lambda documents: [extraction(f"d{at}", *chains, told=told) for at, (chains, told) in enumerate(documents)]
)


@given(TELLING, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(collection: list[Extraction], dice: random.Random) -> None:
    shuffled = collection.copy()
    dice.shuffle(shuffled)
    assert resolve(shuffled) == resolve(collection)


@given(COLLECTIONS)
def test_the_same_again_changes_nothing(collection: list[Extraction]) -> None:
    assert resolve([*collection, *collection]) == resolve(collection) == resolve(iter(collection))


@given(COLLECTIONS)
def test_every_named_mention_is_in_one_entity_and_chains_stay_whole(collection: list[Extraction]) -> None:
    home = Counter(mention for entity in resolve(collection) for mention in entity.mentions)
    assert set(home.values()) <= {1}
    for one in collection:
        named_chains = {mention.cluster for mention in one.mentions if named(mention)}
        assert all((mention.id in home) == (mention.cluster in named_chains) for mention in one.mentions)


@given(COLLECTIONS)
def test_ids_are_unique_and_sorted(collection: list[Extraction]) -> None:
    ids = [entity.id for entity in resolve(collection)]
    assert ids == sorted(set(ids))


@given(COLLECTIONS)
def test_documents_never_join_on_a_surname(collection: list[Extraction]) -> None:
    home = homes(resolve(collection))
    bare = [
        m for one in collection for m in one.mentions if m.type == "Person" and m.text in ("Quill", "Ada", "A. Quill")
    ]
    full = {(m.document, m.cluster) for one in collection for m in one.mentions if " " in m.text and m not in bare}
    alone = [mention for mention in bare if (mention.document, mention.cluster) not in full]
    assert all(home[one.id] != home[two.id] for one, two in combinations(alone, 2) if one.document != two.document)


@given(TELLING)
def test_birth_dates_that_differ_never_join(collection: list[Extraction]) -> None:
    born: dict[str, set[str]] = {}
    home = homes(resolve(collection))
    for one in collection:
        for chain in chains(one):
            if chain.mark:
                born.setdefault(home[chain.first], set()).add(chain.mark[5:9])
    assert all(len(years) == 1 for years in born.values())


@given(COLLECTIONS)
def test_numbers_that_differ_never_join(collection: list[Extraction]) -> None:
    forms: dict[tuple[str, int], set[str]] = {}
    for mention in (mention for one in collection for mention in one.mentions):
        forms.setdefault((mention.document, mention.cluster), set()).add(mention.text.replace("Sojus", "Soyuz"))
    home = homes(resolve(collection))
    pure = {
        name: {home[m.id] for one in collection for m in one.mentions if forms[m.document, m.cluster] == {name}}
        for name in ("Soyuz MS-18", "Soyuz MS-19")
    }
    assert not pure["Soyuz MS-18"] & pure["Soyuz MS-19"]


def homes(entities: list[Entity]) -> dict[str, str]:
    return {mention: entity.id for entity in entities for mention in entity.mentions}


@pytest.mark.parametrize(
    "chains",
    [
        [("Person", "Klim Schipenko"), ("Person", "Klim Šipenko", "Schipenko"), ("Person", "Klim Shipenko")],
        [("Organisation", "Roscosmos"), ("Organisation", "Roskosmos")],
        [("Vehicle", "Soyuz MS-19", "Soyuz"), ("Vehicle/Spacecraft", "Soyuz MS 19")],
        [("Place", "US"), ("Place", "USA"), ("Place", "America"), ("Place", "United States of America")],
        [("Place", "Britain"), ("Place", "the UK"), ("Place", "(British)=United Kingdom")],
        [("Place/Country", "Georgia"), ("Place", "Georgia")],
        [("Vehicle", "USS Gannet", "USS Gannet", "DDG-62"), ("Vehicle", "USS Gannet")],
        [("Vehicle/Ship", "HMS Daring"), ("Vehicle", "Daring")],
        [("Organisation", "US Navy"), ("Organisation", "United States Navy")],
    ],
)
def test_one_thing_is_one_entity(chains: list[tuple[str, ...]]) -> None:
    assert len(one_each(*chains)) == 1


@pytest.mark.parametrize(
    "chains",
    [
        [("Person", "Ada Quill", "Quill"), ("Person", "Quill")],
        [("Person", "van Damme"), ("Person", "van Damme")],
        [("Person", "Paris Hilton"), ("Organisation", "Paris Hilton")],
        [("Vehicle", "Soyuz MS-18"), ("Vehicle", "Soyuz MS-19")],
        [("Vehicle/individual", "Gannet"), ("Vehicle/model", "Gannet")],
        [("Place/Country", "Georgia"), ("Place/Region", "Georgia")],
        [("Organisation", "agency"), ("Organisation", "agency")],
        [("Person", "Ford"), ("Organisation", "Ford")],
        [("Place", "Washington"), ("Person", "George Washington", "Washington")],
        [("Vehicle", "USS Gannet", "USS Gannet", "DDG-62"), ("Vehicle", "USS Gannet", "USS Gannet", "DDG-81")],
        [("Vehicle", "HMS Daring", "HMS Daring", "Daring"), ("Vehicle", "USS Daring", "USS Daring", "Daring")],
    ],
)
def test_two_things_are_two_entities(chains: list[tuple[str, ...]]) -> None:
    assert len(one_each(*chains)) == 2


def test_columbia_is_a_shuttle_a_university_and_a_place() -> None:
    kinds = ("Vehicle/Spacecraft", "Organisation/University", "Place/City")
    assert len(one_each(*((kind, "Columbia") for kind in kinds * 2))) == 3


def test_a_slip_of_type_joins_when_all_else_speaks_for_it() -> None:
    circle = [("Organisation", name) for name in ("Northern Lines", "Merrow Docks", "Port Trust", "Quay Bank")]
    assert len(resolved((("Vehicle", "Kestrel Nine"), *circle), (("Organisation", "Kestrel Nine"), *circle))) == 5


def test_nothing_is_made_of_nothing() -> None:
    assert resolve([]) == []
