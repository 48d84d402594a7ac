import pickle
from pathlib import Path

import pytest
from pipelines import Isolated, Silent, joint, parser, ruled, shipped

import kg
from kg.build import default_extractor
from kg.errors import InputError
from kg.extract import PipelineExtractor, load, pipeline
from kg.model import Document
from kg.schema import Schema
from kg.space import Space

DOCUMENTS = [Document(id=str(number), text=f"Ada Quill left Port Merrow. Page {number}.") for number in range(6)]
STORM = '[types.Storm]\nlabel = "storm"\n'
PATTERN = '[[clause]]\npredicate = "leads"\nlemmas = ["steer"]\nsubject = ["agent"]\nobject = ["patient"]\n'


@pytest.fixture(autouse=True)
def _models(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here may need the shipped model."""
    monkeypatch.setattr(pipeline, "MODELS", shipped(tmp_path_factory.mktemp("models")))
    monkeypatch.setattr(pipeline, "Joint", joint)
    monkeypatch.setattr(pipeline, "Encoder", Silent)


def schema(folder: Path, text: str) -> Schema:
    (folder / "mine.toml").write_text(text)
    return kg.load_schema([folder / "mine.toml"])


def test_the_default_is_the_shipped_pipeline() -> None:
    assert default_extractor().version() == "rules-5+en-0"


def test_a_version_names_the_pipeline(tmp_path: Path) -> None:
    where = ruled(tmp_path / "mine")
    assert "+en_ruled-1.2-" in PipelineExtractor(pipeline=where).version()


def test_a_version_with_the_built_in_schema_is_that_without_one() -> None:
    assert PipelineExtractor(schema=kg.load_schema()).version() == PipelineExtractor().version()


def test_types_predicates_and_patterns_of_the_users_make_another_version(tmp_path: Path) -> None:
    texts = ("", STORM, PATTERN, STORM + PATTERN, PATTERN.replace("steer", "row"))
    versions = {PipelineExtractor(schema=schema(tmp_path, text)).version() for text in texts}
    assert len(versions) == len(texts)


def test_a_pipeline_that_is_not_there_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not an installed spaCy pipeline"):
        kg.build(tmp_path / "no sources either", extractor=str(tmp_path / "none"))


def test_an_extractor_travels_as_its_settings(tmp_path: Path) -> None:
    extractor = PipelineExtractor(pipeline=ruled(tmp_path / "mine"), schema=schema(tmp_path, STORM))
    found = list(extractor.extract(DOCUMENTS))
    other = pickle.loads(pickle.dumps(extractor))
    assert other == extractor
    assert not other.__dict__
    assert list(other.extract(DOCUMENTS)) == found


def test_the_schemas_types_are_found(tmp_path: Path) -> None:
    extractor = PipelineExtractor(
        pipeline=ruled(tmp_path / "mine", {"STORM": ["Zelda"]}), schema=schema(tmp_path, STORM)
    )
    (found,) = extractor.extract([Document(id="d", text="Zelda came.")])
    assert [(mention.text, mention.type) for mention in found.mentions] == [("Zelda", "Storm")]


def test_a_space_reads_again_what_another_pipeline_read(tmp_path: Path) -> None:
    where = str(tmp_path / "mine")
    with Space.create(tmp_path / "space") as space:
        graphs = []
        for rules in ({"PERSON": ["Ada Quill"]}, {"GPE": ["Port Merrow"]}):
            ruled(Path(where), rules)
            graphs.append(kg.build(DOCUMENTS, into=space, extractor=where))
    assert [[entity.name for entity in graph.entities()] for graph in graphs] == [["Ada Quill"], ["Port Merrow"]]


def test_workers_load_the_pipeline_by_its_name(tmp_path: Path) -> None:
    where = parser(tmp_path / "mine", rules={"PERSON": ["Ada Quill"], "GPE": ["Port Merrow"]})
    extractor = Isolated(pipeline=where, models=str(pipeline.MODELS))
    one, two = (kg.build(DOCUMENTS, extractor=extractor, jobs=jobs) for jobs in (1, 2))
    assert {entity.name for entity in two.entities()} == {"Ada Quill", "Port Merrow"}
    assert one.entities() == two.entities()
    assert one.statements() == two.statements()


def test_the_shipped_model_takes_its_threads() -> None:
    assert load(threads=1).get_pipe("kg_encoder").joint == (pipeline.MODELS / "joint", 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("threads", "ahead"), [(0, True), (1, False), (2, True)])
def test_with_one_thread_no_text_is_encoded_ahead(threads: int, ahead: bool) -> None:
    assert load(threads=threads).get_pipe("kg_encoder").ahead is ahead  # type: ignore[attr-defined]


def test_who_loads_the_shipped_pipeline_has_one_of_their_own() -> None:
    assert load() is not load()
