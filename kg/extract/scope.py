"""The clauses that a word stands in, from its own up to the sentence's, as far as each lets those within it hold."""

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from kg.extract.words import words

_INSIDE = frozenset(
    {"ccomp", "csubj", "csubj:pass", "xcomp", "acl", "advcl", "obl", "nmod", "conj", "parataxis", "advmod"}
)
_TIGHT = frozenset({"xcomp", "ccomp", "acl", "conj"})
_CIRCUMSTANCE = frozenset({"when", "as", "after", "where", "while", "since", "because"})
_VERBS = ("VERB", "AUX")


def links(word: Token) -> Iterator[tuple[Token, Token]]:
    """Yield each clause above the word, its own first, with what governs it; none above one that somebody says."""
    while (word.dep_ in _INSIDE or is_content(word)) and word.head != word:
        if word.dep_ == "conj" and (has_subject(word) or _turns(word)):
            return
        if is_circumstance(word):
            return
        if word.dep_ in ("ccomp", "xcomp") and word.head.lemma_.lower() in words("said"):
            return
        yield word, word.head
        word = word.head


def governors(word: Token) -> Iterator[Token]:
    """Yield the word and those whose tense and negation reach it: complements, controlled verbs, "in order to"."""
    yield word
    for _, governor in takewhile(lambda link: _is_tight(link[0]), links(word)):
        yield governor


def is_predicate(token: Token) -> bool:
    """Tell whether the token is what its clause says: a verb, or what "be" joins to a subject."""
    return token.pos_ in _VERBS or any(child.dep_ == "cop" for child in token.children)


def has_subject(verb: Token) -> bool:
    """Tell whether the clause has a subject of its own."""
    return any(child.dep_.startswith(("nsubj", "expl")) for child in verb.children)


def subject(verb: Token) -> Token | None:
    """Return the head of the subject, None where there is none of its own."""
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def is_content(clause: Token) -> bool:
    """Tell whether it is what a noun or verb says ("reports that …"), also where the parse has it as a relative one."""
    return clause.dep_.startswith(("ccomp", "acl")) and any(
        c.lower_ == "that" and c.dep_ == "mark" and c.i < clause.i for c in clause.children
    )


def is_circumstance(clause: Token) -> bool:
    """Tell whether it tells when, where or why ("when it crashed"), which holds whatever governs it."""
    return clause.dep_ in ("advcl", "ccomp") and any(
        c.lower_ in _CIRCUMSTANCE and c.dep_ in ("mark", "advmod", "case") and c.i < clause.i for c in clause.children
    )


def is_to(clause: Token) -> bool:
    """Tell whether the clause is an infinitive with its "to"."""
    return any(c.lower_ == "to" and c.dep_ in ("mark", "aux") and c.i < clause.i for c in clause.children)


def _turns(verb: Token) -> bool:
    # "left the company in 2021 and now leads another", "has commanded it since 2019 and was aboard": neither the tense
    # of the first nor its date reaches the second
    now = verb.tag_ in ("VBZ", "VBP") and verb.head.tag_ in ("VBD", "VBN")
    helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
    then = any(token.tag_ == "VBD" for token in (verb, *helpers))
    perfect = any(child.lower_ in ("has", "have") and child.dep_ == "aux" for child in verb.head.children)
    return now or (then and perfect)


def _is_tight(clause: Token) -> bool:
    if clause.dep_ == "ccomp" and any(c.lower_ in ("if", "whether") and c.dep_ == "mark" for c in clause.children):
        return False  # "did not know whether …" denies nothing
    if clause.dep_ == "conj":
        return clause.pos_ in _VERBS
    return clause.dep_ in _TIGHT and (clause.dep_ != "acl" or any(c.lower_ == "to" for c in clause.children))
