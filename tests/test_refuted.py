"""What a person says is wrong is found again, whatever else changes."""

import pytest
from msgspec.structs import replace
from sample import THINGS, Text

from kg.graph import Graph
from kg.model import Document, Entity, Extraction, Literal, Mention, Modality, Refutation, Relation
from kg.schema import load

ENTITIES = [
    Entity(id=name.lower().replace(" ", "-"), type=kind, subtype=subtype, name=name)
    for name, (kind, subtype) in THINGS.items()
]


def text() -> Text:
    said = Text("a").say("Ada Quill", "leads", "Merrow Lines").say("Ben Oduya", "leads", "Merrow Lines")
    return said.say("Cy Tran", "occupation", Literal(value="sailor"))


def refutation(relation: Relation, said: Document, **changed: object) -> Refutation:
    one = Refutation(
        document=said.id,
        start=relation.start,
        end=relation.end,
        quote=said.text[relation.start : relation.end],
        predicate=relation.predicate,
        modality=relation.modality,
        subject=relation.subject,
        object=relation.object,
    )
    return replace(one, **changed)


def graph(document: Document, extraction: Extraction, *refutations: Refutation, merged: bool = False) -> Graph:
    def owned(entity: Entity) -> Entity:
        return replace(entity, mentions=tuple(one.id for one in extraction.mentions if one.text == entity.name))

    entities = [owned(one) for one in ENTITIES]
    if merged:
        both = entities[0].mentions + entities[1].mentions
        entities = [replace(entities[0], id="ada-and-ben", mentions=both), *entities[2:]]
    return Graph.of([document], [extraction], entities, load(), refutations=refutations)


def said(found: Graph) -> set[tuple[str, str, str]]:
    return {(one.subject, one.predicate, getattr(one.object, "value", one.object)) for one in found.statements()}


def test_what_is_refuted_is_no_statement_and_counted() -> None:
    document, extraction = text().document(), text().extraction()
    whole, less = (
        graph(document, extraction),
        graph(document, extraction, refutation(extraction.relations[0], document)),
    )
    assert said(whole) - said(less) == {
        ("ada-quill", "leads", "merrow-lines"),
        ("ada-quill", "worksFor", "merrow-lines"),
    }
    assert less.refused == {"leads: a person says that it is wrong": 1}


def test_a_value_is_refuted() -> None:
    document, extraction = text().document(), text().extraction()
    less = graph(document, extraction, refutation(extraction.relations[2], document))
    assert ("cy-tran", "occupation", "sailor") not in said(less)


def test_it_holds_when_an_end_is_merged() -> None:
    document, extraction = text().document(), text().extraction()
    less = graph(document, extraction, refutation(extraction.relations[0], document), merged=True)
    assert [one.quote for one in less.statements(predicate="leads")] == ["Ben Oduya leads Merrow Lines."]


def test_it_moves_with_its_words() -> None:
    old = text()
    document, new = old.document(), Text("a")
    new.text = "A sentence that was not there. "
    new.say("Ada Quill", "leads", "Merrow Lines").say("Ben Oduya", "leads", "Merrow Lines")
    one = refutation(old.extraction().relations[0], document)
    found = graph(new.document(), new.extraction(), one)
    assert [statement.subject for statement in found.statements(predicate="leads")] == ["ben-oduya"]


def test_it_sleeps_where_its_words_are_gone() -> None:
    document, new = text().document(), Text("a").say("Ada Quill", "leads", "Gannet")
    one = refutation(text().extraction().relations[0], document)
    other = replace(new.extraction(), relations=())
    assert graph(new.document(), other, one).refused == {}


def test_it_holds_when_the_evidence_is_read_a_little_otherwise() -> None:
    document, extraction = text().document(), text().extraction()
    one = refutation(extraction.relations[0], document)
    wider = [replace(each, end=each.end - 1) for each in extraction.relations]
    found = graph(document, replace(extraction, relations=tuple(wider)), one)
    assert ("ada-quill", "leads", "merrow-lines") not in said(found)


@pytest.mark.parametrize(
    "changed",
    [{"predicate": "founded"}, {"modality": Modality.NEGATED}, {"document": "b"}, {"subject": "a#char=30,39"}],
)
def test_it_is_of_nothing_else(changed: dict[str, object]) -> None:
    document, extraction = text().document(), text().extraction()
    one = refutation(extraction.relations[0], document, **changed)
    assert said(graph(document, extraction, one)) == said(graph(document, extraction))


def test_the_order_tells_nothing_and_twice_is_once() -> None:
    document, extraction = text().document(), text().extraction()
    both = [refutation(relation, document) for relation in extraction.relations[:2]]
    one, other = graph(document, extraction, *both), graph(document, extraction, *both[::-1], *both)
    assert one.statements() == other.statements()
    assert one.refused == other.refused == {"leads: a person says that it is wrong": 2}


def test_an_end_that_was_named_a_little_otherwise_is_still_meant() -> None:
    document, extraction = text().document(), text().extraction()
    one = refutation(extraction.relations[0], document)
    first = extraction.mentions[0]
    shorter = Mention(document="a", start=4, end=9, text="Quill", type="Person")
    entities = [Entity(id="quill", type="Person", name="Quill", mentions=(shorter.id,)), *ENTITIES[4:5]]
    lines = replace(entities[1], mentions=(extraction.mentions[1].id,))
    relation = replace(extraction.relations[0], subject=shorter.id)
    changed = replace(extraction, mentions=(shorter, *extraction.mentions[1:]), relations=(relation,))
    assert first.id == one.subject != shorter.id
    parts = ([document], [changed], [entities[0], lines], load())
    assert len(Graph.of(*parts).statements(predicate="leads")) == 1
    assert Graph.of(*parts, refutations=[one]).statements() == []
