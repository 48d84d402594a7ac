import pytest
from parsed import chain_of, named, parse

from kg.extract.chains import join_names, noun_at, nouns_beside
from kg.extract.found import Findings, Found


def in_a_row(*names: tuple[str, str]) -> Findings:
    """Return the findings of a text of one short sentence for each name."""
    table = "\n\n".join(f"{name.replace(' ', '_')} NNP 0 root {kind}\n. . 1 punct" for name, kind in names)
    findings = named(parse(table))
    join_names(findings)
    return findings


def chains(*names: str, type: str = "Person") -> list[int]:
    return [each.chain for each in in_a_row(*((name, type) for name in names)).all]


def read(table: str) -> Findings:
    findings = named(parse(table))
    join_names(findings)
    return findings


def test_chains_are_numbered_in_the_order_of_the_text() -> None:
    assert chains("Anna Vale", "Ben Oduya", "Cy Tran") == [0, 1, 2]


def test_the_same_name_is_the_same_thing() -> None:
    assert chains("Anna Vale", "Ben Oduya", "Anna Vale") == [0, 1, 0]


def test_a_surname_goes_on_for_the_full_name() -> None:
    assert chains("Anna Vale", "Vale") == [0, 0]


def test_a_surname_may_come_before_the_full_name() -> None:
    assert chains("Vale", "Anna Vale") == [0, 0]


def test_a_first_name_goes_on_for_the_full_name() -> None:
    assert chains("Anna Vale", "Anna") == [0, 0]


def test_a_surname_that_two_people_share_joins_neither() -> None:
    assert chains("Anna Vale", "Ben Vale", "Vale") == [0, 1, 2]


def test_a_surname_is_the_only_one_who_has_been_named_by_then() -> None:
    assert chains("Anna Vale", "Vale", "Ben Vale") == [0, 0, 1]
    assert chains("Anna Vale", "Vale", "Ben Vale", "Vale") == [0, 0, 1, 0]
    assert chains("Vale", "Anna Vale", "Ben Vale") == [0, 1, 2]


def test_two_people_with_one_surname_stay_two() -> None:
    assert chains("Anna Vale", "Ben Vale") == [0, 1]


def test_a_first_name_of_two_people_joins_neither() -> None:
    assert chains("Anna Vale", "Anna Quill", "Anna") == [0, 1, 2]


def test_a_name_of_another_type_is_another_thing() -> None:
    findings = in_a_row(("Anna Vale", "Person"), ("Vale", "Place"))
    assert [each.chain for each in findings.all] == [0, 1]


def test_an_acronym_is_its_long_form() -> None:
    assert chains("Harbour Watch Service", "HWS", type="Organisation") == [0, 0]


def test_other_letters_are_another_organisation() -> None:
    assert chains("Harbour Watch Service", "HWA", type="Organisation") == [0, 1]


@pytest.mark.parametrize(("one", "other"), [("Volchanskiy", "Wolchanski"), ("Roskonavt", "Rosconavt")])
def test_another_spelling_is_the_same_name(one: str, other: str) -> None:
    assert chains(one, other, type="Organisation") == [0, 0]


def test_names_that_only_begin_alike_are_two() -> None:
    assert chains("Merrow Lines", "Merrow Bank", type="Organisation") == [0, 1]


def test_other_numbers_are_other_vehicles() -> None:
    assert chains("Gannet MS-18", "Gannet MS-19", type="Vehicle") == [0, 1]


def test_a_class_is_not_the_vehicle_that_bears_its_name() -> None:
    assert chains("Gannet MS-19", "Gannet", type="Vehicle") == [0, 1]


def test_a_ship_goes_on_without_its_prefix() -> None:
    assert chains("HMS Gannet", "Gannet", type="Vehicle") == [0, 0]


def test_a_country_is_known_by_its_other_names() -> None:
    assert chains("United States", "USA", "America", type="Place") == [0, 0, 0]


def test_a_place_is_not_the_place_whose_name_it_is_part_of() -> None:
    assert chains("Port Merrow", "Merrow", type="Place") == [0, 1]


def test_one_name_has_one_type() -> None:
    findings = in_a_row(("Merrow", "Place"), ("Merrow", "Organisation"), ("Merrow", "Organisation"))
    assert {each.type for each in findings.all} == {"Organisation"}


