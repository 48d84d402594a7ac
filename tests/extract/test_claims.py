from datetime import date

import pytest
from parsed import parse, reading

from kg.countries import country_of
from kg.extract.claims import Reading, is_plural
from kg.extract.found import Found
from kg.model import Kind

MONDAY = date(2021, 10, 4)
LIST = (
    "Anna_Vale NNP 6 nsubj Person\n, , 3 punct\nBen_Oduya NNP 1 conj Person\nand CC 5 cc\n"
    "Cy_Tran NNP 1 conj Person\nmet VBD 0 root meet\nDee_Moss NNP 6 obj Person\n. . 6 punct"
)


def texts(found: list[Found]) -> list[str]:
    return [each.span.text for each in found]


def group(table: str, index: int, word: str) -> list[str]:
    read = reading(table)
    verb = next(token for token in read.doc if token.text == word)
    return texts(read.group_of(read.findings.names()[index], verb))


def holders(table: str, word: str) -> list[str]:
    read = reading(table)
    return texts(list(read.holders(next(token for token in read.doc if token.text == word))))


def test_a_list_is_its_names_on_one_side_of_the_word() -> None:
    assert group(LIST, 0, "met") == ["Anna Vale", "Ben Oduya", "Cy Tran"]


def test_a_name_on_the_other_side_of_the_word_is_not_in_the_list() -> None:
    assert group(LIST, 3, "met") == ["Dee Moss"]


def test_a_list_may_call_its_names_something() -> None:
    table = (
        "Anna_Vale NNP 7 nsubj Person\nand CC 4 cc\ncaptain NN 4 compound\nBen_Oduya NNP 1 conj Person\n"
        "( -LRB- 6 punct\nright RB 4 advmod\nslept VBD 0 root sleep"
    )
    assert group(table, 0, "slept") == ["Anna Vale", "Ben Oduya"]


def test_what_a_noun_beside_a_name_is_of_is_not_in_its_list() -> None:
    table = (
        "Apex NNP 10 nsubj Organisation\n, , 4 punct\na DT 4 det\nsubsidiary NN 1 appos\nof IN 6 case\n"
        "Merrow NNP 4 nmod Organisation\n, , 4 punct\nand CC 9 cc\nVale_Works NNP 1 conj Organisation\n"
        "rose VBD 0 root rise"
    )
    assert (group(table, 0, "rose"), group(table, 1, "rose")) == (["Apex", "Vale Works"], ["Merrow"])


def test_names_with_other_words_between_are_no_list() -> None:
    table = "Anna_Vale NNP 2 nsubj Person\nmet VBD 0 root meet\nBen_Oduya NNP 2 obj Person\nyesterday RB 2 advmod"
    assert group(table, 0, "yesterday") == ["Anna Vale"]


def test_names_of_two_types_are_no_list() -> None:
    table = "Anna_Vale NNP 4 nsubj Person\nand CC 3 cc\nGannet NNP 1 conj Vehicle\narrived VBD 0 root arrive"
    assert group(table, 0, "arrived") == ["Anna Vale"]


def test_a_title_in_a_list_of_people_does_not_break_it() -> None:
    table = (
        "Anna_Vale NNP 9 nsubj Person\n, , 4 punct\nthe DT 4 det\ndirector NN 1 appos\nof IN 6 case\n"
        "Grey_Water NNP 4 nmod Work\n, , 8 punct\nBen_Oduya NNP 1 conj Person\nslept VBD 0 root sleep"
    )
    assert group(table, 0, "slept") == ["Anna Vale", "Ben Oduya"]


def test_names_of_two_sentences_are_no_list() -> None:
    table = "Anna_Vale NNP 0 root Person\n, , 1 punct\n\nBen_Oduya NNP 2 nsubj Person\nslept VBD 0 root sleep"
    assert group(table, 1, "slept") == ["Ben Oduya"]


