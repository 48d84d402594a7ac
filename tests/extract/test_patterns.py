import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from msgspec import structs
from parsed import reading, told

from kg.extract.patterns import USER, clause_claims, load, pattern_claims, role_claims, things
from kg.schema import Clause, Role
from kg.schema import load as load_schema

Fact = tuple[str, str, str]


def clauses(table: str) -> set[Fact]:
    return told(clause_claims(reading(table), load()))


def roles(table: str) -> set[Fact]:
    return told(role_claims(reading(table), load()))


def patterns() -> Iterator[Clause | Role]:
    yield from load().clause
    yield from load().role


def test_every_pattern_names_a_predicate_of_the_schema() -> None:
    assert {pattern.predicate for pattern in patterns()} <= set(load_schema().predicates)


def test_every_type_that_a_pattern_asks_for_is_in_the_schema() -> None:
    asked = {kind for p in load().clause for kind in (*p.subject_types, *p.object_types)}
    asked |= {kind for p in load().role for kind in (*p.holder_types, *p.object_types)}
    assert asked <= set(load_schema().types)


def test_every_score_is_a_probability() -> None:
    assert all(0 < pattern.score <= 1 for pattern in patterns())


def test_every_setting_of_the_file_is_one_that_the_reader_knows() -> None:
    text = files("kg.extract").joinpath("patterns.toml").read_text(encoding="utf-8")
    settings = set(re.findall(r"(?m)^(\w+) =", text))
    assert settings <= {*Clause.__struct_fields__, *Role.__struct_fields__}


def active(subject: str, kind: str, verb: tuple[str, str], thing: str, other: str) -> str:
    form, lemma = verb
    return f"{subject} NNP 2 nsubj {kind}\n{form} VBD 0 root {lemma}\n{thing} NNP 2 obj {other}\n. . 2 punct"


def with_phrase(subject: str, kind: str, verb: tuple[str, str], phrase: tuple[str, str, str]) -> str:
    (form, lemma), (preposition, thing, other) = verb, phrase
    return (
        f"{subject} NNP 2 nsubj {kind}\n{form} VBD 0 root {lemma}\n{preposition} IN 4 case\n"
        f"{thing} NNP 2 obl {other}\n. . 2 punct"
    )


