"""Descriptions and pronouns that the joint model finds and joins to the named thing they take up.

The model says where noun phrases are and what each takes up; the parse says where a description ends, and the nouns
that are known (`nouns.toml`) what it can be: "the ferry" is no aircraft. "She" takes up no Paul, and "he" none that
was "she" before; who says something is who "he" is in it, unless the model is sure of another (the governing subject
comes first: Hobbs 1978).
"""

from collections.abc import Iterator

from msgspec import Struct
from spacy.tokens import Span, Token

from kg.extract.chains import noun_at
from kg.extract.claims import is_plural
from kg.extract.forenames import HERS, HIS, gender_of
from kg.extract.found import Findings, Found
from kg.extract.joint import Encoded, Joint, Stretch
from kg.extract.nouns import noun_of
from kg.extract.pairs import PERSONAL, group_of
from kg.extract.reports import reporter
from kg.extract.scope import is_predicate
from kg.model import Kind

LEAST_SPAN = 0.3  # what a stretch's odds of being a mention must reach
LEAST_LINK = {Kind.PRONOUN: 0.5, Kind.DESCRIPTION: 0.97}  # and its odds of taking up what it seems to
_OPENERS = frozenset("the this that his her its their my our".split())
# he, she, it, they: of several people no chain is made
_KINDS = {1: {"Person"}, 2: {"Person", "Vehicle"}, 3: {"Organisation", "Vehicle", "Work", "Place"}, 4: {"Organisation"}}
_TYPES = {"Person", "Organisation", "Vehicle", "Place", "Work"}
_GENDERS = {1: HIS, 2: HERS}
_NEARLY = 2.5  # by how much less probable, in logits, who is so by rule may be than the best antecedent
_MODEL = "kg.joint"
_KIN = frozenset(
    "mother father wife husband daughter son sister brother aunt uncle widow widower cousin nephew niece".split()
)
# What "its" has or "her" where it is a thing of that type.
_OF_CRAFT = frozenset("hull keel crew skipper bow deck fuselage cockpit propeller".split())
_OF_ORGANISATIONS = frozenset(
    "executive chief boss founder co-founder chairman chairwoman chair ceo spokesman spokeswoman spokesperson "
    "subsidiary shareholder employee board headquarters".split()
)


Link = tuple[int, float]  # the place of an antecedent among the stretches, and its logit


class Unnamed(Struct, frozen=True):
    """A stretch that names nothing: its span, how it refers, and the types it may be of."""

    span: Span
    kind: Kind
    types: frozenset[str]


def join_references(findings: Findings, joint: Joint, encoded: Encoded) -> None:
    """Add the descriptions and pronouns whose chain of antecedents ends in a named thing, in its chain."""
    unnamed = {(one.span.start_char, one.span.end_char): one for one in _unnamed(findings, encoded)}
    named = {(f.span.start_char, f.span.end_char): f for f in findings.all}
    stretches = sorted({*unnamed, *named})
    chain: dict[int, Found] = {}  # the named thing that each stretch speaks of
    left: dict[int, int] = {}  # the group of each pronoun that takes up nothing
    for index, links in enumerate(joint.antecedents(encoded, stretches)):
        here = stretches[index]
        if here in named:
            chain[index] = named[here]
            continue
        one = unnamed[here]
        # "She" was left open, so "her" tells for itself.
        links = [link for link in links if left.get(link[0]) != group_of(one.span.text)]
        likely = _who_says_it(findings, one, _allowed(findings, one, links, chain), chain)
        found = _taken_up(one, likely, chain, joint)
        if found is not None:
            chain[index], score = found
            findings.add(_reference(one, chain[index], score))
        elif one.kind is Kind.PRONOUN:
            left[index] = group_of(one.span.text)


def _allowed(findings: Findings, one: Unnamed, links: list[Link], chain: dict[int, Found]) -> list[Link]:
    """Return the links of a pronoun to what it can be; all of a description."""
    if one.kind is not Kind.PRONOUN:
        return links
    described = _described(findings, one.span)
    links = [link for link in links if described is None or chain.get(link[0], one) not in described]
    links = [link for link in links if link[0] not in chain or chain[link[0]].type in one.types]
    return _of_one_gender(findings, one, links, chain)


def _described(findings: Findings, pronoun: Span) -> list[Found] | None:
    # "Moussa Traoré, his half-brother": nobody is his own brother.
    doc, at = pronoun.doc, pronoun.start
    before = findings.at(doc[at - 2]) if at > 1 and doc[at - 1].text == "," else None
    head = pronoun.root.head
    lemma = head.lemma_.rpartition("-")[2]
    noun = noun_of(lemma)
    kind = "Person" if lemma in _KIN else noun.type if noun is not None else None
    after = [word.lower_ for word in doc[head.i + 1 : head.i + 3]]
    # "Moussa, his brother, and his mother" are three.
    ends = not after or (not after[0].isalnum() and after[1:] not in (["and"], ["or"]))
    return findings.chains()[before.chain] if before is not None and ends and before.type == kind else None


def _of_one_gender(findings: Findings, one: Unnamed, links: list[Link], chain: dict[int, Found]) -> list[Link]:
    """Return the links of a pronoun without those to people of the other gender; all where it tells none."""
    gender = _gender(one.span)
    if gender is None:
        return links
    people = {chain[index].chain for index, _ in links if index in chain and chain[index].type == "Person"}
    others = {number for number in people if _genders(findings.chains()[number]) - {gender}}
    return [link for link in links if link[0] not in chain or chain[link[0]].chain not in others]


