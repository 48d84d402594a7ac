from datetime import date

import pytest
from joints import Said, encoded
from msgspec.structs import replace
from parsed import extraction, facts, joined, parse, reading

from kg.extract.claims import Reading
from kg.extract.relations import _TIMELESS, mention_id, relations
from kg.model import Literal, Modality
from kg.schema import Clause, Predicate, load

MONDAY = date(2021, 10, 4)
BOARDED = "Anna_Vale NNP 2 nsubj Person\nboarded VBD 0 root board\nthe DT 4 det\nGannet NNP 2 obj Vehicle\n. . 2 punct"
CHIEF = "Apex NNP 2 compound Organisation\nchief NN 3 compound\nAnna_Vale NNP 4 nsubj Person\nslept VBD 0 root sleep"


def evidence(table: str, published: date | None = None) -> dict[tuple[str, str], str]:
    document, found = extraction(table, published)
    texts = {mention.id: mention.text for mention in found.mentions}
    return {(texts[r.subject], r.predicate): document.text[r.start : r.end] for r in found.relations}


def test_a_relation_stands_between_two_mentions() -> None:
    document, found = extraction(BOARDED)
    (relation,) = found.relations
    ids = {mention.text: mention.id for mention in found.mentions}
    assert (relation.subject, relation.predicate, relation.object) == (ids["Anna Vale"], "aboard", ids["Gannet"])


def test_the_evidence_is_from_one_end_to_the_other() -> None:
    assert evidence(BOARDED) == {("Anna Vale", "aboard"): "Anna Vale boarded the Gannet"}


def test_the_evidence_covers_the_word_that_says_so() -> None:
    table = "Anna NNP 3 nsubj Person\nGannet NNP 3 obj Vehicle\nboarded VBD 0 root board\nyesterday RB 3 advmod"
    assert evidence(table) == {("Anna", "aboard"): "Anna Gannet boarded"}


def test_an_end_in_another_sentence_is_not_in_the_evidence() -> None:
    table = (
        "Gannet NNP 2 nsubj Vehicle\nsailed VBD 0 root sail\n. . 2 punct\n\n"
        "Anna NNP 4 nsubj Person\nwas VBD 4 cop be\non IN 4 case\nboard NN 0 root\n. . 4 punct"
    )
    assert evidence(table)["Anna", "aboard"] == "Anna was on board"


def test_a_literal_has_the_datatype_of_the_schema() -> None:
    table = (
        "Anna NNP 3 nsubj:pass Person\nwas VBD 3 aux:pass be\nborn VBN 0 root bear\non IN 5 case\n"
        "5_October_1970 NNP 3 obl\n. . 3 punct"
    )
    _, found = extraction(table)
    assert [relation.object for relation in found.relations] == [Literal(value="1970-10-05", datatype="date")]


def test_what_the_schema_does_not_allow_is_not_said() -> None:
    table = "Merrow NNP 2 nsubj Place\nleads VBZ 0 root lead\nGermany NNP 2 obj Place\n. . 2 punct"
    assert facts(table) == {}


def test_a_thing_is_not_related_to_itself() -> None:
    table = "Apex NNP 2 nsubj Organisation\nbought VBD 0 root buy\nApex NNP 2 obj Organisation\n. . 2 punct"
    assert facts(table) == {}


AND_LEADS = (
    "Anna NNP 2 nsubj Person\nworks VBZ 0 root work\nfor IN 4 case\nApex NNP 2 obl Organisation\n{stop}"
    "leads VBZ {n} {dep} lead\nApex NNP {verb} obj Organisation"
)


def test_the_most_specific_predicate_is_the_one_that_is_said() -> None:
    table = AND_LEADS.format(stop="and CC 6 cc\n", n=2, dep="conj", verb=6)
    assert set(facts(table)) == {("Anna", "leads", "Apex")}


def test_what_is_said_in_another_sentence_is_said_besides() -> None:
    table = AND_LEADS.format(stop="\nAnna NNP 2 nsubj Person\n", n=0, dep="root", verb=2)
    _, found = extraction(table)
    assert [relation.predicate for relation in found.relations] == ["worksFor", "leads"]


@pytest.mark.parametrize("scores", [(0.3, 0.6), (0.6, 0.3)])
def test_what_one_sentence_says_twice_is_said_once_with_the_better_score(scores: tuple[float, float]) -> None:
    table = (
        "Anna NNP 2 nsubj Person\nboarded VBD 0 root board\nGannet NNP 2 obj Vehicle\nand CC 5 cc\n"
        "entered VBD 2 conj enter\nGannet NNP 5 obj Vehicle\n. . 2 punct"
    )
    clauses = tuple(
        Clause(predicate="aboard", lemmas=(verb,), subject=("agent",), object=("patient",), score=score)
        for verb, score in zip(("board", "enter"), scores, strict=True)
    )
    (relation,) = relations(reading(table), "d", replace(load(), clause=clauses))
    assert relation.score == 0.6


