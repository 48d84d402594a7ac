"""What two names side by side tell: texts as words, each name with its type."""

import pytest
from parsed import reading, told

from kg.extract.beside import beside_claims

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
    ],
)
def test_the_words_between_two_names_tell_what_they_are_to_each_other(text: str, fact: Fact) -> None:
    assert claims(text) == {fact}


@pytest.mark.parametrize(
    "text",
    [
        "A350/Vehicle and the Luftwaffe/Organisation",
        "Apex/Organisation of Finland/Place",  # a seat is in a town
        "Apex/Organisation ship Gannet/Vehicle",
        "Anna/Person of Merrow/Place",
        "Oak/Work by Anna/Person",  # a film of hers, or a book
    ],
)
def test_other_words_tell_nothing(text: str) -> None:
    assert claims(text) == set()


def test_a_way_has_a_start_and_an_end() -> None:
    assert claims("LH441/Vehicle from Merrow/Place to Vale/Place") == {
        ("LH441", "departsFrom", "Merrow"),
        ("LH441", "destination", "Vale"),
    }
    assert claims("LH441/Vehicle from Merrow/Place and Vale/Place") == set()


def test_who_a_vehicle_goes_with_is_aboard() -> None:
    both = {("Anna", "aboard", "Gannet"), ("Ben", "aboard", "Gannet")}
    assert claims("Gannet/Vehicle left with Anna/Person and Ben/Person aboard") == both
    assert claims("Gannet/Vehicle left with Anna/Person and Ben/Person on board") == both
    assert claims("Gannet/Vehicle left without Anna/Person aboard") == set()
    assert claims("Nobody left with Anna/Person aboard") == set()
