"""The built-in vocabulary, and what a user's file can do to it."""

import re
from pathlib import Path

import pytest

from kg.errors import KgError, SchemaError
from kg.jsonl import decode, encode
from kg.schema import Schema, load

SCHEMA = load()

PREDICATES = """
worksFor holdsPosition leads founded ownedBy subsidiaryOf memberOf partOf locatedIn headquarteredIn bornIn diedIn
livesIn bornOn diedOn foundedOn citizenOf countryOf spouseOf siblingOf childOf educatedAt occupation crewOf aboard
operatedBy manufacturedBy modelOf departsFrom destination arrivesAt dockedAt collidedWith locatedAt directorOf castIn
authorOf competesWith acquired
""".split()

SUBTYPES = {
    "Organisation": "Company GovernmentAgency Party MilitaryUnit NewsMedia SportsTeam University",
    "Vehicle": "Spacecraft Rocket Aircraft Ship Submarine Train Car Truck ArmouredVehicle Drone",
    "Place": "Country Region City Facility CelestialBody Water",
    "Work": "Film Book",
}


def extended(tmp_path: Path, text: str) -> Schema:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return load([path])


def test_schema_has_the_predicates_of_the_vocabulary() -> None:
    assert sorted(SCHEMA.predicates) == sorted(PREDICATES)


@pytest.mark.parametrize(("parent", "names"), SUBTYPES.items())
def test_schema_has_the_subtypes_of_the_vocabulary(parent: str, names: str) -> None:
    assert all(SCHEMA.ancestors(name) == (name, parent) for name in names.split())


def test_every_entry_says_what_it_means() -> None:
    entries = [*SCHEMA.types.values(), *SCHEMA.predicates.values()]
    assert all(entry.label and re.fullmatch(r"[A-Z].*\.", entry.comment) for entry in entries)


def test_iri_is_schema_orgs_where_it_means_the_same() -> None:
    assert SCHEMA.type("Film").iri == "https://schema.org/Movie"
    assert SCHEMA.predicate("bornIn").iri == "https://schema.org/birthPlace"


def test_iri_is_our_own_by_default() -> None:
    assert SCHEMA.predicate("crewOf").iri == "https://w3id.org/kg/schema#crewOf"


@pytest.mark.parametrize("entry", SCHEMA.predicates.values(), ids=SCHEMA.predicates)
def test_wikidata_properties_are_well_formed(entry) -> None:
    assert all(re.fullmatch(r"\^?P[1-9]\d*", name) for name in entry.wikidata)


@pytest.mark.parametrize(
    ("predicate", "subject", "thing"),
    [
        ("worksFor", "Person", "Organisation"),
        ("worksFor", "Person", "Company"),
        ("bornOn", "Person", "date"),
        ("holdsPosition", "Person", "string"),
        ("partOf", "Spacecraft", "Rocket"),
        ("ownedBy", "Ship", "Person"),
        ("competesWith", "Person", "Person"),
        ("locatedAt", "Car", "City"),
    ],
)
def test_allows_the_ends_of_the_vocabulary(predicate: str, subject: str, thing: str) -> None:
    assert SCHEMA.allows(predicate, subject, thing)


@pytest.mark.parametrize(
    ("predicate", "subject", "thing"),
    [
        ("worksFor", "Company", "Person"),
        ("worksFor", "Person", "Place"),
        ("bornOn", "Person", "string"),
        ("bornOn", "Person", "Place"),
        ("partOf", "Vehicle", "Organisation"),
        ("competesWith", "Person", "Company"),
        ("ownedBy", "Ghost", "Person"),
        ("ownedBy", "Ship", "Ghost"),
        ("unheardOf", "Person", "Person"),
    ],
)
def test_forbids_other_ends(predicate: str, subject: str, thing: str) -> None:
    assert not SCHEMA.allows(predicate, subject, thing)


def test_unknown_type_names_those_that_exist() -> None:
    with pytest.raises(KgError, match="no type 'Ghost' in the schema; there are: .*Vehicle"):
        SCHEMA.type("Ghost")


