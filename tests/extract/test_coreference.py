from collections.abc import Mapping
from math import log

import pytest
from joints import Said, at, encoded
from parsed import named, parse

from kg.extract.chains import join_names
from kg.extract.coreference import LEAST_LINK, LEAST_SPAN, join_references
from kg.extract.found import Findings, Found
from kg.extract.joint import Calibration
from kg.model import Kind

TABLE = """
Anna_Vale  NNP   2  nsubj  Person
boarded    VBD   0  root   board
the        DT    4  det
Gannet     NNP   2  obj    Vehicle
.          .     2  punct

The        DT    2  det
captain    NN    3  nsubj
left       VBD   0  root   leave
her        PRP$  5  nmod:poss
ship       NN    3  obj
.          .     3  punct

She        PRP   2  nsubj
slept      VBD   0  root   sleep
.          .     2  punct
"""
Links = Mapping[tuple[str, str], float]
Spans = Mapping[tuple[str, str], float]
ALL: Spans = {("The captain", "Person"): 0.9, ("her ship", "Vehicle"): 0.9, ("She", "Person"): 0.9}


def joined(links: Links, spans: Spans = ALL, *, table: str = TABLE, calibration: Calibration | None = None) -> Findings:
    """Return the names of the table, with what the model joins to them."""
    doc = parse(table)
    findings = named(doc)
    join_names(findings)
    found = [(at(doc.text, words), kind, score) for (words, kind), score in spans.items()]
    join_references(findings, Said(links=links, calibration=calibration), encoded(doc.text, spans=found))
    return findings


def references(findings: Findings) -> dict[str, str]:
    """Return what each mention that is no name takes up: the first mention of its chain."""
    first: dict[int, str] = {}
    for each in findings.all:
        first.setdefault(each.chain, each.text)
    return {each.text: first[each.chain] for each in findings.all if each.kind is not Kind.NAME}


def only(findings: Findings, text: str) -> Found:
    (found,) = (each for each in findings.all if each.text == text)
    return found


# -------------------------------------------------------------------------------------------------------------- chains


def test_a_description_and_a_pronoun_take_up_a_name() -> None:
    found = joined({("The captain", "Anna Vale"): 7.0, ("She", "Anna Vale"): 7.0, ("her ship", "Gannet"): 7.0})
    assert references(found) == {"The captain": "Anna Vale", "She": "Anna Vale", "her ship": "Gannet"}


def test_a_chain_of_antecedents_ends_in_a_name() -> None:
    found = joined({("The captain", "Anna Vale"): 7.0, ("She", "The captain"): 7.0, ("She", "Gannet"): 6.0})
    assert references(found) == {"The captain": "Anna Vale", "She": "Anna Vale"}


def test_a_chain_without_a_name_is_left_out() -> None:
    assert references(joined({("She", "The captain"): 7.0})) == {}


def test_only_the_best_antecedent_counts() -> None:
    links = {("She", "Gannet"): 8.0, ("She", "The captain"): 9.0, ("She", "Anna Vale"): 7.0}
    assert references(joined(links)) == {}


def test_of_antecedents_as_probable_the_nearer_is_taken_up() -> None:
    assert references(joined({("She", "Anna Vale"): 7.0, ("She", "Gannet"): 7.0})) == {"She": "Gannet"}


def test_a_name_stays_a_name() -> None:
    links = {("the Gannet", "Anna Vale"): 7.0, ("Gannet", "Anna Vale"): 12.0}
    found = joined(links, {("the Gannet", "Vehicle"): 0.9})
    assert [(each.text, each.kind) for each in found.all] == [("Anna Vale", Kind.NAME), ("Gannet", Kind.NAME)]
    assert len({each.chain for each in found.all}) == 2


def test_a_reference_has_the_type_of_what_it_takes_up_and_how_probable_it_is() -> None:
    calibration = Calibration(scale={"antecedent": 0.5}, shift={"antecedent": 1.0})
    found = joined({("her ship", "Gannet"): 8.0, ("She", "Anna Vale"): 2.0}, calibration=calibration)
    ship, she = only(found, "her ship"), only(found, "She")
    assert (ship.type, ship.kind, ship.by) == ("Vehicle", Kind.DESCRIPTION, "kg.joint")
    assert (she.type, she.kind) == ("Person", Kind.PRONOUN)
    assert (ship.score, she.score) == pytest.approx((0.9933, 0.8808), abs=1e-4)


