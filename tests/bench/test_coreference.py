from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.bench.coreference import Chains, run
from kg.bench.run import Options
from kg.model import Document

TEXT = "Ada met Bo . She left"
CHAINS = [[(0, 3), (13, 16)], [(8, 10)]]


class Fixed:
    """Finds the same chains in every text."""

    version = "fixed"

    def __init__(self, chains: Chains) -> None:
        self.found = chains

    def chains(self, documents: Iterable[Document], /) -> Iterator[Chains]:
        for document in documents:
            assert document.text == TEXT
            yield self.found


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    entities = {"Ada": "Entity=(1-person)", "Bo": "Entity=(2-person)", "She": "Entity=(1-person)"}
    for genre in ("news", "bio"):
        rows = ["\t".join([str(n), w, *"_______", entities.get(w, "_")]) for n, w in enumerate(TEXT.split(), 1)]
        text = "\n".join([f"# newdoc id = GUM_{genre}_a", *rows, ""])
        (tmp_path / f"{genre}.conllu").write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_what_is_marked_scores_100(corpus: str) -> None:
    result = run(corpus, Fixed(CHAINS), Options())
    assert result.figures == {"CoNLL F1": 100.0, "CoNLL F1, with singletons": 100.0}
    assert [row[:2] for row in result.rows] == [("bio", 1), ("news", 1), ("all", 2), ("all, with singletons", 2)]
    assert result.measured_on == "2 documents, 4 chains"


def test_singletons_count_only_in_the_last_row(corpus: str) -> None:
    result = run(corpus, Fixed(CHAINS[:1]), Options())
    assert result.figures["CoNLL F1"] == 100.0
    assert result.figures["CoNLL F1, with singletons"] == pytest.approx((100 + 80 + 66.67) / 3, abs=0.01)


def test_nothing_found_scores_0(corpus: str) -> None:
    assert run(corpus, Fixed([]), Options()).figures["CoNLL F1"] == 0


def test_a_limit_counts_documents(corpus: str) -> None:
    assert run(corpus, Fixed(CHAINS), Options(limit=1)).measured_on.startswith("1 documents")


def test_progress_is_told(corpus: str) -> None:
    told: list[tuple[str, int, int | None]] = []
    run(corpus, Fixed(CHAINS), Options(), lambda *one: told.append(one))
    assert told == [("reading", 1, 2), ("reading", 2, 2)]
