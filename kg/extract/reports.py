"""Who says so: "X said that …", "according to X", "…, X said", told by the parse, and by the words where it fails."""

from collections.abc import Iterable
from itertools import takewhile

from spacy.tokens import Span, Token

from kg.extract.scope import is_content, is_predicate, subject
from kg.extract.words import among

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SAYING = frozenset({"VBD", "VBZ", "VBP"})
_STOPS = frozenset({".", "?", "!", ":", "…", "\n", "\n\n"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "when", "where", "while", "because"})
_MAIN = frozenset({"ROOT", "conj", "parataxis", "ccomp", "cop", "aux", "aux:pass"})
_SHORT, _TAIL = 14, 7  # words of who says it before the verb, and of when and where after it


def reporter(word: Token) -> Token | None:
    """Return the head of who reports the clause ("X said that …", "according to X", "…, X said"), if anyone does."""
    # What a noun phrase presupposes ("the former minister X") holds whoever says it.
    if not is_predicate(word):
        return None
    part = _part(word)
    if _is_reduced(word, part):
        return None
    if is_content(word):
        before = [t for t in part if t.i < word.i and among(t, "said") and t.tag_ in _SAYING]
        if before:
            return subject(before[-1])
    told, source = _by_parse(word)
    return source if told else _by_words(word, part)


def _by_parse(word: Token) -> tuple[bool, Token | None]:
    for token in [word, *word.ancestors]:
        for child in token.children:
            if child.dep_ in ("obl", "nmod") and any(c.lower_ == "according" for c in child.children):
                return True, child
            if child.dep_ in ("parataxis", "ccomp") and among(child, "said") and child.i > word.i:
                sayer = subject(child)
                if sayer is not None and not any(c.dep_ == "ccomp" for c in child.children):
                    return True, sayer
        if token.dep_ in ("ccomp", "parataxis", "xcomp") and among(token.head, "said"):
            return True, _sayer(token.head)
        if token.dep_ in ("acl:relcl", "appos"):
            return True, None  # what stands in a relative clause is presupposed, whoever says the rest
    return False, None


def _sayer(said: Token) -> Token | None:
    # "…, said Anna Berg": the parser has no subject there.
    after = said.nbor(1) if said.i + 1 < said.sent.end else None
    turned = after is not None and after.pos_ in ("PROPN", "DET", "PRON") and said.nbor(-1).text in (",", "”", '"')
    rest = takewhile(lambda token: token.text != ",", said.doc[said.i + 1 : said.sent.end])
    after_it = list(rest) if turned else []
    # "Spohr, who lives in Munich, said the government had agreed": the government says nothing.
    return subject(said) or (None if any(token.tag_ in _FINITE for token in after_it) else _first_noun(after_it))


def _by_words(word: Token, part: Span) -> Token | None:
    for token in part:
        if token != word and among(token, "said") and token.tag_ in _SAYING:
            sayer = _at_the_end(token, word, part) or _in_between(token, part)
            if sayer is not None:
                return sayer
        if token.lower_ == "according" and token.i + 2 < part.end:
            return _first_noun(part.doc[token.i + 2 : part.end])
    return None


def _part(word: Token) -> Span:
    # The stretch between semicolons; a sentence that ends without a full stop is a half of one.
    start, end = word.sent.start, word.sent.end
    while end < len(word.doc) and not any(token.text in _STOPS for token in word.doc[max(start, end - 2) : end]):
        end = word.doc[end].sent.end
    stops = [token.i for token in word.doc[start:end] if token.text == ";"]
    start = max([start, *(i + 1 for i in stops if i < word.i)])
    end = min([end, *(i for i in stops if i > word.i)])
    return word.doc[start:end]


def _is_reduced(word: Token, part: Span) -> bool:
    # "the ship, built by X, has left, he said": not where the verb of the sentence is taken for a participle.
    others = (t for t in part if t.tag_ in _FINITE and t.dep_ in _MAIN and t != word and not among(t, "said"))
    return word.dep_ in ("acl", "amod") and word.tag_ in ("VBN", "VBD", "VBG") and any(others)


def _at_the_end(said: Token, word: Token, part: Span) -> Token | None:
    # "…, the coastguard said on Friday." and "…, said Anna Berg, head of the yard."
    comma = _comma_before(said, part)
    if comma is None or comma <= word.i:
        return None
    rest = part.doc[said.i + 1 : part.end]
    if any(token.tag_ in _FINITE or token.lower_ == "that" for token in rest):
        return None
    if comma + 1 == said.i:
        return _first_noun(rest)
    before = part.doc[comma + 1 : said.i]
    if len(before) > _SHORT or len(rest) > _TAIL or any(t.tag_ in _FINITE or t.lower_ in _RELATIVE for t in before):
        return None
    return next((t for t in before if t.head == said and t.dep_ == "nsubj"), _last_noun(before))


def _in_between(said: Token, part: Span) -> Token | None:
    # "The drone, it says, is …" and "Apex, say people close to it, bought …"
    comma = _comma_before(said, part)
    after = next((token.i for token in part.doc[said.i + 1 : part.end] if token.text == ","), None)
    if comma is None or after is None or after - comma > _TAIL + 1:
        return None
    inside = [token for token in part.doc[comma + 1 : after] if token != said]
    if not inside or any(token.tag_ in _FINITE or token.lower_ in _RELATIVE for token in inside):
        return None
    least = _last_noun(inside) if inside[-1].i < said.i else _first_noun(inside)
    return next((t for t in inside if t.head == said and t.dep_ == "nsubj"), least)


def _comma_before(token: Token, part: Span) -> int | None:
    return next((i for i in range(token.i - 1, part.start, -1) if part.doc[i].text in (",", "”", '"')), None)


def _first_noun(tokens: Iterable[Token]) -> Token | None:
    return next((token for token in tokens if token.pos_ in ("NOUN", "PROPN", "PRON")), None)


def _last_noun(tokens: Iterable[Token]) -> Token | None:
    # "the Ministry of Defence (MoD) admitted": no bracket says anything.
    return _first_noun(reversed([*tokens]))
