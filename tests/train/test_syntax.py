"""The syntax model's training, on a handful of hand-made sentences."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.train.conllu import TreebankDocument, parse
from kg.train.syntax import evaluate, restyle, texts, train
from kg.train.syntax_score import figures, reference

SENTENCES = """\
# newpar
1	The	the	DET	DT	_	2	det	_	_
2	ship	ship	NOUN	NN	_	3	nsubj	_	_
3	sails	sail	VERB	VBZ	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

# newpar
1	She	she	PRON	PRP	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	"	"	PUNCT	``	_	4	punct	_	SpaceAfter=No
4	No	no	INTJ	UH	_	2	obj	_	SpaceAfter=No
5	"	"	PUNCT	''	_	4	punct	_	SpaceAfter=No
6	.	.	PUNCT	.	_	2	punct	_	_

"""


def written(document: str, times: int = 1) -> str:
    return f"# newdoc id = {document}\n" + SENTENCES * times


@pytest.fixture
def document() -> TreebankDocument:
    (document,) = parse(written("a").splitlines())
    return document


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    with zipfile.ZipFile(folder / "gum.zip", "w") as archive:
        archive.writestr("train/GUM_a.conllu", written("a", 20))
        archive.writestr("dev/GUM_b.conllu", written("b"))
    with zipfile.ZipFile(folder / "ud-ewt.zip", "w") as archive:
        archive.writestr("en_ewt-ud-dev.conllu", written("d"))
        archive.writestr("en_ewt-ud-test.conllu", written("t"))
        archive.writestr("not-to-release/sources/x/x.conllu", written("x", 20))
    return folder


@pytest.fixture(scope="module")
def trained(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    output = tmp_path_factory.mktemp("models") / "syntax"
    return output, train(corpora, output, seed=1, steps=2, evaluate_every=1)


def test_train_writes_a_pipeline_that_loads(trained: tuple[Path, dict[str, Any]]) -> None:
    nlp = spacy.load(trained[0])
    doc = nlp("The ship sails. She said no.")
    assert nlp.pipe_names == ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser"]
    assert all(token.tag_ and token.pos_ and token.lemma_ and token.dep_ for token in doc)


def test_train_writes_the_figures_it_returns(trained: tuple[Path, dict[str, Any]]) -> None:
    output, returned = trained
    assert json.loads((output / "figures.json").read_text()) == returned
    assert returned["training"]["steps"] == 2


def test_train_leaves_nothing_beside_its_output(trained: tuple[Path, dict[str, Any]]) -> None:
    assert [path.name for path in trained[0].parent.iterdir()] == ["syntax"]


def test_train_is_the_same_for_the_same_seed(
    trained: tuple[Path, dict[str, Any]], corpora: Path, tmp_path: Path
) -> None:
    train(corpora, tmp_path / "again", seed=1, steps=2, evaluate_every=1)
    for first in sorted(trained[0].rglob("*")):
        if first.is_file() and first.name != "figures.json":
            second = tmp_path / "again" / first.relative_to(trained[0])
            assert first.read_bytes() == second.read_bytes(), first.name


def test_evaluate_measures_held_out_documents_three_ways(trained: tuple[Path, dict[str, Any]], corpora: Path) -> None:
    found = evaluate(trained[0], corpora)
    assert sorted(found) == ["ewt_test", "gum_dev"]
    assert sorted(found["ewt_test"]) == ["gold_sentences", "gold_tokens", "raw"]
    assert found["ewt_test"] == trained[1]["ewt_test"]


def test_reference_keeps_text_heads_and_sentences(document: TreebankDocument) -> None:
    doc = reference(spacy.blank("en").vocab, document.sentences)
    assert doc.text.strip() == document.text
    assert [sentence.text.strip() for sentence in doc.sents] == [s.text for s in document.sentences]
    assert [token.head.text for token in doc[:4]] == ["ship", "sails", "sails", "sails"]


@pytest.mark.parametrize(("gap", "length"), [("\n\n", 11), ("\n", 11), (" ", 10)])
def test_reference_parts_paragraphs(document: TreebankDocument, gap: str, length: int) -> None:
    doc = reference(spacy.blank("en").vocab, document.sentences, gap=gap)
    assert (len(doc), doc[4].is_space) == (length, gap != " ")


def test_unmarked_breaks_are_not_scored(document: TreebankDocument) -> None:
    doc = reference(spacy.blank("en").vocab, document.sentences, marked=False)
    assert (doc[4].text, doc[4].tag_, doc[4].dep_) == ("\n\n", "", "_break")


def test_figures_of_the_truth_are_perfect(document: TreebankDocument) -> None:
    nlp = spacy.blank("en")
    gold = reference(nlp.vocab, document.sentences, marked=False)
    longer = reference(nlp.vocab, document.sentences * 2, marked=False)
    pairs = [(doc.copy(), doc) for doc in (gold, longer)]
    assert set(figures(nlp, pairs).values()) == {1.0}


def test_figures_tell_punctuation_apart(document: TreebankDocument) -> None:
    nlp = spacy.blank("en")
    gold = reference(nlp.vocab, document.sentences, marked=False)
    wrong = gold.copy()
    wrong[3].head = wrong[1]
    found = figures(nlp, [(wrong, gold)])
    assert (found["las"], found["las_no_punct"]) == (0.9, 1.0)


def test_texts_hold_every_sentence_once(document: TreebankDocument) -> None:
    many = [TreebankDocument(str(n), document.sentences * 30, {}) for n in range(3)]
    cut = texts(many, random.Random(0))
    assert sum(map(len, cut)) == sum(len(d.sentences) for d in many)
    assert max(map(len, cut)) <= 20


def test_restyle_changes_type_but_not_syntax(document: TreebankDocument) -> None:
    rng = random.Random(0)
    styled = [s for _ in range(200) for s in restyle(document.sentences, rng)]
    seen = {sentence.text for sentence in styled}
    assert {"the ship sails.", "THE SHIP SAILS.", "She said “No”.", 'She said "No".'} <= seen
    assert {tuple(t.head for t in s.tokens) for s in styled} == {
        tuple(t.head for t in s.tokens) for s in document.sentences
    }


def test_restyle_drops_the_lemma_of_a_word_whose_case_changed(document: TreebankDocument) -> None:
    rng = random.Random(0)
    styled = [t for _ in range(200) for s in restyle(document.sentences, rng) for t in s.tokens]
    assert {t.lemma for t in styled if t.form == "SAILS"} == {""}
    assert {t.lemma for t in styled if t.form == "sails"} == {"sail"}
