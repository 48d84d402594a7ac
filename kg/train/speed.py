"""How fast the shipped pipeline and its parts read, beside a spaCy `efficiency` CNN in the same run."""

import json
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZipFile

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_model_from_config

from kg.extract import load
from kg.extract.pipeline import read
from kg.model import Document

ROUNDS = 3


def measure(corpora: Path, *, articles: int = 40) -> dict[str, float]:
    """Return words a second (spaCy's tokens) over Wikinews articles, the best of three rounds each, and peak MiB."""
    documents = list(_articles(corpora))[:articles]
    nlp = load()
    blank = spacy.blank("en")
    words = sum(len(blank.make_doc(document.text)) for document in documents)
    tagger = dict(nlp.pipeline)["kg_names"].tagger  # type: ignore[attr-defined]
    syntax = [name for name in nlp.pipe_names if name not in ("kg_names", "kg_paragraphs")]

    def parse(document: Document) -> object:
        with nlp.select_pipes(enable=syntax):
            return nlp(document.text)

    docs = {document.id: nlp(document.text) for document in documents}
    other = _efficiency()
    jobs: dict[str, Callable[[Document], object]] = {
        "whole pipeline": lambda document: read(nlp(document.text), document),
        "mentions (encoder)": lambda document: tagger(document.text),
        "syntax (CNN)": parse,
        "chains and relations": lambda document: read(docs[document.id].copy(), document),
        "spaCy efficiency CNN": lambda document: other(document.text),
    }
    rates = {name: round(words / min(_seconds(job, documents) for _ in range(ROUNDS))) for name, job in jobs.items()}
    return {**rates, "peak MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def _seconds(job: Callable[[Document], object], documents: Iterable[Document]) -> float:
    began = time.perf_counter()
    for document in documents:
        job(document)
    return time.perf_counter() - began


def _articles(corpora: Path) -> Iterable[Document]:
    with ZipFile(corpora / "wikinews.zip") as archive:
        name = next(n for n in archive.namelist() if n.endswith(".jsonl"))
        for line in archive.read(name).decode("utf-8").splitlines():
            row = json.loads(line)
            yield Document(id=row["url"], text=row["text"])


def _efficiency() -> Language:
    # The architecture that spaCy's quickstart gives for `efficiency`; its weights do not change how long it takes.
    config = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency")
    nlp = load_model_from_config(config, auto_fill=True)
    words = ["Ann", "Lee", "sees", "Bonn", "."]
    gold = Doc(nlp.vocab, words=words, tags=["NNP", "NNP", "VBZ", "NNP", "."], heads=[2, 0, 2, 2, 2],
               deps=["nsubj", "flat", "ROOT", "obj", "punct"], ents=["B-PER", "I-PER", "O", "B-LOC", "O"])  # fmt: skip
    nlp.initialize(lambda: [Example(nlp.make_doc(gold.text), gold)])
    return nlp
