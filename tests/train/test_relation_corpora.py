"""What the readers of relation corpora promise, on tiny archives in each corpus's own form."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from kg.bench.annotated import ANY, OTHER, TIME, Annotated
from kg.model import Kind
from kg.train.relation_corpora import knowledgenet, redocred, tekgen


def zipped(folder: Path, archive: str, members: dict[str, str]) -> Path:
    with ZipFile(folder / archive, "w") as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return folder


def words(record: Annotated, thing: int) -> list[str]:
    return [record.text[record.spots[spot].start : record.spots[spot].end] for spot in record.things[thing]]


def facts(record: Annotated) -> list[tuple[str, str, str]]:
    return [(words(record, f.subject)[0], f.label, words(record, f.object)[0]) for f in record.facts]


def types(record: Annotated) -> dict[str, str]:
    return {record.text[spot.start : spot.end]: spot.type for spot in record.spots}


# ---------------------------------------------------------------------------------------------------- KnowledgeNet


def passage(text: str, words: str, exhaustive: list[str], *told: tuple[str, str, str]) -> dict[str, Any]:
    start = text.index(words)
    rows = []
    for subject, name, object in told:
        row: dict[str, Any] = {"humanReadable": f"<{subject}> <{name}> <{object}>"}
        for end, piece in (("subject", subject), ("object", object)):
            row |= {f"{end}Start": text.index(piece, start), f"{end}End": text.index(piece, start) + len(piece)}
        rows.append(row)
    kinds = [{"propertyName": name} for name in exhaustive]
    return {
        "passageStart": start,
        "passageEnd": start + len(words),
        "exhaustivelyAnnotatedProperties": kinds,
        "facts": rows,
    }


TEXT = "     Anna Vale was born in 1970. She leads Oak.         The firm sleeps."


@pytest.fixture
def document(tmp_path: Path) -> Annotated:
    passages = [
        passage(TEXT, "Anna Vale was born in 1970.", ["DATE_OF_BIRTH"], ("Anna Vale", "DATE_OF_BIRTH", "1970")),
        passage(TEXT, "She leads Oak.", ["CEO", "FOUNDED_BY"], ("Oak", "CEO", "She")),
        passage(TEXT, "The firm sleeps.", ["CEO"], ("The firm", "FOUNDED_BY", "sleeps")),
    ]
    lines = [json.dumps({"fold": n, "documentId": str(n), "documentText": TEXT, "passages": passages}) for n in (1, 2)]
    (record,) = knowledgenet(
        zipped(tmp_path, "knowledgenet.zip", {"folds-1-2-3.jsonl": "\n".join(lines)}), folds=frozenset({2})
    )
    return record


def test_only_the_folds_asked_for_are_read(document: Annotated) -> None:
    assert document.id == "knowledgenet/2"


def test_blanks_shrink_to_a_space_or_a_line_break(document: Annotated) -> None:
    assert document.text == "Anna Vale was born in 1970. She leads Oak.\nThe firm sleeps."


def test_facts_stand_between_the_same_words_as_before(document: Annotated) -> None:
    told = [
        ("Anna Vale", "kn:DATE_OF_BIRTH", "1970"),
        ("Oak", "kn:CEO", "She"),
        ("The firm", "kn:FOUNDED_BY", "sleeps"),
    ]
    assert facts(document) == told


def test_properties_tell_the_types_of_their_ends(document: Annotated) -> None:
    told = {"Anna Vale": "Person", "1970": TIME, "She": "Person", "Oak": "Organisation"}
    assert types(document) == {**told, "The firm": "Organisation", "sleeps": ANY}


def test_words_tell_how_an_end_refers(document: Annotated) -> None:
    assert [spot.kind for spot in document.spots][:3] == [Kind.NAME, Kind.NAME, Kind.PRONOUN]
    assert document.spots[4].kind is Kind.DESCRIPTION


def test_each_passage_tells_its_own_properties(document: Annotated) -> None:
    told = [(document.text[s.start : s.end], s.labels) for s in document.scopes]
    assert told[1] == ("She leads Oak.", {"kn:CEO", "kn:FOUNDED_BY"})
    assert told[2] == ("The firm sleeps.", {"kn:CEO"})


# ------------------------------------------------------------------------------------------------------- Re-DocRED


def mention(sentence: int, first: int, last: int, kind: str) -> dict[str, Any]:
    return {"sent_id": sentence, "pos": [first, last], "type": kind, "name": ""}


def red(folder: Path) -> Iterator[Annotated]:
    one = {
        "title": "Anna",
        "sents": [
            ["Anna", "Vale", "left", "Merrow", "(", "1970", ")", "."],
            ["Vale", "rode", "Oak", "Space", "Station", "twice"],
        ],
        "vertexSet": [
            [mention(1, 0, 1, "PER"), mention(0, 0, 2, "PER")],
            [mention(0, 3, 4, "LOC")],
            [mention(0, 5, 6, "TIME")],
            [mention(1, 2, 5, "LOC")],
            [mention(1, 5, 6, "NUM")],
            [mention(0, 2, 3, "MISC")],
        ],
        "labels": [{"h": 0, "r": "P19", "t": 1, "evidence": []}],
    }
    other = one | {"title": "Ben"}
    corpora = zipped(folder, "re-docred-dev.zip", {"dev_revised.json": json.dumps([one, other])})
    return redocred(corpora, held_out=True)


def test_only_each_fifth_document_is_held_out(tmp_path: Path) -> None:
    assert [record.id for record in red(tmp_path)] == ["redocred/Anna"]
    assert [record.id for record in redocred(tmp_path, held_out=False)] == ["redocred/Ben"]


def test_a_thing_has_its_mentions_in_every_sentence(tmp_path: Path) -> None:
    (record,) = red(tmp_path)
    assert record.text == "Anna Vale left Merrow (1970). Vale rode Oak Space Station twice"
    assert words(record, 0) == ["Anna Vale", "Vale"]
    assert facts(record) == [("Anna Vale", "P19", "Merrow")]


def test_types_are_those_of_the_vocabulary(tmp_path: Path) -> None:
    (record,) = red(tmp_path)
    people = {"Anna Vale": "Person", "Vale": "Person"}
    others = {"Merrow": "Place", "1970": TIME, "Oak Space Station": "Vehicle", "twice": OTHER, "left": ANY}
    assert types(record) == people | others


def test_all_properties_are_told_of_the_whole_text(tmp_path: Path) -> None:
    (record,) = red(tmp_path)
    (scope,) = record.scopes
    assert (scope.start, scope.end, len(scope.labels)) == (0, len(record.text), 96)
    assert not record.coreferent


# ---------------------------------------------------------------------------------------------------------- TekGen


def row(sentence: str, subject: str, label: str, object: str, number: int = 1) -> str:
    told = {"sub_label": subject, "rel": label, "obj_label": object, "sent": sentence}
    return json.dumps({"id": f"ont_1_movie_train_{number}", **told})


def tek(folder: Path, *rows: str) -> list[Annotated]:
    ontology = {
        "id": "ont_1_movie",
        "concepts": [{"qid": "Q1", "label": "film"}, {"qid": "Q5", "label": "human"}],
        "relations": [
            {"pid": "P57", "label": "director", "domain": "Q1", "range": "Q5"},
            {"pid": "P577", "label": "publication date", "domain": "Q1", "range": ""},
            {"pid": "P136", "label": "genre", "domain": "Q1", "range": "Q9"},
        ],
    }
    members = {
        "ontologies/1_movie_ontology.json": json.dumps(ontology),
        "train/ont_1_movie_train.jsonl": "\n".join(rows),
    }
    return list(tekgen(zipped(folder, "text2kgbench-tekgen.zip", members)))


def test_triples_of_one_sentence_are_one_record(tmp_path: Path) -> None:
    text = "Oak is a film by Anna Vale of May 4, 2011; Oak won."
    (record,) = tek(tmp_path, row(text, "Oak", "P57", "anna_vale"), row(text, "Oak", "P577", "04 May 2011", 2))
    assert record.id == "tekgen/ont_1_movie_train_1"
    assert facts(record) == [("Oak", "P57", "Anna Vale"), ("Oak", "P577", "May 4, 2011")]
    assert words(record, 0) == ["Oak", "Oak"]
    assert types(record) == {"Oak": "Work", "Anna Vale": "Person", "May 4, 2011": TIME}


def test_relations_without_any_triple_are_left_untold(tmp_path: Path) -> None:
    (record,) = tek(tmp_path, row("Oak by Anna", "Oak", "P57", "Anna"))
    assert record.scopes[0].labels == {"P57"}


def test_a_triple_with_an_end_out_of_sight_is_left_out(tmp_path: Path) -> None:
    assert tek(tmp_path, row("The film is by Anna", "Oak", "P57", "Anna")) == []


def test_a_triple_of_no_relation_of_the_ontology_is_left_out(tmp_path: Path) -> None:
    assert tek(tmp_path, row("Oak by Anna", "Oak", "P9", "Anna")) == []
