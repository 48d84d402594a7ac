from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joints import Said, at, encoded

from kg.extract import facts
from kg.extract.facts import MOST, Fact, Odds, arguments, between, chains, compared, ends, names
from kg.extract.joint import Calibration, Encoded, Related, Stretch
from kg.extract.tagger import Name

TEXT = "Anna Vale boarded the Gannet. Vale left."
LABELS = ("P19", "kn:CEO", "kg:aboard")


def texts(read: Encoded, stretches: Sequence[Stretch]) -> list[str]:
    return [read.text[start:end] for start, end in stretches]


def told(read: Encoded, found: Sequence[Fact], joint: Said) -> set[tuple[str, str, str]]:
    return {
        (*texts(read, [fact.subject]), joint.relations[i], *texts(read, [fact.object]))
        for fact in found
        for i in np.flatnonzero(fact.labels > 0)
    }


# ------------------------------------------------------------------------------------------------------------- names


def test_names_are_those_of_the_labels() -> None:
    read = encoded(TEXT, names={"anna": "B-Person", "vale": "I-Person", "gannet": "B-Vehicle"})
    assert [(TEXT[n.start : n.end], n.type) for n in names(Said(), read)] == [
        ("Anna Vale", "Person"),
        ("Gannet", "Vehicle"),
    ]


def test_arguments_begin_and_go_on() -> None:
    read = encoded(TEXT, arguments={"anna": 1, "vale": 2, "gannet": 1})
    assert texts(read, arguments(read)) == ["Anna Vale", "Gannet", "Vale"]


def test_an_argument_that_begins_ends_the_one_before() -> None:
    read = encoded("Anna Vale boarded", arguments={"anna": 1, "vale": 1})
    assert texts(read, arguments(read)) == ["Anna", "Vale"]


def test_an_argument_holds_the_whole_of_its_words() -> None:
    read = encoded("Anna Zed boarded", arguments={"anna": 1, "zed": 2})
    assert texts(read, arguments(read)) == ["Anna Zed"]


def test_an_argument_does_not_run_over_the_end_of_a_line() -> None:
    read = encoded("Anna\nVale boarded", arguments={"anna": 1, "vale": 2})
    assert texts(read, arguments(read)) == ["Anna", "Vale"]


def test_a_word_is_an_argument_where_it_is_hardly_outside_of_all() -> None:
    read = encoded("Anna boarded")
    read.arguments[0] = 0.0  # a third each
    assert texts(read, arguments(read)) == ["Anna"]
    assert arguments(read, most=0.3) == []


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_text_has_no_arguments(text: str) -> None:
    assert arguments(encoded(text)) == []


def named(text: str, *words: str) -> list[Name]:
    return [Name(*at(text, each), "Person", 1.0) for each in words]


def test_ends_are_names_arguments_pronouns_dates_and_demonyms() -> None:
    text = "Anna Vale left the port in 1987, and she boarded a Russian gannet."
    read = encoded(text, arguments={"gannet": 1})
    assert texts(read, ends(read, named(text, "Anna Vale"), (0, len(text)))) == [
        "Anna Vale",
        "1987",
        "she",
        "Russian",
        "gannet",
    ]


def test_a_name_is_not_given_up_for_an_argument_that_overlaps_it() -> None:
    read = encoded(TEXT, arguments={"anna": 1, "vale": 2, "boarded": 2})
    assert texts(read, ends(read, named(TEXT, "Vale"), (0, 20))) == ["Vale"]


def test_ends_are_those_of_their_scope() -> None:
    text = "She left. He boarded the Gannet in 1987. They slept. Anna Vale too."
    read = encoded(text, arguments={"gannet": 1, "left": 1})
    scope = at(text, "He boarded the Gannet in 1987. They slept. Anna")
    assert texts(read, ends(read, named(text, "Anna Vale"), scope)) == ["He", "Gannet", "1987", "They"]


# ------------------------------------------------------------------------------------------------------------- facts


def test_every_two_stretches_are_compared_both_ways() -> None:
    read = encoded(TEXT)
    stretches = [at(TEXT, "Anna Vale"), at(TEXT, "the Gannet"), at(TEXT, "Vale", 1)]
    pairs, found = compared(Said(LABELS), read, stretches)
    assert sorted(pairs) == sorted(permutations(stretches, 2))
    assert found.labels.shape == (6, 3)


