"""What a marked passage says, and what is refused."""

from pathlib import Path

import pytest

from kg.bench.annotated import Fact
from kg.bench.passages import Detail, details, parse_passages, read
from kg.errors import InputError
from kg.extract.labels import group
from kg.model import Kind, Modality

BLOCK = """\
# a comment
The frigate [1:Vehicle:Ship:individual|HMS Merrow] left [2:Place:City|Oakport] under [3:Person|Ada Colm]. \
[1|She] is due in Elm, [4:Organisation:MilitaryUnit|the Royal Navy] said; [1|the ship] is a [5:Vehicle:model|Type 9].
1 departsFrom 2
1 destination 2 planned
1 modelOf 5

[1:Person|Ben] slept.
"""


def test_marks_are_taken_out_of_the_text() -> None:
    one, two = parse_passages(BLOCK.splitlines())
    assert one.text.startswith("The frigate HMS Merrow left Oakport under Ada Colm. She is due")
    assert two.text == "Ben slept."


def test_a_number_is_one_thing() -> None:
    record = next(parse_passages(BLOCK.splitlines()))
    spots = [record.spots[index] for index in record.things[0]]
    told = [(record.text[spot.start : spot.end], spot.kind) for spot in spots]
    assert told == [("HMS Merrow", Kind.NAME), ("She", Kind.PRONOUN), ("the ship", Kind.DESCRIPTION)]
    assert {spot.type for spot in spots} == {"Vehicle"}


def test_an_article_in_lower_case_is_no_part_of_a_name() -> None:
    record = next(parse_passages(BLOCK.splitlines()))
    assert "Royal Navy" in [record.text[spot.start : spot.end] for spot in record.spots]


def test_facts_have_a_modality() -> None:
    record = next(parse_passages(BLOCK.splitlines()))
    assert record.facts[:2] == (
        Fact(0, "kg:departsFrom", 1, Modality.ASSERTED),
        Fact(0, "kg:destination", 1, Modality.PLANNED),
    )


def test_a_passage_tells_everything_of_the_vocabulary() -> None:
    record = next(parse_passages(BLOCK.splitlines()))
    (scope,) = record.scopes
    assert (scope.start, scope.end, scope.labels) == (0, len(record.text), group("vocabulary"))
    assert record.coreferent
    assert record.spotted == {"Person", "Organisation", "Vehicle", "Place", "Work"}


def test_details_tell_subtypes_and_individuals() -> None:
    told = next(details(BLOCK.splitlines()))
    assert told[0] == Detail("Vehicle", "Ship", True)
    assert told[2] == Detail("Person")
    assert told[4] == Detail("Vehicle", None, False)


@pytest.mark.parametrize(
    ("text", "fact", "reason"),
    [
        ("[1|Ben] slept.", "", "thing 1 has no type"),
        ("[1:Person|Ben] and [1:Person|Ben]", "", "has its type already"),
        ("[1:Dog|Rex] slept.", "", "unknown type 'Dog'"),
        ("[1:Person:Ship|Ben] slept.", "", "tells no kind of Person"),
        ("[1:Place:individual|Elm] slept.", "", "tells no kind of Place"),
        ("[1:Place:Nowhere|Elm] slept.", "", "tells no kind of Place"),
        ("[Person|Ben] slept.", "", "no mark"),
        ("[1:Person|Ben] left [2:Place|Elm].", "1 livesIn", "is no fact"),
        ("[1:Person|Ben] left [2:Place|Elm].", "1 likes 2", "no predicate 'likes'"),
        ("[1:Person|Ben] left [2:Place|Elm].", "1 occupation 2", "no predicate 'occupation'"),
        ("[1:Person|Ben] left [2:Place|Elm].", "1 livesIn 3", "no thing '3'"),
        ("[1:Person|Ben] left [2:Place|Elm].", "1 livesIn 2 maybe", "unknown modality 'maybe'"),
        ("[1:Person|Ben] left [2:Place|Elm].", "2 livesIn 1", "livesIn cannot stand between Place and Person"),
        ("[1:Person|Ben] slept.", "1 spouseOf 1", "spouseOf cannot stand between"),
    ],
)
def test_what_the_format_does_not_allow_is_refused(text: str, fact: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as raised:
        list(parse_passages(["# first", text, *([fact] if fact else [])], path="a.txt"))
    assert str(raised.value).startswith(f"a.txt:{3 if fact else 2}: ")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_folders_files_are_read_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "[1:Person|Ben] slept.\n")
    write(tmp_path, "a.txt", "[1:Person|Ada] slept.\r\n")
    assert [(record.id, record.text) for record in read(str(tmp_path))] == [
        ("written/a:1", "Ada slept."),
        ("written/b:1", "Ben slept."),
    ]


def test_of_a_folder_with_a_test_split_that_is_read(tmp_path: Path) -> None:
    write(tmp_path, "train/a.txt", "[1:Person|Ada] slept.\n")
    write(tmp_path, "test/b.txt", "[1:Person|Ben] slept.\n")
    assert [record.text for record in read(str(tmp_path))] == ["Ben slept."]


def test_a_file_that_marks_nothing_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Ada slept.\n")
    with pytest.raises(InputError, match="marks nothing; give a .txt file of passages"):
        read(str(tmp_path / "a.txt"))