def passive(patient: str, kind: str, verb: tuple[str, str], agent: str, other: str) -> str:
    form, lemma = verb
    return (
        f"{patient} NNP 3 nsubj:pass {kind}\nwas VBD 3 aux:pass be\n{form} VBN 0 root {lemma}\nby IN 5 case\n"
        f"{agent} NNP 3 obl {other}\n. . 3 punct"
    )


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        (
            active("Anna", "Person", ("leads", "lead"), "Merrow_Lines", "Organisation"),
            ("Anna", "leads", "Merrow Lines"),
        ),
        (
            active("Anna", "Person", ("founded", "found"), "Merrow_Lines", "Organisation"),
            ("Anna", "founded", "Merrow Lines"),
        ),
        (active("Anna", "Person", ("directed", "direct"), "Oak", "Work"), ("Anna", "directorOf", "Oak")),
        (active("Anna", "Person", ("wrote", "write"), "Oak", "Work"), ("Anna", "authorOf", "Oak")),
        (active("Anna", "Person", ("married", "marry"), "Ben", "Person"), ("Anna", "spouseOf", "Ben")),
        (active("Anna", "Person", ("boarded", "board"), "Gannet", "Vehicle"), ("Anna", "aboard", "Gannet")),
        (active("Anna", "Person", ("captained", "captain"), "Gannet", "Vehicle"), ("Anna", "crewOf", "Gannet")),
        (active("Anna", "Person", ("drove", "drive"), "Gannet", "Vehicle"), ("Anna", "crewOf", "Gannet")),
        (active("Gannet", "Vehicle", ("rammed", "ram"), "Tern", "Vehicle"), ("Gannet", "collidedWith", "Tern")),
        (active("Gannet", "Vehicle", ("left", "leave"), "Merrow", "Place"), ("Gannet", "departsFrom", "Merrow")),
        (active("Gannet", "Vehicle", ("reached", "reach"), "Merrow", "Place"), ("Gannet", "arrivesAt", "Merrow")),
        (
            active("Apex", "Organisation", ("bought", "buy"), "Merrow_Lines", "Organisation"),
            ("Apex", "acquired", "Merrow Lines"),
        ),
    ],
)
def test_a_verb_and_its_object(table: str, fact: Fact) -> None:
    assert fact in clauses(table)


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        (
            with_phrase("Anna", "Person", ("worked", "work"), ("for", "Apex", "Organisation")),
            ("Anna", "worksFor", "Apex"),
        ),
        (
            with_phrase("Anna", "Person", ("studied", "study"), ("at", "Apex", "Organisation")),
            ("Anna", "educatedAt", "Apex"),
        ),
        (with_phrase("Anna", "Person", ("lived", "live"), ("in", "Merrow", "Place")), ("Anna", "livesIn", "Merrow")),
        (with_phrase("Anna", "Person", ("died", "die"), ("in", "Merrow", "Place")), ("Anna", "diedIn", "Merrow")),
        (with_phrase("Anna", "Person", ("starred", "star"), ("in", "Oak", "Work")), ("Anna", "castIn", "Oak")),
        (
            with_phrase("Gannet", "Vehicle", ("sailed", "sail"), ("from", "Merrow", "Place")),
            ("Gannet", "departsFrom", "Merrow"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("sailed", "sail"), ("to", "Merrow", "Place")),
            ("Gannet", "destination", "Merrow"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("ran", "run"), ("from", "Merrow", "Place")),
            ("Gannet", "departsFrom", "Merrow"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("put", "put"), ("into", "Merrow", "Place")),
            ("Gannet", "arrivesAt", "Merrow"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("overturned", "overturn"), ("near", "Merrow", "Place")),
            ("Gannet", "locatedAt", "Merrow"),
        ),
        (with_phrase("Anna", "Person", ("moved", "move"), ("to", "Merrow", "Place")), ("Anna", "livesIn", "Merrow")),
        (
            with_phrase("Gannet", "Vehicle", ("arrived", "arrive"), ("in", "Merrow", "Place")),
            ("Gannet", "arrivesAt", "Merrow"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("docked", "dock"), ("with", "Tern", "Vehicle")),
            ("Gannet", "dockedAt", "Tern"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("collided", "collide"), ("with", "Tern", "Vehicle")),
            ("Gannet", "collidedWith", "Tern"),
        ),
        (
            with_phrase("Apex", "Organisation", ("competes", "compete"), ("with", "Merrow_Lines", "Organisation")),
            ("Apex", "competesWith", "Merrow Lines"),
        ),
        (
            with_phrase("Gannet", "Vehicle", ("belongs", "belong"), ("to", "Apex", "Organisation")),
            ("Gannet", "ownedBy", "Apex"),
        ),
        (
            with_phrase("Anna", "Person", ("flew", "fly"), ("aboard", "Gannet", "Vehicle")),
            ("Anna", "aboard", "Gannet"),
        ),
    ],
)
def test_a_verb_and_its_phrase(table: str, fact: Fact) -> None:
    assert fact in clauses(table)


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        (
            passive("Gannet", "Vehicle", ("owned", "own"), "Apex", "Organisation"),
            ("Gannet", "ownedBy", "Apex"),
        ),
        (
            passive("Gannet", "Vehicle", ("built", "build"), "Apex", "Organisation"),
            ("Gannet", "manufacturedBy", "Apex"),
        ),
        (
            passive("Gannet", "Vehicle", ("operated", "operate"), "Apex", "Organisation"),
            ("Gannet", "operatedBy", "Apex"),
        ),
        (passive("Oak", "Work", ("directed", "direct"), "Anna", "Person"), ("Anna", "directorOf", "Oak")),
        (passive("Apex", "Organisation", ("led", "lead"), "Anna", "Person"), ("Anna", "leads", "Apex")),
        (passive("Anna", "Person", ("hired", "hire"), "Apex", "Organisation"), ("Anna", "worksFor", "Apex")),
    ],
)
def test_a_passive_says_the_same(table: str, fact: Fact) -> None:
    assert fact in clauses(table)


