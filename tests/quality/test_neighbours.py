"""What the shipped model reads in a text depends neither on the texts around it nor on how many threads read them."""

from pathlib import Path

import pytest

from kg.extract import extract, load
from kg.model import Document

ROOT = Path(__file__).parents[2]
TEXTS = {
    "ferry": "The ferry Gannet, owned by Northern Lines, left Bergen on 3 May 2021. Captain Anna Berg commands it.",
    "seed": next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8"),
    "deal": "Shell bought BP in 2019, Peter Hansen said. He was born in Oslo and leads the Norwegian company Equinor.",
}
DOCUMENTS = [Document(id=name, text=text) for name, text in TEXTS.items()]

pytestmark = pytest.mark.skipif(
    not (ROOT / "kg" / "models" / "en" / "joint" / "mention.onnx").exists(), reason="needs the model"
)


def test_a_text_is_read_as_if_it_were_alone() -> None:
    together = list(extract(DOCUMENTS))
    assert all(found.mentions and found.relations for found in together)
    assert together == [found for document in DOCUMENTS for found in extract([document])]


def test_one_thread_reads_the_same_as_several() -> None:
    one, several = load(threads=1), load(threads=2)
    assert list(extract(reversed(DOCUMENTS), nlp=one)) == list(extract(DOCUMENTS, nlp=several))[::-1]
