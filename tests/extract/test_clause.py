import pytest
from parsed import parse
from spacy.tokens import Token

from kg.extract.clause import arguments, expanded, is_passive, preposition
from kg.extract.words import lemma_of


def word(table: str, form: str) -> Token:
    return next(token for token in parse(table) if token.text == form)


def roles(table: str, form: str) -> dict[str, list[str]]:
    return {role: [token.text for token in tokens] for role, tokens in arguments(word(table, form)).items()}


ACTIVE = "Anna NNP 2 nsubj\nbuilt VBD 0 root build\nships NNS 2 obj ship"
PASSIVE = "ships NNS 3 nsubj:pass ship\nwere VBD 3 aux:pass be\nbuilt VBN 0 root build\nby IN 5 case\nAnna NNP 3 obl"
REDUCED = "ships NNS 0 root ship\nbuilt VBN 1 acl build\nby IN 4 case\nAnna NNP 2 obl"
CONTROL = (
    "Anna NNP 2 nsubj\nplans VBZ 0 root plan\nto TO 4 mark\nsail VB 2 xcomp sail\nfrom IN 6 case\nMerrow NNP 4 obl"
)
AND = "Anna NNP 2 nsubj\nwoke VBD 0 root wake\nand CC 4 cc\nsailed VBD 2 conj sail"
WHO = "Anna NNP 6 nsubj\n, , 4 punct\nwho WP 4 nsubj\nsailed VBD 1 acl:relcl sail\n, , 4 punct\nslept VBD 0 root sleep"
WHOM = "ship NN 0 root\nwhich WDT 4 obj\nAnna NNP 4 nsubj\nbuilt VBD 1 acl:relcl build"


def test_subject_and_object_are_agent_and_patient() -> None:
    assert roles(ACTIVE, "built") == {"agent": ["Anna"], "patient": ["ships"]}


def test_the_subject_of_a_passive_is_the_patient() -> None:
    found = roles(PASSIVE, "built")
    assert (found["agent"], found["patient"]) == (["Anna"], ["ships"])


def test_a_participle_after_its_noun_has_it_for_patient() -> None:
    found = roles(REDUCED, "built")
    assert (found["agent"], found["patient"]) == (["Anna"], ["ships"])


def test_a_present_participle_after_its_noun_has_it_for_agent() -> None:
    assert roles("ship NN 0 root\ncarrying VBG 1 acl carry\ncoal NN 2 obj", "carrying")["agent"] == ["ship"]


def test_by_is_no_agent_of_an_active_verb() -> None:
    found = roles("Anna NNP 2 nsubj\nslept VBD 0 root sleep\nby IN 5 case\nthe DT 5 det\nriver NN 2 obl", "slept")
    assert found == {"agent": ["Anna"], "by": ["river"]}


def test_by_is_the_agent_of_a_noun() -> None:
    assert roles("film NN 0 root\nby IN 3 case\nAnna NNP 1 nmod", "film")["agent"] == ["Anna"]


def test_a_phrase_goes_by_its_preposition() -> None:
    assert roles(CONTROL, "sail")["from"] == ["Merrow"]


def test_a_controlled_verb_has_the_subject_of_its_governor() -> None:
    assert roles(CONTROL, "sail")["agent"] == ["Anna"]


def test_control_reaches_through_a_passive() -> None:
    table = "Anna NNP 3 nsubj:pass\nis VBZ 3 aux:pass be\nscheduled VBN 0 root schedule\nto TO 5 mark\nsail VB 3 xcomp"
    assert roles(table, "sail") == {"agent": ["Anna"]}


def test_control_reaches_over_two_verbs() -> None:
    table = "Anna NNP 2 nsubj\nwants VBZ 0 root want\nto TO 4 mark\ntry VB 2 xcomp\nto TO 6 mark\nsail VB 4 xcomp"
    assert roles(table, "sail")["agent"] == ["Anna"]


def test_a_coordinated_verb_has_the_subject_of_the_first() -> None:
    assert roles(AND, "sailed")["agent"] == ["Anna"]


def test_a_coordinated_verb_keeps_a_subject_of_its_own() -> None:
    table = "Anna NNP 2 nsubj\nwoke VBD 0 root wake\nand CC 5 cc\nBen NNP 5 nsubj\nsailed VBD 2 conj sail"
    assert roles(table, "sailed")["agent"] == ["Ben"]


def test_a_coordinated_passive_has_its_patient_from_the_first() -> None:
    table = (
        "ships NNS 3 nsubj:pass ship\nwere VBD 3 aux:pass be\nbuilt VBN 0 root build\nand CC 6 cc\n"
        "were VBD 6 aux:pass be\nsold VBN 3 conj sell"
    )
    assert roles(table, "sold") == {"patient": ["ships"]}


def test_the_relative_subject_is_the_noun() -> None:
    assert roles(WHO, "sailed")["agent"] == ["Anna"]


def test_the_relative_object_is_the_noun() -> None:
    assert roles(WHOM, "built") == {"agent": ["Anna"], "patient": ["ship"]}


