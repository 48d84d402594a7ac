import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from kg.bench.run import Options
from kg.bench.scores_triples import Triple
from kg.bench.text2kgbench import Ontology, read, run
from kg.errors import InputError
from kg.model import Document

DIRECTED, STARRED = ("The Kid", "director", "Mara Voss"), ("The Kid", "cast member", "Lee Ode")
LAUNCHED = ("Gannet 2", "astronaut mission ", "Ada Quill")


def write(folder: Path, name: str, relations: dict[str, str], *sentences: Sequence[Triple]) -> None:
    number, _, topic = name.partition("_")
    (folder / "ontologies").mkdir(parents=True, exist_ok=True)
    (folder / "ground_truth").mkdir(exist_ok=True)
    ontology = {"relations": [{"pid": pid, "label": label} for pid, label in relations.items()]}
    (folder / "ontologies" / f"{name}_ontology.json").write_text(json.dumps(ontology), encoding="utf-8")
    rows = [
        {
            "id": f"{name}_{index}",
            "sent": f"Sentence {index}.",
            "triples": [dict(zip(("sub", "rel", "obj"), triple, strict=True)) for triple in triples],
        }
        for index, triples in enumerate(sentences)
    ]
    path = folder / "ground_truth" / f"ont_{number}_{topic}_ground_truth.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    write(tmp_path, "10_space", {"P450": LAUNCHED[1]}, [LAUNCHED])
    write(tmp_path, "1_movie", {"P57": "director", "P161": "cast member"}, [DIRECTED], [DIRECTED, STARRED])
    return str(tmp_path)


class Fixed:
    """Finds the same triples in every text."""

    version = "fixed"

    def __init__(self, *triples: Triple) -> None:
        self.found = triples

    def triples(self, documents: Iterable[Document], ontology: Ontology, /) -> Iterator[Sequence[Triple]]:
        for _ in documents:
            yield [triple for triple in self.found if triple[1] in ontology.relations.values()]


def test_every_ontology_has_its_relations_and_sentences(corpus: str) -> None:
    movie, space = read(corpus)
    assert movie.ontology == Ontology("1_movie", {"P57": "director", "P161": "cast member"})
    assert [document.text for document, _ in movie.sentences] == ["Sentence 0.", "Sentence 1."]
    assert space.sentences[0][1] == (LAUNCHED,)


def test_what_is_marked_scores_100_leniently(corpus: str) -> None:
    result = run(corpus, Fixed(DIRECTED, STARRED, LAUNCHED), Options())
    assert result.figures["F1"] == 100.0
    assert [row[:2] for row in result.rows] == [("1_movie", 2), ("10_space", 1), ("all", 3)]


def test_strictly_a_triple_of_another_relation_is_wrong(corpus: str) -> None:
    result = run(corpus, Fixed(DIRECTED, STARRED, LAUNCHED), Options())
    assert result.figures["strict precision"] == 80.0  # 4 of 5: the cast is not marked in the first sentence
    assert result.figures["strict F1"] == 88.89


def test_the_mean_is_over_sentences_and_then_over_ontologies(corpus: str) -> None:
    result = run(corpus, Fixed(DIRECTED), Options())
    assert result.rows[0][2:5] == (100.0, 75.0, 83.33)  # (1 + 2/3) / 2
    assert result.figures["F1"] == 41.67  # half of it


def test_a_sentence_without_marked_triples_scores_0_whatever_is_found(corpus: str) -> None:
    write(Path(corpus), "10_space", {"P450": LAUNCHED[1]}, [LAUNCHED], [])
    result = run(corpus, Fixed(DIRECTED, STARRED, LAUNCHED), Options())
    assert result.figures["F1"] == 75.0
    assert "1 of them, scores 0 there whatever is found: at most 75.0 can be reached" in result.notes[2]


def test_a_limit_counts_the_sentences_of_each_ontology(corpus: str) -> None:
    assert run(corpus, Fixed(), Options(limit=1)).measured_on == "TekGen: 2 sentences under 2 ontologies, 2 triples"


def test_progress_tells_the_ontology(corpus: str) -> None:
    told: list[tuple[str, int, int | None]] = []
    run(corpus, Fixed(), Options(), lambda *one: told.append(one))
    assert told == [("1_movie", 1, 2), ("1_movie", 2, 2), ("10_space", 1, 1)]


def test_sentences_without_an_ontology_are_named(corpus: str) -> None:
    (Path(corpus) / "ontologies" / "10_space_ontology.json").unlink()
    with pytest.raises(InputError, match=r"ont_10_space_ground_truth\.jsonl: has no ontology beside it"):
        read(corpus)


def test_a_folder_without_ontologies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the folder or .zip that holds Text2KGBench's ground_truth/"):
        read(str(tmp_path))
