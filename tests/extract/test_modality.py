import pytest
from parsed import parse
from spacy.tokens import Doc, Token

from kg.extract import modality
from kg.extract.modality import modality_of
from kg.model import PRIORITY, Modality

ASSERTED, REPORTED, PAST = Modality.ASSERTED, Modality.REPORTED, Modality.PAST
PLANNED, POSSIBLE, NEGATED = Modality.PLANNED, Modality.POSSIBLE, Modality.NEGATED


def word(table: str, form: str) -> Token:
    return next(token for token in parse(table) if token.text == form)


def held(table: str, form: str = "sail") -> Modality:
    return modality_of(word(table, form))


def with_auxiliary(*words: str) -> str:
    verb = len(words) + 2
    auxiliaries = "\n".join(f"{w} MD {verb} aux" for w in words)
    return f"Anna NNP {verb} nsubj\n{auxiliaries}\nsail VB 0 root".replace("\n\n", "\n")


def governed(governor: str, tag: str = "VBZ", dep: str = "xcomp", lemma: str = "") -> str:
    return f"Anna NNP 2 nsubj\n{governor} {tag} 0 root {lemma or governor}\nto TO 4 mark\nsail VB 2 {dep}"


def test_what_is_simply_said_is_asserted() -> None:
    assert held("Anna NNP 2 nsubj\nsailed VBD 0 root sail", "sailed") is ASSERTED


@pytest.mark.parametrize("auxiliary", ["will", "shall", "'ll"])
def test_will_is_planned(auxiliary: str) -> None:
    assert held(with_auxiliary(auxiliary)) is PLANNED


@pytest.mark.parametrize("auxiliary", ["may", "might", "could", "would", "can"])
def test_may_is_possible(auxiliary: str) -> None:
    assert held(with_auxiliary(auxiliary)) is POSSIBLE


@pytest.mark.parametrize("negation", ["not", "n't", "never", "hardly"])
def test_not_is_negated(negation: str) -> None:
    assert held(f"Anna NNP 4 nsubj\ndid VBD 4 aux do\n{negation} RB 4 advmod\nsail VB 0 root") is NEGATED


def test_no_before_the_predicate_is_negated() -> None:
    assert held("Anna NNP 4 nsubj\nis VBZ 4 cop be\nno DT 4 det\ncaptain NN 0 root", "captain") is NEGATED


def test_not_only_denies_nothing() -> None:
    assert held("Anna NNP 4 nsubj\nnot RB 4 advmod\nonly RB 4 advmod\nsailed VBD 0 root sail", "sailed") is ASSERTED


def test_negation_wins_over_the_future() -> None:
    assert held("Anna NNP 4 nsubj\nwill MD 4 aux\nnot RB 4 advmod\nsail VB 0 root") is NEGATED


def test_possibility_wins_over_a_plan() -> None:
    table = "Anna NNP 3 nsubj\nmay MD 3 aux\nplan VB 0 root\nto TO 5 mark\nsail VB 3 xcomp"
    assert held(table) is POSSIBLE


@pytest.mark.parametrize("verb", ["plan", "intend", "want", "agree", "promise", "hope"])
def test_a_verb_of_intent_makes_a_plan(verb: str) -> None:
    assert held(governed(verb)) is PLANNED


def test_scheduled_to_is_planned() -> None:
    table = "Anna NNP 3 nsubj:pass\nis VBZ 3 aux:pass be\nscheduled VBN 0 root schedule\nto TO 5 mark\nsail VB 3 xcomp"
    assert held(table) is PLANNED


def test_is_to_is_planned() -> None:
    assert held("Anna NNP 4 nsubj\nis VBZ 4 aux be\nto TO 4 mark\nsail VB 0 root") is PLANNED


@pytest.mark.parametrize("verb", ["deny", "refuse", "decline", "fail", "cancel"])
def test_a_verb_of_denial_negates(verb: str) -> None:
    assert held(governed(verb)) is NEGATED