def test_a_passive_relative_clause_has_the_noun_for_patient() -> None:
    table = (
        "ship NN 0 root\nwhich WDT 4 nsubj:pass\nwas VBD 4 aux:pass be\nbuilt VBN 1 acl:relcl build\n"
        "by IN 6 case\nAnna NNP 4 obl"
    )
    assert roles(table, "built")["patient"] == ["ship"]


def test_coordinated_nouns_are_all_meant() -> None:
    table = "Anna NNP 5 nsubj\n, , 3 punct\nBen NNP 1 conj\nCy NNP 1 conj\nsailed VBD 0 root sail"
    assert roles(table, "sailed")["agent"] == ["Anna", "Ben", "Cy"]


def test_a_coordinated_verb_is_no_noun_of_the_list() -> None:
    assert [token.text for token in expanded(word(AND, "woke"))] == ["woke"]


def test_a_predicate_noun_has_a_subject() -> None:
    assert roles("Anna NNP 3 nsubj\nis VBZ 3 cop be\ncaptain NN 0 root", "captain") == {"agent": ["Anna"]}


def test_a_clause_without_a_subject_has_no_agent() -> None:
    assert roles("Sail VB 0 root", "Sail") == {}


def test_a_loop_of_heads_is_no_trap() -> None:
    assert roles("sail VB 0 xcomp\nwake VB 1 conj", "wake") == {}


@pytest.mark.parametrize(
    ("table", "passive"),
    [(ACTIVE, False), (PASSIVE, True), (REDUCED, True), ("ship NN 0 root\ncarrying VBG 1 acl carry", False)],
)
def test_a_passive_is_told_by_its_auxiliary_or_its_form(table: str, passive: bool) -> None:
    verb = next(token for token in parse(table) if token.lemma_ in ("build", "carry"))
    assert is_passive(verb) is passive


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("on IN 2 case\ndeck NN 0 root", "on"),
        ("On IN 2 case\ndeck NN 0 root", "on"),
        ("out IN 3 case\nof IN 3 case\nport NN 0 root", "out of"),
        ("next JJ 3 case\nto IN 3 case\nport NN 0 root", "next to"),
        ("on IN 3 case\nboard NN 1 fixed\nGannet NNP 0 root", "on board"),
        ("Anna NNP 3 nmod:poss\n's POS 1 case\nport NN 0 root", ""),
        ("port NN 0 root", ""),
    ],
)
def test_a_preposition_is_one_word_or_two_that_are_one(table: str, found: str) -> None:
    noun = next(token for token in parse(table) if token.dep_ == "ROOT")
    assert preposition(noun) == found


def test_the_possessive_mark_is_no_preposition() -> None:
    assert preposition(word("Anna NNP 3 nmod:poss\n's POS 1 case\nport NN 0 root", "Anna")) == ""


@pytest.mark.parametrize(
    "table",
    [
        "take VB 0 root\noff RP 1 compound:prt",
        "take VB 0 root\nthe DT 3 det\nship NN 1 obj\noff RP 1 compound:prt",
        "take VB 0 root\noff RP 1 advmod",
        "Take VB 0 root take\nOff RP 1 compound:prt",
    ],
)
def test_a_particle_belongs_to_its_verb(table: str) -> None:
    assert lemma_of(parse(table)[0]) == "take off"


def test_the_last_word_of_a_text_has_no_particle() -> None:
    assert lemma_of(parse("take VB 0 root")[0]) == "take"


def test_a_verb_that_the_lemmatiser_left_blank_has_a_lemma_all_the_same() -> None:
    doc = parse("Anna NNP 2 nsubj Person\nslept VBD 0 root sleep")
    doc[1].lemma_ = ""
    assert lemma_of(doc[1], frozenset({"sail"})) == ""


def test_a_slip_of_the_lemmatiser_is_mended_for_verbs_that_are_known() -> None:
    doc = parse("Gannet NNP 2 nsubj Vehicle\ncollided VBD 0 root collid")
    assert lemma_of(doc[1], frozenset({"collide"})) == "collide"


DEAL = (
    "Apex NNP {0} nsubj\n{1} 0 root {2}\na DT 5 det\nnew JJ 5 amod\n{3} NN {0} obj\nto TO 7 mark\nbuy VB 5 acl\n"
    "Merrow NNP 7 obj"
)


@pytest.mark.parametrize(
    ("verb", "lemma", "noun", "agents"),
    [
        ("signed VBD", "sign", "deal", ["Apex"]),
        ("announced VBD", "announce", "plan", ["Apex"]),
        ("opposed VBD", "oppose", "deal", []),
        ("signed VBD", "sign", "pilot", ["pilot"]),
    ],
)
def test_a_deal_is_done_by_who_makes_it(verb: str, lemma: str, noun: str, agents: list[str]) -> None:
    doc = parse(DEAL.format(2, verb, lemma, noun))
    assert [token.text for token in arguments(doc[6]).get("agent", [])] == agents


def test_a_deal_is_done_by_whose_it_is() -> None:
    table = "Apex NNP 3 nmod:poss\n's POS 1 case\ndeal NN 0 root\nto TO 5 mark\nbuy VB 3 acl"
    assert [token.text for token in arguments(parse(table)[4])["agent"]] == ["Apex"]
