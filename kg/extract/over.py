"""What is over: an office left, a state told in the past simple, what lasted until a date, what had happened before."""

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from kg.extract.scope import governors, is_predicate, subject
from kg.extract.words import among, words

_CALLED = frozenset({"amod", "advmod", "compound", "nmod"})
_NAMED = frozenset({"compound", "appos", "flat"})
_HELPERS = frozenset({"aux", "cop", "aux:pass"})
_LASTED = re.compile(
    r"\bfor (?:[\w-]+ ){1,3}(?:year|month|decade|season|term)s?\b|\b(?:from|between) \d{4} (?:to|and|until) \d{4}\b"
)
_BEFORE = re.compile(r"\b(?:before|earlier|ago|in (?:\d{4}|[A-Z][a-z]+)|on \d+ [A-Z][a-z]+)\b(?! that)")


def is_over(word: Token, ends: Sequence[Span], predicate: str, *, own: bool) -> bool:
    """Tell whether what the word says of the ends no longer holds, or came before what the text is about.

    `own` is whether the word is one that says the predicate itself ("led"), not one that only ties the ends.
    """
    state = predicate in words("states")
    if _called_past(word, ends if state else ()) or (state and (_told_between(ends) or _is_ordinal(word))):
        return True
    if state and any(map(_moved_from, ends)):
        return True
    if not is_predicate(word):
        return False
    clause = [token for token in governors(word) if is_predicate(token)]
    if any(_had(token, state) or _until(token) for token in clause):
        return True
    if not state:
        return False
    left = {*clause}
    if word.tag_ not in ("VBZ", "VBP"):  # "left the company and now leads another"
        left |= {verb for end in ends for verb in _heads(end.root)}
    return any(_left(verb, ends) for verb in left) or any(map(_lasted, clause)) or _was(word, ends, own)


def is_called_past(word: Token) -> bool:
    """Tell whether the word is said to be so no longer: "former", "once", "then operated by", "the late"."""
    return any(child.lower_ in words("past_words") and _calls(child, word) for child in word.children)


def _called_past(word: Token, ends: Sequence[Span]) -> bool:
    tokens = [word, *(end.root for end in ends)]
    tokens += [token.head for token in tokens if token.dep_ in _NAMED]
    return any(map(is_called_past, tokens))


def _calls(child: Token, word: Token) -> bool:
    if child.lower_ == "late":
        return child.dep_ == "amod"  # not "three years late"
    if child.lower_ == "then":
        return not is_predicate(word) or word.dep_ == "acl"  # not "she then graduated"
    return child.dep_ in _CALLED


def _told_between(ends: Sequence[Span]) -> bool:
    # "Wiebke Tamm, a former mate of the Sedov's Rose", "Entwistle, formerly of Humber Freight"
    if len(ends) != 2 or ends[0].sent != ends[1].sent:
        return False
    first, last = sorted(ends, key=lambda end: end.start)
    between = first.doc[max(first.sent.start, first.start - 1) : last.start]
    called = any(token.lower_ in words("former") for token in between)
    return called and not any(token.pos_ in ("VERB", "AUX") for token in between)


def _is_ordinal(word: Token) -> bool:
    # "her first husband", "the ship's last skipper"
    return word.pos_ == "NOUN" and any(c.lower_ in ("first", "last") and c.dep_ == "amod" for c in word.children)


def _is_past(token: Token) -> bool:
    helpers = [child.lower_ for child in token.children if child.dep_ in _HELPERS]
    if any(child.lower_ in ("not", "n't", "n’t", "never", "still") for child in token.children):
        return False
    if _has(token, "since"):
        return False
    if helpers:
        return any(helper in ("was", "were", "had") for helper in helpers)
    # The tagger takes some a past tense for a participle: one with a subject and no helper is none.
    return token.tag_ == "VBD" or (token.tag_ == "VBN" and subject(token) is not None)


def _clause_text(token: Token) -> str:
    return " ".join(part.text for part in token.subtree if part.i > token.i or part.head == token)


def _had(token: Token, state: bool) -> bool:
    # "had come up in it in March"; not what somebody said had happened.
    had = any(child.lower_ in ("had", "'d") and child.dep_ == "aux" for child in token.children)
    if not had or token.tag_ != "VBN" or not _is_past(token):
        return False
    if any(one.dep_ in ("ccomp", "advcl", "parataxis") for one in (token, *token.ancestors)):
        return False
    return state or _BEFORE.search(token.sent.text) is not None


def _until(token: Token) -> bool:
    # "which until 2019 sent her from …"
    return _is_past(token) and _has(token, "until")


def _has(token: Token, form: str) -> bool:
    return any(part.lower_ == form and _clause_of(part) == token for part in token.subtree)


def _clause_of(token: Token) -> Token:
    while token.head != token and not is_predicate(token):
        token = token.head
    return token


def _lasted(token: Token) -> bool:
    # "ran the state for eight years", "from 1967 to 1995"
    return _is_past(token) and _LASTED.search(_clause_text(token)) is not None


def _heads(token: Token) -> list[Token]:
    # The clause that a name stands in, and the relative clause that tells of it.
    return [token.head, *(child for child in token.children if child.dep_ == "acl:relcl")]


def _left(verb: Token, ends: Sequence[Span]) -> bool:
    # "left Mercedes for Ferrari": only what stands right by the verb is left.
    out = any(child.lower_ in ("out", "down") for child in verb.children)
    if not (among(verb, "leaving") or (out and among(verb, "ousting"))) or verb.tag_ not in ("VBD", "VBN"):
        return False
    return all(_belongs(end.root, verb) for end in ends)


def _moved_from(end: Span) -> bool:
    # "joined Apex from Merrow"
    verb = end.root.head
    moved = among(verb, "moving") and verb.tag_ in ("VBD", "VBN")
    return moved and any(child.lower_ == "from" and child.dep_ == "case" for child in end.root.children)


def _belongs(token: Token, verb: Token) -> bool:
    if verb.dep_ == "acl:relcl" and verb.head == token:
        return True
    while token.head not in (token, verb):
        if is_predicate(token):
            return False
        token = token.head
    return token.head == verb and not any(child.lower_ in ("for", "to") for child in token.children)


def _was(word: Token, ends: Sequence[Span], own: bool) -> bool:
    # "was governor", and "led" where it is the word that says so
    if word.pos_ in ("VERB", "AUX"):
        return _is_past(word) and own and among(word, "state_verbs")
    who = subject(word)  # none of them in "on board were two astronauts, A and B"
    return _is_past(word) and who is not None and any(end.start <= who.i < end.end for end in ends)
