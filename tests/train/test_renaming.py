"""Passages under other names tell the same of things that are named otherwise."""

import random
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.bench.annotated import Annotated
from kg.bench.passages import details, parse_passages
from kg.train.renaming import Country, Renamer, countries
from kg.train.written import detailed

PEOPLE = [Country({"feminine": ["Zula"], "masculine": ["Zolt"]}, ["Zet"])]
POOL = [
    "[1:Vehicle:Ship:individual|Petrel] met [2:Vehicle:Ship:individual|Skua] off [3:Place:City|Elm].",
    "[1:Organisation:Company|Ash Lines] of [2:Place:City|Oak] flies [3:Vehicle:Aircraft:individual|XY123].",
]


def renamed(*lines: str, seed: int = 1) -> tuple[Annotated, Annotated]:
    """Return the passage of those lines, and what it becomes beside those of the pool."""
    passages = [list(lines), *([one] for one in POOL)]
    told = [pair for one in passages for pair in zip(parse_passages(one), details(one), strict=True)]
    # All of them are of line 1 of no file: told apart by number.
    told = [(replace(text, id=str(number)), each) for number, (text, each) in enumerate(told)]
    return told[0][0], Renamer(told, PEOPLE)(told[0][0], random.Random(seed))


def words(text: Annotated) -> list[str]:
    return [text.text[spot.start : spot.end] for spot in text.spots]


def test_a_person_keeps_gender_and_short_names() -> None:
    _, new = renamed("[1:Person|Maria Vale] left. [1|Vale] said [1|she] would; [2:Person|Peter Vale] stayed.")
    assert new.text == "Zula Zet left. Zet said she would; Zolt Zet stayed."


def test_who_is_she_gets_a_womans_name() -> None:
    _, new = renamed("[1:Person|Xyx Vale] left; [1|she] will return.")
    assert new.text == "Zula Zet left; she will return."


@pytest.mark.parametrize(
    "line",
    [
        "[1:Person|Maria Vale] and the Vale case",  # the name tells of what is not marked
        "[1:Person|Amerigo Vespucci] named [2:Vehicle:Ship:individual|Amerigo Vespucci].",
        "[1:Vehicle:Ship:individual|MS Elm] or [1|Elm]",
        "[1:Work|Elm] was filmed.",
    ],
)
def test_names_that_tell_of_one_another_stay(line: str) -> None:
    old, new = renamed(line)
    assert new == old


def test_a_craft_may_get_any_name_and_a_designation_other_digits() -> None:
    found = {renamed("[1:Vehicle:Ship:individual|Tern] sailed.", seed=seed)[1].text for seed in range(60)}
    assert {f"{name} sailed." for name in ("Petrel", "Skua", "Zula", "Zet")} <= found
    designations = {words(renamed("[1:Vehicle:Aircraft:individual|HV418] fell.", seed=seed)[1])[0] for seed in range(9)}
    assert len(designations) > 5
    assert all(one[:2] in ("XY", "HV") and one[2:].isdigit() for one in designations)


@given(st.integers(0, 9999))
def test_only_names_change(seed: int) -> None:
    old, new = renamed(
        "[1:Organisation:Company|Elm Air] bought [2:Vehicle:Aircraft:individual|AB77] in [3:Place:City|Ash].",
        "2 ownedBy 1",
        seed=seed,
    )
    assert (new.things, new.facts, len(new.spots)) == (old.things, old.facts, len(old.spots))
    assert [(spot.type, spot.kind) for spot in new.spots] == [(spot.type, spot.kind) for spot in old.spots]
    company, craft, place = words(new)
    assert new.text == f"{company} bought {craft} in {place}."
    assert [(scope.start, scope.end) for scope in new.scopes] == [(0, len(new.text))]


def test_every_written_passage_can_be_renamed() -> None:
    told = list(detailed("train"))
    rename, rng = Renamer(told, PEOPLE), random.Random(1)
    names = changed = 0
    for text, _ in told:
        new = rename(text, rng)
        assert all(new.text[spot.start : spot.end].strip() for spot in new.spots)
        pairs = [(a, b) for a, b, spot in zip(words(text), words(new), text.spots, strict=True) if spot.kind == "name"]
        names, changed = names + len(pairs), changed + sum(a != b for a, b in pairs)
    assert changed > names * 0.7


def test_countries_have_forenames_of_both_genders_and_surnames(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "names-people.zip", "w") as archive:
        forenames = ["AA,F,Ada", "AA,M,Åke", "AA,F,N/A", "BB,F,Bea"]
        archive.writestr(
            "common-forenames-by-country.csv", "\ufeffCountry,Gender,Romanized Name\n" + "\n".join(forenames)
        )
        archive.writestr("common-surnames-by-country.csv", "\ufeffCountry,Romanized Name\nAA,Berg\nAA,van B\nBB,Carr")
    assert countries(tmp_path) == [Country({"feminine": ["Ada"], "masculine": ["Åke"]}, ["Berg"])]