def test_a_relative_pronoun_takes_up_the_name_before_it() -> None:
    read = reading(
        "Anna_Vale NNP 0 root Person\nand CC 3 cc\nBen_Oduya NNP 1 conj Person\nwho WP 5 nsubj\nsleeps VBZ 3 acl:relcl"
    )
    assert texts(read.antecedents(read.doc[5])) == ["Ben Oduya"]


def test_a_plural_relative_pronoun_takes_up_the_list() -> None:
    read = reading(
        "Anna_Vale NNP 0 root Person\nand CC 3 cc\nBen_Oduya NNP 1 conj Person\n, , 6 punct\nwho WP 7 nsubj\n"
        "are VBP 7 aux be\nsleeping VBG 3 acl:relcl sleep"
    )
    assert texts(read.antecedents(read.doc[6])) == ["Anna Vale", "Ben Oduya"]


def test_a_relative_pronoun_after_no_name_takes_up_nothing() -> None:
    read = reading("men NNS 0 root man\nwho WP 3 nsubj\nsleep VBP 1 acl:relcl")
    assert read.antecedents(read.doc[1]) == []


def test_a_role_is_held_by_the_name_after_it() -> None:
    assert holders("captain NN 2 compound\nAnna_Vale NNP 3 nsubj Person\nslept VBD 0 root sleep", "captain") == [
        "Anna Vale"
    ]


def test_a_plural_role_is_held_by_the_list_after_it() -> None:
    table = (
        "captains NNS 2 compound captain\nAnna_Vale NNP 5 nsubj Person\nand CC 4 cc\nBen_Oduya NNP 2 conj Person\n"
        "slept VBD 0 root sleep"
    )
    assert holders(table, "captains") == ["Anna Vale", "Ben Oduya"]


def test_a_role_in_apposition_is_held_by_the_name_before_it() -> None:
    table = "Anna_Vale NNP 5 nsubj Person\n, , 4 punct\nthe DT 4 det\ncaptain NN 1 appos\nslept VBD 0 root sleep"
    assert holders(table, "captain") == ["Anna Vale"]


def test_a_role_with_its_complement_is_held_by_the_name_after_the_comma() -> None:
    table = (
        "the DT 2 det\ncaptain NN 8 nsubj\nof IN 5 case\nthe DT 5 det\nGannet NNP 2 nmod Vehicle\n, , 7 punct\n"
        "Anna_Vale NNP 2 appos Person\nslept VBD 0 root sleep"
    )
    assert holders(table, "captain") == ["Anna Vale"]


def test_a_crew_is_all_of_the_list_after_it() -> None:
    table = (
        "the DT 2 det\n{} NN 11 nsubj\nof IN 6 case\nthe DT 6 det\nferry NN 6 compound\nGannet NNP 2 nmod Vehicle\n"
        ", , 8 punct\nAnna NNP 2 appos Person\nand CC 10 cc\nBen NNP 8 conj Person\nslept VBD 0 root sleep"
    )
    assert holders(table.format("crew"), "crew") == ["Anna", "Ben"]
    assert holders(table.format("captain"), "captain") == ["Anna"]


def test_a_role_before_who_says_so_is_not_the_speakers() -> None:
    table = (
        "the DT 2 det\ndirector NN 0 root\nof IN 4 case\nApex NNP 2 nmod Organisation\n, , 7 punct\n"
        "Anna NNP 7 nsubj Person\n{} 2 parataxis say\n. . 2 punct"
    )
    assert holders(table.format("said VBD"), "director") == []
    assert holders(table.format(", ,"), "director") == ["Anna"]


def test_a_role_as_the_predicate_is_held_by_the_subject() -> None:
    assert holders("Anna_Vale NNP 4 nsubj Person\nis VBZ 4 cop be\nthe DT 4 det\ncaptain NN 0 root", "captain") == [
        "Anna Vale"
    ]