def test_a_reference_has_the_subtype_of_what_it_takes_up() -> None:
    doc = parse(TABLE)
    findings = Findings(doc, [Found(doc[4:5], "Vehicle", subtype="Ship", chain=3)])
    spans = [(at(doc.text, "her ship"), "Vehicle", 0.9)]
    join_references(findings, Said(links={("her ship", "Gannet"): 7.0}), encoded(doc.text, spans=spans))
    assert (only(findings, "her ship").subtype, only(findings, "her ship").chain) == ("Ship", 3)


# ----------------------------------------------------------------------------------------------- gender and who says it

TOLD = """
Anna_Vale  NNP   2  nsubj  Person
met        VBD   0  root   meet
{other}    NNP   2  obj    Person
.          .     2  punct

{sayer}    NNP   2  nsubj  Person
said       VBD   0  root   say
{it}       PRP   4  nsubj
left       VBD   2  ccomp  leave
.          .     2  punct

He         PRP   2  nsubj
slept      VBD   0  root   sleep
.          .     2  punct
"""


def taken_up(links: Links, *, other: str = "Kim_Hart", sayer: str = "Kim_Hart", it: str = "he") -> dict[str, str]:
    spans = {(it, "Person"): 0.9, ("He", "Person"): 0.9}
    return references(joined(links, spans, table=TOLD.format(other=other, sayer=sayer, it=it)))


def test_he_is_no_woman_whatever_the_model_holds_more_probable() -> None:
    assert taken_up({("He", "Anna Vale"): 9.0, ("He", "Kim Hart"): 5.0}) == {"He": "Kim Hart"}
    assert taken_up({("He", "Anna Vale"): 9.0}) == {}


def test_one_that_was_she_is_not_he() -> None:
    links = {("she", "Kim Hart"): 5.0, ("He", "Kim Hart"): 9.0, ("He", "Sam Moss"): 5.0}
    assert taken_up(links, other="Sam_Moss", it="she") == {"she": "Kim Hart", "He": "Sam Moss"}


def test_a_pronoun_in_what_somebody_says_is_the_one_who_says_it() -> None:
    assert taken_up({("he", "Tom Hart"): 7.0, ("he", "Kim Moss"): 5.0}, other="Tom_Hart", sayer="Kim_Moss") == {
        "he": "Kim Moss"
    }


@pytest.mark.parametrize(("kim", "who"), [(7.0, "Tom Hart"), (9.0, "Kim Moss")])
def test_of_whom_no_gender_is_known_is_it_where_the_model_is_sure(kim: float, who: str) -> None:
    links = {("He", "Tom Hart"): 6.0, ("He", "Kim Moss"): kim}
    assert taken_up(links, other="Tom_Hart", sayer="Kim_Moss")["He"] == who


def test_a_pronoun_that_is_left_open_does_not_leave_the_next_one_so() -> None:
    links = {("he", "Tom Hart"): -3.0, ("He", "he"): 9.0, ("He", "Tom Hart"): 2.0}
    assert taken_up(links, other="Tom_Hart") == {"He": "Tom Hart"}


def test_unless_the_model_is_sure_of_another() -> None:
    assert taken_up({("he", "Tom Hart"): 9.0, ("he", "Kim Moss"): 5.0}, other="Tom_Hart", sayer="Kim_Moss") == {
        "he": "Tom Hart"
    }


# ----------------------------------------------------------------------------------------------------------- thresholds


@pytest.mark.parametrize(
    ("words", "name", "kind"), [("She", "Anna Vale", "pronoun"), ("her ship", "Gannet", "description")]
)
def test_an_antecedent_must_be_likely_enough(words: str, name: str, kind: str) -> None:
    least = log(LEAST_LINK[Kind(kind)] / (1 - LEAST_LINK[Kind(kind)]))
    for logit, count in ((least + 0.01, 1), (least - 0.01, 0)):
        assert len(references(joined({(words, name): logit}))) == count


def test_the_calibration_tells_what_is_likely() -> None:
    calibration = Calibration(shift={"antecedent": -9.0})
    assert references(joined({("She", "Anna Vale"): 8.0}, calibration=calibration)) == {}
    assert references(joined({("She", "Anna Vale"): 8.0})) == {"She": "Anna Vale"}


def test_a_stretch_that_is_hardly_a_mention_is_left_out() -> None:
    for score, count in ((LEAST_SPAN - 0.01, 0), (LEAST_SPAN, 1)):
        assert len(references(joined({("She", "Anna Vale"): 7.0}, {("She", "Person"): score}))) == count


def test_the_types_of_a_stretch_are_one_doubt() -> None:
    spans = {("her ship", "Vehicle"): LEAST_SPAN / 2 + 0.01, ("her ship", "Place"): LEAST_SPAN / 2}
    assert references(joined({("her ship", "Gannet"): 7.0}, spans)) == {"her ship": "Gannet"}


