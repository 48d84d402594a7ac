import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.bench.triples import Habits, Pair
from kg.train.triples import Read, best, f1, read

ONTOLOGY = {
    "id": "ont_1_x",
    "relations": [
        {"pid": "P54", "label": "team"},
        {"pid": "P118", "label": "league"},
        {"pid": "P118", "label": "league of"},
    ],
}
ROWS = [
    {"sent": "A plays for B.", "sub_label": "A", "rel": "P54", "obj_label": "B"},
    {"sent": "A plays for B.", "sub_label": "A", "rel": "P118", "obj_label": "C"},
    {"sent": "A plays for B.", "sub_label": "A", "rel": "P1", "obj_label": "C"},
]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    with ZipFile(tmp_path / "text2kgbench-tekgen.zip", "w") as archive:
        archive.writestr("ontologies/1_x_ontology.json", json.dumps(ONTOLOGY))
        archive.writestr("train/ont_1_x_train.jsonl", "\n".join(map(json.dumps, ROWS)))
        archive.writestr("test/ont_1_x_test.jsonl", "not to be read")
    return tmp_path


def test_a_training_sentence_has_all_its_triples_in_the_first_label_of_a_property(corpora: Path) -> None:
    (one,) = read(corpora)
    assert one.relations == {"P54": "team", "P118": "league"}
    assert one.triples == {"A plays for B.": [("A", "team", "B"), ("A", "league", "C")]}


def sentence(*odds: float) -> Read:
    pairs = [Pair((0, 1), (at, at + 1), "ABC"[at // 2], (one,)) for at, one in zip((2, 4), odds, strict=True)]
    return Read("A B C", pairs, ["team"], [("A", "team", "B")])


def test_f1_is_the_benchmarks() -> None:
    parts = [[sentence(0.9, 0.2)], [sentence(0.2, 0.9)]]
    assert f1(parts, Habits(least=0.1, sure=0.7, share=0.9, other=1.0)) == pytest.approx(0.5)


def test_the_best_habits_tell_no_more_than_it_is_worth() -> None:
    fitted = best([[sentence(0.3, 0.0), sentence(0.9, 0.1)]], Habits(objects=("B",)))
    assert fitted.objects == ("B",)
    assert fitted.least == 0.2
