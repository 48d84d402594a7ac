import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import DOCUMENTS, MANY, Missing, Toy

import kg
from kg.build import BATCH, BATCH_LENGTH, _batches
from kg.errors import InputError, KgError, PluginError, StageError
from kg.graph import Graph
from kg.jsonl import encode
from kg.model import Document, Extraction, Rejected
from kg.space import Space

LONG_GERMAN = Document(id="de", text="Der Kutter liegt seit Dienstag im Hafen. " * 6, language="de", source="de.txt")


def quads(graph: Graph) -> bytes:
    target = BytesIO()
    graph.export(target, format="nq")
    return target.getvalue()


def test_build_returns_the_graph_of_what_the_documents_say(toy: Toy) -> None:
    graph = kg.build(DOCUMENTS, extractor=toy)
    assert [(one.modality.value, one.quote) for one in graph.statements(predicate="aboard")] == [
        ("asserted", "Ada Quill boarded Gannet"),
        ("planned", "Ben Oduya will board Gannet"),
        ("negated", "Ben Oduya never boarded Gannet"),
    ]


def test_build_reads_a_directory(articles: Path, toy: Toy) -> None:
    assert len(kg.build(articles, extractor=toy).documents) == len(DOCUMENTS)


def test_build_uses_the_shipped_extractor_when_given_none(shipped_toy: Toy) -> None:
    kg.build(DOCUMENTS)
    assert shipped_toy.calls == ["a", "b", "c"]


def test_build_takes_a_schema_of_the_users(tmp_path: Path, toy: Toy) -> None:
    extra = tmp_path / "mine.toml"
    extra.write_text('[types.Lighthouse]\nlabel = "lighthouse"\nparent = "Place"\n')
    graph = kg.build(DOCUMENTS, extractor=toy, schema=kg.load_schema([extra]))
    assert "Lighthouse" in graph.schema.types


def test_progress_tells_every_stage(space: Space, toy: Toy) -> None:
    told: list[tuple[str, int, int | None]] = []
    kg.build(DOCUMENTS, into=space, extractor=toy, progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] != "reading"] == [
        ("extracting", 0, 3),
        ("extracting", 3, 3),
        ("resolving", 0, None),
        ("storing", 0, None),
    ]


@settings(max_examples=12, deadline=None)
@given(order=st.permutations([*DOCUMENTS, DOCUMENTS[0], LONG_GERMAN, Document(id="a", text="Ada Quill slept.")]))
def test_the_order_of_documents_does_not_matter(order: list[Document]) -> None:
    def outcome(documents: Iterable[Document]) -> tuple[bytes, list[bytes]]:
        rejected: list[Rejected] = []
        graph = kg.build(documents, extractor=Toy(), on_error=rejected.append)
        return quads(graph), sorted(encode(each) for each in rejected)

    assert outcome(order) == outcome(sorted(order, key=encode))


def test_the_same_document_twice_counts_once(toy: Toy) -> None:
    graph = kg.build([*DOCUMENTS, *DOCUMENTS], extractor=toy)
    assert quads(graph) == quads(kg.build(DOCUMENTS, extractor=toy))


def test_another_text_under_the_same_id_is_set_aside() -> None:
    rejected: list[Rejected] = []
    documents = [Document(id="a", text="Quill slept.", source="short.txt"), *DOCUMENTS]
    graph = kg.build(documents, extractor=Toy(), on_error=rejected.append)
    assert [each.source for each in rejected] == ["short.txt"]
    assert len(graph.documents) == len(DOCUMENTS)


def test_a_document_in_another_language_is_set_aside(toy: Toy) -> None:
    rejected: list[Rejected] = []
    kg.build([*DOCUMENTS, LONG_GERMAN], extractor=toy, on_error=rejected.append)
    assert [(each.source, each.reason) for each in rejected] == [("de.txt", "language de; kg reads English")]


def test_a_short_text_is_read_whatever_its_language_seems_to_be(toy: Toy) -> None:
    graph = kg.build([Document(id="x", text="Ada Quill boarded Gannet", language="nl")], extractor=toy)
    assert len(graph.statements(predicate="aboard")) == 1


def test_text_that_is_no_unicode_is_set_aside(toy: Toy) -> None:
    rejected: list[Rejected] = []
    kg.build([*DOCUMENTS, Document(id="x", text="Quill \ud800")], extractor=toy, on_error=rejected.append)
    assert [each.source for each in rejected] == ["x"]


def test_what_cannot_be_built_raises(toy: Toy) -> None:
    with pytest.raises(InputError, match=r"de\.txt: language de"):
        kg.build([*DOCUMENTS, LONG_GERMAN], extractor=toy)


def test_a_document_that_fails_raises_its_stage_and_cause(toy: Toy) -> None:
    with pytest.raises(StageError, match="x: extract failed: the toy exploded"):
        kg.build([*DOCUMENTS, Document(id="x", text="EXPLODE")], extractor=toy)