def test_unknown_predicate_names_those_that_exist() -> None:
    with pytest.raises(KgError, match="no predicate 'haunts' in the schema; there are: aboard"):
        SCHEMA.predicate("haunts")


def test_file_adds_types_and_predicates(tmp_path: Path) -> None:
    schema = extended(
        tmp_path,
        """
        [prefixes]
        ex = "https://example.org/"
        [types.Ferry]
        label = "ferry"
        parent = "Ship"
        iri = "ex:Ferry"
        [predicates.calls]
        label = "calls at"
        subject = ["Ferry"]
        object = ["Place"]
        """,
    )
    assert schema.type("Ferry").iri == "https://example.org/Ferry"
    assert schema.ancestors("Ferry") == ("Ferry", "Ship", "Vehicle")
    assert schema.allows("calls", "Ferry", "City")
    assert not schema.allows("calls", "Ship", "City")


def test_file_changes_only_the_fields_it_names(tmp_path: Path) -> None:
    schema = extended(tmp_path, "[predicates.bornIn]\nimplies = ['livesIn']")
    assert schema.predicate("bornIn").implies == ("livesIn",)
    assert schema.predicate("bornIn").iri == "https://schema.org/birthPlace"


def test_inverse_holds_on_both_predicates(tmp_path: Path) -> None:
    schema = extended(tmp_path, "[predicates.employs]\nlabel = 'employs'\ninverse = 'worksFor'")
    assert schema.predicate("worksFor").inverse == "employs"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[types.Ferry]\nlabel = 'f'\nparent = 'Boat'", r"\[types.Ferry\] unknown parent 'Boat'; there are: .*Ship"),
        ("[types.Ferry]\nparent = 'Ship'", r"\[types.Ferry\] .*missing required field `label`"),
        ("[types.Ferry]\nlabel = 'f'\ncolour = 'red'", r"\[types.Ferry\] .*unknown field `colour`"),
        ("[types]\nFerry = 3", r"\[types.Ferry\] Expected `object`, got `int`"),
        ("[types.'a b']\nlabel = 'x'", r"\[types.a b\] a name is a letter, .*; rename it"),
        ("[types.Ship]\nparent = 'Ferry'\n[types.Ferry]\nlabel = 'f'\nparent = 'Ship'", "goes round in a circle; take"),
        ("[types.Boat]\nlabel = 'b'\niri = 'schema:Vehicle'", r"\[types.Boat\] has the IRI of \[types.Vehicle\]"),
        ("[types.Boat]\nlabel = 'b'\niri = 'a boat'", r"\[types.Boat\] 'a boat' is not an IRI; write"),
        ("[types.Document]\nlabel = 'd'", r"\[types.Document\] the name is taken .*; choose another"),
        ("[predicates.calls]\nlabel = 'c'\nsubject = ['Boat']", r"\[predicates.calls\] unknown type 'Boat'"),
        ("[predicates.calls]\nlabel = 'c'\nimplies = ['x']", r"\[predicates.calls\] unknown predicate 'x'"),
        ("[predicates.calls]\nlabel = 'c'\ninverse = 'x'", r"\[predicates.calls\] unknown predicate 'x'"),
        ("[predicates.calls]\nlabel = 'c'\ninverse = 'calls'\nsymmetric = true", "is to be symmetric instead"),
        ("[predicates.calls]\nlabel = 'c'\ndatatype = 'time'", r"unknown datatype 'time'; there are: date, string"),
        ("[predicates.calls]\nlabel = 'c'\ndatatype = 'date'\nsymmetric = true", "a literal has no"),
        ("[predicates.calls]\nlabel = 'c'\nsubject = ['Ship']\nsymmetric = true", "same subject and object types"),
        ("[predicates.quote]\nlabel = 'q'", r"\[predicates.quote\] the name is taken"),
        ("[predicates.locatedAt]\nimplies = ['dockedAt']", "goes round in a circle; take one implies out"),
        ("[type.Ferry]\nlabel = 'f'", r"unknown table \[type\]; there are: \[prefixes\], \[types\], "),
        ("[types.Ferry", "is not TOML"),
    ],
)
def test_contradiction_names_file_entry_and_remedy(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SchemaError, match=problem) as caught:
        extended(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'mine.toml'}: ")


