"""Descriptions that take up a named thing by what their noun says: "the station", "the actress".

A description joins the one thing that its noun fits; where two fit, none is chosen: a mention left out costs less than
a wrong one.
"""

from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Span, Token

from kg.extract.chains import noun_at, nouns_beside
from kg.extract.claims import is_plural
from kg.extract.found import Findings, Found
from kg.extract.nouns import Noun, noun_of
from kg.model import Kind
from kg.names import plain

_DEFINITE = frozenset({"the", "this", "that"})
_HERS = frozenset({"his", "her"})
# What there is one of: "the police" are no company that has been named.
_ONE_OF_ITS_KIND = frozenset({"police", "government", "parliament", "army", "navy", "military", "coastguard"})
_NEAR = 100  # tokens in which an unnamed person is still the one spoken of
_REACH = 3  # sentences that an ambiguous description looks back


def join_descriptions(findings: Findings) -> None:
    """Add the descriptions whose noun fits one named thing, in its chain."""
    known = _Known(findings)
    for token in findings.doc:
        if token.pos_ == "NOUN" and not is_plural(token) and findings.at(token) is None:
            _join_description(findings, known, token)


class _Known:
    """What is known of each chain: the words of its names, the nouns that call it something."""

    def __init__(self, findings: Findings) -> None:
        self.by_type: defaultdict[str, list[int]] = defaultdict(list)
        self.by_word: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for number, chain in findings.chains().items():
            self.by_type[chain[0].type].append(number)
            for each in chain:
                words = {*plain(each.span.text).split(), *(t.lemma_.lower() for t, _ in nouns_beside(each))}
                for word in words:
                    self.by_word[chain[0].type, word].add(number)


def _join_description(findings: Findings, known: _Known, token: Token) -> None:
    noun = noun_at(token)
    first = next((child for child in token.lefts if child.dep_ in ("det", "nmod:poss")), None)
    if noun is None or first is None or _carries_name(findings, token):
        return
    owned = first.dep_ == "nmod:poss" and first.lower_ in _HERS and noun.type == "Work"
    if first.lower_ not in _DEFINITE and not owned:
        return
    # "her film": "her" may be a mention of its own, so the description begins after it.
    start = first.i + 1 if owned else first.i
    chosen = _described(findings, known, token, noun)
    if chosen is not None:
        like = findings.chains()[chosen][0]
        span = findings.doc[start : token.i + 1]
        findings.add(Found(span, like.type, Kind.DESCRIPTION, like.subtype, None, chosen, 0.7, "kg.anaphora"))


def _carries_name(findings: Findings, token: Token) -> bool:
    # "the Baikonur spaceport" and "the director of “X”, Klim Schipenko" name their thing themselves.
    if token.dep_ == "appos" or any(child.dep_ == "nmod" and child.i > token.i for child in token.children):
        return True
    inner = [child for child in token.children if child.dep_ in ("compound", "appos", "flat", "amod")]
    after = [token.nbor(1)] if token.i + 1 < len(token.doc) else []
    return any(findings.at(child) is not None for child in [*inner, *after])


def _described(findings: Findings, known: _Known, token: Token, noun: Noun) -> int | None:
    chains = findings.chains()
    if noun.type == "Work":
        # A title listed in brackets after a name is its example, not what the text is about; and "the film" may come
        # before its title.
        told = {
            n: sum(not in_brackets(f.span) for f in chains[n] if f.kind is Kind.NAME) for n in known.by_type["Work"]
        }
        ranked = sorted((count for count in told.values()), reverse=True)
        clear = bool(ranked) and ranked[0] > (ranked[1] if len(ranked) > 1 else 0)
        return max(told, key=lambda n: told[n]) if clear else None
    if noun.type == "Person" and _introduced(token, token.lemma_):
        return None
    named = [n for n in sorted(known.by_word[noun.type, token.lemma_.lower()]) if _is_before(chains[n], token)]
    if named or noun.type == "Person":
        return named[0] if len(named) == 1 else None
    if noun.subtype is None:
        return None
    near = {f.chain for f in findings.behind(token, sentences=_REACH) if f.type == noun.type and f.kind is Kind.NAME}
    unknown = noun.subtype if token.lemma_.lower() in _ONE_OF_ITS_KIND else None
    fits = [n for n in sorted(near) if chains[n][0].subtype in (unknown, noun.subtype)]
    return fits[0] if len(fits) == 1 else None


def _introduced(token: Token, lemma: str) -> bool:
    """Tell whether an unnamed person has come up shortly before ("A cosmonaut falls ill"): then it is that one."""
    for earlier in reversed(token.doc[max(0, token.i - _NEAR) : token.i]):
        if earlier.pos_ == "NOUN" and earlier.lemma_ == lemma:
            noun = noun_of(earlier.lemma_)
            article = any(child.lower_ in ("a", "an") for child in earlier.children)
            named = earlier.nbor(1).ent_type_ if earlier.i + 1 < len(token.doc) else ""
            if noun is not None and noun.type == "Person" and article and not named:
                return True
    return False


def _is_before(chain: Iterable[Found], token: Token) -> bool:
    return any(f.span.end <= token.i for f in chain)


def in_brackets(span: Span) -> bool:
    """Tell whether the span stands inside round brackets of its sentence."""
    depth = 0
    for token in span.doc[span.sent.start : span.start]:
        depth += (token.text == "(") - (token.text == ")")
    return depth > 0
