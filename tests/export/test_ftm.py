"""What the facts are as FollowTheMoney entities; tests/interop/test_ftm.py asks the library itself."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.model import Entity, Literal, Modality
from kg.schema import load
from tests.sample import Text, graph_of, small

THINGS: dict[str, tuple[str, str | None]] = {
    "Ada Quill": ("Person", None),
    "Ben Oduya": ("Person", None),
    "Gannet": ("Vehicle", "Ship"),
    "Merrow Lines": ("Organisation", "Company"),
    "Merrow Union": ("Organisation", None),
    "Port Merrow": ("Place", "City"),
    "Norway": ("Place", "Country"),
    "The Crossing": ("Work", "Film"),
}


def entities(graph: Graph) -> list[dict[str, Any]]:
    out = BytesIO()
    graph.export(out, format="ftm")
    return [json.loads(line) for line in out.getvalue().splitlines()]


def by_id(graph: Graph) -> dict[str, dict[str, Any]]:
    found = {entity["id"]: entity for entity in entities(graph)}
    assert len(found) == len(entities(graph))
    return found


def links(*texts: Text) -> list[dict[str, Any]]:
    return [entity for entity in entities(graph_of(texts, THINGS)) if entity["id"].startswith("link-")]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("ada-quill", "Person"),
        ("gannet", "Vessel"),
        ("merrow-lines", "Company"),
        ("merrow-union", "Organization"),
        ("port-merrow", "Address"),
        ("the-crossing", "Asset"),
    ],
)
def test_a_thing_is_of_the_nearest_schema(name: str, schema: str) -> None:
    assert by_id(graph_of([], THINGS))[name]["schema"] == schema


def test_a_users_type_is_what_its_parent_is(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[types.Ferry]\nlabel = 'car ferry'\nparent = 'Ship'\n[types.Gene]\nlabel = 'gene'")
    things = {"Gannet": ("Vehicle", "Ferry"), "BRCA": ("Gene", None)}
    assert entities(graph_of([], things, load([mine]))) == [
        {"id": "gannet", "schema": "Vessel", "properties": {"name": ["Gannet"], "type": ["car ferry"]}}
    ]


@pytest.mark.parametrize(
    ("subject", "predicate", "thing", "schema", "ends"),
    [
        ("Ada Quill", "worksFor", "Merrow Lines", "Employment", {"employee": "ada-quill", "employer": "merrow-lines"}),
        (
            "Ada Quill",
            "leads",
            "Merrow Lines",
            "Directorship",
            {"director": "ada-quill", "organization": "merrow-lines"},
        ),
        ("Ada Quill", "leads", "Port Merrow", "UnknownLink", {"subject": "ada-quill", "object": "port-merrow"}),
        (
            "Ada Quill",
            "memberOf",
            "Merrow Union",
            "Membership",
            {"member": "ada-quill", "organization": "merrow-union"},
        ),
        ("Norway", "memberOf", "Merrow Union", "UnknownLink", {"subject": "norway", "object": "merrow-union"}),
        ("Gannet", "ownedBy", "Ada Quill", "Ownership", {"owner": "ada-quill", "asset": "gannet"}),
        ("Merrow Union", "ownedBy", "Ada Quill", "UnknownLink", {"subject": "merrow-union", "object": "ada-quill"}),
        ("Merrow Union", "acquired", "Merrow Lines", "Ownership", {"owner": "merrow-union", "asset": "merrow-lines"}),
        ("Ben Oduya", "spouseOf", "Ada Quill", "Family", {"person": "ada-quill", "relative": "ben-oduya"}),
        ("Ben Oduya", "childOf", "Ada Quill", "Family", {"person": "ben-oduya", "relative": "ada-quill"}),
        ("Ada Quill", "crewOf", "Gannet", "UnknownLink", {"subject": "ada-quill", "object": "gannet"}),
        ("Ada Quill", "citizenOf", "Port Merrow", "UnknownLink", {"subject": "ada-quill", "object": "port-merrow"}),
    ],
)
def test_a_fact_is_the_link_that_fits_its_ends(subject: str, predicate: str, thing: str, schema: str, ends) -> None:
    [link] = links(Text("a").say(subject, predicate, thing))
    assert link["schema"] == schema
    assert {name: link["properties"][name] for name in ends} == {name: [end] for name, end in ends.items()}


def test_a_link_tells_its_evidence() -> None:
    text = Text("a", source="https://example.org/a").say("Ada Quill", "leads", "Merrow Lines", score=0.9)
    other = Text("b").say(
        "Ada Quill", "leads", "Merrow Lines", modality=Modality.PLANNED, score=0.5, time="2021-10-05T10:55"
    )
    graph = graph_of([text, other], THINGS)
    [link] = [entity for entity in entities(graph) if entity["schema"] == "Directorship"]
    articles = {
        entity["properties"]["fileName"][0]: entity["id"] for entity in entities(graph) if entity["schema"] == "Article"
    }
    assert link["properties"] == {
        "director": ["ada-quill"],
        "organization": ["merrow-lines"],
        "role": ["leads"],
        "summary": ["asserted, planned; confidence 0.95"],
        "description": ["Ada Quill leads Merrow Lines."],
        "proof": sorted(articles.values()),
        "sourceUrl": ["https://example.org/a"],
        "recordId": sorted(one.id for one in graph.statements(predicate="leads")),
        "date": ["2021-10-05"],
    }


@pytest.mark.parametrize(
    ("time", "dates"),
    [
        ("2021", {"date": ["2021"]}),
        ("2019-01/2021-02-03", {"startDate": ["2019-01"], "endDate": ["2021-02-03"]}),
        ("../2021", {"endDate": ["2021"]}),
        ("2019/..", {"startDate": ["2019"]}),
        ("2021-02-30", {}),
        ("0000", {}),
        ("20210101", {}),
    ],
)
def test_times_are_dates_of_the_link(time: str, dates: dict[str, list[str]]) -> None:
    [link] = links(Text("a").say("Ada Quill", "worksFor", "Merrow Lines", time=time))
    assert {
        name: link["properties"][name] for name in ("startDate", "endDate", "date") if name in link["properties"]
    } == dates


def test_facts_of_a_thing_are_its_properties_and_stand_in_its_notes() -> None:
    text = Text("a", title="News")
    text.say("Ada Quill", "bornOn", Literal(value="1970-02", datatype="date"))
    text.say("Ada Quill", "occupation", Literal(value="sailor")).say("Ada Quill", "citizenOf", "Norway")
    text.say("Gannet", "operatedBy", "Merrow Lines").say("Merrow Lines", "headquarteredIn", "Port Merrow")
    found = by_id(graph_of([text], THINGS))
    ada, ship, lines = (found[name]["properties"] for name in ("ada-quill", "gannet", "merrow-lines"))
    assert (ada["birthDate"], ada["profession"], ada["nationality"]) == (["1970-02"], ["sailor"], ["no"])
    assert (ship["operator"], lines["addressEntity"]) == (["merrow-lines"], ["port-merrow"])
    assert ada["notes"][1] == "citizen of Norway (asserted): “Ada Quill citizenOf Norway.” — News"
    assert len(ada["notes"]) == 3


@pytest.mark.parametrize("modality", [Modality.POSSIBLE, Modality.NEGATED])
def test_what_is_denied_or_possible_is_not_there(modality: Modality) -> None:
    text = Text("a").say("Ada Quill", "leads", "Merrow Lines", modality=modality)
    text.say("Ada Quill", "occupation", Literal(value="sailor"), modality=modality)
    text.say("Gannet", "operatedBy", "Merrow Lines", modality=modality)
    assert links(text) == []
    told = json.dumps(entities(graph_of([text], THINGS)))
    assert not [word for word in ("sailor", "operator", "notes", "leads") if word in told]


def test_what_only_follows_is_not_there() -> None:
    assert len(links(Text("a").say("Ada Quill", "crewOf", "Gannet"))) == 1


def test_what_goes_both_ways_is_one_link() -> None:
    text = Text("a").say("Ada Quill", "spouseOf", "Ben Oduya").say("Ben Oduya", "spouseOf", "Ada Quill")
    [link] = links(text)
    assert len(link["properties"]["recordId"]) == 2


def test_a_thing_leads_to_the_articles_that_mention_it() -> None:
    found = by_id(small())
    articles = [key for key, entity in found.items() if entity["schema"] == "Article"]
    assert found["ada-quill"]["properties"]["proof"] == sorted(articles)
    assert "proof" not in found["port-merrow"]["properties"]


def test_ids_are_stable_and_fit() -> None:
    odd = [
        Entity(id=name, type="Person", name="", aliases=("", "A", " A "), same_as=("Q42", "x")) for name in ("é/", "a")
    ]
    assert entities(Graph.of([], [], odd, load())) == [
        {"id": "a", "schema": "Person", "properties": {"name": ["a"], "alias": ["A"], "wikidataId": ["Q42"]}},
        {
            "id": "entity-06df1e57d8b8dd8c",
            "schema": "Person",
            "properties": {"name": ["é/"], "alias": ["A"], "wikidataId": ["Q42"]},
        },
    ]


def test_a_place_tells_where_it_is_and_its_wikidata_item() -> None:
    links = ("http://www.wikidata.org/entity/Q142", "https://sws.geonames.org/3017382/")
    place = Entity(id="x", type="Place", name="X", same_as=links, point=(1.5, -2.0), country="FR")
    [found] = entities(Graph.of([], [], [place], load()))
    told = {name: found["properties"][name] for name in ("latitude", "longitude", "country", "wikidataId")}
    assert told == {"latitude": ["1.5"], "longitude": ["-2.0"], "country": ["fr"], "wikidataId": ["Q142"]}
