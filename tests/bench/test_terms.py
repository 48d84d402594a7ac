import re
from pathlib import Path

import pytest

from kg.bench.terms import Terms, _rows, knowledgenet, wikidata
from kg.schema import load

SCHEMA = load()
NET, DATA = knowledgenet(SCHEMA), wikidata(SCHEMA)


@pytest.mark.parametrize(
    ("terms", "predicate", "ends", "expected"),
    [
        (NET, "leads", ("Person", "Company"), [("CEO", True), ("EMPLOYEE_OR_MEMBER_OF", False)]),
        (NET, "leads", ("Person", "Country"), []),
        (NET, "memberOf", ("Person", "Party"), [("POLITICAL_AFFILIATION", False), ("EMPLOYEE_OR_MEMBER_OF", False)]),
        (NET, "memberOf", ("Person", "Organisation"), [("EMPLOYEE_OR_MEMBER_OF", False)]),
        (NET, "spouseOf", ("Person", "Person"), [("SPOUSE", False), ("SPOUSE", True)]),
        (NET, "aboard", ("Person", "Vehicle"), []),
        (DATA, "locatedIn", ("City", "Country"), [("P17", False)]),
        (DATA, "locatedIn", ("City", "Region"), [("P131", False)]),
        (DATA, "directorOf", ("Person", "Film"), [("P57", True)]),  # as the schema says
        (DATA, "acquired", ("Company", "Company"), []),
    ],
)
def test_a_predicate_is_said_by_properties(
    terms: Terms, predicate: str, ends: tuple[str, str], expected: list[tuple[str, bool]]
) -> None:
    assert list(terms.properties(predicate, *ends)) == expected


def test_a_predicate_of_the_users_is_said_by_what_its_schema_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[predicates.playsFor]\nlabel = "plays for"\nwikidata = ["P54"]\n', encoding="utf-8")
    assert list(wikidata(load([path])).properties("playsFor", "Person", "SportsTeam")) == [("P54", False)]


@pytest.mark.parametrize("table", ["knowledgenet", "wikidata"])
def test_the_table_speaks_of_the_schema(table: str) -> None:
    for row in _rows(table):
        assert row.predicate in SCHEMA.predicates
        assert {row.subject, row.object} - {None} <= SCHEMA.types.keys()
        assert all(re.fullmatch(r"\^?(P\d+|[A-Z_]+)", name) for name in row.properties)
