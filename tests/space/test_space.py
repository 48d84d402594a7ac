import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace
from toy import DOCUMENTS, Toy, extraction_of

import kg
from kg.errors import KgError, QueryError, SpaceError
from kg.jsonl import encode
from kg.model import Anchor, Document, Judgement, Rejected, Verdict
from kg.space import FORMAT, Space

WHO = "SELECT ?name WHERE { ?who a schema:Person ; rdfs:label ?name } ORDER BY ?name"


def test_create_makes_a_new_directory(tmp_path: Path) -> None:
    with Space.create(tmp_path / "new" / "space") as space:
        assert space.documents() == []
    assert (tmp_path / "new" / "space" / "records.sqlite").exists()


def test_create_takes_an_empty_directory(tmp_path: Path) -> None:
    with Space.create(tmp_path) as space:
        assert space.generation == ""


def test_create_opens_the_space_that_is_there(space: Space) -> None:
    space.close()
    with Space.create(space.path) as again:
        assert tuple(again.documents()) == DOCUMENTS


def test_create_refuses_a_directory_of_other_things(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(SpaceError, match=r"is not a space \(no records.sqlite in it\); name an empty or new directory"):
        Space.create(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]


def test_create_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(SpaceError, match="is a file, not a space"):
        Space.create(tmp_path / "notes.txt")


def test_create_goes_on_where_another_was_killed_at_once(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / "records.sqlite").touch()
    with Space.create(tmp_path) as space:
        assert space.generation == ""


def test_create_goes_on_where_another_was_killed_before_its_tables_were_there(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "records.sqlite") as records:
        records.execute("PRAGMA journal_mode = WAL")
    records.close()
    assert (tmp_path / "records.sqlite").stat().st_size > 0
    with pytest.raises(SpaceError, match="was never finished"):
        Space.open(tmp_path)
    with Space.create(tmp_path) as space:
        assert space.generation == ""


@pytest.mark.parametrize("opening", [Space.create, Space.open])
def test_another_programs_database_is_not_a_space(tmp_path: Path, opening: type[Space]) -> None:
    with sqlite3.connect(tmp_path / "records.sqlite") as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(SpaceError, match="is not a space"):
        opening(tmp_path)


@pytest.mark.parametrize("opening", [Space.create, Space.open])
def test_records_that_are_no_database_are_named(tmp_path: Path, opening: type[Space]) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(SpaceError, match=r"records\.sqlite: file is not a database"):
        opening(tmp_path)


def test_a_space_of_a_newer_format_is_refused(space: Space) -> None:
    space.close()
    with sqlite3.connect(space.path / "records.sqlite") as records:
        records.execute(f"PRAGMA user_version = {FORMAT + 1}")
    records.close()
    with pytest.raises(SpaceError, match="was made by a newer kg"):
        Space.open(space.path)


def test_open_wants_a_space(tmp_path: Path) -> None:
    with pytest.raises(SpaceError, match=r"no records\.sqlite in it"):
        Space.open(tmp_path)
    with pytest.raises(SpaceError, match="no such directory"):
        Space.open(tmp_path / "nowhere")


def test_one_process_writes_at_a_time(space: Space) -> None:
    code = f"from kg.space import Space; Space.create({str(space.path)!r})"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "is being written by another process" in other.stderr


def test_the_right_to_write_comes_back(space: Space) -> None:
    with pytest.raises(SpaceError, match="is being written"):
        Space.create(space.path)
    space.close()
    Space.create(space.path).close()


def test_a_space_opened_to_read_is_not_written(space: Space) -> None:
    with Space.open(space.path) as reader, pytest.raises(SpaceError, match="was opened to read"):
        reader.keep([], "toy-1")


def test_it_is_read_while_it_is_written(space: Space) -> None:
    with Space.open(space.path) as reader:
        assert reader.generation == space.generation
        assert reader.query(WHO).rows


def test_documents_come_back_as_they_were(space: Space) -> None:
    assert tuple(space.documents()) == DOCUMENTS


def test_extractions_come_back_as_they_were(space: Space) -> None:
    assert space.extractions() == [replace(extraction_of(document), version="toy-1") for document in DOCUMENTS]


def test_entities_come_back_as_they_were(space: Space, toy: Toy) -> None:
    assert space.entities() == kg.build(DOCUMENTS, extractor=toy).entities()


def test_the_schema_comes_back(space: Space, tmp_path: Path, toy: Toy) -> None:
    extra = tmp_path / "mine.toml"
    extra.write_text('[types.Lighthouse]\nlabel = "lighthouse"\nparent = "Place"\n')
    schema = kg.load_schema([extra])
    kg.build(DOCUMENTS, into=space, extractor=toy, schema=schema)
    assert space.schema() == schema


def test_extracted_finds_only_the_very_document_and_version(space: Space) -> None:
    changed = Document(id="b", text="changed")
    assert space.extracted([DOCUMENTS[0], changed], "toy-1").keys() == {"a"}
    assert space.extracted([DOCUMENTS[0]], "toy-2") == {}


def test_extractions_of_an_unfinished_build_are_not_the_spaces(space: Space) -> None:
    newcomer = Document(id="z", text="Ada Quill boarded Gannet.")
    space.keep([extraction_of(newcomer)], "toy-1")
    space.keep([extraction_of(DOCUMENTS[0])], "toy-2")
    assert [extraction.document for extraction in space.extractions()] == ["a", "b", "c"]
    assert space.extracted([newcomer], "toy-1").keys() == {"z"}


def test_the_generation_comes_from_the_content(space: Space, tmp_path: Path, toy: Toy) -> None:
    with Space.create(tmp_path / "other") as other:
        kg.build(reversed(DOCUMENTS), into=other, extractor=toy)
        assert other.generation == space.generation
        kg.build(DOCUMENTS[1:], into=other, extractor=toy)
        assert other.generation != space.generation


def test_query_answers_from_the_store(space: Space) -> None:
    assert space.query(WHO).rows == (("Ada Quill",), ("Ben Oduya",))


def test_query_derives_a_store_that_is_missing(space: Space) -> None:
    shutil.rmtree(space.path / "graph")
    space.close()
    with Space.open(space.path) as reader:
        assert reader.query(WHO).rows == (("Ada Quill",), ("Ben Oduya",))


def test_query_never_takes_the_store_of_another_generation(space: Space, toy: Toy) -> None:
    kg.build(DOCUMENTS[:1], extractor=toy, into=space)
    (space.path / "graph" / space.generation).rename(space.path / "graph" / "0123456789abcdef")
    assert space.query(WHO).rows == (("Ada Quill",),)
    assert "0123456789abcdef" not in [entry.name for entry in (space.path / "graph").iterdir()]


def test_half_a_store_is_made_again(space: Space) -> None:
    store = space.path / "graph" / space.generation
    store.rename(store.with_name("new"))
    next(store.with_name("new").glob("*.sst")).unlink()
    assert space.query(WHO).rows == (("Ada Quill",), ("Ben Oduya",))


def test_a_query_that_is_wrong_raises_query_error(space: Space) -> None:
    with pytest.raises(QueryError):
        space.query("SELECT nothing")


def test_a_space_without_a_finished_build_says_so(tmp_path: Path) -> None:
    with Space.create(tmp_path) as space:
        with pytest.raises(SpaceError, match="no finished build"):
            space.graph()
        with pytest.raises(SpaceError, match="no finished build"):
            space.query(WHO)


def test_rejected_come_back(space: Space, toy: Toy) -> None:
    first, second = Rejected(source="a", reason="empty"), Rejected(source="b", reason="broken", line=3)
    space.apply(space.request(), rejected=[second, first])
    assert space.rejected() in ([second, first], [first, second])


def test_a_query_waits_for_the_store_that_another_process_is_making(space: Space, toy: Toy) -> None:
    with Space.open(space.path) as reader:
        shutil.rmtree(space.path / "graph")
        asked: list[object] = []
        asking = threading.Thread(target=lambda: asked.append(Space.open(space.path).query(WHO).rows))
        asking.start()
        asking.join(0.3)
        assert asked == []  # the right to write is taken, and the store not there
        space.derive()
        asking.join()
        assert asked == [(("Ada Quill",), ("Ben Oduya",))]
        assert reader.query(WHO).rows == asked[0]


def test_a_query_does_not_wait_for_ever(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.space.space._PATIENCE", 0.1)
    shutil.rmtree(space.path / "graph")
    with Space.open(space.path) as reader, pytest.raises(SpaceError, match="is being written by another process"):
        reader.query(WHO)


def stored_extractions(space: Space) -> int:
    return space._records.rows("SELECT count(*) FROM extractions")[0][0]


def test_what_no_document_needs_is_forgotten(space: Space, toy: Toy) -> None:
    kg.add([Document(id="a", text="Ada Quill never boarded Gannet.")], space, extractor=toy)
    assert stored_extractions(space) == len(DOCUMENTS)
    space.remove("a")
    assert stored_extractions(space) == len(DOCUMENTS) - 1
    space.keep([extraction_of(Document(id="z", text="Ada Quill boarded Gannet."))], "toy-1")
    kg.build(DOCUMENTS, into=space, extractor=toy)
    assert stored_extractions(space) == len(DOCUMENTS)


def judged(when: str = "2024-05-01T12:00:00+00:00") -> Judgement:
    ada, ben = (Anchor(type="Person", name=name) for name in ("ada quill", "ben oduya"))
    return Judgement(left=ada, right=ben, verdict=Verdict.SAME, when=when)


def test_a_judgement_is_brought_about_and_kept_as_a_line(space: Space) -> None:
    changes = space.judge(judged())
    assert [entity.name for entity in space.entities() if entity.type == "Person"] == ["Ada Quill"]
    assert set(changes.entities) == {"ada-quill", "ben-oduya"}
    assert (space.path / "judgements.jsonl").read_bytes() == encode(judged()) + b"\n"
    assert space.judgements() == [judged()]


def test_a_judgement_can_be_taken_back(space: Space) -> None:
    before = space.contents()
    space.judge(judged())
    space.rejudge([])
    assert space.contents() == before


def test_judgements_written_by_hand_count_with_the_next_change(space: Space, toy: Toy) -> None:
    (space.path / "judgements.jsonl").write_bytes(encode(judged()) + b"\n")
    assert len([entity for entity in space.entities() if entity.type == "Person"]) == 2
    kg.add([], space, extractor=toy)
    assert len([entity for entity in space.entities() if entity.type == "Person"]) == 1


def test_a_judgement_that_cannot_be_understood_is_not_written(space: Space) -> None:
    with pytest.raises(KgError, match="soon"):
        space.judge(judged("soon"))
    assert space.judgements() == []


def test_a_space_remembers_its_pipeline(tmp_path: Path, shipped_toy: Toy) -> None:
    with Space.create(tmp_path / "space") as space:
        kg.build(DOCUMENTS, into=space, extractor="mine")
        assert space.pipeline == "mine"
        kg.add([], space)
        assert space.pipeline == "mine"