def test_a_participle_after_the_noun_says_the_same() -> None:
    table = "Gannet NNP 0 root Vehicle\n, , 3 punct\nbuilt VBN 1 acl build\nby IN 5 case\nApex NNP 3 obl Organisation"
    assert ("Gannet", "manufacturedBy", "Apex") in clauses(table)


def test_a_relative_clause_says_the_same() -> None:
    table = (
        "Anna NNP 6 nsubj Person\n, , 4 punct\nwho WP 4 nsubj\nleads VBZ 1 acl:relcl lead\n"
        "Apex NNP 4 obj Organisation\nslept VBD 0 root sleep"
    )
    assert ("Anna", "leads", "Apex") in clauses(table)


def test_a_plural_relative_clause_is_about_the_whole_list() -> None:
    table = (
        "Anna NNP 9 nsubj Person\nand CC 3 cc\nBen NNP 1 conj Person\n, , 8 punct\nwho WP 8 nsubj\nare VBP 8 cop be\n"
        "aboard IN 8 case\nGannet NNP 1 acl:relcl Vehicle\nslept VBD 0 root sleep"
    )
    found = clauses(table)
    assert {("Anna", "aboard", "Gannet"), ("Ben", "aboard", "Gannet")} <= found


def test_a_controlled_verb_is_about_the_subject_above_it() -> None:
    table = (
        "Gannet NNP 3 nsubj:pass Vehicle\nis VBZ 3 aux:pass be\nscheduled VBN 0 root schedule\nto TO 5 mark\n"
        "take VB 3 xcomp\noff RP 5 compound:prt\nfrom IN 8 case\nMerrow NNP 5 obl Place"
    )
    assert ("Gannet", "departsFrom", "Merrow") in clauses(table)


def test_a_list_of_subjects_says_it_of_each() -> None:
    table = (
        "Anna NNP 4 nsubj Person\nand CC 3 cc\nBen NNP 1 conj Person\nboarded VBD 0 root board\n"
        "Gannet NNP 4 obj Vehicle\n. . 4 punct"
    )
    assert clauses(table) >= {("Anna", "aboard", "Gannet"), ("Ben", "aboard", "Gannet")}


TWO = "Gannet NNP 4 nsubj Vehicle\nand CC 3 cc\nTern NNP 1 conj Vehicle\n"


def test_two_ships_that_collided_collided_with_each_other() -> None:
    assert clauses(TWO + "collided VBD 0 root collide") == {("Gannet", "collidedWith", "Tern")}


def test_two_ships_that_collided_with_another_did_not_with_each_other() -> None:
    more = "collided VBD 0 root collide\nwith IN 6 case\n{} 4 obl"
    assert clauses(TWO + more.format("ice NN")) == set()
    assert clauses(TWO + more.format("Auk NNP") + " Vehicle") == {
        ("Gannet", "collidedWith", "Auk"),
        ("Tern", "collidedWith", "Auk"),
    }


def test_a_preposition_may_hang_on_the_noun_before_a_name() -> None:
    table = (
        "Gannet NNP 2 nsubj Vehicle\ncollided VBD 0 root collide\nwith IN 5 case\nthe DT 5 det\n"
        "tanker NN 6 nmod:desc\nTern NNP 2 obl Vehicle"
    )
    assert clauses(table) == {("Gannet", "collidedWith", "Tern")}


def test_a_verb_that_is_not_reciprocal_says_nothing_of_its_subjects() -> None:
    assert clauses(TWO + "crashed VBD 0 root crash") == set()


def test_on_board_alone_means_the_vehicle_spoken_of() -> None:
    table = (
        "Gannet NNP 2 nsubj Vehicle\nsailed VBD 0 root sail\n. . 2 punct\n\n"
        "Anna NNP 4 nsubj Person\nwas VBD 4 cop be\non IN 4 case\nboard NN 0 root\n. . 4 punct"
    )
    assert ("Anna", "aboard", "Gannet") in clauses(table)


