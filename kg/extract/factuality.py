"""What the words around a clause make of it: "it is false that …", "tried to …", "no evidence that …", a question.

A clause inside another holds only as far as its governor lets it: some verbs presuppose it ("knew that"), some carry
it out ("managed to"), most leave it open (Karttunen 1971; Saurí and Pustejovsky 2009).
"""

from spacy.tokens import Token

from kg.extract.nouns import singular
from kg.extract.scope import is_to, links
from kg.extract.words import words
from kg.model import PRIORITY, Modality

_NEGATING = frozenset({"without", "instead"})
_OPEN = frozenset({"of", "about", "from", "for", "into", "towards", "against"})
_QUOTES = frozenset({'"', "”", "’", "'", ")"})


def factuality(word: Token) -> Modality:
    """Return the strongest of what the governors of the word's clause make of it; `ASSERTED` where none does."""
    open_ended = _is_asked(word) or _is_joke(word) or _is_doubted(word)
    made = [Modality.POSSIBLE if open_ended else Modality.ASSERTED]
    made += [_effect(clause, governor) for clause, governor in links(word)]
    return min(made, key=PRIORITY.index)


def _is_asked(word: Token) -> bool:
    last = word.sent[-1]
    while last.i > word.i and (last.is_space or last.text in _QUOTES):
        last = last.nbor(-1)
    return last.text == "?"


def _is_joke(word: Token) -> bool:
    # "… ," joked X.
    return any(c.lemma_.lower() in words("unserious") for c in word.children if c.dep_ in ("parataxis", "ccomp"))


def _is_doubted(word: Token) -> bool:
    # "Rumours that …", "it is not true that …": told by the words, for the parser takes such governors for anything.
    begun = word.doc[word.sent.start : word.i]
    mark = next((token for token in reversed(begun) if token.lower_ == "that"), None)
    if mark is None or mark.i == word.sent.start:
        return False
    before = mark.nbor(-1)
    denied = any(
        token.lower_ in ("not", "n't", "n’t") for token in word.doc[max(word.sent.start, before.i - 2) : before.i]
    )
    return singular(before.lower_) in words("doubting") or (denied and before.lower_ in words("factive"))


def _effect(clause: Token, governor: Token) -> Modality:
    if clause.dep_ == "conj":
        return Modality.ASSERTED
    if is_to(clause):
        return _of_infinitive(governor)
    preposition = next((c.lower_ for c in clause.children if c.dep_ in ("mark", "case") and c.i < clause.i), "")
    if clause.tag_ == "VBG" and preposition:
        return _of_gerund(preposition)
    finite = clause.dep_.startswith(("ccomp", "csubj")) or (clause.dep_ == "acl" and preposition == "that")
    return _of_statement(governor) if finite else Modality.ASSERTED


def _of_infinitive(governor: Token) -> Modality:
    lemma = governor.lemma_.lower()
    if lemma in words("implicative"):
        return Modality.ASSERTED
    return Modality.PLANNED if lemma in words("planned_verbs") or lemma in words("planned_nouns") else Modality.POSSIBLE


def _of_gerund(preposition: str) -> Modality:
    if preposition in _NEGATING:
        return Modality.NEGATED
    return Modality.POSSIBLE if preposition in _OPEN else Modality.ASSERTED


def _of_statement(governor: Token) -> Modality:
    lemma = governor.lemma_.lower()
    if lemma in words("false"):
        return Modality.NEGATED
    if _is_said_false(governor):
        return Modality.NEGATED
    denied = any(child.lower_ in ("no", "not", "n't", "little", "never") for child in governor.children)
    if lemma in words("factive") and not denied:
        return Modality.ASSERTED
    return Modality.POSSIBLE


def _is_said_false(noun: Token) -> bool:
    # "Rumours that … are untrue."
    return noun.dep_.startswith("nsubj") and noun.head.lemma_.lower() in words("false")