def test_of_two_stretches_that_overlap_the_surer_stays() -> None:
    links = {("her", "Anna Vale"): 7.0, ("her ship", "Gannet"): 7.0}
    for surer, other in (("her", "her ship"), ("her ship", "her")):
        found = joined(links, {(surer, "Vehicle"): 0.9, (other, "Vehicle"): 0.8})
        assert list(references(found)) == [surer]


# ---------------------------------------------------------------------------------------------------------- pronouns

PRONOUN = """
Anna   NNP  2  nsubj  {kind}
saw    VBD  0  root
{word} PRP  2  obj
"""


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("him", {"Person"}),
        ("himself", {"Person"}),
        ("her", {"Person", "Vehicle"}),
        ("it", {"Organisation", "Vehicle", "Work", "Place"}),
        ("them", {"Organisation"}),
        ("you", set()),  # takes up nothing that the text names
        ("me", set()),
    ],
)
def test_a_pronoun_takes_up_what_it_can_stand_for(word: str, kinds: set[str]) -> None:
    for kind in ("Person", "Organisation", "Vehicle", "Place", "Work"):
        table = PRONOUN.format(word=word, kind=kind)
        found = joined({(word, "Anna"): 7.0}, {(word, "Other"): 0.9}, table=table)
        assert bool(references(found)) is (kind in kinds)


POSSESSED = """
Apex      NNP   2  nsubj  Organisation
sold      VBD   0  root   sell
Gannet    NNP   2  obj    Vehicle
;         ,     2  punct
its       PRP$  6  nmod:poss
{noun}    NN    7  nsubj
wept      VBD   2  parataxis
.         .     2  punct
"""


@pytest.mark.parametrize(("noun", "owner"), [("founder", "Apex"), ("keel", "Gannet"), ("colour", "Gannet")])
def test_a_craft_has_no_founder_and_a_firm_no_keel(noun: str, owner: str) -> None:
    links = {("its", "Apex"): 6.5, ("its", "Gannet"): 7.0 if noun != "keel" else 6.0}
    assert references(joined(links, {("its", "Vehicle"): 0.9}, table=POSSESSED.format(noun=noun))) == {"its": owner}


APPOSED = """
Kim_Hart  NNP   2  nsubj  Person
met       VBD   0  root   meet
Ben_Oar   NNP   2  obj    Person
,         ,     6  punct
his       PRP$  6  nmod:poss
{noun}    NN    3  appos  half-brother
{end}     {tag}     2  punct
"""


@pytest.mark.parametrize(
    ("noun", "end", "owner"),
    [
        ("half-brother", ". .", "Kim Hart"),
        ("captain", ". .", "Kim Hart"),
        ("shoes", ". .", "Ben Oar"),  # that is nobody
        ("captain", "slept NN", "Ben Oar"),
        ("brother", ", ,\nand CC 2 cc", "Ben Oar"),  # the next of a list
    ],
)
def test_nobody_is_his_own_brother(noun: str, end: str, owner: str) -> None:
    (form, tag), *rest = (line.split(maxsplit=1) for line in end.split("\n"))
    table = APPOSED.format(noun=noun, end=form, tag=tag).replace("half-brother\n", f"{noun}\n")
    table += "".join(f"{' '.join(line)}\n" for line in rest)
    links = {("his", "Kim Hart"): 6.5, ("his", "Ben Oar"): 7.0}
    assert references(joined(links, {("his", "Person"): 0.9}, table=table)) == {"his": owner}


def test_a_pronoun_takes_up_nothing_that_comes_after_it() -> None:
    table = "She PRP 2 nsubj\nsaw VBD 0 root see\nAnna NNP 2 obj Person\n"
    links = {("She", "Anna"): 7.0, ("Anna", "She"): 7.0}
    assert references(joined(links, {("She", "Person"): 0.9}, table=table)) == {}


def test_a_pronoun_tells_whose_the_next_one_is() -> None:
    table = PRONOUN.format(word="him", kind="Person") + "himself PRP 2 obl\n"
    spans = {("him", "Person"): 0.9, ("himself", "Person"): 0.8}
    found = joined({("him", "Anna"): 7.0, ("himself", "him"): 7.0}, spans, table=table)
    assert references(found) == {"him": "Anna", "himself": "Anna"}