def test_the_denial_itself_is_asserted() -> None:
    assert held(governed("refuse"), "refuse") is ASSERTED


@pytest.mark.parametrize("verb", ["seem", "appear"])
def test_a_verb_of_appearance_is_possible(verb: str) -> None:
    assert held(governed(verb)) is POSSIBLE


def test_what_is_thought_to_be_so_is_possible() -> None:
    table = "Anna NNP 3 nsubj:pass\nis VBZ 3 aux:pass be\nbelieved VBN 0 root believe\nto TO 5 mark\nsail VB 3 xcomp"
    assert held(table) is POSSIBLE


def test_what_someone_suspects_is_possible() -> None:
    table = "Ben NNP 2 nsubj\nsuspects VBZ 0 root suspect\nthat IN 5 mark\nAnna NNP 5 nsubj\nsailed VBD 2 ccomp sail"
    assert held(table, "sailed") is POSSIBLE


@pytest.mark.parametrize("adverb", ["perhaps", "reportedly", "allegedly", "probably"])
def test_an_adverb_of_doubt_is_possible(adverb: str) -> None:
    assert held(f"Anna NNP 3 nsubj\n{adverb} RB 3 advmod\nsailed VBD 0 root sail", "sailed") is POSSIBLE


@pytest.mark.parametrize("mark", ["if", "unless", "whether", "If"])
def test_a_condition_is_possible(mark: str) -> None:
    table = f"{mark} IN 3 mark\nAnna NNP 3 nsubj\nsails VBZ 5 advcl sail\nBen NNP 5 nsubj\nwaits VBZ 0 root wait"
    assert held(table, "sails") is POSSIBLE


@pytest.mark.parametrize("adjective", ["former", "late", "erstwhile"])
def test_former_is_past(adjective: str) -> None:
    assert held(f"the DT 3 det\n{adjective} JJ 3 amod\ncaptain NN 0 root", "captain") is PAST


def test_once_is_past() -> None:
    assert held("Anna NNP 3 nsubj\nonce RB 3 advmod\nled VBD 0 root lead", "led") is PAST


def test_used_to_is_past() -> None:
    assert held(governed("used", "VBD", lemma="use")) is PAST


def test_a_plan_does_not_reach_a_clause_with_a_subject_of_its_own() -> None:
    table = "Anna NNP 2 nsubj\nplans VBZ 0 root plan\nand CC 5 cc\nBen NNP 5 nsubj\nsailed VBD 2 conj sail\n. . 2 punct"
    assert held(table, "sailed") is ASSERTED


def test_a_refusal_to_speak_does_not_deny_what_was_said() -> None:
    table = (
        "Ben NNP 4 nsubj\ndid VBD 4 aux do\nnot RB 4 advmod\nsay VB 0 root\nthat IN 7 mark\nAnna NNP 7 nsubj\n"
        "sailed VBD 4 ccomp sail"
    )
    assert held(table, "sailed") is ASSERTED


def test_a_relative_clause_is_asserted_in_a_plan() -> None:
    table = (
        "Ben NNP 3 nsubj\nwill MD 3 aux\nmeet VB 0 root\nAnna NNP 3 obj\n, , 7 punct\nwho WP 7 nsubj\n"
        "sailed VBD 4 acl:relcl sail"
    )
    assert held(table, "sailed") is ASSERTED


def test_every_modality_but_reported_is_told_here() -> None:
    assert set(PRIORITY) - {NEGATED, POSSIBLE, PLANNED, PAST, ASSERTED} == {REPORTED}


def told(table: str, form: str, predicate: str, first: str, last: str, *, own: bool = True) -> Modality:
    doc = parse(table)
    spans = [doc[token.i : token.i + 1] for token in doc if token.text in (first, last)]
    return modality.held(word_of(doc, form), spans, predicate, own=own)[0]


