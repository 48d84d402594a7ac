"""A still picture: everything is told without colour alone, nothing covers a name, and text stays text."""

import re
from collections.abc import Iterable
from itertools import combinations
from xml.etree import ElementTree

import pytest

from kg.space.view.shapes import Edge, Entity, Omitted, Scene
from kg.web.picture import LINES, TYPES, svg

SVG = "{http://www.w3.org/2000/svg}"


def thing(id: str, type: str = "Person", **fields: object) -> Entity:
    untold = {**dict.fromkeys(("subtype", "point", "country")), "aliases": (), "same_as": ()}
    counts = dict.fromkeys(("mentions", "documents", "degree"), 0)
    return Entity(**{"id": id, "iri": f"urn:{id}", "name": id.title(), "type": type, **untold, **counts, **fields})


def link(source: str, target: str, *modalities: str, **fields: object) -> Edge:
    ends = {"id": source + target, "source": source, "target": target, "value": None}
    said = {"predicate": "knows", "label": "knows", "stance": "fact", "modalities": list(modalities) or ["asserted"]}
    counts = {"score": 1.0, "times": [], "statements": 1, "documents": 1, "inferred": False}
    return Edge(**{**ends, **said, **counts, **fields})


def scene(nodes: Iterable[Entity] = (), edges: Iterable[Edge] = (), omitted: Omitted = Omitted()) -> Scene:  # noqa: B008
    return Scene(generation="", nodes=list(nodes), edges=list(edges), omitted=omitted)


def drawn(shown: Scene, **how: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg(shown, **how))


def texts(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def test_each_type_has_a_shape_and_a_colour_of_its_own() -> None:
    looks = list(TYPES.values())
    assert len({shape for shape, _ in looks}) == len({colour for _, colour in looks}) == len(looks)
    picture = drawn(scene(nodes=tuple(thing(name.lower(), name) for name in TYPES)))
    assert {element.get("fill") for element in picture.iter()} >= {colour for _, colour in looks}
    assert set(texts(picture)) >= set(TYPES)  # the legend names them


def test_each_modality_has_a_line_of_its_own() -> None:
    strokes = set()
    for modality in LINES:
        picture = drawn(scene(nodes=(thing("a"), thing("b")), edges=(link("a", "b", modality),)))
        lines = [element for element in picture.iter(f"{SVG}path") if "L" in (element.get("d") or "")]
        strokes.add(
            tuple(
                (line.get("stroke-width"), line.get("stroke-dasharray")) for line in lines if line.get("stroke-width")
            )
        )
    assert len(strokes) == len(LINES)


@pytest.mark.parametrize("modality", LINES)
def test_a_modality_is_told_by_a_word(modality: str) -> None:
    picture = drawn(scene(nodes=(thing("a"), thing("b")), edges=(link("a", "b", modality),)))
    assert ("knows" if modality == "asserted" else f"{modality}: knows") in texts(picture)


def test_no_two_words_overlap() -> None:
    nodes = tuple(thing(f"thing number {at}") for at in range(30))
    edges = tuple(link(nodes[0].id, node.id) for node in nodes[1:]) + (link(nodes[3].id, nodes[4].id),)
    placed = []
    for element in drawn(scene(nodes=nodes, edges=edges)).iter(f"{SVG}text"):
        x, y, size = (float(element.get(name) or 0) for name in ("x", "y", "font-size"))
        half = len(element.text or "") * size * 0.45 / 2
        if element.get("text-anchor") == "middle":
            placed.append((x - half, y - size * 0.7, x + half, y))
    assert len(placed) >= 30
    for a, b in combinations(placed, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_markup_in_names_stays_text() -> None:
    hostile = '</text><script>alert("1")</script>\x00&amp;'
    shown = scene(nodes=(thing("a", name=hostile), thing("b", "<b>")), edges=(link("a", "b"),))
    picture = drawn(shown, title=hostile)
    assert not [element for element in picture.iter() if "script" in element.tag]
    assert any(text.startswith("</text><script>") for text in texts(picture))


def test_a_picture_needs_nothing_from_elsewhere() -> None:
    text = svg(scene(nodes=(thing("a"), thing("b")), edges=(link("a", "b"),)))
    assert not re.search(r"href|url\(|<style|<script|\bon\w+=", text)


def test_what_is_not_shown_is_said() -> None:
    picture = drawn(scene(nodes=(thing("a"),), omitted=Omitted(nodes=7, edges=9)))
    assert "1 entity, 0 facts between them; 7 more entities and 9 more facts not shown" in texts(picture)


def test_several_facts_of_two_things_are_one_line_that_tells_all() -> None:
    edges = (link("a", "b"), link("b", "a", "planned", statements=3))
    picture = drawn(scene(nodes=(thing("a"), thing("b")), edges=edges))
    assert "knows +1" in texts(picture)
    assert "A knows B; B planned: knows A" in [element.text for element in picture.iter(f"{SVG}title")]


def test_the_same_scene_gives_the_same_picture() -> None:
    shown = scene(nodes=tuple(thing(name) for name in "abc"), edges=(link("a", "b"), link("c", "a")))
    assert svg(shown) == svg(shown)


def test_an_empty_scene_is_a_picture_too() -> None:
    assert "0 entities, 0 facts between them" in texts(drawn(scene()))


def test_what_follows_by_rule_adds_nothing_to_a_line() -> None:
    both = (link("a", "b"), link("b", "a", id="back", label="known by", inferred=True))
    assert "knows" in texts(drawn(scene(nodes=(thing("a"), thing("b")), edges=both)))
    assert svg(scene(nodes=(thing("a"), thing("b")), edges=both)) == svg(
        scene(nodes=(thing("a"), thing("b")), edges=both[:1])
    )
    assert "known by" in texts(drawn(scene(nodes=(thing("a"), thing("b")), edges=both[1:])))
