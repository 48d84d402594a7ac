from math import log

import pytest
from joints import Said, encoded
from parsed import reading, told

from kg.extract.claims import Claim, Reading
from kg.extract.joint import Calibration
from kg.extract.learnt import LEAST, learnt_claims, saying
from kg.schema import Schema, load

TABLE = """
Anna_Vale  NNP  2  nsubj  Person
boarded    VBD  0  root   board
the        DT   4  det
Gannet     NNP  2  obj    Vehicle
in         IN   7  case
March      NNP  7  compound
2021       CD   2  obl
.          .    2  punct

Ben        NNP  2  nsubj  Person
left       VBD  0  root   leave
Oldmark    NNP  2  obj    Organisation
.          .    2  punct
"""
LABELS = ("P22", "kn:DATE_OF_BIRTH", "kn:CEO", "kg:aboard", "kg:leads")
EVEN = {"kg": {"kg": 1.0, "bias": 0.0}}  # the logit as it is
Facts = dict[tuple[str, str, str], float]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load()


def claims(facts: Facts, schema: Schema, *, table: str = TABLE, calibration: Calibration | None = None) -> list[Claim]:
    read = reading(table)
    return list(learnt_claims(read, Said(LABELS, facts=facts, calibration=calibration), encoded(read.doc.text), schema))


def stated(facts: Facts, schema: Schema) -> set[tuple[str, str, str]]:
    return told(iter(claims(facts, schema)))


def test_a_label_states_its_predicate(schema: Schema) -> None:
    assert stated({("Anna Vale", "kg:aboard", "Gannet"): 3.0}, schema) == {("Anna Vale", "aboard", "Gannet")}


def test_a_label_may_state_it_the_other_way_round(schema: Schema) -> None:
    assert stated({("Oldmark", "kn:CEO", "Ben"): 5.0}, schema) == {("Ben", "leads", "Oldmark")}


def test_nothing_is_claimed_across_sentences(schema: Schema) -> None:
    assert stated({("Anna Vale", "kg:leads", "Oldmark"): 9.0}, schema) == set()


def test_a_claim_has_its_probability_and_says_who_made_it(schema: Schema) -> None:
    fact = {("Anna Vale", "kg:aboard", "Gannet"): 0.0}
    (claim,) = claims(fact, schema, calibration=Calibration(claims={"kg": {"kg": 1.0, "bias": 1.0}}))
    assert claim.score == pytest.approx(0.7311, abs=1e-4)
    assert claim.by == "kg.joint"
    assert claim.word.text == "boarded"


def test_what_is_improbable_is_not_claimed(schema: Schema) -> None:
    calibration = Calibration(claims=EVEN)
    least = log(LEAST / (1 - LEAST))
    for logit, count in ((least + 0.01, 1), (least - 0.01, 0)):
        assert len(claims({("Anna Vale", "kg:aboard", "Gannet"): logit}, schema, calibration=calibration)) == count


def test_a_date_is_an_end_of_what_has_one(schema: Schema) -> None:
    (claim,) = claims({("Anna Vale", "kn:DATE_OF_BIRTH", "March 2021"): 9.0}, schema)
    assert (claim.subject.text, claim.predicate, claim.object, claim.word.text) == (
        "Anna Vale",
        "bornOn",
        "2021-03",
        "Anna",
    )


def test_a_date_of_a_later_sentence_is_found_there(schema: Schema) -> None:
    table = "Ada NNP 2 nsubj Person\nslept VBD 0 root sleep\n. . 2 punct\n\n" + TABLE.split("\n\n")[0].lstrip()
    (claim,) = claims({("Anna Vale", "kn:DATE_OF_BIRTH", "March 2021"): 9.0}, schema, table=table)
    assert (claim.subject.text, claim.object) == ("Anna Vale", "2021-03")


def test_a_date_is_no_end_of_anything_else(schema: Schema) -> None:
    assert stated({("Anna Vale", "kg:aboard", "March 2021"): 9.0}, schema) == set()
    assert stated({("March 2021", "kn:DATE_OF_BIRTH", "Anna Vale"): 9.0}, schema) == set()


def test_a_mention_is_no_date(schema: Schema) -> None:
    assert stated({("Anna Vale", "kn:DATE_OF_BIRTH", "Gannet"): 9.0}, schema) == set()


AGAIN = """
Anna_Vale  NNP  2  nsubj  Person
met        VBD  0  root   meet
Vale       NNP  2  obj    Person
.          .    2  punct
"""


def test_nothing_is_claimed_of_a_thing_and_itself(schema: Schema) -> None:
    assert claims({("Anna Vale", "P22", "Vale"): 9.0}, schema, table=AGAIN) == []


def test_a_mention_within_a_date_keeps_its_words(schema: Schema) -> None:
    table = TABLE.replace("March      NNP  7  compound", "March      NNP  7  compound  Person")
    joint = Said(LABELS)
    read = reading(table)
    list(learnt_claims(read, joint, encoded(read.doc.text), schema))
    assert joint.asked == [(0, 6), (0, 2)]  # three names in the first sentence, and no date


def test_one_end_is_nothing_to_read(schema: Schema) -> None:
    joint = Said(LABELS)
    read = reading("Anna NNP 2 nsubj Person\nslept VBD 0 root sleep")
    assert list(learnt_claims(read, joint, encoded(read.doc.text), schema)) == []
    assert not joint.asked


# ------------------------------------------------------------------------------------------------------------ saying

CLAUSES = """
Anna_Vale  NNP  5  nsubj  Person
,          ,    1  punct
captain    NN   1  appos
said       VBD  5  parataxis  say
wanted     VBD  0  root   want
Ben        NNP  7  nsubj  Person
leave      VB   5  ccomp
Oldmark    NNP  7  obj    Organisation
's         POS  8  case
"""


def word(read: Reading, subject: str, thing: str) -> str:
    by_text = {each.span.text: each.span for each in read.findings.all}
    return saying(by_text[subject], by_text[thing]).text


@pytest.mark.parametrize(
    ("subject", "thing", "expected"),
    [
        ("Anna Vale", "Oldmark", "leave"),  # the verb nearest to the second on the way
        ("Oldmark", "Anna Vale", "wanted"),
        ("Ben", "Oldmark", "leave"),
    ],
)
def test_a_verb_on_the_way_between_them_says_it(subject: str, thing: str, expected: str) -> None:
    assert word(reading(CLAUSES), subject, thing) == expected


TITLE = """
Ben        NNP  2  nsubj  Person
wrote      VBD  0  root   write
Gone_Away  VBN  2  obj    Work
"""


def test_a_verb_in_a_name_says_nothing() -> None:
    assert word(reading(TITLE), "Ben", "Gone Away") == "wrote"


NOMINAL = """
Anna_Vale  NNP  0  root   Person
of         IN   4  case
the        DT   4  det
Gannet     NNP  1  nmod   Vehicle

Ben        NNP  2  nsubj  Person
left       VBD  0  root   leave
"""


def test_without_a_verb_their_governor_says_it() -> None:
    read = reading(NOMINAL)
    assert word(read, "Anna Vale", "Gannet") == word(read, "Gannet", "Anna Vale") == "Anna"


def test_of_two_sentences_the_second_says_it() -> None:
    assert word(reading(NOMINAL), "Anna Vale", "Ben") == "left"