def test_the_score_of_a_relation_is_its_claims_however_sure_its_ends() -> None:
    doc = parse(BOARDED)
    findings = joined(doc)
    (sure,) = relations(Reading(doc, findings), "d", load())
    findings.all[0].score = 0.5
    (unsure,) = relations(Reading(doc, findings), "d", load())
    assert unsure == sure


def test_what_is_told_of_a_town_is_not_told_of_its_state_anew() -> None:
    table = (
        "Anna NNP 3 nsubj:pass Person\nwas VBD 3 aux:pass be\nborn VBN 0 root bear\nin IN 5 case\n"
        "Merrow NNP 3 obl Place\n, , 7 punct\nWestmark NNP 5 conj Place\nand CC 9 cc\n"
        "slept VBD 3 conj sleep\n. . 3 punct"
    )
    texts = {(one, predicate) for one, predicate in evidence(table)}
    assert texts == {("Anna", "bornIn"), ("Merrow", "locatedIn")}
    listed = table.replace("slept VBD 3 conj sleep", "Oak NNP 5 conj Place")
    assert [one.predicate for one in extraction(listed)[1].relations] == ["bornIn"] * 3


@pytest.mark.parametrize(("join", "born"), [("cc", set()), ("mark", {("Anna", "bornOn")})])
def test_the_year_of_one_clause_dates_no_other(join: str, born: set[tuple[str, str]]) -> None:
    table = (
        "Anna NNP 2 nsubj Person\nsailed VBD 0 root sail\nin IN 4 case\n2005 CD 2 obl\n"
        f"and CC 7 {join}\nwas VBD 7 aux:pass be\nborn VBN 2 conj bear\n. . 2 punct"
    )
    assert set(evidence(table)) == born


@pytest.mark.parametrize(("year", "count"), [("2005", 0), ("1970", 1)])
def test_the_model_dates_nothing_by_another_clause_than_that_of_the_verb(year: str, count: int) -> None:
    # The parse has lost who was born.
    table = (
        "Anna NNP 2 nsubj Person\nsailed VBD 0 root sail\nin IN 4 case\n2005 CD 2 obl\nand CC 7 cc\nwas VBD 7 dep be\n"
        "born VBN 2 dep bear\nin IN 9 case\n1970 CD 2 obl\n. . 2 punct"
    )
    read = reading(table)
    labels = ("kn:DATE_OF_BIRTH",)
    model = Said(labels, facts={("Anna", labels[0], year): 9.0}), encoded(read.doc.text)
    found = [one for one in relations(read, "d", load(), model) if "joint" in one.by]
    assert [one.predicate for one in found] == ["bornOn"] * count


def test_who_is_introduced_is_so_whatever_is_planned() -> None:
    table = (
        "Apex NNP 2 nsubj Organisation\nplans VBZ 0 root plan\nto TO 4 mark\nsail VB 2 xcomp sail\n, , 7 punct\n"
        "its PRP$ 7 nmod:poss\nchairman NN 4 conj\n, , 9 punct\nAnna NNP 4 obl Person\n, , 2 punct\n"
        "slept VBD 2 parataxis sleep"
    )
    held = {(one.predicate, one.modality) for one in extraction(table)[1].relations}
    assert ("holdsPosition", Modality.ASSERTED) in held


def test_relations_come_in_the_order_of_the_text() -> None:
    _, found = extraction(CHIEF + "\n\n" + BOARDED)
    assert [relation.start for relation in found.relations] == sorted(relation.start for relation in found.relations)
    assert len(found.relations) == 3


@pytest.mark.parametrize(
    ("auxiliary", "modality"),
    [("will MD", Modality.PLANNED), ("may MD", Modality.POSSIBLE), ("never RB", Modality.NEGATED)],
)
def test_a_relation_is_held_as_its_clause_is(auxiliary: str, modality: Modality) -> None:
    dep = "advmod" if "RB" in auxiliary else "aux"
    table = f"Anna NNP 3 nsubj Person\n{auxiliary} 3 {dep}\nboard VB 0 root\nGannet NNP 3 obj Vehicle\n. . 3 punct"
    assert facts(table)["Anna", "aboard", "Gannet"].modality is modality


def report(*clause: str) -> str:
    return "\n".join(["Ben NNP 2 nsubj Person", "said VBD 0 root say", *clause, ". . 2 punct"])


def test_a_reported_relation_names_who_says_so() -> None:
    table = report("Anna NNP 4 nsubj Person", "boarded VBD 2 ccomp board", "Gannet NNP 4 obj Vehicle")
    relation = facts(table)["Anna", "aboard", "Gannet"]
    assert (relation.modality, relation.source) == (Modality.REPORTED, "d#char=0,3")


