"""Conditions: "If the merger succeeds, Anna Berg will lead Norden Air" promises nothing that the merger may not bring.

Told by the words that open a condition and by what the clause after them hangs on; "asked if" and "even if" open none.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.scope import governors, has_subject, is_predicate
from kg.extract.words import among

_APART = frozenset({"parataxis", "ccomp", "conj", "advcl", "dep", "list"})  # a main clause that the parser hung below
_BREAKS = frozenset({",", ";", "\u2014", "\u2013", "\u201c", '"'})
_NOUNS = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ"})


def is_conditional(word: Token) -> bool:
    """Tell whether the clause of that word holds only under a condition that its sentence names."""
    return any(_reaches(opener, clause, word) for opener, clause in _conditions(word))


def _conditions(word: Token) -> Iterator[tuple[Token, Token]]:
    """Yield the words of the sentence that open a condition, each with the head of what it opens."""
    for token in word.sent:
        plain = token.lower_ in ("if", "unless") and not _is_whether(token)
        apart = token.lower_ in ("provided", "providing", "assuming") and _stands_apart(token)
        if plain or (token.lower_ == "should" and _is_turned(token)):
            yield token, token.head
        elif apart or _is_phrase(token):
            yield token, _opened(token)


def _reaches(opener: Token, condition: Token, word: Token) -> bool:
    chain = list(governors(word))
    top = chain[-1]
    if condition in chain:
        return False
    if top.head == condition and top.dep_ in _APART:
        # The main clause stands before the condition, or after the comma that ends it.
        return top.i < opener.i or any(token.text == "," for token in word.doc[opener.i : word.i])
    held = next((token for token in condition.ancestors if is_predicate(token)), condition)
    if held.i < opener.i:  # "will sail if it clears, and then …": what comes after does not hang on it
        return held in chain and word.i < opener.i
    return held in chain or held in _joined(top, opener)


def _joined(top: Token, opener: Token) -> Iterator[Token]:
    # A condition at the head reaches all that "and" joins, and what someone says.
    while top.head != top and top.head.i > opener.i:
        conjunct = top.dep_ == "conj" and not any(child.lower_ == "but" for child in top.children)
        if not conjunct and not (top.dep_ == "ccomp" and among(top.head, "said")):
            return
        top = top.head
        yield top


def _is_whether(opener: Token) -> bool:
    # "asked if", "even if", "as if", "if not the largest"
    clause, governor = opener.head, opener.head.head
    before, after = _near(opener, -1), _near(opener, 1)
    asked = governor.i < opener.i and (clause.dep_ in ("ccomp", "csubj") or among(governor, "asking"))
    concessive = before in ("even", "as", "what") or after in ("only", "anything") or clause == opener
    return asked or concessive or (after == "not" and clause.pos_ != "VERB")


def _is_turned(auxiliary: Token) -> bool:
    # "Should the merger succeed, …": before its subject, and neither a question nor "nor should it"
    turned = auxiliary.i < auxiliary.head.i and auxiliary.i + 1 < auxiliary.sent.end
    subject = turned and auxiliary.nbor(1).pos_ in _NOUNS
    first = not any(child.i < auxiliary.i and child.dep_.startswith("nsubj") for child in auxiliary.head.children)
    asks = auxiliary.sent.text.rstrip().endswith("?")
    opened = auxiliary.i > auxiliary.sent.start and auxiliary.nbor(-1).tag_ in ("WRB", "WP", "WDT", "CC")
    return subject and first and not asks and not opened


def _stands_apart(opener: Token) -> bool:
    # "…, provided that regulators agree", not "the firm provided lifts"
    first = opener.i == opener.sent.start or opener.nbor(-1).text in _BREAKS
    return not has_subject(opener) and (first or _near(opener, 1) == "that")


def _is_phrase(opener: Token) -> bool:
    # "as long as regulators agree", "on condition that they do"
    before, after = _near(opener, -1), _near(opener, 1)
    if opener.lower_ == "condition":
        return before in ("on", "the") and after == "that"
    return opener.lower_ == "long" and before in ("as", "so") and after == "as"


def _opened(opener: Token) -> Token:
    # The parser takes such words for the head of the clause or for a word in it.
    if any(child.dep_ in ("advcl", "ccomp", "acl") for child in opener.children):
        return opener
    above = (token for token in opener.ancestors if token.i > opener.i)
    return next((token for token in above if has_subject(token) or is_predicate(token)), opener)


def _near(word: Token, step: int) -> str:
    index = word.i + step
    return word.doc[index].lower_ if word.sent.start <= index < word.sent.end else ""
