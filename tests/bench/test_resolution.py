import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from toy import extraction_of

from kg.bench import Options, bench
from kg.bench.resolution import read, similar
from kg.errors import InputError
from kg.model import Document, Extraction


class Toy:
    """The toy extractor as a predictor."""

    version = "toy-1"

    def extractions(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        return map(extraction_of, documents)


TEXTS = {
    "a": "Ada Quill boarded Gannet.",
    "b": "Ada Quill leads Northern Lines.",
    "c": "Ada Quil boarded Gannet.",
}


def gold(folder: Path, *marks: tuple[str, str, str, str]) -> str:
    """Write the texts and the marks: document, words, entity, type."""
    rows = [{"id": id, "title": "", "text": text, "date": "2021-10-04"} for id, text in TEXTS.items()]
    lines = [
        {
            "document": document,
            "start": TEXTS[document].find(text),
            "end": TEXTS[document].find(text) + len(text),
            "text": text,
            "entity": entity,
            "type": type,
        }
        for document, text, entity, type in marks
    ]
    (folder / "documents.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return str(folder)


MARKS = (
    ("a", "Ada Quill", "q", "Person"),
    ("b", "Ada Quill", "q", "Person"),
    ("c", "Ada Quil", "q", "Person"),
    ("a", "Gannet", "g", "Vehicle"),
    ("c", "Gannet", "g", "Vehicle"),
)


def test_kg_and_the_baselines_are_scored_on_the_same_marks(tmp_path: Path) -> None:
    result = bench("resolution", gold(tmp_path, *MARKS), predictor=Toy())
    assert result.measured_on == "3 documents, 5 mentions of 2 entities"
    scores = {row[0]: row[1:] for row in result.rows}
    # Ada Quil is no mention to the toy, and so alone: recall (2/3 + 2/3 + 1/3 + 1 + 1) / 5.
    assert scores["kg, end to end"][:2] == (100.0, pytest.approx(73.33))
    assert scores["kg"][:2] == (100.0, 100.0)
    assert scores["equal names, as marked"] == scores["equal names, of kg's chains"] == scores["kg, end to end"]
    assert result.notes == ("1 of the marked mentions overlap none that kg found.",)


def test_similar_names_of_one_type_are_connected() -> None:
    names = [("Person", "christina johnson"), ("Person", "christina johnsson"), ("Place", "christina johnson")]
    first, second, third = similar(names)
    assert first == second != third


def test_only_marks_of_the_documents_that_are_read_count(tmp_path: Path) -> None:
    result = bench("resolution", gold(tmp_path, *MARKS), predictor=Toy(), options=Options(limit=1))
    assert result.measured_on == "1 documents, 2 mentions of 2 entities"


def test_the_gold_file_itself_may_be_given(tmp_path: Path) -> None:
    folder = gold(tmp_path, *MARKS)
    assert read(f"{folder}/gold.jsonl") == read(folder)
    assert read(folder)[0][0].published is not None


def test_a_mark_that_is_not_in_its_text_is_named(tmp_path: Path) -> None:
    gold(tmp_path, ("a", "Nobody", "n", "Person"))
    with pytest.raises(InputError, match="marks 'Nobody' at a, -1-5, where the text says"):
        read(str(tmp_path))


def test_a_mark_in_no_document_is_named(tmp_path: Path) -> None:
    gold(tmp_path, *MARKS)
    (tmp_path / "documents.jsonl").write_text('{"id": "b", "text": "B"}', encoding="utf-8")
    with pytest.raises(InputError, match="marks a, 0-9, but there is no such document; give a folder"):
        read(str(tmp_path))