def test_a_document_that_fails_is_set_aside_alone(toy: Toy) -> None:
    rejected: list[Rejected] = []
    graph = kg.build([*DOCUMENTS, Document(id="x", text="EXPLODE")], extractor=toy, on_error=rejected.append)
    assert [(each.source, each.stage) for each in rejected] == [("x", "extract")]
    assert quads(graph) == quads(kg.build(DOCUMENTS, extractor=toy))


def test_a_document_that_the_extractor_refuses_is_set_aside() -> None:
    class Choosy(Toy):
        def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
            for document in documents:
                if document.id == "b":
                    raise StageError("b", "extract", InputError("too long"))
                yield from super().extract([document])

    rejected: list[Rejected] = []
    choosy = Choosy()
    kg.build(DOCUMENTS, extractor=choosy, on_error=rejected.append)
    assert [(each.source, each.reason) for each in rejected] == [("b.txt", "extract failed: too long")]
    assert choosy.calls == ["a", "c"]


def test_skip_logs_what_is_set_aside(toy: Toy, caplog: pytest.LogCaptureFixture) -> None:
    kg.build([*DOCUMENTS, LONG_GERMAN], extractor=toy, on_error="skip")
    assert caplog.messages == ["de.txt: set aside: language de; kg reads English"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_extractor_that_is_not_there_is_no_fault_of_a_document(jobs: int) -> None:
    with pytest.raises(PluginError, match="no model"):
        kg.build(DOCUMENTS, extractor=Missing(), jobs=jobs, on_error="skip")


def test_an_extractor_by_name_is_a_pipeline_with_the_builds_schema(monkeypatch: pytest.MonkeyPatch, toy: Toy) -> None:
    told: list[object] = []

    def default(pipeline: str | None, *, schema: kg.Schema, threads: int) -> Toy:
        told.extend((pipeline, schema, threads))
        return toy

    monkeypatch.setattr(sys.modules["kg.build"], "default_extractor", default)
    graph = kg.build(DOCUMENTS, extractor="mine")
    assert told == ["mine", graph.schema, 0]


def test_nothing_else_can_be_asked_of_a_build(toy: Toy) -> None:
    with pytest.raises(TypeError, match="'colour'"):
        kg.build(DOCUMENTS, extractor=toy, colour="red")  # type: ignore[call-arg]


def test_a_second_build_extracts_nothing_again(space: Space, toy: Toy) -> None:
    toy.calls.clear()
    kg.build(DOCUMENTS, into=space, extractor=toy)
    assert toy.calls == []


def test_only_a_changed_document_is_extracted_again(space: Space, toy: Toy) -> None:
    toy.calls.clear()
    kg.build([*DOCUMENTS[1:], Document(id="a", text="Ada Quill never boarded Gannet.")], into=space, extractor=toy)
    assert toy.calls == ["a"]


def test_another_version_extracts_everything_again(space: Space) -> None:
    class Newer(Toy):
        def version(self) -> str:
            return "toy-2"

    newer = Newer()
    kg.build(DOCUMENTS, into=space, extractor=newer)
    assert newer.calls == ["a", "b", "c"]


def test_every_statement_tells_the_version_that_read_it(space: Space, toy: Toy) -> None:
    for graph in (kg.build(DOCUMENTS, extractor=toy), kg.build(DOCUMENTS, into=space, extractor=toy), space.graph()):
        assert {statement.version for statement in graph.statements()} == {"toy-1"}


def test_a_build_replaces_what_the_space_held(space: Space, toy: Toy) -> None:
    kg.build(DOCUMENTS[:1], into=space, extractor=toy)
    assert [document.id for document in space.documents()] == ["a"]
    assert [extraction.document for extraction in space.extractions()] == ["a"]


def test_a_build_that_raises_leaves_the_space_as_it_was(space: Space, toy: Toy) -> None:
    before = space.generation
    with pytest.raises(StageError):
        kg.build([Document(id="x", text="EXPLODE")], into=space, extractor=toy)
    assert space.generation == before


def test_what_was_set_aside_stays_in_the_space(space: Space, toy: Toy) -> None:
    kg.build([*DOCUMENTS, LONG_GERMAN], into=space, extractor=toy, on_error="skip")
    assert [each.source for each in space.rejected()] == ["de.txt"]


@pytest.mark.parametrize("jobs", [2, 3])
def test_jobs_change_nothing(jobs: int, toy: Toy) -> None:
    assert quads(kg.build(MANY, extractor=toy, jobs=jobs)) == quads(kg.build(MANY, extractor=toy))


def test_jobs_do_the_work(toy: Toy) -> None:
    kg.build(DOCUMENTS, extractor=toy, jobs=2)
    assert toy.calls == []


def test_no_jobs_are_as_many_as_there_are_cpus(monkeypatch: pytest.MonkeyPatch, toy: Toy) -> None:
    monkeypatch.setattr("kg.workers.cpus", lambda: 1)
    kg.build(DOCUMENTS, extractor=toy, jobs=0)
    assert toy.calls == ["a", "b", "c"]


def test_less_than_no_jobs_are_refused(toy: Toy) -> None:
    with pytest.raises(KgError, match="-1 jobs"):
        kg.build(DOCUMENTS, extractor=toy, jobs=-1)


def test_progress_with_jobs_counts_to_the_end(toy: Toy) -> None:
    told: list[tuple[str, int, int | None]] = []
    kg.build(MANY, extractor=toy, jobs=2, progress=lambda *step: told.append(step))
    done = [count for stage, count, _ in told if stage == "extracting"]
    assert (done[0], done[-1], sorted(done)) == (0, len(MANY), done)


def test_with_jobs_a_second_build_extracts_nothing_again(space: Space) -> None:
    kg.build(MANY, into=space, extractor=Toy(), jobs=2)
    before = space.generation
    kg.build(MANY, into=space, extractor=Missing(), jobs=2)
    assert space.generation == before


def test_with_jobs_a_document_that_fails_is_set_aside_alone(toy: Toy) -> None:
    rejected: list[Rejected] = []
    documents = [*MANY, Document(id="x", text="EXPLODE")]
    graph = kg.build(documents, extractor=toy, jobs=2, on_error=rejected.append)
    assert [(each.source, each.stage, each.reason) for each in rejected] == [
        ("x", "extract", "extract failed: the toy exploded")
    ]
    assert quads(graph) == quads(kg.build(MANY, extractor=toy))


def test_with_jobs_a_document_that_fails_raises_and_tells_where(toy: Toy) -> None:
    with pytest.raises(StageError, match="x: extract failed: the toy exploded") as caught:
        kg.build([*MANY, Document(id="x", text="EXPLODE")], extractor=toy, jobs=2)
    assert "in extraction_of" in caught.value.__notes__[0]


def test_a_document_that_kills_its_process_is_set_aside_alone(toy: Toy) -> None:
    rejected: list[Rejected] = []
    graph = kg.build([*MANY, Document(id="x", text="DIE")], extractor=toy, jobs=2, on_error=rejected.append)
    assert [(each.source, each.stage, each.reason) for each in rejected] == [
        ("x", "extract", "extract failed: the process that read it died, killed or out of memory")
    ]
    assert quads(graph) == quads(kg.build(MANY, extractor=toy))


def test_a_document_that_kills_its_process_raises(toy: Toy) -> None:
    with pytest.raises(StageError, match="x: extract failed: the process that read it died"):
        kg.build([*DOCUMENTS, Document(id="x", text="DIE")], extractor=toy, jobs=2)


@given(lengths=st.lists(st.integers(1, 2 * BATCH_LENGTH), max_size=80), jobs=st.integers(2, 9))
def test_batches_hold_every_document_once_and_the_long_ones_first(lengths: list[int], jobs: int) -> None:
    documents = [Document(id=str(number), text="x" * length) for number, length in enumerate(lengths)]
    batches = list(_batches(documents, jobs))
    in_order = [len(document.text) for batch in batches for document in batch]
    assert in_order == sorted(lengths, reverse=True)
    assert all(len(batch) <= BATCH for batch in batches)
    assert all(len(batch) == 1 or sum(len(each.text) for each in batch) <= BATCH_LENGTH for batch in batches)


BUILDER = """
import sys
from toy import MANY, Toy

import kg

if __name__ == "__main__":
    print("ready", flush=True)
    with kg.Space.create(sys.argv[1]) as space:
        kg.build(MANY, into=space, extractor=Toy(), jobs=int(sys.argv[2]))
"""


def start_building(path: Path, jobs: int) -> subprocess.Popen[bytes]:
    script = path.with_name("builder.py")
    script.write_text(BUILDER)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, script, path, str(jobs)]
    builder = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True)
    assert builder.stdout
    assert builder.stdout.readline() == b"ready\n"
    return builder


