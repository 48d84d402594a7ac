"""How a clause is held: negated, possible, planned, past, reported or asserted, and by whom it is reported.

Where several hold, the first in that order counts (`kg.model.PRIORITY`).
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from kg.extract.condition import is_conditional
from kg.extract.factuality import factuality
from kg.extract.future import is_coming, is_to_be
from kg.extract.over import is_called_past, is_over
from kg.extract.reports import reporter
from kg.extract.scope import governors, is_predicate, is_to
from kg.extract.words import among, words
from kg.model import PRIORITY, Modality

_NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "DET", "PART", "PRON"})


def held(word: Token, ends: Sequence[Span], predicate: str, *, own: bool = True) -> tuple[Modality, Token | None]:
    """Return how the word holds a predicate of the ends, and the head of who says so where anyone does.

    `own` is whether the word says the predicate itself ("built"), or only ties the ends ("Volvo will sell the ship").
    """
    lasting = not own and predicate in words("standing")
    aside = lasting or _is_aside(word, ends, own=own)
    found = [Modality.POSSIBLE if _is_unreal(word) else Modality.ASSERTED]
    if not aside and (own or predicate not in words("made")):
        found.append(_of_clause_and_ends(word, ends))
    if any(_is_alternative(end.root) for end in ends):
        found.append(Modality.POSSIBLE)
    if not lasting and is_over(word, ends, predicate, own=own):
        found.append(Modality.PAST)
    if predicate in words("lasting"):
        found = [how for how in found if how is not Modality.PAST]
    source = None if aside else reporter(word)
    if source is not None:
        found.append(Modality.REPORTED)
    return min(found, key=PRIORITY.index), source


def _of_clause_and_ends(word: Token, ends: Sequence[Span]) -> Modality:
    if any(_is_excluded(end) for end in ends):
        return Modality.NEGATED
    how = modality_of(word)
    return Modality.PLANNED if how is Modality.ASSERTED and any(_is_due(end.root) for end in ends) else how


def modality_of(word: Token) -> Modality:
    """Return how the clause whose predicate is `word` is held, apart from who reports it."""
    how = _unconditioned(word)
    return Modality.POSSIBLE if how is Modality.PLANNED and is_conditional(word) else how


def is_to_come(word: Token) -> bool:
    """Tell whether the clause of that word speaks of a time to come, under a condition or under none."""
    return _unconditioned(word) is Modality.PLANNED


def _unconditioned(word: Token) -> Modality:
    if _is_unreal(word):
        return Modality.POSSIBLE
    if _is_nominal(word):
        return _of_phrase(word)
    return min(_of_clause(word), factuality(word), key=PRIORITY.index)


def _is_aside(word: Token, ends: Sequence[Span], *, own: bool) -> bool:
    # "its Peregrine Lite", "the An-24 of Angara Airlines": told in one phrase, whatever the clause says.
    if _introduces(word, ends):
        return True
    if len(ends) != 2 or (own and is_predicate(word)):
        return False
    first, second = sorted(ends, key=lambda end: end.start)
    between = first.doc[first.end : second.start]
    return first.sent == second.sent and all(
        (token.pos_ in _NOMINAL or token.lower_ in ("of", "'s", "’s", "-")) and token.lower_ not in ("to", "not", "no")
        for token in between
    )


def _introduces(noun: Token, ends: Sequence[Span]) -> bool:
    # "…, but its chairman, Poul Due Jensen, did not comment": who he is holds, whatever the parse hangs it on.
    owned = noun.pos_ == "NOUN" and any(child.dep_ == "nmod:poss" for child in noun.children)
    after = noun.i + 1
    return owned and after < len(noun.doc) and noun.doc[after].text == "," and any(e.start == after + 1 for e in ends)


def _is_excluded(end: Span) -> bool:
    # "based in Burgas, not in Varna"
    index = end.start - 1
    while index > end.sent.start and end.doc[index].pos_ in ("ADP", "DET"):
        index -= 1
    return end.doc[index].lower_ == "not" and end.doc[index + 1].lower_ not in ("only", "just", "least")


def _is_due(end: Token) -> bool:
    # "was due at Ceyhan on Thursday"
    near = end.doc[max(end.sent.start, end.left_edge.i - 2) : end.i]
    return any(token.lower_ == "due" and token.nbor(1).lower_ != "to" for token in near)


def _is_alternative(head: Token) -> bool:
    # "born in Elko or Ely": neither is sure.
    linked = [head, *(child for child in head.children if child.dep_ == "conj")]
    return any(c.lower_ == "or" and c.dep_ == "cc" for token in linked for c in token.children)


def _is_unreal(word: Token) -> bool:
    # "the would-be president", "the alleged owner"
    before = word.doc[max(word.sent.start, word.i - 4) : word.i]
    return word.pos_ in ("NOUN", "PROPN") and (
        "would-be" in before.text.lower() or any(t.lower_ in words("unreal") for t in before)
    )


def _of_phrase(noun: Token) -> Modality:
    named = [token for token in (noun.head, *noun.children) if token.pos_ == "PROPN"]
    return Modality.PAST if any(is_called_past(token) for token in (noun, *named)) else Modality.ASSERTED


def _of_clause(word: Token) -> Modality:
    chain = list(governors(word))
    near = list(word.children)
    if any(_negates(token) for token in chain) or _denied(chain):
        return Modality.NEGATED
    if any(is_to_be(token) for token in chain) or _is_future_of_past(chain):
        return Modality.POSSIBLE if _conditional(chain) else Modality.PLANNED
    if _conditional(chain) or _any(chain, "possible_auxiliaries", deps=("aux",)) or _any(near, "possible_words"):
        return Modality.POSSIBLE
    if any(among(token, "possible_verbs") for token in chain[1:]) and not _planned(chain):
        return Modality.POSSIBLE
    if _any(chain, "planned_auxiliaries", deps=("aux",)) or _planned(chain) or is_coming(word):
        return Modality.PLANNED
    return Modality.PAST if is_called_past(word) or _used_to(chain) else Modality.ASSERTED


def _is_nominal(word: Token) -> bool:
    # What a noun phrase presupposes ("the former minister X") holds whatever its clause says and whoever says it.
    return not is_predicate(word)


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


def _planned(chain: list[Token]) -> bool:
    below = zip(chain, chain[1:], strict=False)
    governed = any(among(token, "planned_verbs") or (among(token, "meant") and is_to(one)) for one, token in below)
    return governed or any(map(_is_due_to, chain))


def _is_due_to(verb: Token) -> bool:
    # "had been due to sail", whose "due to" the parse takes for the preposition.
    if verb.tag_ != "VB":
        return False
    before = [token.lower_ for token in verb.doc[verb.sent.start : verb.i] if token.pos_ != "ADV"]
    return before[-2:] == ["due", "to"]


def _is_future_of_past(chain: list[Token]) -> bool:
    # "said that it would buy …": what was said to come, not what might.
    would = any(child.lower_ == "would" and child.dep_ == "aux" for token in chain for child in token.children)
    had = any(child.lower_ == "have" and child.dep_ == "aux" for token in chain for child in token.children)
    top = chain[-1]
    return would and not had and top.dep_ in ("ccomp", "conj", "parataxis") and among(top.head, "said")


def _used_to(chain: list[Token]) -> bool:
    return any(token.lower_ == "used" and token.dep_ != "amod" for token in chain[1:])
