import pytest
from parsed import parse

from kg.extract.over import is_called_past, is_over


def over(table: str, form: str, predicate: str, *ends: str, own: bool = True) -> bool:
    doc = parse(table)
    word = next(token for token in doc if token.text == form)
    return is_over(word, [doc[t.i : t.i + 1] for t in doc if t.text in ends], predicate, own=own)


LED = "Anna NNP 2 nsubj\nled VBD 0 root lead\nApex NNP 2 obj"


@pytest.mark.parametrize(("predicate", "told"), [("leads", True), ("departsFrom", False), ("insuredBy", False)])
def test_a_state_told_in_the_past_simple_is_over(predicate: str, told: bool) -> None:
    assert over(LED, "led", predicate, "Anna", "Apex") is told


def test_a_verb_that_only_ties_two_things_ends_no_state() -> None:
    assert not over(LED, "led", "leads", "Anna", "Apex", own=False)


def test_what_was_so_since_a_time_still_is() -> None:
    table = f"{LED}\nsince IN 5 case\n2014 CD 2 obl"
    assert not over(table, "led", "leads", "Anna", "Apex")


def test_who_was_captain_is_captain_no_more() -> None:
    table = "Anna NNP 3 nsubj\nwas VBD 3 cop be\ncaptain NN 0 root\nof IN 5 case\nGannet NNP 3 nmod"
    assert over(table, "captain", "crewOf", "Anna", "Gannet", own=False)
    assert not over(table.replace("was VBD", "is VBZ"), "captain", "crewOf", "Anna", "Gannet")


def test_who_was_on_board_is_what_he_is() -> None:
    table = (
        "On IN 2 case\nboard NN 5 obl\nwere VBD 5 cop be\nApex NNP 5 compound\npilots NNS 0 root pilot\nAnna NNP 5 flat"
    )
    assert not over(table, "pilots", "worksFor", "Anna", "Apex", own=False)
    table = "Present NNP 4 nsubj\nwere VBD 4 cop be\nApex NNP 4 compound\npilots NNS 0 root pilot\nAnna NNP 4 flat"
    assert not over(table, "pilots", "worksFor", "Anna", "Apex", own=False)


@pytest.mark.parametrize(("tag", "told"), [("VBD", True), ("VBZ", False)])
def test_what_lasted_until_a_time_is_over(tag: str, told: bool) -> None:
    table = f"Gannet NNP 2 nsubj\nran {tag} 0 root run\nto IN 4 case\nDover NNP 2 obl\nuntil IN 6 case\n1974 CD 2 obl"
    assert over(table, "ran", "destination", "Gannet", "Dover") is told


def test_what_lasted_for_years_is_over() -> None:
    table = "Anna NNP 2 nsubj\nserved VBD 0 root serve\nApex NNP 2 obj\nfor IN 6 case\nten CD 6 nummod\nyears NNS 2 obl"
    assert over(table, "served", "worksFor", "Anna", "Apex", own=False)


def test_what_had_happened_before_the_story_is_over() -> None:
    table = (
        "Gannet NNP 3 nsubj\nhad VBD 3 aux have\nleft VBN 0 root leave\nDover NNP 3 obj\nin IN 6 case\nMarch NNP 3 obl"
    )
    assert over(table, "left", "departsFrom", "Gannet", "Dover")
    assert not over(table.replace("\nin IN 6 case\nMarch NNP 3 obl", ""), "left", "departsFrom", "Gannet", "Dover")


def test_where_somebody_joined_from_is_over() -> None:
    table = "Anna NNP 2 nsubj\njoined VBD 0 root join\nApex NNP 2 obj\nfrom IN 5 case\nMerrow NNP 2 obl"
    assert over(table, "joined", "worksFor", "Anna", "Merrow", own=False)
    assert not over(table, "joined", "worksFor", "Anna", "Apex", own=False)


def test_who_has_left_is_a_member_no_more() -> None:
    table = "Anna NNP 2 nsubj\nleft VBD 0 root leave\nApex NNP 2 obj\nfor IN 5 case\nMerrow NNP 2 obl"
    assert over(table, "left", "memberOf", "Anna", "Apex", own=False)
    assert not over(table, "left", "memberOf", "Anna", "Merrow", own=False)


@pytest.mark.parametrize(("particle", "told"), [("out RP 2 compound:prt", True), ("hard RB 2 advmod", False)])
def test_who_is_voted_out_leads_no_more(particle: str, told: bool) -> None:
    table = f"They PRP 2 nsubj\nvoted VBD 0 root vote\n{particle}\nAnna NNP 2 obj"
    assert over(table, "voted", "leads", "Anna", own=False) is told


def test_a_former_mate_between_two_names_is_one_no_more() -> None:
    table = (
        "Anna NNP 8 nsubj\n, , 5 punct\na DT 5 det\nformer JJ 5 amod\nmate NN 1 appos\nof IN 7 case\n"
        "Gannet NNP 5 nmod\nslept VBD 0 root sleep"
    )
    assert over(table, "slept", "crewOf", "Anna", "Gannet", own=False)


def test_the_last_captain_and_the_first_husband_are_so_no_more() -> None:
    table = "the DT 3 det\nlast JJ 3 amod\ncaptain NN 0 root\n, , 5 punct\nAnna NNP 3 appos"
    assert over(table, "captain", "crewOf", "Anna")


@pytest.mark.parametrize(("dep", "told"), [("amod", True), ("advmod", False)])
def test_late_is_past_of_people_alone(dep: str, told: bool) -> None:
    word = parse(f"late JJ 2 {dep}\nAnna NNP 0 root")[1]
    assert is_called_past(word) is told
