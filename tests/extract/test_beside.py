"""What two names side by side tell: texts as words, each name with its type."""

import pytest
from parsed import parse, reading, told

from kg.extract.beside import beside_claims
from kg.extract.claims import Reading
from kg.extract.found import Findings, Found
from kg.model import Kind

Fact = tuple[str, str, str]
TAGS = {",": ",", "'s": "POS", "of": "IN", "from": "IN", "to": "IN", "with": "IN", "by": "IN", "aboard": "IN"}


def claims(text: str) -> set[Fact]:
    """Read "Gannet/Vehicle of the Luftwaffe/Organisation"; nothing depends on the parse but the sentence."""
    lines = []
    for number, word in enumerate(text.split(), 1):
        form, _, kind = word.partition("/")
        tag = "NNP" if kind else TAGS.get(form, "NN")
        lines.append(f"{form} {tag} {0 if number == 1 else 1} {'root' if number == 1 else 'dep'} {kind}".rstrip())
    return told(beside_claims(reading("\n".join(lines))))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("A350/Vehicle of the Luftwaffe/Organisation", ("A350", "operatedBy", "Luftwaffe")),
        ("Apex_Air/Organisation flight AI171/Vehicle", ("AI171", "operatedBy", "Apex Air")),
        ("B737/Vehicle , registration HL8088/Vehicle", ("HL8088", "modelOf", "B737")),
        ("Apex/Organisation of Merrow/Place", ("Apex", "headquarteredIn", "Merrow")),
        ("Anna/Person , of the Merrow_Institute/Organisation", ("Anna", "worksFor", "Merrow Institute")),
        ("Oak/Work , a short novel by Anna/Person", ("Anna", "authorOf", "Oak")),
        ("Anna/Person 's novel Oak/Work", ("Anna", "authorOf", "Oak")),
        ("Oak/Work , with Anna/Person", ("Anna", "castIn", "Oak")),
        ("Apex_Air/Organisation Gannet/Vehicle", ("Gannet", "operatedBy", "Apex Air")),
        ("Apex_Air/Organisation 's Gannet/Vehicle", ("Gannet", "operatedBy", "Apex Air")),
        ("Apex_Air/Organisation 's old ferry Gannet/Vehicle", ("Gannet", "operatedBy", "Apex Air")),
        ("Gannet/Vehicle and operated by Apex/Organisation", ("Gannet", "operatedBy", "Apex")),
        ("Gannet/Vehicle , built by Apex/Organisation", ("Gannet", "manufacturedBy", "Apex")),
        ("Gannet/Vehicle , owned by Apex/Organisation", ("Gannet", "ownedBy", "Apex")),
        ("Apex/Organisation , founded by Anna/Person", ("Anna", "founded", "Apex")),
        ("Sentinel_90/Vehicle , 5Y-RVA/Vehicle", ("5Y-RVA", "modelOf", "Sentinel 90")),
        ("A320/Vehicle ( N106US/Vehicle", ("N106US", "modelOf", "A320")),
        ("A350/Vehicle JA13XJ/Vehicle", ("JA13XJ", "modelOf", "A350")),
        ("KQ100/Vehicle from Merrow/Place", ("KQ100", "departsFrom", "Merrow")),
        ("Gannet/Vehicle had left Merrow/Place", ("Gannet", "departsFrom", "Merrow")),
        ("Gannet/Vehicle , bound for Merrow/Place", ("Gannet", "destination", "Merrow")),
        ("Gannet/Vehicle off Merrow/Place", ("Gannet", "locatedAt", "Merrow")),
        ("Apex/Organisation at Merrow/Place", ("Apex", "locatedIn", "Merrow")),
        ("Apex/Organisation of Finland/Place", ("Apex", "countryOf", "Finland")),
        ("Finland/Place 's Apex/Organisation", ("Apex", "countryOf", "Finland")),
        ("Liberia/Place -flagged Gannet/Vehicle", ("Gannet", "countryOf", "Liberia")),
        ("Merrow/Place 's Elm_Quay/Place", ("Elm Quay", "locatedIn", "Merrow")),
        ("Anna/Person , 34 , of Merrow/Place", ("Anna", "livesIn", "Merrow")),
    ],
)
def test_the_words_between_two_names_tell_what_they_are_to_each_other(text: str, fact: Fact) -> None:
    assert claims(text) == {fact}


@pytest.mark.parametrize(
    "text",
    [
        "A350/Vehicle and the Luftwaffe/Organisation",
        "Merrow/Place 's Apex/Organisation",  # it may be anything of the town's
        "Apex/Organisation 's tired crew Gannet/Vehicle",
        "D61/Vehicle , D62/Vehicle",
        "Talbot/Vehicle ( D61/Vehicle",
        "Apex/Organisation ship Gannet/Vehicle",
        "Anna/Person of Merrow/Place",
        "Oak/Work by Anna/Person",  # a film of hers, or a book
    ],
)
def test_other_words_tell_nothing(text: str) -> None:
    assert claims(text) == set()


def test_who_had_a_collision() -> None:
    told = {("Gannet", "collidedWith", "Tern")}
    assert claims("Gannet/Vehicle sank by Merrow/Place after a collision with the trawler Tern/Vehicle") == told
    assert claims("Gannet/Vehicle avoided a collision with the trawler Tern/Vehicle") == set()


def test_its_craft_are_run_by_it() -> None:
    pronoun = "its PRP$ 2 nmod\nferry NN 3 compound\nGannet NNP 0 root Vehicle"
    its = parse(pronoun)
    found = [Found(its[0:1], "Organisation", Kind.PRONOUN, chain=1), Found(its[2:3], "Vehicle", chain=2)]
    assert told(beside_claims(Reading(its, Findings(its, found)))) == {("Gannet", "operatedBy", "its")}


def test_a_way_has_a_start_and_an_end() -> None:
    assert claims("LH441/Vehicle from Merrow/Place to Vale/Place") == {
        ("LH441", "departsFrom", "Merrow"),
        ("LH441", "destination", "Vale"),
    }
    assert claims("LH441/Vehicle from Merrow/Place and Vale/Place") == {("LH441", "departsFrom", "Merrow")}


def test_who_a_vehicle_goes_with_is_aboard() -> None:
    both = {("Anna", "aboard", "Gannet"), ("Ben", "aboard", "Gannet")}
    assert claims("Gannet/Vehicle left with Anna/Person and Ben/Person aboard") == both
    assert claims("Gannet/Vehicle left with Anna/Person and Ben/Person on board") == both
    assert claims("Gannet/Vehicle left without Anna/Person aboard") == set()
    assert claims("Nobody left with Anna/Person aboard") == set()
