"""What the words around a clause make of it: "it is false that …", "tried to …", "no evidence that …", a question.

A clause inside another holds only as far as its governor lets it: some verbs presuppose it ("knew that"), some carry
it out ("managed to"), most leave it open (Karttunen 1971; Saurí and Pustejovsky 2009).
"""

from spacy.tokens import Token

from kg.extract.future import is_to_be
from kg.extract.nouns import singular
from kg.extract.scope import is_content, is_to, links
from kg.extract.words import among, words
from kg.model import PRIORITY, Modality

_NEGATING = frozenset({"without", "instead"})
_OPEN = frozenset({"of", "about", "from", "for", "into", "towards", "against"})
_OPENING = frozenset({"that", "whether", "if"})
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
        return _of_infinitive(clause, governor)
    preposition = next((c.lower_ for c in clause.children if c.dep_ in ("mark", "case") and c.i < clause.i), "")
    if clause.tag_ == "VBG" and preposition:
        return _of_gerund(preposition)
    finite = clause.dep_.startswith(("ccomp", "csubj")) or is_content(clause)
    return _of_statement(governor, introduced=preposition in _OPENING) if finite else Modality.ASSERTED


def _of_infinitive(clause: Token, governor: Token) -> Modality:
    if is_to_be(clause):
        return Modality.PLANNED
    near = (governor, _before_to(clause))  # what the parse says governs it, and what stands before it
    if any(among(token, name) for token in near for name in ("planned_verbs", "planned_nouns", "meant")):
        return Modality.PLANNED
    return Modality.ASSERTED if any(among(token, "implicative") for token in near) else Modality.POSSIBLE


def _before_to(clause: Token) -> Token:
    to = next(child for child in clause.children if child.lower_ == "to" and child.i < clause.i)
    return to.nbor(-1) if to.i > clause.sent.start else to


def _of_gerund(preposition: str) -> Modality:
    if preposition in _NEGATING:
        return Modality.NEGATED
    return Modality.POSSIBLE if preposition in _OPEN else Modality.ASSERTED


def _of_statement(governor: Token, *, introduced: bool) -> Modality:
    if among(governor, "false") or _is_said_false(governor):
        return Modality.NEGATED
    denied = any(child.lower_ in ("no", "not", "n't", "little", "never") for child in governor.children)
    if among(governor, "factive") and not denied:
        return Modality.ASSERTED
    # A finite clause that nothing introduces is often the parser's error: only what opens a clause leaves it open.
    opened = introduced or any(among(governor, name) for name in ("possible_verbs", "doubting", "unserious"))
    return Modality.POSSIBLE if opened else Modality.ASSERTED


def _is_said_false(noun: Token) -> bool:
    # "Rumours that … are untrue", "rejected a report that …"
    if noun.dep_.startswith("nsubj") and among(noun.head, "false"):
        return True
    return noun.dep_ == "obj" and noun.pos_ == "NOUN" and among(noun.head, "denial_verbs")