@pytest.mark.parametrize(("jobs", "times"), [(1, 8), (2, 4)])
def test_a_build_killed_at_any_moment_costs_only_time(jobs: int, times: int, tmp_path: Path) -> None:
    undisturbed = quads(kg.build(MANY, extractor=Toy()))
    with start_building(tmp_path / "first", jobs) as builder:
        started = time.monotonic()
        assert builder.wait() == 0
    took = time.monotonic() - started
    moment = random.Random(7)
    for _ in range(times):
        with start_building(tmp_path / "space", jobs) as builder:
            time.sleep(moment.uniform(0, took))
            builder.send_signal(signal.SIGKILL)
    with Space.create(tmp_path / "space") as space:
        kg.build(MANY, into=space, extractor=Toy())
        assert quads(space.graph()) == undisturbed
        answer = space.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    with Space.open(tmp_path / "first") as first:
        assert quads(first.graph()) == undisturbed
        assert first.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows == answer.rows


def test_a_killed_build_keeps_what_it_had_extracted(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    class Dying(Toy):
        def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
            if len(self.calls) >= 2 * BATCH:
                raise Killed
            yield from super().extract(documents)

    toy = Toy()
    with Space.create(tmp_path / "space") as space:
        with pytest.raises(Killed):
            kg.build(MANY, into=space, extractor=Dying())
        kg.build(MANY, into=space, extractor=toy)
    assert len(toy.calls) == len(MANY) - 2 * BATCH
