"""What is read of a space for looking at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample import THINGS, Text, first

from kg.errors import KgError
from kg.evidence import joined
from kg.model import Judgement, Modality, Verdict
from kg.space import Space, view
from kg.space.view import Filter, NotFound, View
from space.looked import HOSTILE, made

BOAT = "gannet"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("view") / "space")


@pytest.fixture
def seen(path: Path) -> Iterator[View]:
    one = View.open(path)
    yield one
    one.close()


def names(scene: view.shapes.Scene) -> set[str]:
    return {node.name for node in scene.nodes}


def triples(scene: view.shapes.Scene) -> set[tuple[str, str, str | None]]:
    return {(edge.source, edge.predicate, edge.target) for edge in scene.edges}


# Search


@pytest.mark.parametrize("text", ["quill", "ada q", "ADA QUILL", "Adá Quíll", "qui"])
def test_search_finds_by_the_start_of_a_word(seen: View, text: str) -> None:
    (found,) = view.search(seen.records, seen.schema, text).results
    assert (found.name, found.matched, found.type) == ("Ada Quill", "Ada Quill", "Person")


def test_search_shows_a_line_that_speaks_of_what_it_finds(seen: View) -> None:
    (found,) = view.search(seen.records, seen.schema, "gannet").results
    assert joined(found.context).strip() == "Ada Quill crewOf Gannet."
    assert [piece.text for piece in found.context if piece.quote] == ["Gannet"]


def test_search_keeps_to_a_type_and_its_special_cases(seen: View) -> None:
    def found(text: str, type: str) -> list[str]:
        return [one.name for one in view.search(seen.records, seen.schema, text, chosen=Filter(types=(type,))).results]

    assert found("merrow", "Organisation") == found("merrow", "Company") == ["Merrow Lines"]
    assert found("merrow", "Person") == []


@pytest.mark.parametrize("text", ["", "  ", '"', "NEAR(", "a* OR b", "';--", "x" * 5_000, "\x00"])
def test_search_takes_any_text(seen: View, text: str) -> None:
    assert view.search(seen.records, seen.schema, text).results == []


# Scenes


def test_most_connected_leaves_out_what_follows_by_rule_and_values(seen: View) -> None:
    scene = view.most_connected(seen.records, seen.schema, limit=10)
    assert scene.nodes[0].name == "Ada Quill"
    assert names(scene) == {"Ada Quill", "Ben Oduya", "Cy Tran", "Gannet", "Merrow Lines"}
    assert ("ada-quill", "spouseOf", "ben-oduya") in triples(scene)
    assert ("ben-oduya", "spouseOf", "ada-quill") not in triples(scene)
    assert all(edge.target for edge in scene.edges)
    assert scene.omitted.nodes == 0


def test_a_scene_tells_what_it_leaves_out(seen: View) -> None:
    scene = view.most_connected(seen.records, seen.schema, limit=2)
    assert len(scene.nodes) == 2
    assert scene.omitted.nodes == 3


def test_degree_counts_the_others_and_not_the_statements(seen: View) -> None:
    degrees = {one.name: one.degree for one in view.most_connected(seen.records, seen.schema, limit=10).nodes}
    assert degrees == {"Ada Quill": 3, "Gannet": 3, "Ben Oduya": 2, "Cy Tran": 1, "Merrow Lines": 1}


def test_around_gives_the_neighbours_and_what_connects_them(seen: View) -> None:
    scene = view.around(seen.records, seen.schema, ["merrow-lines"], limit=10)
    assert names(scene) == {"Merrow Lines", "Ada Quill"}
    (edge,) = scene.edges
    assert (edge.statements, edge.documents, edge.modalities, edge.score) == (2, 2, ["asserted", "reported"], 0.95)


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (Filter(types=("Vehicle",)), {"Ada Quill", "Gannet"}),
        (Filter(types=("Ship", "Company")), {"Ada Quill", "Gannet", "Merrow Lines"}),
        (Filter(predicates=("leads",)), {"Ada Quill", "Merrow Lines"}),
        (Filter(modalities=("planned",)), {"Ada Quill", "Gannet"}),
        (Filter(score=0.9), {"Ada Quill", "Merrow Lines"}),
        (Filter(first="2021-10-05", last="2021-10"), {"Ada Quill", "Gannet"}),
        (Filter(last="2018"), {"Ada Quill", "Ben Oduya"}),
        (Filter(first="2022"), {"Ada Quill", "Merrow Lines"}),
    ],
)
def test_a_filter_keeps_what_fits(seen: View, chosen: Filter, left: set[str]) -> None:
    chosen.check(seen.schema)
    assert names(view.around(seen.records, seen.schema, ["ada-quill"], limit=10, chosen=chosen)) == left


def test_what_follows_by_rule_is_there_when_its_predicate_is_asked_for(seen: View) -> None:
    scene = view.around(seen.records, seen.schema, [BOAT], limit=10, chosen=Filter(predicates=("aboard", "crewOf")))
    assert {edge.predicate for edge in scene.edges} == {"aboard", "crewOf"}


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (Filter(types=("Shipp",)), "no type 'Shipp' in the schema; there are"),
        (Filter(predicates=("lead",)), "no predicate 'lead'"),
        (Filter(modalities=("perhaps",)), "no modality 'perhaps'; there are: asserted"),
        (Filter(first="yesterday"), "'yesterday' is no date; write it as 2021"),
        (Filter(last="2021-13"), "'2021-13' is no date"),
    ],
)
def test_a_filter_names_what_is_unknown(seen: View, chosen: Filter, message: str) -> None:
    with pytest.raises(KgError, match=message):
        chosen.check(seen.schema)


def test_beside_gives_what_is_new_and_its_edges_to_all_that_is_known(seen: View) -> None:
    scene = view.beside(seen.records, seen.schema, BOAT, known=["ada-quill", BOAT], limit=10)
    assert names(scene) == {"Gannet", "Ben Oduya", "Cy Tran"}
    assert ("ada-quill", "spouseOf", "ben-oduya") in triples(scene)
    assert ("ada-quill", "leads", "merrow-lines") not in triples(scene)


def test_the_scene_of_a_document_holds_what_it_says(seen: View) -> None:
    scene = view.of_document(seen.records, seen.schema, "b c/ü.txt", limit=10)
    assert triples(scene) == {("ada-quill", "spouseOf", "ben-oduya"), ("ada-quill", "leads", "merrow-lines")}


def test_what_is_not_there_is_named(seen: View) -> None:
    for ask in (
        lambda: view.around(seen.records, seen.schema, ["nobody"], limit=10),
        lambda: view.of_document(seen.records, seen.schema, "nobody", limit=10),
        lambda: view.why_edge(seen.records, seen.schema, "nobody", limit=10),
        lambda: view.why_statement(seen.records, seen.schema, "nobody"),
        lambda: view.document(seen.records, seen.schema, "nobody"),
    ):
        with pytest.raises(NotFound, match="'nobody' now; "):
            ask()


# Paths


def test_a_path_leads_over_facts_alone(seen: View) -> None:
    found = view.paths(seen.records, seen.schema, "merrow-lines", "ben-oduya", length=6)
    edges = {edge.id: edge for edge in found.edges}
    assert [[edges[id].predicate for id in path] for path in found.paths] == [["leads", "spouseOf"]]
    assert found.complete
    assert view.paths(seen.records, seen.schema, "merrow-lines", "cy-tran", length=6).paths == []
    assert view.paths(seen.records, seen.schema, "merrow-lines", "ben-oduya", length=1).paths == []
    assert view.paths(seen.records, seen.schema, BOAT, BOAT, length=3).paths == []


def test_of_several_shortest_paths_all_are_found(tmp_path: Path) -> None:
    text = Text("a")
    for way in ("Bea", "Cia", "Dua"):
        text.say("Ada Quill", "spouseOf", f"{way} Moss").say(f"{way} Moss", "childOf", "Eve Loon")
    text.say("Eve Loon", "childOf", "Flo Gray")
    people = dict.fromkeys({mention.text for mention in text.mentions}, ("Person", None))
    seen = View.open(made(tmp_path / "space", text, things=people))
    found = view.paths(seen.records, seen.schema, "ada-quill", "flo-gray", length=3)
    assert len(found.paths) == 3
    assert {len(path) for path in found.paths} == {3}
    assert len(found.nodes) == 6
    seen.close()


# Why


def test_why_cuts_the_sentence_into_who_and_what(seen: View) -> None:
    (edge,) = view.around(seen.records, seen.schema, [BOAT], limit=9, chosen=Filter(modalities=("planned",))).edges
    found = view.why_edge(seen.records, seen.schema, edge.id, limit=10)
    (claim,) = found.claims
    assert found.title == "Ada Quill crew of Gannet"
    assert found.names == {"ada-quill": "Ada Quill", "gannet": "Gannet"}
    assert [(piece.text, piece.role, piece.quote) for piece in claim.sentence if piece.role] == [
        ("Ada Quill", "subject", True),
        ("Gannet", "object", True),
    ]
    assert joined(piece for piece in claim.sentence if piece.quote) == "Ada Quill crewOf Gannet."
    assert (claim.modality, claim.time, claim.score) == ("planned", "2021-10-05T10:55+02:00", 0.8)
    assert (claim.document.title, claim.document.published) == ("The “Gannet”", "2021-10-04")


def test_why_of_a_pair_and_of_an_entity(seen: View) -> None:
    pair = view.why_pair(seen.records, seen.schema, BOAT, "cy-tran", limit=10)
    assert [(claim.predicate, claim.modality, claim.source) for claim in pair.claims] == [
        ("aboard", "possible", "the harbour master")
    ]
    whole = view.why_entity(seen.records, seen.schema, "ada-quill", limit=3)
    assert whole.entity is not None
    assert len(whole.claims) == 3
    assert whole.more == 2
    assert not any(claim.inferred for claim in whole.claims)


def test_why_says_what_kg_why_says(path: Path, seen: View) -> None:
    with Space.open(path) as space:
        statements = space.graph().statements()
    for one in statements:
        (claim,) = view.why_statement(seen.records, seen.schema, one.id).claims
        assert joined(piece for piece in claim.sentence if piece.quote) == one.quote
        assert (claim.id, claim.subject, claim.inferred) == (one.id, one.subject, one.inferred)


# Documents and pages


def test_documents_are_listed_the_latest_first(seen: View) -> None:
    found = view.documents(seen.records)
    assert [(one.id, one.statements, one.mentions) for one in found.documents] == [("b c/ü.txt", 3, 5), ("a", 5, 9)]
    assert [one.id for one in view.documents(seen.records, text="GANNET").documents] == ["a"]
    assert view.documents(seen.records, offset=1, limit=1).total == 2


def test_a_document_is_its_pieces(path: Path, seen: View) -> None:
    with Space.open(path) as space:
        texts = {document.id: document.text for document in space.documents()}
    for id, text in texts.items():
        found = view.document(seen.records, seen.schema, id)
        assert joined(found.pieces) == text
        said = {id for piece in found.pieces for id in piece.statements}
        assert said == {claim.id for claim in found.statements}
        assert {piece.text for piece in found.pieces if piece.mention} <= {*found.names.values()}


def test_the_page_of_an_entity_tells_all(seen: View) -> None:
    found = view.page(seen.records, seen.schema, "ada-quill")
    assert {edge.value.value for edge in found.facts if edge.value} == {"1970-02-28"}
    assert found.facts[0].predicate == "leads"
    assert [edge.inferred for edge in found.facts] == sorted(edge.inferred for edge in found.facts)
    assert found.told == sum(not edge.inferred for edge in found.facts) < len(found.facts)
    assert len(found.places) == 5
    assert (found.mentions, found.documents) == (5, 2)


def test_statements_stand_in_time(seen: View) -> None:
    items = view.timeline(seen.records, seen.schema, limit=10).items
    assert [(one.start, one.end, one.precision, one.dated) for one in items] == [
        (None, "2019-01-01", "interval", "event"),
        ("1970-02-28", "1970-02-28", "day", "event"),
        ("2021-10-05", "2021-10-05", "time", "event"),
    ]
    assert items[2].label == "Ada Quill crew of Gannet"
    every = view.timeline(seen.records, seen.schema, limit=4, published=True)
    assert len(every.items) == 4
    assert every.omitted == 4
    assert {one.dated for one in every.items} == {"event", "publication"}


def test_places_with_a_point_are_on_the_map(tmp_path: Path) -> None:
    text = first().say("Cy Tran", "livesIn", "Ouagadougou").say("Ouagadougou", "locatedIn", "Ouagadougou")
    text.say("Cy Tran", "bornIn", "Ouagadougou")  # a thing of two facts is one thing
    seen = View.open(made(tmp_path / "space", text, things={**THINGS, "Ouagadougou": ("Place", "City")}))
    found = view.placed(seen.records, seen.schema, limit=10)
    assert [(one.name, one.point, one.country, one.things) for one in found.places] == [
        ("Ouagadougou", (12.366, -1.534), "BF", 1)
    ]
    assert {(one.name, one.label) for one in found.things} == {("Cy Tran", "lives in"), ("Cy Tran", "born in")}
    assert found.omitted == 0
    seen.close()


def test_the_overview_counts_what_there_is(seen: View) -> None:
    found = view.overview(seen.records, seen.schema, "mine")
    assert {one.name: one.count for one in found.types} == {
        **{"Person": 3, "Vehicle": 1, "Ship": 1, "Organisation": 1, "Company": 1}
    }
    assert {one.name for one in found.modalities} == {*Modality}
    assert {one.name: one.count for one in found.predicates}["spouseOf"] == 1  # and not one more the other way round
    assert found.years == (1970, 2022)


def test_each_example_query_finds_something(path: Path) -> None:
    with Space.open(path) as space:
        seen = View.open(path)
        examples = view.overview(seen.records, seen.schema, "mine").examples
        seen.close()
        assert len(examples) > 6
        for example in examples:
            assert len(space.query(example.query)) > 0, example


def test_a_view_sees_one_state_while_another_process_writes(tmp_path: Path) -> None:
    seen = View.open(made(tmp_path / "space"))
    with seen.reading() as records:
        before = view.documents(records).total
        with Space.edit(tmp_path / "space") as space:
            space.remove("a")
        assert view.documents(records).total == before == 2
    with seen.reading() as records:
        assert view.documents(records).total == 1
    seen.close()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, hostile: str) -> None:
    text = Text("a", title=hostile, source=hostile)
    text.text = f"{hostile} "
    text.say(f"Ada {hostile}", "leads", "Merrow Lines").say("Ada Quill", "occupation", "Merrow Lines")
    things = {mention.text: ("Person", None) for mention in text.mentions}
    seen = View.open(made(tmp_path / "space", text, things={**things, "Merrow Lines": ("Organisation", None)}))
    found = view.document(seen.records, seen.schema, "a")
    assert joined(found.pieces) == text.text
    assert found.title == hostile
    assert view.documents(seen.records, text=hostile).total == 1
    seen.close()


def test_the_least_certain_pairs_are_for_review(tmp_path: Path) -> None:
    people = ("Jon Huber", "Jon P. Huber", "Brodie Lee")
    led = ("Merrow Lines", "Gull Foods", "Tern Bank")
    texts = [Text(one).say(one, "leads", other) for one, other in zip(people, led, strict=True)]
    kinds = {**dict.fromkeys(people, ("Person", None)), **dict.fromkeys(led, ("Organisation", None))}
    seen = View.open(made(tmp_path / "space", *texts, things=kinds))
    (pair,) = view.review(seen.records, [], limit=10).pairs
    assert {pair.left.name, pair.right.name} == {"Jon Huber", "Jon P. Huber"}
    assert [side.names for side in pair.sides] == [(pair.left.name,), (pair.right.name,)]
    assert [side.document.id for side in pair.sides] == [pair.left.name, pair.right.name]
    assert [joined(side.pieces) for side in pair.sides] == [
        f"{one} leads {led[people.index(one)]}." for one in (pair.left.name, pair.right.name)
    ]
    assert pair.contra == ["one name has a middle name more"]
    with Space.open(tmp_path / "space") as space:
        (doubt,) = space.review()
    assert pair.anchors == (doubt.left.anchor, doubt.right.anchor)
    assert pair.score == doubt.score
    judged = Judgement(left=pair.anchors[0], right=pair.anchors[1], verdict=Verdict.UNSURE, when="2024-01-01")
    assert view.review(seen.records, [judged], limit=10).pairs == []
    seen.close()