def test_a_phrase_after_the_name_tells_who_is_aboard() -> None:
    table = (
        "Anna NNP 9 nsubj Person\nand CC 3 cc\nBen NNP 1 conj Person\n, , 7 punct\naboard IN 7 case\nthe DT 7 det\n"
        "Gannet NNP 1 appos Vehicle\n, , 1 punct\nslept VBD 0 root sleep"
    )
    assert clauses(table) >= {("Anna", "aboard", "Gannet"), ("Ben", "aboard", "Gannet")}


def test_who_stands_after_on_board_is_aboard() -> None:
    table = (
        "Gannet NNP 2 nsubj Vehicle\nsailed VBD 0 root sail\n. . 2 punct\n\nOn IN 2 case\nboard NN 4 obl\n"
        "were VBD 4 cop be\npilots NNS 0 root pilot\nAnna NNP 4 flat Person\nand CC 7 cc\nBen NNP 5 conj Person\n"
        ". . 4 punct"
    )
    assert clauses(table) >= {("Anna", "aboard", "Gannet"), ("Ben", "aboard", "Gannet")}


def test_a_role_through_a_noun() -> None:
    table = (
        "Anna NNP 2 nsubj Person\nplays VBZ 0 root play\na DT 4 det\nrole NN 2 obj\nin IN 6 case\n"
        "Oak NNP 4 nmod Work\n. . 2 punct"
    )
    assert ("Anna", "castIn", "Oak") in clauses(table)


def test_the_object_may_be_the_time() -> None:
    table = (
        "Anna NNP 3 nsubj:pass Person\nwas VBD 3 aux:pass be\nborn VBN 0 root bear\non IN 5 case\n"
        "5_October_1970 NNP 3 obl\n. . 3 punct"
    )
    assert ("Anna", "bornOn", "1970-10-05") in clauses(table)


def test_where_no_time_is_told_there_is_none() -> None:
    assert clauses("Anna NNP 3 nsubj:pass Person\nwas VBD 3 aux:pass be\nborn VBN 0 root bear\n. . 3 punct") == set()


def test_a_noun_with_its_name_in_apposition_is_that_name() -> None:
    table = (
        "The DT 2 det\ncaptain NN 4 nsubj\nAnna NNP 2 appos Person\nboarded VBD 0 root board\nGannet NNP 4 obj Vehicle"
    )
    assert ("Anna", "aboard", "Gannet") in clauses(table)


@pytest.mark.parametrize(("name", "kind", "found"), [("Ida", "Vehicle", ["Ida"]), ("Apex", "Organisation", [])])
def test_a_craft_is_what_stands_right_after_a_noun_that_is_not_known(name: str, kind: str, found: list[str]) -> None:
    # "the hoy Ida"; but "the zest Apex showed"
    read = reading(f"with IN 3 case\nthe DT 3 det\nhoy NN 5 obl\n{name} NNP 5 obl {kind}\ncollided VBD 0 root collide")
    assert [each.text for each in things(read, read.doc[2])] == found


def test_a_part_that_someone_plays_is_not_who_he_is() -> None:
    read = reading(
        "A DT 2 det\nsurgeon NN 6 nsubj\n( -LRB- 4 punct\nAnna NNP 2 appos Person\n) -RRB- 4 punct\nsleeps VBZ 0 root"
    )
    assert list(things(read, read.doc[1])) == []


def test_a_verb_of_no_pattern_says_nothing() -> None:
    assert clauses(active("Anna", "Person", ("saw", "see"), "Gannet", "Vehicle")) == set()


def test_an_argument_of_another_type_says_nothing() -> None:
    assert clauses(active("Anna", "Person", ("rammed", "ram"), "Merrow", "Place")) == set()


def test_an_organisation_before_the_role() -> None:
    table = "Apex NNP 2 compound Organisation\nchief NN 3 compound\nAnna NNP 4 nsubj Person\nslept VBD 0 root sleep"
    assert ("Anna", "leads", "Apex") in roles(table)


def test_the_role_of_something_with_a_name_after_the_comma() -> None:
    table = (
        "the DT 2 det\ndirector NN 8 nsubj\nof IN 5 case\n“ `` 5 punct\nOak NNP 2 nmod Work\n” '' 5 punct\n"
        ", , 9 punct\nAnna_Vale NNP 10 appos Person\n, , 8 punct\nslept VBD 0 root sleep"
    )
    assert ("Anna Vale", "directorOf", "Oak") in roles(table)