def test_a_role_for_people_is_not_held_by_a_ship() -> None:
    table = "Gannet NNP 5 nsubj Vehicle\n, , 4 punct\nthe DT 4 det\ncaptain NN 1 appos\nslept VBD 0 root sleep"
    assert holders(table, "captain") == []


def test_a_role_alone_is_held_by_nobody() -> None:
    assert holders("the DT 2 det\ncaptain NN 3 nsubj\nslept VBD 0 root sleep", "captain") == []


def test_a_role_at_the_end_of_the_text_is_held_by_nobody() -> None:
    assert holders("the DT 2 det\ncaptain NN 0 root", "captain") == []


BRACKETS = (
    "Doug_Moss NNP 0 root Person\n( -LRB- 3 punct\nGrey_Water NNP 1 appos Work\n, , 5 punct\n"
    "Blue_Hour NNP 3 conj Work\nin IN 7 case\nMerrow NNP 5 nmod Place\n) -RRB- 3 punct\nread VBD 1 dep\n"
    "Oak NNP 9 obj Work"
)


def test_works_are_listed_in_brackets_after_a_name() -> None:
    read = reading(BRACKETS)
    assert texts(read.bracketed(read.findings.names("Person")[0].span)) == ["Grey Water", "Blue Hour"]


def test_what_stands_in_no_brackets_is_not_listed() -> None:
    read = reading(BRACKETS)
    assert read.bracketed(read.findings.names("Work")[-1].span) == []


def test_on_board_means_the_vehicle_that_was_last_a_subject() -> None:
    read = reading(
        "Gannet NNP 2 nsubj Vehicle\nrammed VBD 0 root ram\nTern NNP 2 obj Vehicle\n\n"
        "They PRP 2 nsubj\nslept VBD 0 root sleep"
    )
    vehicle = read.vehicle_before(read.doc[-1])
    assert vehicle is not None
    assert vehicle.text == "Gannet"


def test_on_board_means_nothing_without_a_vehicle() -> None:
    read = reading(LIST)
    assert read.vehicle_before(read.doc[-1]) is None


RUSSIAN = "Russian JJ 2 amod\nships NNS 3 nsubj ship\nsailed VBD 0 root sail"


def country(read: Reading, index: int, name: str) -> Found:
    known = country_of(name)
    assert known is not None
    return read.country(read.doc[index], known)


def test_an_adjective_is_a_description_that_stands_for_its_country() -> None:
    read = reading(RUSSIAN)
    found = country(read, 0, "Russian")
    assert (found.span.text, found.name, found.kind, found.subtype) == (
        "Russian",
        "Russia",
        Kind.DESCRIPTION,
        "Country",
    )


def test_an_adjective_is_added_once() -> None:
    read = reading(RUSSIAN)
    assert country(read, 0, "Russian") is country(read, 0, "Russian")
    assert len(read.findings.all) == 1


def test_an_adjective_is_in_the_chain_of_its_country() -> None:
    read = reading("Russia NNP 2 nsubj Place\nslept VBD 0 root sleep\n\n" + RUSSIAN)
    assert country(read, 2, "Russian").chain == read.findings.names()[0].chain


def test_the_time_of_a_clause_is_that_of_its_sentence() -> None:
    read = reading("They PRP 2 nsubj\nleft VBD 0 root leave\non IN 4 case\nTuesday NNP 2 obl\n. . 2 punct", MONDAY)
    assert read.time_at(read.doc[1]) == "2021-10-05"


def test_the_time_of_another_sentence_does_not_count() -> None:
    read = reading("They PRP 2 nsubj\nleft VBD 0 root leave\n. . 2 punct\n\nIt PRP 0 root\nToday NN 1 dep", MONDAY)
    assert read.time_at(read.doc[1]) == ""


ABOARD = "aboard IN {0} case\nthe DT {0} det\nGannet NNP 0 root Vehicle"


