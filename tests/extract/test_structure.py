import pytest
from parsed import chain_of, named, parse, reading, told

from kg.extract.anaphora import join_descriptions
from kg.extract.chains import join_names
from kg.extract.claims import Reading
from kg.extract.found import Found
from kg.extract.structure import structure_claims
from kg.model import Kind


def claims(table: str) -> set[tuple[str, str, str]]:
    return told(structure_claims(reading(table)))


MERROW_IN = "from IN 2 case\nPort_Merrow NNP 0 root Place\nin IN 4 case\n{country} NNP 2 nmod Place\n. . 2 punct"


def test_a_place_in_a_place() -> None:
    assert claims(MERROW_IN.format(country="Kazakhstan")) == {("Port Merrow", "locatedIn", "Kazakhstan")}


def test_a_place_in_a_place_with_a_noun_between() -> None:
    table = (
        "the DT 3 det\nMerrow NNP 3 compound Place\nspaceport NN 0 root\nin IN 5 case\nKazakhstan NNP 3 nmod Place\n"
        ". . 3 punct"
    )
    assert claims(table) == {("Merrow", "locatedIn", "Kazakhstan")}


@pytest.mark.parametrize("word", ["from", "and", "near"])
def test_a_place_beside_a_place_is_not_in_it(word: str) -> None:
    assert claims(MERROW_IN.format(country="Kazakhstan").replace("in IN", f"{word} IN")) == set()


def test_a_place_in_another_sentence_is_not_the_place_where_it_is() -> None:
    assert claims("Merrow NNP 0 root Place\n\nin IN 2 case\nKazakhstan NNP 0 root Place") == set()


def test_a_city_and_its_country_after_a_comma() -> None:
    table = "in IN 2 case\nMerrow NNP 0 root Place\n, , 4 punct\nGermany NNP 2 appos Place\n. . 2 punct"
    assert claims(table) == {("Merrow", "locatedIn", "Germany")}


def test_a_city_and_its_region_between_commas() -> None:
    table = (
        "in IN 2 case\nMerrow NNP 6 obl Place\n, , 4 punct\nWestmark NNP 2 appos Place\n, , 4 punct\n"
        "slept VBD 0 root sleep"
    )
    assert claims(table) == {("Merrow", "locatedIn", "Westmark")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Merrow/Place , Westmark/Place , and Oak/Place slept", set()),
        ("Merrow/Place , Westmark/Place , Oak/Place and Elm/Place slept", set()),
        (
            "Merrow/Place , Westmark/Place , and Oak/Place , Eastmark/Place slept",
            {("Merrow", "Westmark"), ("Oak", "Eastmark")},
        ),
        ("Merrow/Place , Westmark/Place and slept", {("Merrow", "Westmark")}),
    ],
)
def test_a_list_of_places_is_no_place_in_another(text: str, told: set[tuple[str, str]]) -> None:
    words = [word.partition("/") for word in text.split()]
    tags = {",": ",", "and": "CC", "slept": "VBD"}
    rows = [
        f"{form} {tags.get(form, 'NNP')} {0 if n == 0 else 1} {'root' if n == 0 else 'dep'} {kind}"
        for n, (form, _, kind) in enumerate(words)
    ]
    assert claims("\n".join(row.rstrip() for row in rows)) == {(one, "locatedIn", other) for one, other in told}


def test_south_american_is_of_no_country() -> None:
    table = "the DT 4 det\nSouth ADJ 3 amod\nAmerican JJ 4 amod\ngroup NN 5 compound\nApex NNP 0 root Organisation"
    assert claims(table.replace("South ADJ", "South JJ")) == set()
    assert claims(table.replace("South ADJ", "new JJ")) == {("Apex", "countryOf", "United States")}


def test_two_countries_after_each_other_are_a_list() -> None:
    table = (
        "in IN 2 case\nGermany NNP 7 obl Place\n, , 4 punct\nFrance NNP 2 conj Place\nand CC 6 cc\n"
        "Spain NNP 2 conj Place\nslept VBD 0 root sleep"
    )
    assert claims(table) == set()


def test_a_person_is_in_no_place_by_structure() -> None:
    assert claims("Anna NNP 0 root Person\nin IN 3 case\nMerrow NNP 1 nmod Place") == set()


def test_a_craft_and_its_model() -> None:
    table = (
        "the DT 2 det\nGannet NNP 6 nsubj Vehicle\n, , 5 punct\na DT 5 det\nSky_Tern NNP 2 appos Vehicle\n"
        "sank VBD 0 root sink"
    )
    assert claims(table) == {("Gannet", "modelOf", "Sky Tern")}


def with_adjective(*lines: str) -> str:
    return "\n".join(["the DT 4 det", "Russian JJ 4 amod", *lines, "slept VBD 0 root sleep"])


def test_an_agency_of_a_country() -> None:
    table = with_adjective("space NN 4 compound", "agency NN 5 compound", "Apex NNP 6 nsubj Organisation")
    assert ("Apex", "countryOf", "Russia") in claims(table)


def test_a_person_of_a_country_is_its_citizen() -> None:
    table = with_adjective("young JJ 4 amod", "actress NN 5 compound", "Anna_Vale NNP 6 nsubj Person")
    assert ("Anna Vale", "citizenOf", "Russia") in claims(table)