def test_the_name_with_the_role_after_it() -> None:
    table = (
        "Anna NNP 8 nsubj Person\n, , 4 punct\nthe DT 4 det\nfounder NN 1 appos\nof IN 6 case\n"
        "Apex NNP 4 nmod Organisation\n, , 4 punct\nslept VBD 0 root sleep"
    )
    assert ("Anna", "founded", "Apex") in roles(table)


def test_works_in_brackets_after_the_name() -> None:
    table = (
        "Director NN 2 compound\nDoug_Moss NNP 10 nsubj Person\n( -LRB- 5 punct\n“ `` 5 punct\nOak NNP 2 appos Work\n"
        "” '' 5 punct\n, , 8 punct\nGrey_Water NNP 5 conj Work\n) -RRB- 5 punct\nslept VBD 0 root sleep"
    )
    found = roles(table)
    assert {("Doug Moss", "directorOf", "Oak"), ("Doug Moss", "directorOf", "Grey Water")} <= found


def test_the_role_as_predicate() -> None:
    table = (
        "Anna NNP 3 nsubj Person\nis VBZ 3 cop be\nmayor NN 0 root\nof IN 5 case\nMerrow NNP 3 nmod Place\n. . 3 punct"
    )
    assert ("Anna", "leads", "Merrow") in roles(table)


def test_the_possessive_before_the_role() -> None:
    table = (
        "Anna NNP 3 nmod:poss Person\n's POS 1 case\nbrother NN 4 compound\nBen NNP 5 nsubj Person\nslept VBD 0 root"
    )
    assert ("Ben", "siblingOf", "Anna") in roles(table)


def test_a_role_that_runs_the_other_way() -> None:
    table = (
        "Apex NNP 7 nsubj Organisation\n, , 4 punct\nthe DT 4 det\nmaker NN 1 appos\nof IN 6 case\n"
        "Gannet NNP 4 nmod Vehicle\nslept VBD 0 root sleep"
    )
    assert ("Gannet", "manufacturedBy", "Apex") in roles(table)


def test_a_company_may_be_the_owner() -> None:
    table = (
        "Apex NNP 7 nsubj Organisation\n, , 4 punct\nthe DT 4 det\nowner NN 1 appos\nof IN 6 case\n"
        "Gannet NNP 4 nmod Vehicle\nslept VBD 0 root sleep"
    )
    assert ("Gannet", "ownedBy", "Apex") in roles(table)


def test_a_minister_leads_only_as_the_prime_minister() -> None:
    def minister(word: str, tag: str) -> str:
        return (
            f"{word} {tag} 2 amod\nminister NN 6 nsubj\nof IN 4 case\nMerrow NNP 2 nmod Place\n, , 6 punct\n"
            "Anna NNP 7 nsubj Person\nslept VBD 0 root sleep"
        )

    assert ("Anna", "leads", "Merrow") in roles(minister("prime", "JJ"))
    assert roles(minister("foreign", "JJ")) == set()


def test_a_role_of_two_things_is_of_each() -> None:
    table = (
        "Anna NNP 3 nsubj Person\nis VBZ 3 cop be\nfounder NN 0 root\nof IN 5 case\nApex NNP 3 nmod Organisation\n"
        "and CC 7 cc\nMerrow_Lines NNP 5 conj Organisation\n. . 3 punct"
    )
    assert roles(table) >= {("Anna", "founded", "Apex"), ("Anna", "founded", "Merrow Lines")}


def test_a_collision_is_between_any_two_of_its_list() -> None:
    table = (
        "a DT 2 det\ncollision NN 7 nsubj\nbetween IN 4 case\nGannet NNP 2 nmod Vehicle\nand CC 6 cc\n"
        "Tern NNP 4 conj Vehicle\nhappened VBD 0 root happen"
    )
    assert roles(table) == {("Gannet", "collidedWith", "Tern")}


