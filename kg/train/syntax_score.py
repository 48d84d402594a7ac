"""How well a spaCy pipeline tags, lemmatises, parses and splits a treebank.

Every figure is between 0 and 1, over whole documents with an empty line
between paragraphs, and is measured three ways:

- `gold_sentences`: the treebank's tokens and sentences are given (the setting
  of most published figures);
- `gold_tokens`: its tokens are given, the sentences are found;
- `raw`: only the text is given. Tokens that differ from the treebank's count
  as misses and as false alarms, so each figure is an F1.

`las` and `uas` count every token, punctuation included; `las_no_punct` and
`uas_no_punct` leave out tokens labelled punct, as spaCy's scorer does unless
told otherwise. Labels are compared with their subtypes. Whitespace tokens are
never counted. A sentence is right if it begins and ends where it should.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example
from spacy.vocab import Vocab

from kg.train.conllu import PARAGRAPH_BREAK, Sentence, TreebankDocument

# Not "": score_deps then leaves out the tokens at that position in the documents that follow, too.
UNSCORED = "_break"
COLUMNS = ("words", "spaces", "heads", "deps", "tags", "pos", "lemmas")

Figures = dict[str, float]


def score(nlp: Language, documents: Sequence[TreebankDocument]) -> dict[str, Figures]:
    """The figures of `nlp` on `documents`, measured in each of the three ways."""
    wholes = [reference(nlp.vocab, d.sentences, marked=False) for d in documents]
    alone = [reference(nlp.vocab, [s], marked=False) for d in documents for s in d.sentences]
    return {
        "gold_sentences": figures(nlp, [(_tokens(doc, True), doc) for doc in alone]),
        "gold_tokens": figures(nlp, [(_tokens(doc, False), doc) for doc in wholes]),
        "raw": figures(nlp, [(nlp.make_doc(doc.text), doc) for doc in wholes]),
    }


def score_raw(nlp: Language, documents: Sequence[TreebankDocument]) -> Figures:
    """The figures of `nlp` on the plain text of `documents`."""
    wholes = [reference(nlp.vocab, d.sentences, marked=False) for d in documents]
    return figures(nlp, [(nlp.make_doc(doc.text), doc) for doc in wholes])


def reference(
    vocab: Vocab,
    sentences: Sequence[Sentence],
    *,
    gap: str = PARAGRAPH_BREAK,
    marked: bool = True,
) -> Doc:
    """Consecutive sentences with their annotation, as one spaCy Doc.

    A paragraph break other than a plain space is a token of its own, attached
    to the token before it as in spaCy's own models; unless `marked`, it bears
    nothing that is scored.
    """
    columns: dict[str, Any] = {name: [] for name in COLUMNS}
    for number, sentence in enumerate(sentences):
        if number and sentence.new_paragraph:
            _add_gap(columns, gap, marked)
        start = len(columns["words"])
        for token in sentence.tokens:
            place = (token.form, token.space_after, start + token.head)
            _add_row(columns, (*place, token.deprel, token.xpos, token.upos, token.lemma))
    return Doc(vocab, **columns)


def _add_row(columns: dict[str, Any], row: tuple[Any, ...]) -> None:
    for column, value in zip(columns.values(), row, strict=True):
        column.append(value)


def _add_gap(columns: dict[str, Any], gap: str, marked: bool) -> None:
    columns["spaces"][-1] = gap == " "
    if gap != " ":
        labels = ("dep", "_SP", "SPACE", gap) if marked else (UNSCORED, "", "", "")
        _add_row(columns, (gap, False, len(columns["words"]) - 1, *labels))


def figures(nlp: Language, pairs: Iterable[tuple[Doc, Doc]]) -> Figures:
    """The figures of `nlp` on (text without annotation, annotated text) pairs."""
    unparsed, annotated = zip(*pairs, strict=True)
    parsed = list(nlp.pipe(unparsed))
    examples = [Example(doc, gold) for doc, gold in zip(parsed, annotated, strict=True)]
    attribute = Scorer.score_token_attr
    every = Scorer.score_deps(examples, "dep", getter=_label, ignore_labels=(UNSCORED,))
    words = Scorer.score_deps(examples, "dep", getter=_label, ignore_labels=("punct", UNSCORED))
    found = {
        "uas": every["dep_uas"],
        "las": every["dep_las"],
        "uas_no_punct": words["dep_uas"],
        "las_no_punct": words["dep_las"],
        "xpos": attribute(examples, "tag", getter=_text_of)["tag_acc"],
        "upos": attribute(examples, "pos", getter=_text_of)["pos_acc"],
        "lemma": attribute(examples, "lemma", getter=_text_of)["lemma_acc"],
        "sentence_f1": _sentence_f1(parsed, annotated),
    }
    return {name: round(float(value), 4) for name, value in found.items()}


def _label(token: Token, _: str) -> str:
    return token.dep_.lower()  # spaCy writes ROOT where the treebanks write root


def _text_of(token: Token, attribute: str) -> str:
    return str(getattr(token, attribute + "_"))


def _tokens(doc: Doc, whole: bool) -> Doc:
    """The same tokens without their annotation; as one sentence if `whole`."""
    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    starts: list[bool | int | None] | None = [t.i == 0 for t in doc] if whole else None
    return Doc(doc.vocab, words=words, spaces=spaces, sent_starts=starts)


def _sentence_f1(parsed: Iterable[Doc], annotated: Iterable[Doc]) -> float:
    right = total = 0
    for doc, gold in zip(parsed, annotated, strict=True):
        ours, theirs = _sentence_spans(doc), _sentence_spans(gold)
        right += len(ours & theirs)
        total += len(ours) + len(theirs)
    return 2 * right / total if total else 0.0


def _sentence_spans(doc: Doc) -> set[tuple[int, int]]:
    """Where the sentences begin and end, the whitespace around them left out."""
    spans = set()
    for sentence in doc.sents:
        if text := sentence.text.strip():
            start = sentence.start_char + sentence.text.index(text)
            spans.add((start, start + len(text)))
    return spans
