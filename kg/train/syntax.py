"""The light spaCy CNN of the shipped model: tags, lemmas, parse and sentences.

Trained on GUM train and EWT train, selected on EWT dev. The same seed on the
same machine with one thread gives the same weights.
"""

from __future__ import annotations

import json
import logging
import random
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed
from thinc.schedules import compounding, warmup_linear

from kg.train.conllu import PARAGRAPH_BREAK, Sentence, Token, TreebankDocument, read_ewt, read_gum
from kg.train.syntax_score import reference, score, score_raw

log = logging.getLogger(__name__)

ABOUT = {
    "name": "kg_syntax",
    "version": "1.0.0",
    "description": "Tags, lemmas, Universal Dependencies and sentences, trained on GUM and UD English EWT",
    "license": "CC BY-SA 4.0",
}
WIDTH = 96
LEARNING_RATE = 0.001
DROPOUT = 0.1
SHORTEST, LONGEST = 4, 20  # sentences in one training text
LOWER_CASED, UPPER_CASED = 0.04, 0.02  # shares of sentences
CURLY = 0.3  # share of training texts
SELECTION = {"las": 0.5, "xpos": 0.15, "upos": 0.1, "lemma": 0.1, "sentence_f1": 0.15}  # what EWT dev selects by
GAPS = (PARAGRAPH_BREAK, PARAGRAPH_BREAK, "\n", " ")  # how texts part paragraphs
OPENING, CLOSING = str.maketrans("\"'", "\u201c\u2018"), str.maketrans("\"'", "\u201d\u2019")


def train(
    corpora: Path,
    output: Path,
    *,
    seed: int = 0,
    steps: int = 2500,
    evaluate_every: int = 125,
) -> dict[str, Any]:
    """Train the pipeline and write it to `output`; return and write its figures.

    After each evaluation the best weights so far stand in `output`, loadable
    with `spacy.load` while the training goes on.
    """
    fix_random_seed(seed)
    started = time.monotonic()
    documents = [*read_gum(corpora, "train"), *read_ewt(corpora, "train")]
    nlp = build(documents)
    batches = islice(_batches(nlp, documents, random.Random(seed)), steps)
    judge = _Judge(list(read_ewt(corpora, "dev")), output, evaluate_every)
    _optimise(nlp, batches, steps, judge)
    minutes = (time.monotonic() - started) / 60
    figures = evaluate(output, corpora)
    figures["training"] = {"seed": seed, "steps": steps, "best_step": judge.best_step, "minutes": round(minutes, 1)}
    (output / "figures.json").write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n")
    return figures


def evaluate(pipeline: Path, corpora: Path) -> dict[str, Any]:
    """The figures of a saved pipeline on EWT test and GUM dev (see `syntax_score`)."""
    nlp = spacy.load(pipeline)
    return {
        "ewt_test": score(nlp, list(read_ewt(corpora, "test"))),
        "gum_dev": score(nlp, list(read_gum(corpora, "dev"))),
    }


def build(documents: Sequence[TreebankDocument]) -> Language:
    """An untrained pipeline that knows the labels of `documents`."""
    nlp = spacy.blank("en", meta=ABOUT)
    nlp.add_pipe("tok2vec", config={"model": _encoder()})
    listen = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    tagging = {"@architectures": "spacy.Tagger.v2", "tok2vec": listen, "nO": None}
    nlp.add_pipe("tagger", config={"model": tagging})
    nlp.add_pipe("morphologizer", config={"model": tagging})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagging, "top_k": 3})
    nlp.add_pipe("parser", config={"model": _transitions(listen)})
    annotated = [reference(nlp.vocab, document.sentences) for document in documents]
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in annotated]
    nlp.initialize(lambda: examples)
    return nlp


def _encoder() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _transitions(listen: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": listen,
    }


def texts(documents: Sequence[TreebankDocument], rng: random.Random) -> list[tuple[Sentence, ...]]:
    """Every sentence once, in shuffled texts of consecutive sentences of one document."""
    found = []
    for document in documents:
        start = 0
        while start < len(document.sentences):
            end = start + rng.randint(SHORTEST, LONGEST)
            found.append(document.sentences[start:end])
            start = end
    rng.shuffle(found)
    return found


def restyle(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """The sentences in varied typography: quotes curled, some in one case only.

    A token whose case changed keeps everything but its lemma.
    """
    styled = list(sentences)
    if rng.random() < CURLY:
        styled = [_replaced(sentence, _curled) for sentence in styled]
    for number, sentence in enumerate(styled):
        chance = rng.random()
        if chance < LOWER_CASED:
            styled[number] = _replaced(sentence, _lowered)
        elif chance < LOWER_CASED + UPPER_CASED:
            styled[number] = _replaced(sentence, _raised)
    return styled


def _replaced(sentence: Sentence, form_of: Callable[[Token], str]) -> Sentence:
    tokens = tuple(_renamed(token, form_of(token)) for token in sentence.tokens)
    return msgspec.structs.replace(sentence, tokens=tokens)


def _renamed(token: Token, form: str) -> Token:
    if form == token.form:
        return token
    lemma = "" if form.lower() == token.form.lower() else token.lemma
    return msgspec.structs.replace(token, form=form, lemma=lemma)


def _curled(token: Token) -> str:
    return token.form.translate(OPENING if token.xpos == "``" else CLOSING)


def _lowered(token: Token) -> str:
    return token.form.lower()


def _raised(token: Token) -> str:
    return token.form.upper()


def _batches(nlp: Language, documents: Sequence[TreebankDocument], rng: random.Random) -> Iterator[list[Example]]:
    """Batches without end: each pass cuts and styles the documents anew."""
    size: Any = compounding(1000.0, 2000.0, 1.001)  # words; spaCy takes it, its types do not say so
    while True:
        examples = (_example(nlp, text, rng) for text in texts(documents, rng))
        yield from minibatch_by_words(examples, size=size, get_length=lambda e: len(e.predicted))


def _example(nlp: Language, sentences: Sequence[Sentence], rng: random.Random) -> Example:
    annotated = reference(nlp.vocab, restyle(sentences, rng), gap=rng.choice(GAPS))
    return Example(nlp.make_doc(annotated.text), annotated)


def _optimise(nlp: Language, batches: Iterable[list[Example]], steps: int, judge: _Judge) -> None:
    rate: Any = warmup_linear(LEARNING_RATE, min(200, steps // 10), steps)
    optimizer = Adam(
        learn_rate=rate,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    for step, batch in enumerate(batches, start=1):
        nlp.update(batch, sgd=optimizer, drop=DROPOUT)
        optimizer.step_schedules()
        if step % judge.every == 0 or step == steps:
            with nlp.use_params(optimizer.averages):
                judge.look(nlp, step)


@dataclass(slots=True)
class _Judge:
    """Keeps in `output` the weights that did best on the development documents."""

    documents: Sequence[TreebankDocument]
    output: Path
    every: int
    best: float = -1.0
    best_step: int = 0

    def look(self, nlp: Language, step: int) -> None:
        """Score the pipeline as it stands and save it if it is the best so far."""
        figures = score_raw(nlp, self.documents)
        reached = sum(weight * figures[name] for name, weight in SELECTION.items())
        log.info("step %d: %.4f %s", step, reached, json.dumps(figures))
        if reached > self.best:
            self.best, self.best_step = reached, step
            save(nlp, self.output)


def save(nlp: Language, output: Path) -> None:
    """Write the pipeline to `output`, replacing what stood there only once complete."""
    fresh = output.with_name(output.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    shutil.rmtree(output, ignore_errors=True)
    fresh.rename(output)