def test_the_better_scores_decide_on_the_type() -> None:
    findings = named(parse("Merrow NNP 0 root Place\n. . 1 punct\n\nMerrow NNP 0 root Organisation\n. . 1 punct"))
    findings.all[0].score, findings.all[1].score = 0.4, 0.9
    join_names(findings)
    assert {each.type for each in findings.all} == {"Organisation"}


def test_a_noun_before_the_name_votes_on_its_type() -> None:
    findings = read("the DT 3 det\nferry NN 3 compound\nMerrow NNP 4 nsubj Place\nsank VBD 0 root sink")
    findings = named(findings.doc)
    findings.all[0].score = 0.5
    join_names(findings)
    assert findings.all[0].type == "Vehicle"


def test_an_apposition_votes_on_the_type() -> None:
    findings = named(parse("Merrow NNP 0 root Place\n, , 1 punct\na DT 4 det\nferry NN 1 appos\n. . 1 punct"))
    findings.all[0].score = 0.5
    join_names(findings)
    assert findings.all[0].type == "Vehicle"


def test_a_noun_after_the_name_does_not_vote() -> None:
    findings = named(parse("the DT 3 det\nMerrow NNP 3 compound Organisation\nferry NN 4 nsubj\nsank VBD 0 root sink"))
    findings.all[0].score = 0.7
    join_names(findings)
    assert findings.all[0].type == "Organisation"


@pytest.mark.parametrize(("score", "kept"), [(0.5, False), (0.7, True)])
def test_a_doubtful_organisation_is_dropped(score: float, kept: bool) -> None:
    findings = named(parse("Merrow NNP 2 nsubj Organisation\nslept VBD 0 root sleep"))
    findings.all[0].score = score
    join_names(findings)
    assert bool(findings.all) is kept


def test_a_doubtful_organisation_that_a_noun_calls_one_stays() -> None:
    findings = named(
        parse("the DT 3 det\nagency NN 3 compound\nMerrow NNP 4 nsubj Organisation\nslept VBD 0 root sleep")
    )
    findings.all[0].score = 0.5
    join_names(findings)
    assert len(findings.all) == 1


def test_the_last_word_of_a_name_votes_on_its_type() -> None:
    findings = named(parse("Merrow_River NNP 0 root Organisation"))
    findings.all[0].score = 0.5
    join_names(findings)
    assert findings.all[0].type == "Place"


def test_an_acronym_votes_with_its_long_form() -> None:
    findings = in_a_row(("Outer Sky Station", "Vehicle"), ("Outer Sky Station", "Vehicle"), ("OSS", "Organisation"))
    assert [(each.type, each.chain) for each in findings.all] == [("Vehicle", 0)] * 3


def test_a_credit_at_the_end_of_a_caption_is_an_organisation() -> None:
    table = "They PRP 2 nsubj\nleft VBD 0 root leave\n. . 2 punct\n\nMerrow NNP 0 root Place\n\\n\\n _SP 1 dep"
    findings = named(parse(table))
    findings.all[0].score = 0.9
    join_names(findings)
    assert findings.all[0].type == "Organisation"


def test_a_place_after_a_colon_is_no_credit() -> None:
    findings = named(
        parse("Launch NN 2 compound\nsite NN 0 root\n: : 2 punct\nMerrow NNP 2 appos Place\n\\n _SP 4 dep")
    )
    findings.all[0].score = 0.9
    join_names(findings)
    assert findings.all[0].type == "Place"


def test_a_person_who_is_credited_stays_a_person() -> None:
    table = "They PRP 2 nsubj\nleft VBD 0 root leave\n. . 2 punct\n\nAnna_Vale NNP 0 root Person"
    assert read(table).all[0].type == "Person"


def test_a_subtype_is_told_by_the_noun_beside() -> None:
    findings = read("the DT 3 det\nferry NN 3 compound\nGannet NNP 4 nsubj Vehicle\nsank VBD 0 root sink")
    assert findings.all[0].subtype == "Ship"


def test_a_subtype_is_told_by_the_name() -> None:
    assert in_a_row(("Merrow River", "Place")).all[0].subtype == "Water"


def test_a_country_is_known_for_one() -> None:
    assert in_a_row(("Kazakhstan", "Place")).all[0].subtype == "Country"