def test_a_name_right_after_the_adjective() -> None:
    assert ("Gannet", "countryOf", "Russia") in claims(
        "Russian JJ 2 amod\nGannet NNP 3 nsubj Vehicle\nsank VBD 0 root sink"
    )


def test_a_list_after_a_plural_noun_is_all_of_the_country() -> None:
    table = (
        "the DT 3 det\nUS NNP 3 compound Place\ncompanies NNS 0 root company\nApex NNP 3 appos Organisation\n"
        ", , 6 punct\nBeacon NNP 4 conj Organisation\nand CC 8 cc\nCrest NNP 4 conj Organisation"
    )
    assert claims(table) == {(name, "countryOf", "US") for name in ("Apex", "Beacon", "Crest")}


def test_a_list_after_a_singular_noun_is_of_the_country_in_its_first() -> None:
    table = (
        "Russian JJ 2 amod\ncompany NN 3 compound\nApex NNP 6 nsubj Organisation\nand CC 5 cc\n"
        "Beacon NNP 3 conj Organisation\nslept VBD 0 root sleep"
    )
    assert claims(table) == {("Apex", "countryOf", "Russia")}


def test_a_noun_of_another_kind_belongs_to_nobody() -> None:
    table = with_adjective("old JJ 4 amod", "city NN 5 compound", "Apex NNP 6 nsubj Organisation")
    assert claims(table) == set()


def test_an_adjective_with_other_words_before_the_name_belongs_to_nobody() -> None:
    table = "Russian JJ 2 amod\ntea NN 4 nsubj\nthat WDT 4 obj\nApex NNP 1 nsubj Organisation".replace("4 nsubj", "0 x")
    assert claims(table) == set()


def test_an_adjective_in_lower_case_is_no_country() -> None:
    assert claims("polish JJ 2 amod\nGannet NNP 3 nsubj Vehicle\nsank VBD 0 root sink") == set()


def test_a_head_of_state_leads_the_country() -> None:
    table = "Russian JJ 3 amod\npresident NN 3 compound\nAnna_Vale NNP 4 nsubj Person\nslept VBD 0 root sleep"
    assert {("Anna Vale", "leads", "Russia"), ("Anna Vale", "citizenOf", "Russia")} <= claims(table)


def office(*words: str) -> str:
    count = len(words) + 1
    lines = [f"{word} NN {count} compound" for word in words]
    return "\n".join([*lines, f"Anna_Vale NNP {count + 1} nsubj Person", "slept VBD 0 root sleep"])


def test_what_someone_is_by_occupation() -> None:
    assert claims(office("actress")) == {("Anna Vale", "occupation", "actress")}


def test_what_office_someone_holds() -> None:
    assert claims(office("mayor")) == {("Anna Vale", "holdsPosition", "mayor")}


def test_an_office_is_told_in_full() -> None:
    assert claims(office("deputy", "prime", "minister")) == {("Anna Vale", "holdsPosition", "deputy prime minister")}


def test_a_former_office_is_told_without_former() -> None:
    table = "former JJ 2 amod\nmayor NN 3 compound\nAnna_Vale NNP 4 nsubj Person\nslept VBD 0 root sleep"
    assert claims(table) == {("Anna Vale", "holdsPosition", "mayor")}


def test_an_occupation_of_several_people_is_that_of_each() -> None:
    table = (
        "cosmonauts NNS 2 compound cosmonaut\nAnna_Vale NNP 5 nsubj Person\nand CC 4 cc\nBen_Oduya NNP 2 conj Person\n"
        "slept VBD 0 root sleep"
    )
    assert claims(table) == {(name, "occupation", "cosmonaut") for name in ("Anna Vale", "Ben Oduya")}


def test_an_occupation_that_the_tagger_missed_is_known_by_the_name_after_it() -> None:
    table = "cosmonaut VB 2 compound\nAnna_Vale NNP 3 nsubj Person\nslept VBD 0 root sleep"
    assert claims(table) == {("Anna Vale", "occupation", "cosmonaut")}


def test_a_victim_has_no_occupation() -> None:
    assert claims(office("victim")) == set()


FILM = "They PRP 2 nsubj\nwatched VBD 0 root watch\nGrey_Water NNP 2 obj Work\n. . 2 punct"
HERS = "Her PRP$ 2 nmod:poss\nfilm NN 3 nsubj\nopened VBD 0 root open\n. . 3 punct"


def hers(occupation: str) -> set[tuple[str, str, str]]:
    """Return what is claimed where "her" is known to be the woman of that occupation."""
    doc = parse(f"{office(occupation)}\n\n{FILM}\n\n{HERS}")
    findings = named(doc)
    join_names(findings)
    chain = chain_of(findings, "Anna Vale")
    assert chain is not None
    her = next(token for token in doc if token.text == "Her")
    findings.add(Found(doc[her.i : her.i + 1], "Person", Kind.PRONOUN, chain=chain))
    join_descriptions(findings)
    return told(structure_claims(Reading(doc, findings)))


@pytest.mark.parametrize(("occupation", "predicate"), [("actress", "castIn"), ("director", "directorOf")])
def test_her_film_tells_what_she_did_by_her_occupation(occupation: str, predicate: str) -> None:
    assert ("Her", predicate, "film") in hers(occupation)


def test_her_film_tells_nothing_of_a_cosmonaut() -> None:
    assert {predicate for _, predicate, _ in hers("cosmonaut")} == {"occupation"}