@pytest.mark.parametrize(
    ("subject", "here", "there"),
    [
        # Anna, captain of Tern since 2019, was aboard the Gannet
        (
            "Anna NNP 13 nsubj Person\n, , 3 punct\ncaptain NN 1 appos\nof IN 5 case\nTern NNP 3 nmod Vehicle\n"
            "since IN 7 case\n2019 CD 3 nmod\n, , 3 punct\nnow RB 13 advmod\nwas VBD 13 cop be",
            "",
            "2019/..",
        ),
        # The captain, Anna, in command since 2019, was aboard the Gannet
        (
            "captain NN 13 nsubj\n, , 3 punct\nAnna NNP 1 appos Person\n, , 6 punct\nin IN 6 case\n"
            "command NN 1 nmod\nsince IN 8 case\n2019 CD 6 nmod\n, , 6 punct\nwas VBD 13 cop be",
            "",
            "2019/..",
        ),
        # The captain there on Monday was aboard the Gannet
        (
            "The DT 2 det\ncaptain NN 13 nsubj\nthere RB 2 advmod\non IN 5 case\nMonday NNP 2 nmod\nwas VBD 13 cop be\n"
            "then RB 13 advmod\nstill RB 13 advmod\nsafely RB 13 advmod\nnow RB 13 advmod",
            "2021-10-04",
            "",
        ),
        # Since 2019 Anna has been aboard the Gannet, whatever the parser hangs the year on
        (
            "Since IN 2 case\n2019 CD 3 nummod\nAnna NNP 13 nsubj Person\nhas VBZ 13 aux have\nbeen VBN 13 cop be\n"
            "then RB 13 advmod\nstill RB 13 advmod\nthere RB 13 advmod\nsafely RB 13 advmod\nnow RB 13 advmod",
            "2019/..",
            "",
        ),
    ],
)
def test_the_tenure_of_a_description_is_not_the_time_of_the_clause(subject: str, here: str, there: str) -> None:
    read = reading(f"{subject}\n{ABOARD.format(13)}", MONDAY)
    captain = next((token for token in read.doc if token.text == "captain"), read.doc[0])
    assert (read.time_at(read.doc[12]), read.time_at(captain)) == (here, there)


@pytest.mark.parametrize(("auxiliary", "day"), [("will", "2021-10-08"), ("did", "2021-10-01")])
def test_a_plan_is_for_a_day_to_come(auxiliary: str, day: str) -> None:
    table = f"They PRP 3 nsubj\n{auxiliary} MD 3 aux\nleave VB 0 root\non IN 5 case\nFriday NNP 3 obl\n. . 3 punct"
    read = reading(table, MONDAY)
    assert read.time_at(read.doc[2]) == day


@pytest.mark.parametrize(
    ("line", "plural"),
    [
        ("ships NNS 0 root ship", True),
        ("ship NN 0 root", False),
        ("ships NN 0 root", True),
        ("bus NN 0 root", False),
        ("teapots NN 0 root", False),
    ],
)
def test_a_plural_is_told_by_its_tag_or_its_ending(line: str, plural: bool) -> None:
    assert is_plural(parse(line)[0]) is plural


def test_a_plural_role_is_held_by_every_subject() -> None:
    read = reading(
        "Anna NNP 6 nsubj Person\nand CC 3 cc\nBen NNP 1 conj Person\nare VBP 6 cop be\nthe DT 6 det\n"
        "actors NNS 0 root actor\nof IN 8 case\nGannet NNP 6 nmod Work"
    )
    assert [found.text for found in read.holders(read.doc[5])] == ["Anna", "Ben"]


def test_a_name_in_apposition_may_be_called_something() -> None:
    table = (
        "her PRP$ 2 nmod:poss\nhusband NN 7 nsubj\n, , 5 punct\nthe DT 5 det\nsurgeon NN 6 compound\n"
        "Peter_Holm NNP 2 appos Person\nslept VBD 0 root sleep"
    )
    assert holders(table, "husband") == ["Peter Holm"]
