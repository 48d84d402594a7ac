import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.bench.knowledgenet import read, run
from kg.bench.run import Options
from kg.bench.scores_facts import SpanFact
from kg.errors import InputError
from kg.model import Document

TEXT = "Ada runs Lines.          Bo married Cy."
CEO = SpanFact((9, 14), "CEO", (0, 3))
SPOUSE = SpanFact((25, 27), "SPOUSE", (36, 38))
NUMBERS = {"CEO": "1000", "SPOUSE": "1013"}


def passage(start: int, end: int, *facts: SpanFact, exhaustive: Sequence[str]) -> dict[str, Any]:
    return {
        "passageId": f"1:{start}:{end}",
        "passageStart": start,
        "passageEnd": end,
        "exhaustivelyAnnotatedProperties": [{"propertyId": NUMBERS[name], "propertyName": name} for name in exhaustive],
        "facts": [
            {
                "propertyId": NUMBERS[fact.property],
                **dict(zip(("subjectStart", "subjectEnd"), fact.subject, strict=True)),
                **dict(zip(("objectStart", "objectEnd"), fact.object, strict=True)),
            }
            for fact in facts
        ],
    }


def document(*, fold: int) -> dict[str, Any]:
    passages = [passage(0, 15, CEO, exhaustive=["CEO"]), passage(25, 39, SPOUSE, exhaustive=["SPOUSE"])]
    return {"fold": fold, "documentId": f"{fold}", "documentText": TEXT, "passages": passages}


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    lines = [json.dumps(document(fold=fold)) for fold in (2, 3, 3)]
    (tmp_path / "folds.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path)


class Fixed:
    """Finds the same facts in every text."""

    version = "fixed"

    def __init__(self, *facts: SpanFact) -> None:
        self.found = facts

    def span_facts(self, documents: Iterable[Document], /) -> Iterator[Sequence[SpanFact]]:
        for _ in documents:
            yield self.found


def test_what_is_marked_scores_100(corpus: str) -> None:
    result = run(corpus, Fixed(CEO, SPOUSE), Options())
    assert result.figures == {"text F1, span_overlap": 100.0, "text F1, span_exact": 100.0}
    assert result.measured_on == "fold 3: 2 documents, 4 facts"
    assert [row[0] for row in result.rows] == ["CEO", "SPOUSE", "all facts"]


def test_the_fold_can_be_chosen(corpus: str) -> None:
    assert run(corpus, Fixed(), Options(fold=2)).measured_on == "fold 2: 1 documents, 2 facts"


def test_a_fold_that_is_not_there_is_named_with_those_that_are(corpus: str) -> None:
    with pytest.raises(InputError, match="holds no fold 5; there are: 2, 3"):
        read(corpus, fold=5)


def test_all_facts_count_alike(corpus: str) -> None:
    wrong = SpanFact((25, 27), "SPOUSE", (27, 28))
    result = run(corpus, Fixed(CEO, wrong), Options())
    assert result.rows[-1] == ("all facts", *(50.0, 50.0, 50.0) * 2)


def test_a_fact_counts_only_in_a_passage_that_is_annotated_for_it(corpus: str) -> None:
    elsewhere = SpanFact((25, 27), "CEO", (36, 38))
    assert run(corpus, Fixed(CEO, SPOUSE, elsewhere), Options()).figures["text F1, span_exact"] == 100.0


def test_a_fact_across_passages_does_not_count(corpus: str) -> None:
    across = SpanFact((9, 14), "CEO", (25, 27))
    assert run(corpus, Fixed(CEO, SPOUSE, across), Options()).figures["text F1, span_exact"] == 100.0


def test_blanks_between_passages_become_a_paragraph_of_the_same_length(corpus: str) -> None:
    (one, *_) = read(corpus, fold=3)
    assert one.document.text == "Ada runs Lines.\n\n        Bo married Cy."


@pytest.mark.parametrize("line", ['{"fold": 3}', "fold"])
def test_a_line_that_is_no_document_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(document(fold=3)) + "\n" + line, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl:2: not a KnowledgeNetDocument"):
        read(str(tmp_path), fold=3)


def test_a_property_without_a_name_is_named(tmp_path: Path) -> None:
    broken = document(fold=3)
    broken["passages"][0]["exhaustivelyAnnotatedProperties"] = []
    (tmp_path / "a.jsonl").write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(InputError, match="document 3 has an unknown property '1000'"):
        read(str(tmp_path), fold=3)
