"""What is read, and what is not, when documents are added to a space and taken out of it."""

from pathlib import Path

import pytest
from toy import DOCUMENTS, Toy

import kg
from kg.errors import InputError, SpaceError
from kg.jsonl import encode
from kg.model import Document, Extraction, Rejected
from kg.space import Space
from space.notes import Notes
from space.test_growth import exported

NEW = Document(id="d", text="Ben Oduya leads Northern Lines.", source="d.txt")


def same(space: Space, documents: list[Document], folder: Path) -> bool:
    """Tell whether the space is what a build of these documents makes."""
    with Space.create(folder / "scratch") as scratch:
        kg.build(documents, into=scratch, extractor=Toy())
        return exported(space) == exported(scratch) and space.generation == scratch.generation


def test_only_what_is_new_is_read(space: Space, toy: Toy, tmp_path: Path) -> None:
    toy.calls.clear()
    changes = kg.add([NEW, DOCUMENTS[0]], space, extractor=toy)
    assert toy.calls == ["d"]
    assert list(changes.documents) == ["d"]
    assert same(space, [*DOCUMENTS, NEW], tmp_path)


def test_a_space_adds_to_itself(space: Space, toy: Toy) -> None:
    space.add([NEW], extractor=toy)
    assert space.ids() == ["a", "b", "c", "d"]


def test_add_makes_a_space_where_there_is_none(toy: Toy, tmp_path: Path) -> None:
    kg.add(DOCUMENTS, tmp_path / "new", extractor=toy)
    with Space.open(tmp_path / "new") as space:
        assert same(space, list(DOCUMENTS), tmp_path)


def test_what_is_there_is_not_changed_by_adding_it_again(space: Space, toy: Toy) -> None:
    before = space.generation
    assert not kg.add(DOCUMENTS, space, extractor=toy)
    assert space.generation == before


def test_a_changed_document_is_read_again(space: Space, toy: Toy, tmp_path: Path) -> None:
    changed = Document(id="a", text="Ada Quill never boarded Gannet.", source="a.txt")
    toy.calls.clear()
    changes = kg.add([changed], space, extractor=toy)
    assert toy.calls == ["a"]
    assert None not in changes.documents["a"]
    assert same(space, [changed, *DOCUMENTS[1:]], tmp_path)


def test_another_title_is_taken_over_unread(space: Space, toy: Toy) -> None:
    toy.calls.clear()
    kg.add([Document(id="b", text=DOCUMENTS[1].text, title="New", source="b.txt")], space, extractor=toy)
    assert toy.calls == []
    assert space.documents()[1].title == "New"


def test_a_changed_file_takes_its_own_place(articles: Path, toy: Toy, tmp_path: Path) -> None:
    with Space.create(tmp_path / "space") as space:
        kg.build(articles, into=space, extractor=toy)
        (articles / "a.txt").write_text("Ben Oduya boarded Gannet, and so did Ada Quill.")
        changes = kg.add(articles / "a.txt", space, extractor=toy)
        assert len(space.ids()) == len(DOCUMENTS)
        assert [(old is None, new is None) for old, new in changes.documents.values()].count((False, True)) == 1
        assert same(space, list(space.documents()), tmp_path)


def test_a_file_of_several_documents_replaces_none(toy: Toy, tmp_path: Path) -> None:
    file = tmp_path / "today.jsonl"
    with Space.create(tmp_path / "space") as space:
        for day in ("Ada Quill boarded Gannet.", "Ben Oduya boarded Gannet."):
            file.write_bytes(b"".join(encode({"text": f"{day} Page {page}"}) + b"\n" for page in range(2)))
            kg.add(file, space, extractor=toy)
        assert len(space.ids()) == 4


def test_another_version_reads_all_documents_again(space: Space, tmp_path: Path) -> None:
    class Newer(Toy):
        def version(self) -> str:
            return "toy-2"

    newer = Newer()
    kg.add([NEW], space, extractor=newer)
    assert sorted(newer.calls) == ["a", "b", "c", "d"]


def test_what_cannot_be_read_is_set_aside_and_all_else_is_added(space: Space, toy: Toy, tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    kg.add([NEW, Document(id="x", text="EXPLODE")], space, extractor=toy, on_error=rejected.append)
    assert [each.source for each in rejected] == [each.source for each in space.rejected()] == ["x"]
    assert same(space, [*DOCUMENTS, NEW], tmp_path)


def test_what_raises_leaves_the_space_as_it_was(space: Space, toy: Toy) -> None:
    before = exported(space)
    with pytest.raises(kg.KgError):
        kg.add([NEW, Document(id="x", text="EXPLODE")], space, extractor=toy)
    assert exported(space) == before


@pytest.mark.parametrize("name", ["b", "b.txt"])
def test_a_document_is_removed_by_id_or_source(space: Space, name: str, tmp_path: Path) -> None:
    changes = space.remove(name)
    assert [new for _, new in changes.documents.values()] == [None]
    assert same(space, [DOCUMENTS[0], DOCUMENTS[2]], tmp_path)


def test_removing_what_is_not_there_says_what_is(space: Space) -> None:
    with pytest.raises(SpaceError, match=r"has the id or the source 'b\.tx'; did you mean 'b\.txt'"):
        space.remove("a", "b.tx")
    assert space.ids() == ["a", "b", "c"]


def test_all_documents_can_be_removed(space: Space, tmp_path: Path) -> None:
    space.remove("a", "b", "c")
    assert same(space, [], tmp_path)
    assert space.query("SELECT ?s { ?s ?p ?o }").rows == ()


def test_what_was_added_and_removed_leaves_no_trace(space: Space, toy: Toy) -> None:
    before, generation = exported(space), space.generation
    kg.add([NEW], space, extractor=toy)
    space.remove("d")
    assert exported(space) == before
    assert space.generation == generation


@pytest.mark.parametrize("suffix", ["jsonl"])
def test_records_come_in_without_being_read_again(space: Space, suffix: str, tmp_path: Path) -> None:
    space.graph().export(tmp_path / f"records.{suffix}")
    toy = Toy()
    with Space.create(tmp_path / "other") as other:
        kg.add(tmp_path / f"records.{suffix}", other, extractor=toy)
        assert toy.calls == []
        assert exported(other) == exported(space)


def test_records_come_in_as_values(toy: Toy, tmp_path: Path) -> None:
    [extraction] = Notes().extract([Document(id="n", text="Person:Ada Quill =leads= Organisation:Apple (asserted)")])
    document = Document(id="n", text="Person:Ada Quill =leads= Organisation:Apple (asserted)")
    kg.add([document, extraction], tmp_path / "space", extractor=toy)
    with Space.open(tmp_path / "space") as space:
        assert space.extractions() == [extraction]
    assert toy.calls == []


def test_an_extraction_needs_its_document(space: Space, toy: Toy) -> None:
    with pytest.raises(InputError, match="without the document"):
        kg.add([Extraction(document="a", content="another")], space, extractor=toy)


def test_an_extraction_that_misquotes_is_refused(toy: Toy, tmp_path: Path) -> None:
    document = Document(id="a", text="Ada Quill slept.")
    mention = kg.Mention(document="a", start=1, end=9, text="Ada Quil", type="Person")
    extraction = Extraction(document="a", content=document.content, mentions=(mention,))
    with pytest.raises(InputError, match="does not read 'Ada Quil' from 1 to 9"):
        kg.add([document, extraction], tmp_path / "space", extractor=toy)


def test_edit_wants_a_space(tmp_path: Path) -> None:
    with pytest.raises(SpaceError, match="no such directory"):
        Space.edit(tmp_path / "nowhere")
