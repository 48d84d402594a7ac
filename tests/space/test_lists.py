"""The user's lists in a space: kept there, linked by, and changed without a document being read again."""

from pathlib import Path

import pytest
from toy import DOCUMENTS, Toy

import kg
from kg.errors import InputError
from kg.model import Anchor, Judgement, Verdict
from kg.resolve import Entry
from kg.space import Space
from kg.space.lists import Lists

GANNET = Entry(id="https://example.org/gannet", name="Gannet", type="Vehicle", subtype="Ship")
ADA = Entry(id="ada", name="A. Quill", aliases=("Ada Quill",), type="Person")
LINES = Entry(id="lines", name="Northern Lines", type="Organisation")


@pytest.fixture
def listed(tmp_path: Path) -> Space:
    with Space.create(tmp_path / "listed") as space:
        kg.build(DOCUMENTS, into=space, extractor=Toy(), kb=[GANNET, ADA])
        yield space


def links(space: Space) -> dict[str, tuple[str, ...]]:
    return {entity.name: entity.same_as for entity in space.entities() if entity.same_as}


def test_a_build_links_to_the_list_and_keeps_it(listed: Space) -> None:
    assert links(listed) == {"Ada Quill": ("ada",), "Gannet": ("https://example.org/gannet",)}
    assert {*listed.lists().all} == {GANNET, ADA}
    rows = listed.query("SELECT ?same { ?ship rdfs:label 'Gannet' ; owl:sameAs ?same }").rows
    assert [str(value) for row in rows for value in row] == ["https://example.org/gannet"]


def test_a_build_in_memory_links_the_same() -> None:
    graph = kg.build(DOCUMENTS, extractor=Toy(), kb=[GANNET, ADA])
    assert graph.entity("Gannet").same_as == ("https://example.org/gannet",)


def test_more_documents_are_linked_to_the_list_that_the_space_has(listed: Space) -> None:
    listed.remove(*listed.ids())
    assert not links(listed)
    kg.add(DOCUMENTS, listed, extractor=Toy())
    assert links(listed) == {"Ada Quill": ("ada",), "Gannet": ("https://example.org/gannet",)}


def test_another_list_links_anew_and_reads_nothing(listed: Space) -> None:
    toy, generation = Toy(), listed.generation
    changes = kg.add([], listed, extractor=toy, kb=[LINES])
    assert toy.calls == []
    assert links(listed) == {"Northern Lines": ("lines",)}
    assert {*changes.entities} == {"ada-quill", "gannet", "northern-lines"}
    assert not changes.statements
    assert listed.generation != generation
    kg.add([], listed, extractor=toy, kb=[GANNET, ADA])
    assert listed.generation == generation


def test_no_list_is_one_too_and_the_same_list_changes_nothing(listed: Space) -> None:
    assert not kg.add([], listed, extractor=Toy(), kb=[ADA, GANNET])
    kg.add([], listed, extractor=Toy(), kb=[])
    assert not links(listed)
    assert not listed.lists().all


def test_a_build_has_the_lists_that_it_is_given(listed: Space) -> None:
    kg.build(DOCUMENTS, into=listed, extractor=Toy())
    assert not listed.lists().all


def test_a_list_that_is_wrong_changes_nothing(listed: Space, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("id,name,type\na,Ada,Persson\n")
    generation = listed.generation
    with pytest.raises(InputError, match="unknown type"):
        kg.add([], listed, extractor=Toy(), kb=tmp_path / "wrong.csv")
    assert listed.generation == generation


def test_other_rules_find_the_entries_by_other_keys(listed: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.space.growth.rules", lambda: "others")
    monkeypatch.setattr("kg.resolve.link.entries.Entry.places", lambda entry: [entry.id])
    kg.add(DOCUMENTS[:1], listed, extractor=Toy())
    assert Lists(listed._records).find(["ada"]) == [ADA]


def test_what_a_person_merges_and_splits_is_linked_again(listed: Space) -> None:
    ends = {
        "left": Anchor(type="Person", name="ada quill"),
        "right": Anchor(type="Person", name="ben oduya"),
    }
    same = Judgement(**ends, verdict=Verdict.SAME, when="2024-01-01")
    listed.judge(same)
    assert [entity.same_as for entity in listed.entities() if entity.type == "Person"] == [("ada",)]
    ben = Entry(id="ben", name="Ben Oduya", type="Person")
    kg.add([], listed, extractor=Toy(), kb=[ADA, ben])
    assert [entity.same_as for entity in listed.entities() if entity.type == "Person"] == [()]  # the list says two
    listed.judge(Judgement(**ends, verdict=Verdict.DIFFERENT, when="2024-01-02"))
    assert links(listed) == {"Ada Quill": ("ada",), "Ben Oduya": ("ben",)}