def test_a_reported_plan_is_a_plan_of_whom_says_so() -> None:
    table = report("Anna NNP 5 nsubj Person", "will MD 5 aux", "board VB 2 ccomp board", "Gannet NNP 5 obj Vehicle")
    relation = facts(table)["Anna", "aboard", "Gannet"]
    assert (relation.modality, relation.source) == (Modality.PLANNED, "d#char=0,3")


@pytest.mark.xfail(reason="reporter() wants a subject")
def test_a_report_by_nobody_named_is_a_report() -> None:
    table = (
        "It PRP 3 expl\nwas VBD 3 aux:pass be\nreported VBN 0 root report\nthat IN 6 mark\nAnna NNP 6 nsubj Person\n"
        "boarded VBD 3 ccomp board\nGannet NNP 6 obj Vehicle"
    )
    assert facts(table)["Anna", "aboard", "Gannet"].modality is Modality.REPORTED


def test_what_someone_claims_to_do_is_reported_by_him() -> None:
    table = "Ben NNP 2 nsubj Person\nclaims VBZ 0 root claim\nto TO 4 mark\nboard VB 2 xcomp\nGannet NNP 4 obj Vehicle"
    relation = facts(table)["Ben", "aboard", "Gannet"]
    assert (relation.modality, relation.source) == (Modality.REPORTED, "d#char=0,3")


def test_former_before_the_whole_phrase_is_past() -> None:
    table = (
        "Former JJ 4 amod\nApex NNP 3 compound Organisation\nchief NN 4 compound\nAnna NNP 5 nsubj Person\n"
        "slept VBD 0 root sleep"
    )
    assert facts(table)["Anna", "leads", "Apex"].modality is Modality.PAST


def test_who_says_so_may_be_words() -> None:
    table = (
        "The DT 3 det\nharbour NN 3 compound\nmaster NN 4 nsubj\nsaid VBD 0 root say\nAnna NNP 6 nsubj Person\n"
        "boarded VBD 4 ccomp board\nGannet NNP 6 obj Vehicle\n. . 4 punct"
    )
    assert facts(table)["Anna", "aboard", "Gannet"].source == "The harbour master"


def test_the_words_of_who_says_so_stand_as_they_do_in_the_text() -> None:
    table = (
        "The DT 2 det\nyard NN 4 nmod:poss\n's POS 2 case\nmaster NN 5 nsubj\nsaid VBD 0 root say\n"
        "Anna NNP 7 nsubj Person\nboarded VBD 5 ccomp board\nGannet NNP 7 obj Vehicle\n. . 5 punct"
    )
    assert facts(table)["Anna", "aboard", "Gannet"].source == "The yard's master"


ON_TUESDAY = "on IN {n} case\nTuesday NNP 2 obl\n. . 2 punct"


def test_what_happens_has_the_time_of_its_sentence() -> None:
    table = BOARDED.replace(". . 2 punct", ON_TUESDAY.format(n=6))
    assert facts(table, MONDAY)["Anna Vale", "aboard", "Gannet"].time == "2021-10-05"


def test_what_happens_at_no_told_time_has_none() -> None:
    assert facts(BOARDED, MONDAY)["Anna Vale", "aboard", "Gannet"].time is None


def test_what_someone_is_has_no_time() -> None:
    table = (
        "cosmonaut NN 2 compound\nAnna_Vale NNP 3 nsubj Person\nslept VBD 0 root sleep\non IN 5 case\nTuesday NNP 3 obl"
    )
    assert facts(table, MONDAY)["Anna Vale", "occupation", "cosmonaut"].time is None


def test_every_predicate_without_a_time_is_in_the_schema() -> None:
    assert set(load().predicates) >= _TIMELESS


def test_the_id_of_a_mention_is_that_of_its_record() -> None:
    _, found = extraction(BOARDED)
    read = reading(BOARDED)
    assert [mention_id("d", each) for each in read.findings.all] == [mention.id for mention in found.mentions]


def test_a_schema_of_the_users_decides() -> None:
    schema = load()
    kept = {name: rule for name, rule in schema.predicates.items() if name != "aboard"}
    narrow = Predicate(label="aboard", subject=("Place",), object=("Place",))
    assert relations(reading(BOARDED), "d", replace(schema, predicates={**kept, "aboard": narrow})) == ()


def test_a_time_in_a_sentence_without_a_verb_ends_the_search_for_its_clause() -> None:
    table = (
        "Apex NNP 2 compound Organisation\nchief NN 3 compound\nAnna_Vale NNP 0 root Person\n"
        "in IN 5 case\n2019 CD 3 nmod"
    )
    assert evidence(table, MONDAY)["Anna Vale", "leads"] == "Apex chief Anna Vale"


def test_a_pattern_of_the_users_wins_over_a_surer_one() -> None:
    own = Clause(predicate="aboard", lemmas=("board",), subject=("agent",), object=("patient",), score=0.1)
    (relation,) = relations(reading(BOARDED), "d", replace(load(), clause=(own,)))
    assert (relation.by, relation.score) == ("kg.patterns.user", 0.1)
