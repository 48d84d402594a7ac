"""The FollowTheMoney export, validated by the library itself."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings

import kg
from kg.export.ftm import mapping
from kg.graph import Graph
from kg.model import Literal, Modality
from tests.odd import ODD
from tests.sample import THINGS, Text, complete, graph_of, small

followthemoney = pytest.importorskip("followthemoney", reason="make interop")
MODEL = followthemoney.model


def entities(graph: Graph) -> list[dict[str, Any]]:
    out = BytesIO()
    graph.export(out, format="ftm.json")
    return [json.loads(line) for line in out.getvalue().splitlines()]


def check(graph: Graph) -> None:
    """Validate every entity, and every reference to another."""
    found = {entity["id"]: entity for entity in entities(graph)}
    for data in found.values():
        schema = MODEL.get(data["schema"])
        assert not schema.abstract
        schema.validate(data)
        proxy = MODEL.get_proxy(data, cleaned=False)
        assert set(proxy.to_dict()["properties"]) == set(data["properties"])
        for prop, value in MODEL.get_proxy(data).itervalues():
            assert prop.validate([value]) is None, (prop.name, value)
            if prop.type.name == "entity":
                assert MODEL.get(found[value]["schema"]).is_a(prop.range), (prop.name, value)


@pytest.mark.parametrize("make", [small, complete])
def test_the_library_takes_everything(make) -> None:
    check(make())


def test_the_library_changes_nothing() -> None:
    for data in entities(small()):
        cleaned = MODEL.get_proxy(data, cleaned=False).to_dict()["properties"]
        assert {name: sorted(values) for name, values in cleaned.items()} == {
            name: sorted(values) for name, values in data["properties"].items()
        }


def test_every_kind_of_link_occurs() -> None:
    text = Text("a").say("Ada Quill", "worksFor", "Merrow Lines").say("Ada Quill", "leads", "Merrow Lines")
    text.say("Ada Quill", "memberOf", "Merrow Lines").say("Gannet", "ownedBy", "Ada Quill")
    text.say("Ada Quill", "childOf", "Ben Oduya").say("Ada Quill", "aboard", "Gannet")
    graph = graph_of([text], THINGS)
    assert {entity["schema"] for entity in entities(graph)} >= mapping().edges.keys()
    check(graph)


@settings(max_examples=40, deadline=None)
@given(between=ODD, value=ODD, title=ODD, source=ODD, time=ODD)
def test_the_library_takes_odd_strings(between: str, value: str, title: str, source: str, time: str) -> None:
    text = Text(f"a{between}", title=title, source=f"https://example.org/{source}", language=value)
    text.text = between
    how = {"source": source, "time": time, "modality": Modality.REPORTED}
    text.say("Ada Quill", "occupation", Literal(value=value), **how).say("Ada Quill", "leads", "Merrow Lines", **how)
    text.say("Ada Quill", "bornOn", Literal(value=time, datatype="date"), **how)
    check(graph_of([text], THINGS))


def test_the_table_is_right() -> None:
    table = mapping()
    assert set(table.types.values()) == set(table.schemas)
    for name, others in table.schemas.items():
        known = {schema for schema in (*table.schemas, "LegalEntity") if MODEL.get(name).is_a(schema)}
        assert {name, *others} == known
    for name, edge in table.edges.items():
        schema = MODEL.get(name)
        assert {end: schema.get(end).range.name for end in edge.ends} == edge.ends
        assert schema.get(edge.role) is not None
    for name, rule in table.properties.items():
        prop = MODEL.get(rule.of).get(rule.name)
        assert not prop.deprecated, name
        assert {"name": "string", "text": "string"}.get(rule.value, rule.value) == prop.type.name
        assert prop.range is None or prop.range.name == rule.range


def test_every_name_of_the_table_is_in_the_schema() -> None:
    table, schema = mapping(), kg.load_schema()
    assert table.types.keys() <= schema.types.keys()
    assert {*table.links, *table.properties} <= schema.predicates.keys()