def word_of(doc: Doc, form: str) -> Token:
    return next(token for token in doc if token.text == form)


CLAUSE = "Apex NNP 3 nsubj\nwill MD 3 aux\nsell VB 0 root\nthe DT 5 det\nGannet NNP 3 obj"


@pytest.mark.parametrize(("predicate", "how"), [("manufacturedBy", ASSERTED), ("acquired", PLANNED)])
def test_what_is_made_is_told_in_passing_by_a_clause_about_something_else(predicate: str, how: Modality) -> None:
    assert told(CLAUSE, "sell", predicate, "Gannet", "Apex", own=False) is how


def test_what_the_clause_itself_says_holds_as_the_clause_does() -> None:
    assert told(CLAUSE, "sell", "manufacturedBy", "Gannet", "Apex", own=True) is PLANNED


def test_what_one_phrase_says_holds_whatever_the_clause_does() -> None:
    table = "Ben NNP 3 nsubj\nwill MD 3 aux\nmeet VB 0 root\nApex NNP 6 nmod:poss\n's POS 4 case\nBerg NNP 3 obj"
    assert told(table, "meet", "worksFor", "Berg", "Apex", own=False) is ASSERTED


def test_what_stands_after_not_is_negated() -> None:
    table = (
        "Apex NNP 3 nsubj:pass\nis VBZ 3 aux:pass be\nbased VBN 0 root base\nin IN 5 case\nRuse NNP 3 obl\n"
        ", , 9 punct\nnot RB 9 advmod\nin IN 9 case\nVarna NNP 3 obl"
    )
    assert told(table, "based", "headquarteredIn", "Apex", "Ruse") is ASSERTED
    assert told(table, "based", "headquarteredIn", "Apex", "Varna") is NEGATED


def test_what_is_due_to_happen_is_planned_whatever_the_parse_makes_of_due() -> None:
    table = (
        "Gannet NNP 3 nsubj\nhad VBD 3 aux have\nbeen VBN 3 cop be\ndue JJ 6 case\nto IN 4 fixed\n{} 0 root\n"
        "from IN 8 case\nDover NNP 6 obl"
    )
    assert told(table.format("sail VB"), "sail", "departsFrom", "Gannet", "Dover") is PLANNED
    assert told(table.format("ice NN"), "ice", "departsFrom", "Gannet", "Dover") is not PLANNED


@pytest.mark.parametrize(("after", "how"), [("at", PLANNED), ("to", ASSERTED)])
def test_a_ship_due_at_a_place_is_planned_to_come(after: str, how: Modality) -> None:
    table = f"Gannet NNP 3 nsubj\nis VBZ 3 cop be\ndue JJ 0 root\n{after} IN 5 case\nDover NNP 3 obl"
    assert told(table, "due", "destination", "Gannet", "Dover") is how


def test_what_is_so_for_ever_is_never_past() -> None:
    table = "the DT 3 det\nlate JJ 3 amod\nfounder NN 4 compound\nBerg NNP 0 root\nof IN 6 case\nApex NNP 3 nmod"
    assert told(table, "founder", "founded", "Berg", "Apex") is ASSERTED
    assert told(table, "founder", "leads", "Berg", "Apex") is PAST


def test_either_of_two_is_possible() -> None:
    table = "Ada NNP 2 nsubj\nlives VBZ 0 root live\nin IN 4 case\nElko NNP 2 obl\nor CC 6 cc\nEly NNP 4 conj"
    assert told(table, "lives", "livesIn", "Ada", "Elko") is POSSIBLE


def test_what_was_said_to_come_is_planned() -> None:
    table = "Apex NNP 2 nsubj\nsaid VBD 0 root say\nit PRP 5 nsubj\nwould MD 5 aux\nbuy VB 2 ccomp\nMerrow NNP 5 obj"
    assert held(table, "buy") is PLANNED