INSURED = "[predicates.insuredBy]\nlabel = 'insured by'\nsubject = ['Vehicle']\nobject = ['Organisation']\n"
CLAUSE = "[[clause]]\npredicate = 'insuredBy'\nlemmas = ['insure']\nsubject = ['patient']\nobject = ['agent']\n"
ROLE = "[[role]]\npredicate = 'insuredBy'\nnouns = ['insurer']\nreverse = true\n"


def test_a_file_brings_patterns(tmp_path: Path) -> None:
    schema = extended(tmp_path, INSURED + CLAUSE + ROLE)
    assert [pattern.lemmas for pattern in schema.clause] == [("insure",)]
    assert [pattern.nouns for pattern in schema.role] == [("insurer",)]


def test_the_patterns_of_several_files_add_up(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(INSURED + CLAUSE)
    two.write_text(CLAUSE.replace("'insure'", "'underwrite'") + ROLE)
    assert [pattern.lemmas[0] for pattern in load([one, two]).clause] == ["insure", "underwrite"]


def test_the_built_in_schema_has_none() -> None:
    assert (load().clause, load().role) == ((), ())


def test_a_schema_without_patterns_is_written_without_them() -> None:
    assert b'"clause"' not in encode(load())


def test_a_schema_with_patterns_is_read_as_it_was_written(tmp_path: Path) -> None:
    schema = extended(tmp_path, INSURED + CLAUSE + ROLE)
    assert decode(encode(schema), Schema) == schema


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CLAUSE, r"\[\[clause\]\] number 1: unknown predicate 'insuredBy'; there are: "),
        (INSURED + CLAUSE + CLAUSE + "score = 2.0", r"\[\[clause\]\] number 2: the score 2.0 is not above 0 and"),
        (INSURED + CLAUSE + "verb = 'insure'", r"\[\[clause\]\] number 1: .*unknown field `verb`"),
        (INSURED + CLAUSE + "subject_types = ['Boat']", r"number 1: unknown type 'Boat'; there are: .*Ship"),
        (INSURED + ROLE + "holder_types = ['Boat']", r"\[\[role\]\] number 1: unknown type 'Boat'"),
        (INSURED + CLAUSE.replace("['insure']", "[]"), "there is at least one"),
        (INSURED + CLAUSE.replace("insure'", "Insure'"), "words are written in small letters"),
        (INSURED + CLAUSE.replace("['patient']", "[]"), "each name at least one place in the clause"),
        (INSURED + CLAUSE.replace("'agent'", "'time'"), "goes with a predicate whose datatype is"),
        (CLAUSE.replace("insuredBy", "bornOn"), "goes with a predicate whose datatype is"),
        (CLAUSE.replace("insuredBy", "occupation"), "other literals no pattern finds"),
        (ROLE.replace("insuredBy", "occupation"), "other literals no pattern finds"),
        (ROLE.replace("[[role]]", "[role]"), r"unknown table \[role\]; .*\[\[role\]\]"),
    ],
)
def test_a_pattern_that_could_never_speak_is_named(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SchemaError, match=problem) as caught:
        extended(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'mine.toml'}: ")


def test_a_pattern_may_take_the_time(tmp_path: Path) -> None:
    pattern = CLAUSE.replace("insuredBy", "foundedOn").replace("'agent'", "'time'")
    assert extended(tmp_path, pattern).clause[0].object == ("time",)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="none.toml: cannot be read: No such file"):
        load([tmp_path / "none.toml"])


def test_two_files_are_blamed_for_their_own_entries(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text("[types.Ferry]\nlabel = 'ferry'\nparent = 'Ship'")
    bad.write_text("[types.Raft]\nlabel = 'raft'\nparent = 'Boat'")
    with pytest.raises(SchemaError, match="bad.toml"):
        load([good, bad])
