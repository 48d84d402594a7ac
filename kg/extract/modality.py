"""How a clause is held: negated, possible, planned, past, reported or asserted, and by whom it is reported.

Where several hold, the first in that order counts (`kg.model.PRIORITY`).
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extract.factuality import factuality
from kg.extract.scope import governors, is_predicate, subject
from kg.extract.words import words
from kg.model import PRIORITY, Modality


def modality_of(word: Token) -> Modality:
    """Return how the clause whose predicate is `word` is held, apart from who reports it."""
    if _is_unreal(word):
        return Modality.POSSIBLE
    if _is_nominal(word):
        return _of_phrase(word)
    return min(_of_clause(word), factuality(word), key=PRIORITY.index)


def _is_unreal(word: Token) -> bool:
    # "the would-be president", "the alleged owner"
    before = word.doc[max(word.sent.start, word.i - 4) : word.i]
    return word.pos_ in ("NOUN", "PROPN") and (
        "would-be" in before.text.lower() or any(t.lower_ in words("unreal") for t in before)
    )


def _of_phrase(noun: Token) -> Modality:
    named = [child for token in (noun.head, *noun.children) if token.pos_ == "PROPN" for child in token.children]
    earlier = [token for token in named if token.i < noun.i]
    return Modality.PAST if _past([*noun.children, *earlier]) else Modality.ASSERTED


def _of_clause(word: Token) -> Modality:
    chain = list(governors(word))
    near = list(word.children)
    if any(_negates(token) for token in chain) or _denied(chain):
        return Modality.NEGATED
    if _conditional(chain) or _any(chain, "possible_auxiliaries", deps=("aux",)) or _any(near, "possible_words"):
        return Modality.POSSIBLE
    if any(token.lemma_.lower() in words("possible_verbs") and token != word for token in chain):
        return Modality.POSSIBLE
    if _any(chain, "planned_auxiliaries", deps=("aux",)) or _planned(word, chain):
        return Modality.PLANNED
    return Modality.PAST if _past(near) or _used_to(chain) else Modality.ASSERTED


def _is_nominal(word: Token) -> bool:
    # What a noun phrase presupposes ("the former minister X") holds whatever its clause says and whoever says it.
    return not is_predicate(word)


def _past(children: Iterable[Token]) -> bool:
    return any(c.lower_ in words("past_words") and c.dep_ in ("amod", "advmod", "compound") for c in children)


def reporter(word: Token) -> Token | None:
    """Return the head of who reports the clause ("X said that …", "according to X", "…, X said"), if anyone does."""
    said = words("said")
    if _is_nominal(word):
        return None
    for token in [word, *word.ancestors]:
        for child in token.children:
            if child.dep_ in ("obl", "nmod") and any(c.lower_ == "according" for c in child.children):
                return child
            if child.dep_ in ("parataxis", "ccomp") and child.lemma_.lower() in said and child.i > word.i:
                sayer = subject(child)
                if sayer is not None and not any(c.dep_ == "ccomp" for c in child.children):
                    return sayer
        if token.dep_ in ("ccomp", "parataxis", "xcomp") and token.head.lemma_.lower() in said:
            return subject(token.head)
        if token.dep_ in ("acl:relcl", "appos"):
            return None  # what stands in a relative clause is presupposed, whoever says the rest
    return None


def _any(tokens: list[Token], name: str, deps: tuple[str, ...] = ()) -> bool:
    pool = (child for token in tokens for child in token.children) if deps else iter(tokens)
    return any(t.lower_ in words(name) and (not deps or t.dep_ in deps) for t in pool)


def _negates(token: Token) -> bool:
    return any(
        child.lower_ in words("negation")
        and child.dep_ in ("advmod", "det", "cc:preconj", "aux", "neg", "case")
        # "not only" and "no doubt" deny nothing.
        and not (child.i + 1 < len(child.doc) and child.nbor(1).lower_ in ("only", "doubt", "just", "least"))
        for child in token.children
    )


def _denied(chain: list[Token]) -> bool:
    return any(token.lemma_.lower() in words("denial_verbs") for token in chain[1:])


def _conditional(chain: list[Token]) -> bool:
    top = chain[-1]
    marks = [child for token in (top, chain[0]) for child in token.children if child.dep_ == "mark"]
    return any(mark.lower_ in ("if", "unless", "whether") for mark in [*marks, *_opening(chain[0])])


def _opening(word: Token) -> Iterator[Token]:
    # The words of the clause before it: "if" may hang elsewhere in the parse.
    for token in reversed(word.doc[word.sent.start : word.i]):
        if token.text in (",", ";", ":", "—"):
            return
        yield token


def _planned(word: Token, chain: list[Token]) -> bool:
    if any(token.lemma_.lower() in words("planned_verbs") for token in chain[1:]):
        return True
    # "are to take on further roles", "is due to sail", "bound for": to + infinitive straight after a form of be.
    marks = [child for child in word.children if child.lower_ == "to" and child.dep_ in ("mark", "aux")]
    for mark in marks:
        before = [child for child in word.children if child.lemma_ == "be" and child.i < mark.i]
        if before and word.tag_ == "VB":
            return True
    return False


def _used_to(chain: list[Token]) -> bool:
    return any(token.lower_ == "used" and token.dep_ != "amod" for token in chain[1:])
