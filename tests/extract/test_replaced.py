import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import spacy
from pipelines import Silent, joint, parser, ruled, shipped
from spacy.tokens import Doc, Span

from kg.errors import InputError, MissingExtra
from kg.extract import pipeline
from kg.extract.pipeline import read
from kg.extract.replaced import identity, load, meanings, parses, translated, trimmed
from kg.model import Document, Mention
from kg.schema import Schema
from kg.schema import load as load_schema

NLP = spacy.blank("en")
SCHEMA = load_schema()


@pytest.fixture(autouse=True)
def _models(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here may need the shipped model."""
    monkeypatch.setattr(pipeline, "MODELS", shipped(tmp_path_factory.mktemp("models")))
    monkeypatch.setattr(pipeline, "Joint", joint)
    monkeypatch.setattr(pipeline, "Encoder", Silent)


@pytest.fixture
def storms(tmp_path: Path) -> Schema:
    """A schema with a type of its own, and one below a built-in type."""
    types = '[types.Storm]\nlabel = "storm"\n[types.Lighthouse]\nlabel = "lighthouse"\nparent = "Place"\n'
    (tmp_path / "mine.toml").write_text(types)
    return load_schema([tmp_path / "mine.toml"])


def mentions(text: str, where: str, schema: Schema = SCHEMA) -> list[Mention]:
    return list(read(load(where, schema)(text), Document(id="d", text=text), schema).mentions)


def found(text: str, where: str, schema: Schema = SCHEMA) -> list[tuple[str, str, str | None]]:
    return [(mention.text, mention.type, mention.subtype) for mention in mentions(text, where, schema)]


def names(text: str, label: str, name: str) -> list[tuple[str, str]]:
    """Return what becomes of one entity of a text, by its name there."""
    doc = NLP(text)
    start = text.index(name)
    doc.ents = [doc.char_span(start, start + len(name), label=label)]
    return [(text[each.start : each.end], each.type) for each in translated(doc, meanings(SCHEMA))]


def test_names_come_from_the_pipeline(tmp_path: Path) -> None:
    assert found("Ada Quill of Oldmark left Port Merrow", ruled(tmp_path / "mine")) == [
        ("Ada Quill", "Person", None),
        ("Oldmark", "Organisation", None),
        ("Port Merrow", "Place", "Facility"),
    ]


def test_a_mention_says_which_pipeline_found_it(tmp_path: Path) -> None:
    (mention,) = mentions("Ada Quill slept", ruled(tmp_path / "mine"))
    assert mention.by == "en_ruled"


def test_a_designation_is_a_vehicle_whatever_the_pipeline_says(tmp_path: Path) -> None:
    assert found("They saw HMS Daring there.", ruled(tmp_path / "mine")) == [("HMS Daring", "Vehicle", "Ship")]


def test_a_pipeline_that_cannot_parse_is_given_the_shipped_parse(tmp_path: Path) -> None:
    nlp = load(ruled(tmp_path / "mine"), SCHEMA)
    assert nlp.pipe_names == ["kg_encoder", "kg_given_names", "kg_paragraphs", "sentencizer"]


def test_offsets_are_those_of_the_text(tmp_path: Path) -> None:
    text = "\n\n  “Ada  Quill”\u2028and Ada Quill's ship\t\n"
    where = ruled(tmp_path / "mine")
    assert [text[each.start : each.end] for each in mentions(text, where)] == ["Ada Quill"]


def test_a_pipeline_that_parses_like_ours_keeps_its_parse(tmp_path: Path) -> None:
    nlp = load(parser(tmp_path / "mine", rules={"PERSON": ["Ada Quill"]}), SCHEMA)
    assert (nlp.pipe_names[:2], nlp.pipe_names[-1]) == (["kg_encoder", "kg_paragraphs"], "kg_own_names")
    assert "sentencizer" not in nlp.pipe_names
    doc = nlp("Then Ada Quill met the crew.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ada Quill", "Person")]
    assert doc.has_annotation("DEP")


def test_a_pipeline_that_only_parses_like_ours_leaves_the_names_to_ours(tmp_path: Path) -> None:
    assert load(parser(tmp_path / "mine"), SCHEMA).pipe_names[:3] == ["kg_encoder", "kg_names", "kg_paragraphs"]


@pytest.mark.parametrize("make", [parser, ruled])
def test_the_shipped_model_takes_its_threads(make: Callable[[Path], str], tmp_path: Path) -> None:
    encoder = load(make(tmp_path / "mine"), SCHEMA, threads=1).get_pipe("kg_encoder")
    assert encoder.joint == (pipeline.MODELS / "joint", 1)  # type: ignore[attr-defined]


def test_a_pipeline_with_another_parse_gives_its_names_only(tmp_path: Path) -> None:
    nlp = load(parser(tmp_path / "mine", object="dobj", rules={"PERSON": ["Ada Quill"]}), SCHEMA)
    assert nlp.pipe_names == ["kg_encoder", "kg_given_names", "kg_paragraphs", "sentencizer"]
    assert [ent.label_ for ent in nlp("Ada Quill slept").ents] == ["Person"]


@pytest.mark.parametrize(("object", "like_ours"), [("obj", True), ("dobj", False)])
def test_what_parses_like_ours_is_told_by_its_labels(object: str, like_ours: bool, tmp_path: Path) -> None:
    assert parses(spacy.load(parser(tmp_path / "mine", object=object))) is like_ours


@pytest.mark.parametrize("missing", ["tagger", "trainable_lemmatizer", "morphologizer", "parser"])
def test_what_lacks_a_part_does_not_parse_like_ours(missing: str, tmp_path: Path) -> None:
    assert not parses(spacy.load(parser(tmp_path / "mine"), exclude=[missing]))


def test_an_untrained_ner_takes_the_place_too(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("PER")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "mine")
    text = "Ada Quill boarded Gannet in Port Merrow."
    assert {mention.type for mention in mentions(text, str(tmp_path / "mine"))} <= {"Person"}


def test_types_of_the_users_are_found(tmp_path: Path, storms: Schema) -> None:
    where = ruled(tmp_path / "mine", {"STORM": ["Hurricane Zelda"], "Lighthouse": ["Skerry Light"]})
    assert found("Hurricane Zelda hit Skerry Light", where, storms) == [
        ("Hurricane Zelda", "Storm", None),
        ("Skerry Light", "Place", "Lighthouse"),
    ]


@pytest.mark.parametrize(
    ("label", "type"),
    [
        *(("PERSON", "Person"), ("PER", "Person"), ("person", "Person"), ("Person", "Person")),
        *(("ORG", "Organisation"), ("organization", "Organisation"), ("Organisation", "Organisation")),
        *(("GPE", "Place"), ("LOC", "Place"), ("FAC", "Place"), ("place", "Place")),
        *(("WORK_OF_ART", "Work"), ("Film", "Film"), ("Ship", "Ship"), ("Vehicle", "Vehicle")),
        *(("NORP", ""), ("MISC", ""), ("DATE", ""), ("EVENT", ""), ("abstract", ""), ("PRODUCT", "Vehicle?")),
    ],
)
def test_labels_mean_types(label: str, type: str) -> None:
    assert meanings(SCHEMA)[label.casefold()] == type


def test_every_meaning_is_a_type_of_the_schema() -> None:
    assert {type.removesuffix("?") for type in meanings(SCHEMA).values()} <= {*SCHEMA.types, ""}


def test_a_type_of_the_users_goes_before_the_table(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[types.Event]\nlabel = "event"\n')
    assert meanings(load_schema([tmp_path / "mine.toml"]))["event"] == "Event"


def test_an_unknown_label_is_left_out() -> None:
    assert names("the enzyme Zappase", "ENZYME", "Zappase") == []


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Gannet sank.",
        "The ferry “Gannet” sank.",
        "The Gannet ferry sank.",
        "Gannet, a ferry, sank.",
        "Gannet, the old ferry, sank.",
        "Gannet is a car ferry.",
    ],
)
def test_a_product_that_the_text_calls_a_vehicle_is_one(text: str) -> None:
    assert names(text, "PRODUCT", "Gannet") == [("Gannet", "Vehicle")]


@pytest.mark.parametrize(
    "text", ["They sold the Gannet.", "Gannet, a telephone, rang.", "The ferry sank. Gannet Inc.", "the phone Gannet"]
)
def test_a_product_that_it_does_not_is_none(text: str) -> None:
    assert names(text, "PRODUCT", "Gannet") == []


def test_a_product_that_is_written_like_a_vehicle_is_one() -> None:
    assert names("They sold the Boeing 737.", "PRODUCT", "Boeing 737") == [("Boeing 737", "Vehicle")]


def test_a_product_whose_last_word_is_a_vehicle_is_one() -> None:
    assert names("They sold the Gannet Shuttle.", "PRODUCT", "Gannet Shuttle") == [("Gannet Shuttle", "Vehicle")]


def test_what_is_called_a_vehicle_once_is_one_throughout() -> None:
    doc = NLP("The ferry Gannet left. Gannet sank.")
    doc.ents = [Span(doc, 2, 3, label="PRODUCT"), Span(doc, 5, 6, label="PRODUCT")]
    assert [name.start for name in translated(doc, meanings(SCHEMA))] == [10, 23]


@pytest.mark.parametrize(
    ("name", "left"), [("the Oldmark", "Oldmark"), ("Oldmark's", "Oldmark"), ("the", ""), ("The Hague", "The Hague")]
)
def test_a_small_article_and_a_possessive_are_no_part_of_a_name(name: str, left: str) -> None:
    doc = NLP(name)
    assert trimmed(doc[:]).text == left


def test_a_name_of_nothing_but_an_article_is_none() -> None:
    doc = Doc(NLP.vocab, words=["the"], ents=["B-ORG"])
    assert translated(doc, meanings(SCHEMA)) == []


def test_a_pipeline_that_is_not_there_says_so(tmp_path: Path) -> None:
    for fails in (lambda name: load(name, SCHEMA), identity):
        with pytest.raises(InputError, match="none: not an installed spaCy pipeline, nor a folder"):
            fails(str(tmp_path / "none"))


def test_a_pipeline_that_finds_no_names_says_so(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "mine")
    with pytest.raises(InputError, match="finds no names; its components: sentencizer"):
        load(str(tmp_path / "mine"), SCHEMA)


def test_a_pipeline_whose_labels_mean_nothing_here_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its labels mean no type here: DISEASE, ENZYME; "):
        load(ruled(tmp_path / "mine", {"ENZYME": ["Zappase"], "DISEASE": ["Flu"]}), SCHEMA)


def test_a_pipeline_that_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    where = Path(ruled(tmp_path / "mine"))
    config = (where / "config.cfg").read_text()
    (where / "config.cfg").write_text(config.replace('factory = "entity_ruler"', 'factory = "not_installed"'))
    with pytest.raises(InputError, match="cannot be loaded: .*not_installed"):
        load(str(where), SCHEMA)


def test_an_identity_has_name_and_version(tmp_path: Path) -> None:
    assert identity(ruled(tmp_path / "mine")).startswith("en_ruled-1.2-")


def test_the_same_files_elsewhere_are_the_same_pipeline(tmp_path: Path) -> None:
    where = Path(ruled(tmp_path / "mine"))
    where.rename(tmp_path / "moved")
    assert identity(str(tmp_path / "moved")) == identity(ruled(tmp_path / "mine"))


def test_a_pipeline_that_was_changed_is_another(tmp_path: Path) -> None:
    before = identity(ruled(tmp_path / "mine"))
    assert identity(ruled(tmp_path / "mine", {"PERSON": ["Ben Oduya"]})) != before


def test_gliner_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    with pytest.raises(MissingExtra, match=r"pip install 'kg\[gliner\]'"):
        identity("gliner:small")


def test_the_identity_of_a_gliner_model_has_its_name_and_the_librarys_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "0.2.29")
    assert identity("gliner:small") == "gliner-0.2.29:small"


def test_gliner_is_asked_for_the_schemas_kinds(monkeypatch: pytest.MonkeyPatch, storms: Schema) -> None:
    asked: list[str] = []

    class Model:
        config = SimpleNamespace(max_len=384)

        def predict_entities(self, text: str, labels: list[str], *, threshold: float) -> list[dict[str, object]]:
            asked.extend(labels)
            return [{"start": 0, "end": 15, "label": "storm", "score": 0.75, "text": text[:15]}]

    library = ModuleType("gliner")
    library.GLiNER = SimpleNamespace(from_pretrained=lambda model: Model())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner", library)
    (mention,) = mentions("Hurricane Zelda came.", "gliner:small", storms)
    assert (mention.text, mention.type, mention.score, mention.by) == ("Hurricane Zelda", "Storm", 0.75, "gliner")
    assert asked == ["person", "organisation", "vehicle", "place", "work", "storm"]