def test_a_fact_has_the_logits_of_its_own_pair() -> None:
    joint = Said(LABELS, facts={("Anna Vale", "kg:aboard", "Gannet"): 3.0, ("Gannet", "P19", "Vale"): 2.0})
    read = encoded(TEXT)
    stretches = [at(TEXT, "Anna Vale"), at(TEXT, "Gannet"), at(TEXT, "Vale", 1)]
    assert told(read, list(facts.facts(joint, read, stretches)), joint) == set(joint.facts)


@pytest.mark.parametrize("stretches", [[], [(0, 4)], [(0, 4), (4, 5)]])
def test_less_than_two_words_have_no_facts(stretches: list[Stretch]) -> None:
    joint = Said(LABELS)
    assert list(facts.facts(joint, encoded(TEXT), stretches)) == []
    assert compared(joint, encoded(TEXT), stretches)[1].labels.shape == (0, 3)
    assert not joint.asked


def test_of_many_stretches_the_first_are_compared() -> None:
    text = "anna " * (MOST + 3)
    stretches = [(5 * i, 5 * i + 4) for i in range(MOST + 3)]
    pairs, _ = compared(Said(LABELS), encoded(text), stretches)
    assert {end for pair in pairs for end in pair} == set(stretches[:MOST])


LONG = "anna boarded the port and vale boarded the gannet"
FRAMES = [(0, 6), (3, len(encoded(LONG).pieces.ids))]
WORDS = ("anna", "boarded the port", "port", "vale", "the gannet", "gannet")


def test_stretches_are_compared_in_the_window_that_holds_most_of_them() -> None:
    joint = Said(LABELS)
    read = encoded(LONG, frames=FRAMES)
    pairs, _ = compared(joint, read, [at(LONG, word) for word in WORDS])
    assert joint.asked == [(1, 12)]
    assert {read.text[slice(*end)] for pair in pairs for end in pair} == {"port", "vale", "the gannet", "gannet"}


@given(st.permutations([at(LONG, word) for word in WORDS]))
def test_the_order_of_the_stretches_does_not_matter(stretches: list[Stretch]) -> None:
    joint = Said(LABELS)
    pairs, _ = compared(joint, encoded(LONG, frames=FRAMES), stretches)
    expected, _ = compared(joint, encoded(LONG, frames=FRAMES), sorted(stretches))
    assert joint.asked[0] == joint.asked[1]
    assert set(pairs) == set(expected)


# ------------------------------------------------------------------------------------------------------------ things


class Windowed(Said):
    """Says of a pair what its window tells: its number, and for the second label its number below 0."""

    def related(
        self, encoded: Encoded, things: Sequence[Sequence[Stretch]], pairs: Sequence[tuple[int, int]], window: int
    ) -> Related:
        found = super().related(encoded, things, pairs, window)
        return Related(np.tile(np.array([window, -window], np.float32), (len(pairs), 1)), found.modalities)


def test_things_have_the_facts_of_all_their_stretches() -> None:
    joint = Said(LABELS, facts={("Vale", "kg:aboard", "Gannet"): 3.0})
    things = [[at(TEXT, "Anna Vale"), at(TEXT, "Vale", 1)], [at(TEXT, "Gannet")]]
    found = between(joint, encoded(TEXT), things)
    assert {key: logits.tolist() for key, logits in found.items()} == {(0, 1): [-9, -9, 3], (1, 0): [-9, -9, -9]}


def test_things_have_the_best_of_all_windows_label_by_label() -> None:
    read = encoded("anna the port the anna the port", frames=[(0, 4), (1, 5), (3, 7)])
    things = [[at(read.text, "anna"), at(read.text, "anna", 1)], [at(read.text, "port"), at(read.text, "port", 1)]]
    found = between(Windowed(LABELS[:2]), read, things)
    assert found[0, 1].tolist() == [2, 0]


def test_things_that_share_no_window_are_not_compared() -> None:
    read = encoded("anna the port the vale", frames=[(0, 3), (2, 5)])
    things = [[at(read.text, word)] for word in ("anna", "port", "vale")]
    assert set(between(Said(LABELS), read, things)) == {(0, 1), (1, 0), (1, 2), (2, 1)}


def test_things_are_compared_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    things = [[at(TEXT, word)] for word in ("Anna", "Vale", "the", "Gannet")]
    joint = Said(LABELS, facts={("Gannet", "P19", "the"): 3.0, ("Anna", "P19", "Vale"): 2.0})
    whole = between(joint, encoded(TEXT), things)
    monkeypatch.setattr(facts, "PAIRS", 5)
    parted = between(joint, encoded(TEXT), things)
    assert [count for _, count in joint.asked] == [12, 5, 5, 2]
    assert {k: v.tolist() for k, v in parted.items()} == {k: v.tolist() for k, v in whole.items()}


