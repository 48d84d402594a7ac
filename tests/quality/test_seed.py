"""The seed article, read by the shipped model, against the reading of a person."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from kg.model import Entity

HERE = Path(__file__).parent
READING = tomllib.loads((HERE / "seed.toml").read_text(encoding="utf-8"))
SEEDS = HERE.parent.parent / "seeds"
THINGS = [(kind, set(names)) for kind, things in READING["things"].items() for names in things]

pytestmark = pytest.mark.skipif(
    not (HERE.parent.parent / "kg" / "models" / "en" / "joint" / "mention.onnx").exists(), reason="needs the model"
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.build(SEEDS)


def names(entity: Entity) -> set[str]:
    return {entity.name, *entity.aliases}


def fitting(graph: Graph, kind: str, wanted: set[str]) -> list[Entity]:
    return [entity for entity in graph.entities(kind) if names(entity) & wanted]


def found(graph: Graph) -> Iterator[Entity]:
    for kind, wanted in THINGS:
        fits = fitting(graph, kind, wanted)
        if len(fits) == 1 and wanted <= names(fits[0]):
            yield fits[0]


def said(graph: Graph) -> set[tuple[str, str, str, str]]:
    labels = {entity.id: sorted(names(entity)) for entity in graph.entities()}
    return {
        (one, statement.predicate, other, statement.modality.value)
        for statement in graph.statements()
        for one in labels[statement.subject]
        for other in (labels[statement.object] if isinstance(statement.object, str) else [statement.object.value])
    }


def test_at_least_24_of_29_things_are_found_as_one_entity_of_the_right_type(graph: Graph) -> None:
    assert len(THINGS) == 29
    assert len(list(found(graph))) >= 24


def test_at_most_three_entities_should_not_be_there(graph: Graph) -> None:
    known = {name for _, wanted in THINGS for name in wanted}
    assert [entity.name for entity in graph.entities() if not names(entity) & known][3:] == []


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("Organisation", {"Roscosmos", "Roskosmos"}),
        ("Vehicle", {"International Space Station", "ISS"}),
        ("Person", {"Julija Peressild", "Peressild"}),
    ],
)
def test_every_name_of_one_thing_is_one_entity(graph: Graph, kind: str, wanted: set[str]) -> None:
    (entity,) = fitting(graph, kind, wanted)
    assert wanted <= names(entity)


def test_the_station_is_the_international_space_station(graph: Graph) -> None:
    (station,) = fitting(graph, "Vehicle", {"International Space Station"})
    assert "the station" in {mention.text for mention in graph.mentions(station.id)}


def test_at_least_20_statements_have_the_right_modality(graph: Graph) -> None:
    wanted = {(*triple, how) for how in ("planned", "asserted") for triple in READING["statements"][how]}
    assert len(wanted & said(graph)) >= 20


def test_nobody_is_in_space_who_is_not(graph: Graph) -> None:
    placed = {"aboard", "crewOf", "locatedAt", "destination", "departsFrom", "arrivesAt"}
    absent = set(READING["statements"]["elsewhere"])
    assert not [claim for claim in said(graph) if claim[0] in absent and claim[1] in placed]
