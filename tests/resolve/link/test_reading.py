"""Lists as users write them, and what is said of those that are wrong."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.resolve.link import Entry
from kg.resolve.link.reading import read_entries
from kg.schema import load

S, LABEL = "https://schema.org/", "http://www.w3.org/2000/01/rdf-schema#label"
ADA = Entry(id="p1", name="Ada Quill", aliases=("A. M. Quill", "Adi"), type="Person", born="1970-02-28")
ACME = Entry(id="o1", name="Acme", type="Organisation", subtype="Company")

CSV = 'id,name,aliases,type,born\np1,Ada Quill,Adi|A. M. Quill,Person,1970-02-28\no1,"Acme",,Company,\n'
LINES = """{"id": "p1", "name": "Ada Quill", "aliases": ["Adi", "A. M. Quill"], "type": "person", "born": "1970-02-28"}

{"id": "o1", "name": "Acme", "type": "Company"}
"""
TURTLE = """
@prefix x: <https://example.org/> . @prefix schema: <http://schema.org/> . @prefix kg: <https://w3id.org/kg/schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
x:p1 a schema:Person , owl:NamedIndividual ; skos:prefLabel "Ada Quill"@en , "Ада"@ru ; skos:altLabel "Adi" ;
    rdfs:label "A. M. Quill" ; schema:birthDate "1970-02-28" .
x:o1 a schema:Organization , schema:Corporation ; rdfs:label "Acme" .
x:list a owl:Ontology ; rdfs:label "My list" .
x:p1 schema:address [ schema:postalCode "1" ] .
"""


def read(tmp_path: Path, name: str, content: str | bytes) -> tuple[Entry, ...]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_entries(path, load()).all


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", CSV),
        ("list.CSV", CSV.replace("\n", "\r\n")),
        ("list.csv", b"\xef\xbb\xbf" + CSV.encode()),
        ("list.csv", CSV.encode("utf-16")),
        ("list.csv", CSV.replace("Person,", "schema:Person,").replace("schema:Person", "https://schema.org/Person")),
        (
            "list.csv",
            "Name,ID,Type,Notes,aliases,born\n Ada  Quill,p1,Person,x,Adi|A. M. Quill|,1970-02-28\nAcme,o1,Company\n",
        ),
        ("list.jsonl", LINES),
    ],
)
def test_a_list_is_read(name: str, content: str | bytes, tmp_path: Path) -> None:
    assert {*read(tmp_path, name, content)} == {ADA, ACME}


def test_turtle_is_read(tmp_path: Path) -> None:
    acme, ada = read(tmp_path, "list.ttl", TURTLE)
    assert (acme.id, acme.name, acme.type, acme.subtype) == (
        "https://example.org/o1",
        *(ACME.name, ACME.type),
        "Company",
    )
    assert (ada.id, ada.name, ada.born) == ("https://example.org/p1", ADA.name, ADA.born)
    assert ada.aliases == ("A. M. Quill", "Adi", "Ада")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.csv", "", "x.csv:1: no column id, name, type; write id,name,aliases,type in its first line"),
        ("x.csv", "id;name;type\n", "x.csv:1: no column id, name, type"),
        ("x.csv", "id,name,type,id\n", "x.csv:1: two columns of one name"),
        ("x.csv", "id,name,type\n", "x.csv: there is no entry in it"),
        ("x.csv", "id,name,type\na,Ada,Person,x\n", "x.csv:2: 4 fields under 3 columns; put"),
        ("x.csv", 'id,name,type\na,"Ada,Person\n', "x.csv:2: not CSV"),
        ("x.csv", "id,name,type\na,,Person\n", "x.csv:2: no name of a; every entry has an id, a name and a type"),
        ("x.csv", "id,name,type\n,Ada,Person\n", "x.csv:2: no id; every entry"),
        ("x.csv", "id,name,type\na,Ada\n", "x.csv:2: no type of a"),
        ("x.csv", "id,name,type\na,Ada,Persson\n", "x.csv:2: unknown type .* of a; did you mean Person. There are: "),
        ("x.csv", "id,name,type\na,Ada,Person\n\na,Ben,Person\n", "x.csv:4: the id 'a' stands at .*x.csv:2 too"),
        ("x.csv", "id,name,type,born\na,Ada,Person,12/4/61\n", "x.csv:2: '12/4/61' of a is no date; write 1961"),
        ("x.csv", "id,name,type,born\na,Ada,Person,1961-02-30\n", "x.csv:2: '1961-02-30' of a is no date"),
        ("x.csv", "id,name,type,born\na,Acme,Company,1961\n", "x.csv:2: a has a birth date and is no Person"),
        ("x.csv", b"id,name,type\na,Ad\xe4,Person\n", "x.csv:2: not UTF-8; save the file as UTF-8"),
        ("x.jsonl", "\n{", "x.jsonl:2: not JSON"),
        ("x.jsonl", '"Ada"', "x.jsonl:1: not an object"),
        ("x.jsonl", '{"id": "a", "name": ["Ada"], "type": "Person"}', 'x.jsonl:1: "name" has to be a string'),
        ("x.jsonl", '{"id": "a", "name": "Ada", "type": "Person", "aliases": 5}', '"aliases" has to be a list'),
        ("x.ttl", "a b", "x.ttl:1: not Turtle"),
        ("x.ttl", f"<x:a> a <{S}Person> .", "x.ttl: no name of x:a"),
        ("x.ttl", f"<x:a> a <x:Firm> ; <{LABEL}> 'A' .", "unknown type 'x:Firm' of x:a"),
        ("x.ttl", f"<x:a> <{LABEL}> 'A' .", "x.ttl: no type of x:a"),
        ("x.ttl", f"[] a <{S}Person> ; <{S}name> 'A' .", "A is a blank node; give it an IRI"),
        ("x.ttl", f"<x:a> a <{S}Person>, <{S}Place> ; <{S}name> 'A' .",
         "x:a is of several types, Person and Place; leave one"),
        ("x.txt", "", r"x.txt: no list by its name; it has to end in .csv, .jsonl, .ttl"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(name: str, content: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        read(tmp_path, name, content)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gone.csv: cannot be read: No such file"):
        read_entries(tmp_path / "gone.csv", load())


def test_several_lists_are_one_and_may_agree(tmp_path: Path) -> None:
    for name, content in (("a.csv", CSV), ("b.jsonl", LINES)):
        (tmp_path / name).write_text(content)
    both = read_entries([tmp_path / "a.csv", tmp_path / "b.jsonl", ADA], load())
    assert {*both.all} == {ADA, ACME}
    assert both.digest == read_entries([ACME, ADA], load()).digest
    other = Entry(id="p1", name="Ben", type="Person")
    with pytest.raises(InputError, match="the id 'p1' stands at .*a.csv:2 too"):
        read_entries([tmp_path / "a.csv", other], load())