def test_siblings_are_each_others() -> None:
    table = "Anna NNP 5 nsubj Person\nand CC 3 cc\nBen NNP 1 conj Person\nare VBP 5 cop be\nsiblings NNS 0 root sibling"
    assert ("Anna", "siblingOf", "Ben") in roles(table)


def test_a_role_without_a_holder_says_nothing() -> None:
    table = "the DT 2 det\nfounder NN 5 nsubj\nof IN 4 case\nApex NNP 2 nmod Organisation\nslept VBD 0 root sleep"
    assert roles(table) == set()


def test_nobody_is_his_own_brother() -> None:
    table = (
        "Anna NNP 3 nmod:poss Person\n's POS 1 case\nbrother NN 4 compound\nAnna NNP 5 nsubj Person\nslept VBD 0 root"
    )
    assert roles(table) == set()


def test_a_verb_taken_for_a_noun_speaks_where_it_stands_between_two_names() -> None:
    table = "Anna_Vale NNP 2 compound Person\ncommands NNS 0 root command\nthe DT 4 det\nGannet NNP 2 appos Vehicle"
    assert ("Anna Vale", "crewOf", "Gannet") in clauses(table)


def test_a_noun_that_is_no_verb_says_nothing_between_two_names() -> None:
    table = "Anna_Vale NNP 2 compound Person\nplans NNS 0 root plan\nthe DT 4 det\nGannet NNP 2 appos Vehicle"
    assert clauses(table) == set()


def test_a_noun_stands_for_the_name_before_it_at_the_very_start_of_a_text() -> None:
    read = reading("Merrow NNP 2 compound Place\nspaceport NN 3 nsubj\nslept VBD 0 root sleep")
    assert [found.text for found in things(read, read.doc[1])] == ["Merrow"]


def users(table: str, *, clause: tuple[Clause, ...] = (), role: tuple[Role, ...] = ()) -> set[Fact]:
    """Return what patterns of the user's read in the table's document."""
    schema = structs.replace(load_schema(), clause=clause, role=role)
    return told(one for one in pattern_claims(reading(table), schema) if one.by == USER)


TAKEN = Clause(predicate="ownedBy", lemmas=("salvage",), subject=("patient",), object=("agent",))
SALVAGED = """
ferry NN 2 compound
Gannet NNP 4 nsubj:pass Vehicle
was VBD 4 aux:pass be
salvaged VBN 0 root salvage
by IN 6 case
Oldmark NNP 4 obl Organisation
. . 4 punct
"""
FACT = ("Gannet", "ownedBy", "Oldmark")


def test_a_clause_pattern_of_the_users_speaks_for_itself() -> None:
    assert users(SALVAGED, clause=(TAKEN,)) == {FACT}
    assert FACT not in clauses(SALVAGED)


def test_a_role_pattern_of_the_users_speaks_for_itself() -> None:
    table = (
        "Oldmark NNP 6 nsubj Organisation\n, , 3 punct\ninsurer NN 1 appos\nof IN 5 case\n"
        "Gannet NNP 3 nmod Vehicle\nslept VBD 0 root sleep"
    )
    insurer = Role(predicate="operatedBy", nouns=("insurer",), reverse=True)
    assert users(table, role=(insurer,)) == {("Gannet", "operatedBy", "Oldmark")}
    assert roles(table) == set()


def test_without_patterns_of_the_users_only_the_built_in_speak() -> None:
    assert users(active("Anna", "Person", ("leads", "lead"), "Oldmark", "Organisation")) == set()


def test_the_built_in_patterns_speak_beside_those_of_the_users() -> None:
    table = active("Anna", "Person", ("leads", "lead"), "Oldmark", "Organisation")
    schema = structs.replace(load_schema(), clause=(TAKEN,))
    assert told(pattern_claims(reading(table), schema)) == {("Anna", "leads", "Oldmark")}


@pytest.mark.parametrize(("type", "speaks"), [("Ship", True), ("Vehicle", True), ("Train", False)])
def test_a_pattern_may_ask_for_a_subtype(type: str, speaks: bool) -> None:
    pattern = structs.replace(TAKEN, subject_types=(type,))
    assert (FACT in users(SALVAGED, clause=(pattern,))) is speaks