def test_a_thing_without_a_word_is_left_out() -> None:
    assert between(Said(LABELS), encoded(TEXT), [[(0, 4)], [(4, 5)], []]) == {}


# ------------------------------------------------------------------------------------------------------------ chains


def spanned(text: str, *words: str, score: float = 0.9) -> Encoded:
    seen: dict[str, int] = {}
    spans = []
    for each in words:
        spans.append((at(text, each, seen.get(each, 0)), "Person", score))
        seen[each] = seen.get(each, 0) + 1
    return encoded(text, spans=spans)


def test_chains_follow_the_antecedents() -> None:
    text = "Anna saw Ben. He saw her. She left."
    read = spanned(text, "Anna", "Ben", "He", "her", "She")
    joint = Said(links={("He", "Ben"): 2.0, ("her", "Anna"): 2.0, ("She", "her"): 3.0, ("She", "Ben"): 1.0})
    assert [texts(read, chain) for chain in chains(joint, read)] == [["Anna", "her", "She"], ["Ben", "He"]]


def test_a_mention_with_no_probable_antecedent_begins_a_chain() -> None:
    read = spanned("Anna saw her", "Anna", "her")
    assert len(chains(Said(links={("her", "Anna"): 0.0}), read)) == 2
    assert len(chains(Said(links={("her", "Anna"): 0.1}), read)) == 1


@pytest.mark.parametrize(("least", "count"), [(-4.0, 1), (-2.0, 2), (1.0, 2)])
def test_what_is_probable_the_calibration_tells(least: float, count: int) -> None:
    read = spanned("Anna saw her", "Anna", "her")
    joint = Said(links={("her", "Anna"): -3.0}, calibration=Calibration(least={"antecedent": least}))
    assert len(chains(joint, read)) == count


def test_of_two_that_are_as_probable_the_nearer_is_taken_up() -> None:
    read = spanned("Anna saw Ben. Cy saw them", "Anna", "Ben", "them")
    joint = Said(links={("them", "Anna"): 1.0, ("them", "Ben"): 1.0})
    assert [texts(read, chain) for chain in chains(joint, read)] == [["Anna"], ["Ben", "them"]]


def test_what_is_hardly_a_mention_is_in_no_chain() -> None:
    read = spanned("Anna saw Ben", "Anna", "Ben", score=0.5)
    assert len(chains(Said(), read)) == 2
    assert chains(Said(), read, least=0.6) == []


def test_the_types_of_a_mention_are_one_doubt() -> None:
    read = encoded("Anna", spans=[((0, 4), "Person", 0.3), ((0, 4), "Vehicle", 0.3)])
    assert chains(Said(), read, least=0.6) == [[(0, 4)]]


def test_without_mentions_there_are_no_chains() -> None:
    assert chains(Said(), encoded(TEXT)) == []


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.floats(-3, 3), max_size=30))
@settings(max_examples=50)
def test_every_mention_is_in_one_chain(links: dict[tuple[int, int], float]) -> None:
    text = " ".join(f"x{i}" for i in range(10))
    read = spanned(text, *text.split())
    joint = Said(links={(f"x{a}", f"x{b}"): score for (a, b), score in links.items()})
    found = chains(joint, read)
    assert sorted(stretch for chain in found for stretch in chain) == [s for s, *_ in read.spans]
    assert all(chain == sorted(chain) and chain for chain in found)


# -------------------------------------------------------------------------------------------------------------- odds


def likely(odds: Odds, *logits: float) -> dict[str, float]:
    return dict(odds.told(np.array(logits, dtype=np.float32)))


def test_labels_hold_that_are_as_likely_as_not() -> None:
    assert likely(Odds(Said(LABELS), LABELS), 0.0, -0.1, 2.0) == pytest.approx(
        {"P19": 0.5, "kg:aboard": 0.8808}, abs=1e-4
    )


def test_only_the_labels_asked_for_are_told() -> None:
    assert list(likely(Odds(Said(LABELS), ["kg:aboard", "P19"]), 3.0, 3.0, 3.0)) == ["kg:aboard", "P19"]


def test_each_group_of_labels_has_its_threshold() -> None:
    joint = Said(LABELS, calibration=Calibration(least={"kn": 0.9, "wikidata": 0.2}))
    assert set(likely(Odds(joint, LABELS), -1.0, 2.0, -1.0)) == {"P19"}