@pytest.mark.parametrize(("stop", "kind"), [("–", "Place"), ("was", "Organisation")])
def test_what_a_dateline_begins_with_is_a_place(stop: str, kind: str) -> None:
    table = f"CARDIFF NNP 0 root Organisation\n, , 1 punct\n2 CD 1 dep\nMay NNP 1 dep\n2024 CD 1 dep\n{stop} , 1 punct"
    assert [each.type for each in read(table).all] == [kind]


def test_a_chain_shares_its_subtype() -> None:
    findings = in_a_row(("Merrow University", "Organisation"), ("Merrow", "Organisation"))
    assert [each.subtype for each in findings.all] == ["University", "University"]


def test_a_subtype_that_is_known_already_stays() -> None:
    findings = named(parse("Merrow_River NNP 0 root Place"))
    findings.all[0].subtype = "City"
    join_names(findings)
    assert findings.all[0].subtype == "City"


def test_nouns_beside_a_name_call_it_something() -> None:
    findings = read("the DT 3 det\nferry NN 3 compound\nGannet NNP 4 nsubj Vehicle\nsank VBD 0 root sink")
    assert [token.text for token, _ in nouns_beside(findings.all[0])] == ["ferry"]


def test_two_nouns_are_one_where_they_mean_one_thing() -> None:
    doc = parse("the DT 3 det\nspace NN 3 compound\nstation NN 0 root")
    noun = noun_at(doc[2])
    assert noun is not None
    assert noun.subtype == "Spacecraft"


def test_the_first_word_of_a_text_has_none_before_it() -> None:
    noun = noun_at(parse("Ferry NN 0 root")[0])
    assert noun is not None
    assert noun.subtype == "Ship"


def test_a_document_without_names_has_no_chains() -> None:
    findings = read("They PRP 2 nsubj\nleft VBD 0 root leave")
    assert findings.chains() == {}
    assert chain_of(findings, "They") is None


def test_a_name_that_brackets_define_is_the_one_before_them() -> None:
    table = (
        "Alternative_für_Deutschland NNP 2 nsubj Organisation\nslept VBD 0 root sleep\n. . 2 punct\n\n"
        "Alternative_für_Deutschland NNP 5 nsubj Organisation\n( -LRB- 3 punct\nAfD NNP 1 appos Organisation\n"
        ") -RRB- 3 punct\nwoke VBD 0 root wake\n. . 5 punct\n\nAfD NNP 2 nsubj Organisation\nslept VBD 0 root sleep"
    )
    assert len({each.chain for each in read(table).all}) == 1


def test_a_hull_number_in_brackets_is_the_ship() -> None:
    table = (
        "USS_Cole NNP 5 nsubj Vehicle\n( -LRB- 3 punct\nDDG-67 NNP 1 appos Vehicle\n) -RRB- 3 punct\nsailed VBD 0 root"
    )
    assert len({each.chain for each in read(table).all}) == 1


def test_a_subtype_that_is_told_votes_for_its_own_type() -> None:
    doc = parse("Skerry_Light NNP 2 nsubj Place\nshone VBD 0 root shine")
    findings = Findings(doc, [Found(doc.ents[0], "Place", subtype="Lighthouse", score=0.9)])
    join_names(findings)
    assert [(each.type, each.subtype) for each in findings.all] == [("Place", "Lighthouse")]


def test_a_name_that_is_voted_another_type_has_no_subtype_of_the_first() -> None:
    doc = parse(
        "ferry NN 2 compound\nSkerry NNP 3 nsubj Place\nsank VBD 0 root sink\n. . 3 punct\n\n"
        "ferry NN 2 compound\nSkerry NNP 3 nsubj Place\nsank VBD 0 root sink\n. . 3 punct\n\n"
        "ferry NN 2 compound\nSkerry NNP 3 nsubj Place\nsank VBD 0 root sink"
    )
    scores = ((0.2, "Lighthouse"), (0.2, None), (0.2, None))
    found = [
        Found(ent, "Place", subtype=told, score=score) for ent, (score, told) in zip(doc.ents, scores, strict=True)
    ]
    findings = Findings(doc, found)
    join_names(findings)
    assert {(each.type, each.subtype) for each in findings.all} == {("Vehicle", "Ship")}
