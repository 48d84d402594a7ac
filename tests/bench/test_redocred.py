import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.bench.redocred import Facts, Things, read, run
from kg.bench.run import Options
from kg.bench.scores_relations import ThingFact
from kg.errors import InputError
from kg.model import Document

BORN, LIVES = ThingFact(0, "P19", 1), ThingFact(0, "P551", 1)
TEXT = "Ada Quill was born in Merrow. Quill left."
THINGS = [[(0, 9), (30, 35)], [(22, 28)]]


def mention(sentence: int, first: int, last: int) -> dict[str, Any]:
    return {"sent_id": sentence, "pos": [first, last], "type": "PER", "name": ""}


def document() -> dict[str, Any]:
    return {
        "title": "Ada Quill",
        "sents": ["Ada Quill was born in Merrow .".split(), "Quill left .".split()],
        "vertexSet": [[mention(0, 0, 2), mention(1, 0, 1)], [mention(0, 5, 6)]],
        "labels": [{"h": 0, "t": 1, "r": "P19", "evidence": [0]}],
    }


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    documents = [document() for _ in range(6)]
    documents[1]["labels"][0]["r"] = "P551"
    (tmp_path / "dev_revised.json").write_text(json.dumps(documents), encoding="utf-8")
    return str(tmp_path)


class Fixed:
    """Finds the same in every text."""

    version = "fixed"

    def __init__(self, *facts: ThingFact, things: Things = THINGS) -> None:
        self.found = facts
        self.things = things

    def facts_between(self, documents: Iterable[tuple[Document, Things]], /) -> Iterator[Facts]:
        for document, things in documents:
            assert (document.text, things) == (TEXT, THINGS)
            yield self.found

    def things_and_facts(self, documents: Iterable[Document], /) -> Iterator[tuple[Things, Facts]]:
        for _ in documents:
            yield self.things, self.found


def figures(corpus: str, predictor: Fixed) -> list[float | None]:
    return list(run(corpus, predictor, Options()).figures.values())


def test_only_the_held_out_fifth_is_measured(corpus: str) -> None:
    documents, properties = read(corpus)
    assert [one.document.id for one in documents] == ["0000", "0005"]
    assert properties == {"P19", "P551"}


def test_what_is_marked_scores_100(corpus: str) -> None:
    result = run(corpus, Fixed(BORN), Options())
    assert result.figures == {"F1, gold mentions": 100.0, "F1, end to end": 100.0}
    assert result.rows == (("P19", 2, *(100.0,) * 6), ("all", 2, *(100.0,) * 6))
    assert any(note.startswith("Ign F1 is left out") for note in result.notes)


def test_end_to_end_a_thing_stands_for_the_one_it_shares_mentions_with(corpus: str) -> None:
    assert figures(corpus, Fixed(ThingFact(1, "P19", 0), things=[[(22, 28)], [(30, 35), (50, 52)]])) == [0.0, 100.0]


def test_end_to_end_a_thing_with_other_spans_stands_for_nothing(corpus: str) -> None:
    assert figures(corpus, Fixed(BORN, things=[[(0, 3)], [(22, 28)]])) == [100.0, 0.0]


def test_a_wrong_fact_costs_precision(corpus: str) -> None:
    assert figures(corpus, Fixed(BORN, LIVES)) == [66.67, 66.67]


def test_a_property_that_the_benchmark_does_not_know_is_left_out(corpus: str) -> None:
    assert figures(corpus, Fixed(BORN, ThingFact(0, "P9999", 1))) == [100.0, 100.0]


def test_a_mention_outside_of_the_words_is_named(tmp_path: Path) -> None:
    broken = document()
    broken["vertexSet"][1] = [mention(1, 2, 9)]
    (tmp_path / "a.json").write_text(json.dumps([broken]), encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: document 0 \(Ada Quill\) has a mention outside of its words"):
        read(str(tmp_path / "a.json"))


def test_another_json_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Hi"}]', encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: is not this benchmark's JSON"):
        read(str(tmp_path / "a.json"))