def test_a_pronoun_that_does_not_fit_hands_nothing_on() -> None:
    spans = {("it", "Person"): 0.9, ("him", "Person"): 0.9}
    table = PRONOUN.format(word="it", kind="Person") + "him PRP 2 obj\n"
    assert references(joined({("it", "Anna"): 7.0, ("him", "it"): 7.0}, spans, table=table)) == {}


# ------------------------------------------------------------------------------------------------------ descriptions


@pytest.mark.parametrize("words", ["captain", "left", "left her ship", "The cap"])
def test_what_opens_with_no_determiner_and_ends_with_no_noun_refers_to_nothing(words: str) -> None:
    assert references(joined({(words, "Anna Vale"): 7.0}, {(words, "Person"): 0.9})) == {}


PHRASE = """
Anna     NNP  2  nsubj  {name}
saw      VBD  0  root   see
{phrase}
"""


def described(phrase: str, words: str, *, name: str = "Person", kind: str | None = None) -> list[str]:
    """Return the descriptions that take up Anna, of a phrase whose words the model takes for one mention."""
    table = PHRASE.format(name=name, phrase=phrase.strip("\n"))
    doc = parse(table)
    findings = named(doc)
    join_names(findings)
    start, end = at(doc.text, words)
    spans = [((start, end), kind or name, 0.9)]
    told = parse(table).text[start:end]
    links = {(told[:length], "Anna"): 7.0 for length in range(len(told) + 1)}
    join_references(findings, Said(links=links), encoded(doc.text, spans=spans))
    return list(references(findings))


def test_a_description_ends_with_its_noun() -> None:
    phrase = """
the      DT   4  det
captain  NN   2  obj
of       IN   7  case
the      DT   7  det
crew     NN   4  nmod
"""
    assert described(phrase, "the captain of the crew") == ["the captain"]


@pytest.mark.parametrize("opener", ["the", "this", "her", "our"])
def test_a_description_is_definite(opener: str) -> None:
    assert described(f"{opener} DT 4 det\ncaptain NN 2 obj", f"{opener} captain") == [f"{opener} captain"]


@pytest.mark.parametrize("opener", ["a", "every", "those"])
def test_what_is_not_definite_or_one_refers_to_nothing(opener: str) -> None:
    assert described(f"{opener} DT 4 det\ncaptain NN 2 obj", f"{opener} captain") == []


def test_of_several_things_no_chain_is_made() -> None:
    assert described("the DT 4 det\ncaptains NNS 2 obj captain", "the captains") == []


@pytest.mark.parametrize(
    ("noun", "name", "kind", "found"),
    [
        ("captain", "Person", "Person", 1),
        ("captain", "Vehicle", "Vehicle", 0),  # the noun can be no vehicle
        ("ship", "Vehicle", "Vehicle", 1),
        ("ship", "Vehicle", "Person", 0),  # the model takes it for a person
        ("zest", "Vehicle", "Vehicle", 1),  # a noun that is not known can be anything
    ],
)
def test_a_description_takes_up_what_its_noun_and_the_model_allow(noun: str, name: str, kind: str, found: int) -> None:
    assert len(described(f"the DT 4 det\n{noun} NN 2 obj", f"the {noun}", name=name, kind=kind)) == found


def test_a_ship_is_no_aircraft() -> None:
    doc = parse(TABLE)
    for subtype, count in (("Aircraft", 0), ("Ship", 1), (None, 1)):
        findings = Findings(doc, [Found(doc[4:5], "Vehicle", subtype=subtype, chain=3)])
        spans = [(at(doc.text, "her ship"), "Vehicle", 0.9)]
        join_references(findings, Said(links={("her ship", "Gannet"): 7.0}), encoded(doc.text, spans=spans))
        assert len(references(findings)) == count


def test_a_thing_of_no_type_of_the_vocabulary_is_taken_up_by_nothing() -> None:
    assert described("the DT 4 det\nzest NN 2 obj", "the zest", kind="Other") == []


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("the DT 5 det\nMerrow NNP 5 compound Place\nport NN 2 obj", "the Merrow port"),
        ("the DT 4 det\ncaptain NN 2 obj\nof IN 6 case\nOar NNP 4 nmod Vehicle", "the captain"),
        ("the DT 4 det\ncaptain NN 2 obj\n, , 6 punct\nBen NNP 4 appos Person", "the captain"),
        ("the DT 4 det\ncaptain NN 2 obj\nBen NNP 4 flat Person", "the captain"),
        ("Ben NNP 2 obj Person\n, , 3 punct\nthe DT 6 det\ncaptain NN 3 appos", "the captain"),
    ],
)
def test_a_description_that_carries_a_name_is_that_ones(phrase: str, words: str) -> None:
    assert described(phrase, words) == []