def _surely_of_it(findings: Findings, one: Unnamed, links: list[Link], chain: dict[int, Found]) -> list[Link]:
    """Return the links without those to people of no known gender, where one of its own is nearly as probable."""
    gender = _gender(one.span)
    people = [link for link in links if link[0] in chain and chain[link[0]].type == "Person"]
    known = {link for link in people if gender in _genders(findings.chains()[chain[link[0]].chain])}
    sure = max((score for _, score in known), default=0.0) + _NEARLY
    return [link for link in links if not known or link in known or link not in people or link[1] > sure]


def _genders(people: list[Found]) -> set[str]:
    told = (_gender(f.span) if f.kind is Kind.PRONOUN else gender_of(f.text) for f in people)
    return {gender for gender in told if gender is not None}


def _gender(span: Span) -> str | None:
    return _GENDERS.get(group_of(span.text))


def _who_says_it(findings: Findings, one: Unnamed, links: list[Link], chain: dict[int, Found]) -> list[Link]:
    """Return the link to who says the clause of a pronoun, where it is nearly the most probable one, or all."""
    says = _speaker(findings, one) if one.kind is Kind.PRONOUN else None
    best = max((score for _, score in links), default=0.0)
    its = [link for link in links if says is not None and chain.get(link[0]) is says and link[1] > best - _NEARLY]
    return its or _surely_of_it(findings, one, links, chain)


def _speaker(findings: Findings, one: Unnamed) -> Found | None:
    clause = next((word for word in one.span.root.ancestors if is_predicate(word)), None)
    source = reporter(clause) if clause is not None else None
    return findings.at(source) if source is not None else None


def _taken_up(one: Unnamed, links: list[Link], chain: dict[int, Found], joint: Joint) -> tuple[Found, float] | None:
    best = max(links, key=lambda link: (link[1], link[0]), default=None)
    like = chain.get(best[0]) if best is not None else None
    if best is None or like is None or like.type not in one.types or not _can_be(one, like):
        return None
    if one.kind is Kind.DESCRIPTION and _last(one, like, chain).chain != like.chain:
        return None
    score = joint.antecedent_odds(best[1])
    return (like, score) if score >= LEAST_LINK[one.kind] else None


def _last(one: Unnamed, like: Found, chain: dict[int, Found]) -> Found:
    # "the company" is the last one named, whatever words it shares with another; `chain` is in the order of the text.
    fitting = (found for found in reversed(chain.values()) if found.type == like.type and found.kind is Kind.NAME)
    return next((found for found in fitting if _can_be(one, found)), like)


def _can_be(one: Unnamed, like: Found) -> bool:
    noun = noun_at(one.span.root) if one.kind is Kind.DESCRIPTION else None
    if noun is None:
        return True
    return noun.type == like.type and (None in (noun.subtype, like.subtype) or noun.subtype == like.subtype)


def _unnamed(findings: Findings, encoded: Encoded) -> Iterator[Unnamed]:
    taken = {token.i for found in findings.all for token in found.span}
    odds: dict[Stretch, dict[str, float]] = {}
    for stretch, kind, score in encoded.spans:
        odds.setdefault(stretch, {})[kind] = score
    # The surest first: of stretches that overlap, one stays.
    for stretch in sorted(odds, key=lambda s: (-sum(odds[s].values()), s)):
        if sum(odds[stretch].values()) < LEAST_SPAN:
            return
        one = _reference_at(findings, stretch, max(odds[stretch], key=lambda kind: odds[stretch][kind]))
        if one is not None and taken.isdisjoint(token.i for token in one.span):
            taken.update(token.i for token in one.span)
            yield one


def _reference_at(findings: Findings, stretch: Stretch, kind: str) -> Unnamed | None:
    span = findings.doc.char_span(*stretch)
    if span is None:
        return None
    group = group_of(span.text) if len(span) == 1 else 0
    if group:
        types = _KINDS.get(group, _TYPES) & _possessing(span)
        return Unnamed(span, Kind.PRONOUN, frozenset(types)) if group in PERSONAL and types else None
    head = span.root
    told = span.doc[span.start : head.i + 1]
    if head.pos_ != "NOUN" or is_plural(head) or told[0].lower_ not in _OPENERS or _carries_name(findings, head, told):
        return None
    return Unnamed(told, Kind.DESCRIPTION, frozenset({kind})) if kind in _TYPES else None


def _possessing(pronoun: Span) -> set[str]:
    # The types of what may have the thing that follows "its" or "her".
    had = pronoun.root.head.lemma_ if pronoun.root.tag_ == "PRP$" else ""
    if had in _OF_CRAFT:
        return {"Vehicle"}
    return {"Organisation", "Place", "Person"} if had in _OF_ORGANISATIONS else _TYPES


def _carries_name(findings: Findings, head: Token, told: Span) -> bool:
    # "the Merrow spaceport" and "the director of “X”, Ada C." name their thing themselves; "a captain of the X" none.
    if head.dep_ == "appos" or any(findings.at(token) is not None for token in told):
        return True
    after = head.nbor(1) if head.i + 1 < len(head.doc) else head
    beside = [
        child for child in head.children if child.dep_ in ("appos", "flat", "compound", "nmod") and child.i > head.i
    ]
    return any(findings.at(token) is not None for child in [*beside, after] for token in (child, *child.subtree))


def _reference(one: Unnamed, like: Found, score: float) -> Found:
    return Found(one.span, like.type, one.kind, like.subtype, None, like.chain, round(score, 4), _MODEL)
