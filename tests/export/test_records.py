"""The records as JSON lines, the interface that other tools score against."""

import json
from io import BytesIO

from kg.graph import Graph
from tests.sample import Text, graph_of, small

FIELDS = {
    "document": {"record", "id", "text", "title", "source", "published", "language", "meta"},
    "extraction": {"record", "document", "content", "mentions", "relations", "version"},
    "entity": {"record", "id", "type", "subtype", "name", "aliases", "same_as", "point", "country"},
    "mention": {"record", "document", "start", "end", "text", "type", "kind", "entity"},
    "statement": {
        *("record", "id", "subject", "predicate", "object", "document", "start", "end", "quote"),
        *("modality", "source", "time", "score", "by", "version", "inferred"),
    },
}


def lines(graph: Graph) -> list[dict]:
    out = BytesIO()
    graph.export(out, format="jsonl")
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_record_has_the_promised_fields() -> None:
    assert all(set(line) == FIELDS[line["record"]] for line in lines(small()))


def test_kinds_come_in_order_and_complete() -> None:
    kinds = [line["record"] for line in lines(small())]
    counts = {"document": 2, "extraction": 2, "entity": 6, "mention": 14, "statement": 14}
    assert kinds == [kind for kind, count in counts.items() for _ in range(count)]


def test_document_keeps_its_id_and_date() -> None:
    wanted = {"record": "document", "id": "b c/ü.txt", "source": "", "published": "2022-01-01", "language": "en"}
    assert wanted.items() <= lines(small())[1].items()


def test_mention_names_its_entity() -> None:
    [mention, *_] = [line for line in lines(small()) if line["record"] == "mention"]
    assert (mention["entity"], mention["kind"], mention["text"]) == ("ada-quill", "name", "Ada Quill")


def test_mention_of_no_entity_has_none() -> None:
    text = Text("a").say("Nobody", "leads", "Nothing")
    assert {line["entity"] for line in lines(graph_of([text], {})) if line["record"] == "mention"} == {None}


def test_object_is_an_entity_or_a_literal() -> None:
    objects = [line["object"] for line in lines(small()) if line["record"] == "statement"]
    assert "gannet" in objects
    assert {"value": "1970-02-28", "datatype": "date"} in objects


def test_quote_is_the_documents_text_even_where_it_is_odd() -> None:
    text = Text("a")
    text.text = "\x00\ud800😀 "
    text.say("Ada", "livesIn", "Merrow")
    graph = graph_of([text], {"Ada": ("Person", None), "Merrow": ("Place", None)})
    [statement] = [line for line in lines(graph) if line["record"] == "statement"]
    assert text.text[statement["start"] : statement["end"]] == statement["quote"] == "Ada livesIn Merrow."


def test_lone_surrogate_is_replaced() -> None:
    text = Text("a\ud800").say("Ada", "livesIn", "Merrow")
    assert lines(graph_of([text], {}))[0]["id"] == "a\ufffd"
