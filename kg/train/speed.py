"""How fast the shipped pipeline and its parts read, beside a spaCy `efficiency` CNN and a RoBERTa-base in the same run.

Words a second depend on the machine; what can be compared are the ratios within one run.
"""

import json
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_model_from_config

from kg.extract import extract, load
from kg.extract.pipeline import read
from kg.model import Document

ROUNDS = 3
WHOLE, CNN, ROBERTA = "whole pipeline", "spaCy efficiency CNN", "RoBERTa-base, random weights"
SYNTAX = "syntax (CNN)"
WINDOW, STRIDE = 128, 96  # words, as in the pipelines that spaCy publishes

Job = Callable[[Sequence[Document]], object]
Result = TypeVar("Result")


def measure(corpora: Path, *, articles: int = 40) -> dict[str, float]:
    """Return words a second (spaCy's tokens) over Wikinews articles, the best of three rounds each, and their ratios.

    `peak MiB` is the most memory that the process had held when the whole pipeline had read them.
    """
    documents = list(_articles(corpora))[:articles]
    blank, nlp = spacy.blank("en"), load()
    words = sum(len(blank.make_doc(document.text)) for document in documents)
    rates = {WHOLE: _rate(lambda texts: list(extract(texts, nlp=nlp)), documents, words)}
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    parts = [stages(nlp, documents) for _ in range(ROUNDS)]
    rates |= {name: round(words / min(part[name] for part in parts)) for name in parts[0]}
    cnn = _efficiency()
    rates[CNN] = _rate(lambda texts: list(cnn.pipe(document.text for document in texts)), documents, words)
    rates[ROBERTA] = _rate(_roberta(nlp, blank), documents, words)
    return {**rates, **ratios(rates), "peak MiB": peak}


def stages(nlp: Language, documents: Iterable[Document]) -> dict[str, float]:
    """Return the seconds that each part of the pipeline takes; what is not of `kg` is the syntax."""
    seconds: dict[str, float] = defaultdict(float)
    for document in documents:
        doc = _timed(seconds, SYNTAX, nlp.make_doc, document.text)
        for name, component in nlp.pipeline:
            doc = _timed(seconds, name if name.startswith("kg_") else SYNTAX, component, doc)
        _timed(seconds, "chains and relations", read, doc, document)
    return dict(seconds)


def _timed(seconds: dict[str, float], part: str, task: Callable[..., Result], *arguments: object) -> Result:
    began = time.perf_counter()
    result = task(*arguments)
    seconds[part] += time.perf_counter() - began
    return result


def ratios(rates: Mapping[str, float]) -> dict[str, float]:
    """Return how many times as fast the whole pipeline is as each of the others, with two decimals."""
    return {f"{WHOLE} / {other}": round(rates[WHOLE] / rates[other], 2) for other in (CNN, ROBERTA)}


def strided(count: int, *, window: int = WINDOW, stride: int = STRIDE) -> Iterator[tuple[int, int]]:
    """Yield where windows over so many words begin and end, as `strided_spans` of spacy-transformers has them."""
    for start in range(0, max(1, count - window + stride), stride):
        yield start, min(start + window, count)


def _rate(job: Job, documents: Sequence[Document], words: int) -> int:
    return round(words / min(_seconds(job, documents) for _ in range(ROUNDS)))


def _seconds(job: Job, documents: Sequence[Document]) -> float:
    began = time.perf_counter()
    job(documents)
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


def _roberta(nlp: Language, blank: Language) -> Job:
    """Return a job that encodes each document's windows in one batch; no head reads what comes out."""
    from kg.train.roberta import Roberta

    tokenizer = dict(nlp.pipeline)["kg_encoder"].joint.tokenizer  # type: ignore[attr-defined]
    model = Roberta(tokenizer.get_vocab_size())

    def job(documents: Sequence[Document]) -> None:
        for document in documents:
            doc = blank.make_doc(document.text)
            texts = [doc[start:end].text for start, end in strided(len(doc))]
            model.read([one.ids for one in tokenizer.encode_batch(texts, add_special_tokens=False)])

    return job
