"""What a person says of two things, seen through `resolve`; and what holds of it in whatever order it was said."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Anchor, Entity, Extraction, Judgement, Verdict
from kg.resolve import Judgements, Profile, anchor, chains, profiles, resolve
from kg.resolve.judge import chain_anchor
from resolve.test_resolve import TELLING
from resolve.toys import extraction, one_each, together

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def person(name: str, mention: str = "") -> Anchor:
    return Anchor(type="Person", name=name, mention=mention)


def judged(left: Anchor, verdict: Verdict, right: Anchor, when: str = "2021-10-04") -> Judgement:
    return Judgement(left=left, right=right, verdict=verdict, who="ada", when=when)


QUILL, ODUYA = person("ada quill"), person("ben oduya")
TWO = (("Person", "Ada Quill"), ("Person", "Ben Oduya"))
SMITHS = [("Person", "John Smith")] * 4


def test_same_joins_whatever_the_score() -> None:
    assert together(one_each(*TWO, judgements=[judged(QUILL, SAME, ODUYA)])) == [["d0", "d1"]]


def test_different_wins_over_the_score() -> None:
    spellings = (("Person", "Klim Schipenko"), ("Person", "Klim Shipenko"))
    one, other = person("klim schipenko"), person("klim shipenko")
    assert together(one_each(*spellings)) == [["d0", "d1"]]
    assert together(one_each(*spellings, judgements=[judged(one, DIFFERENT, other)])) == [["d0"], ["d1"]]


def test_different_wins_over_chains_of_other_joins() -> None:
    three = (*TWO, ("Person", "Cy Merrow"))
    cy = person("cy merrow")
    said = [judged(QUILL, SAME, ODUYA), judged(ODUYA, SAME, cy, "2021-10-05"), judged(QUILL, DIFFERENT, cy)]
    assert together(one_each(*three, judgements=said)) == [["d0"], ["d1", "d2"]]


def test_same_wins_over_what_excludes() -> None:
    trains = (("Vehicle", "Soyuz MS-18"), ("Vehicle", "Soyuz MS-19"))
    left, right = (Anchor(type="Vehicle", name=f"soyuz ms {number}") for number in (18, 19))
    assert len(one_each(*trains, judgements=[judged(left, SAME, right)])) == 1


def test_the_later_verdict_of_a_pair_wins_also_across_time_zones() -> None:
    early = judged(QUILL, SAME, ODUYA, "2021-10-04T12:00:00+02:00")
    late = judged(ODUYA, DIFFERENT, QUILL, "2021-10-04T11:00:00Z")
    assert len(one_each(*TWO, judgements=[early, late])) == len(one_each(*TWO, judgements=[late, early])) == 2


def test_of_equally_late_verdicts_different_wins() -> None:
    said = [judged(QUILL, verdict, ODUYA) for verdict in (DIFFERENT, SAME, UNSURE)]
    assert Judgements(said).latest[QUILL, ODUYA].verdict == DIFFERENT


def test_unsure_changes_nothing_but_takes_an_earlier_verdict_back() -> None:
    unsure = judged(QUILL, UNSURE, ODUYA, "2021-10-05")
    assert one_each(*TWO, judgements=[unsure]) == one_each(*TWO)
    assert one_each(*TWO, judgements=[unsure, judged(QUILL, SAME, ODUYA)]) == one_each(*TWO)


def test_two_chains_of_one_name_told_apart_split_it() -> None:
    one, other = person("john smith", "d0#char=0,10"), person("john smith", "d1#char=0,10")
    apart = together(one_each(*SMITHS[:2], judgements=[judged(one, DIFFERENT, other)]))
    assert apart == [["d0"], ["d1"]]


def test_other_chains_go_with_the_judged_one_that_they_are_like() -> None:
    pilot, senator = [(0, "occupation", "pilot")], [(0, "holdsPosition", "senator")]
    documents = [
        extraction(f"d{n}", ("Person", "John Smith"), told=told) for n, told in enumerate([pilot, senator] * 2)
    ]
    assert len(resolve(documents)) == 1
    one, other = person("john smith", "d0#char=0,10"), person("john smith", "d1#char=0,10")
    assert together(resolve(documents, [judged(one, DIFFERENT, other)])) == [["d0", "d2"], ["d1", "d3"]]


def test_a_chain_told_apart_from_its_name_leaves_the_others_together() -> None:
    said = [judged(person("john smith"), DIFFERENT, person("john smith", "d1#char=0,10"))]
    assert together(one_each(*SMITHS, judgements=said)) == [["d0", "d2", "d3"], ["d1"]]


def test_a_bare_surname_is_judged_by_its_mention_alone() -> None:
    bare = (("Person", "Quill"), ("Person", "Quill"), ("Person", "Ada Quill"))
    assert len(one_each(*bare, judgements=[judged(person("quill"), SAME, QUILL)])) == 3
    said = [judged(person("quill", "d0#char=0,5"), SAME, QUILL)]
    assert together(one_each(*bare, judgements=said)) == [["d0", "d2"], ["d1"]]


def test_a_judgement_sleeps_where_its_document_says_something_else() -> None:
    said = [judged(person("john smith", "d0#char=0,10"), SAME, ODUYA)]
    assert len(one_each(("Person", "Jane Smith"), ("Person", "Ben Oduya"), judgements=said)) == 2


def test_a_name_of_two_bearers_overrides_nothing() -> None:
    documents = [
        extraction("d0", ("Person", "John Smith"), told=[(0, "bornOn", "1970")]),
        extraction("d1", ("Person", "John Smith"), told=[(0, "bornOn", "1980")]),
        extraction("d2", ("Person", "Jack Smythe")),
    ]
    entities = resolve(documents, [judged(person("john smith"), SAME, person("jack smythe"))])
    assert len(entities) == 2


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(KgError, match="'ada quill' and 'ben oduya' is of 'yesterday'; give an ISO 8601"):
        Judgements([judged(QUILL, SAME, ODUYA, "yesterday")])


def test_what_was_decided_of_two_profiles_is_told() -> None:
    quill, oduya = profiles(chains(extraction("d", *TWO)))
    said = Judgements([judged(QUILL, UNSURE, ODUYA)])
    assert said.verdict(quill, oduya) == said.verdict(oduya, quill) == UNSURE
    assert said.verdict(quill, quill) is None


def all_anchors(collection: list[Extraction]) -> list[Anchor]:
    found = [chain for one in collection for chain in chains(one)]
    return sorted({*map(chain_anchor, found), *(anchor(one) for one in profiles(found))})


JUDGED = TELLING.flatmap(
    lambda collection: st.tuples(
        st.just(collection),
        st.lists(
            st.builds(
                judged,
                st.sampled_from(all_anchors(collection) or [QUILL]),
                st.sampled_from(list(Verdict)),
                st.sampled_from(all_anchors(collection) or [QUILL]),
                st.sampled_from(["2021-10-04", "2021-10-05", "2021-10-06"]),
            ),
            max_size=5,
        ),
    )
)


@given(JUDGED, st.randoms(use_true_random=False))
def test_judgements_in_any_order_give_the_same(
    case: tuple[list[Extraction], list[Judgement]], dice: random.Random
) -> None:
    collection, said = case
    shuffled, turned = collection.copy(), [judged(one.right, one.verdict, one.left, one.when) for one in said]
    dice.shuffle(shuffled)
    dice.shuffle(turned)
    assert resolve(shuffled, [*turned, *said]) == resolve(collection, said)


@given(JUDGED)
def test_what_a_person_holds_apart_is_apart(case: tuple[list[Extraction], list[Judgement]]) -> None:
    collection, said = case
    known = Judgements(said)
    units = [unit for one in profiles(c for each in collection for c in chains(each)) for unit in known.units(one)]
    home = {mention: entity.id for entity in resolve(collection, said) for mention in entity.mentions}
    by_id = {unit.id: unit.chains[0].first for unit in units}
    assert all(home[by_id[one]] != home[by_id[other]] for one, other in known.bars(units))


@given(JUDGED)
def test_judging_moves_chains_and_loses_none(case: tuple[list[Extraction], list[Judgement]]) -> None:
    collection, said = case
    assert held(resolve(collection, said)) == held(resolve(collection))


def held(entities: list[Entity]) -> list[str]:
    return sorted(mention for entity in entities for mention in entity.mentions)


PAIRS = TELLING.flatmap(
    lambda collection: st.tuples(st.just(collection), *[st.sampled_from(units(collection) or [None])] * 2)
)


def units(collection: list[Extraction]) -> list[Profile]:
    return profiles(chain for one in collection for chain in chains(one))


@given(PAIRS)
def test_merge_then_split_and_split_then_merge_are_identity(
    case: tuple[list[Extraction], Profile | None, Profile | None],
) -> None:
    collection, one, other = case
    if one is None or other is None or anchor(one) == anchor(other):
        return
    base = resolve(collection)
    home = {mention: entity.id for entity in base for mention in entity.mentions}
    joined = home[one.chains[0].first] == home[other.chains[0].first]
    first, then = (DIFFERENT, SAME) if joined else (SAME, DIFFERENT)
    said = [
        judged(anchor(one), first, anchor(other), "2021-10-04"),
        judged(anchor(one), then, anchor(other), "2021-10-05"),
    ]
    assert resolve(collection, said) == base
