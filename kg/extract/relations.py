"""From claims to relation records: who says it, how, when, and in which characters."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.extract.beside import beside_claims
from kg.extract.claims import Claim, Reading, is_enclosed
from kg.extract.found import Found
from kg.extract.joint import Encoded, Joint
from kg.extract.learnt import MODEL, learnt_claims
from kg.extract.modality import held
from kg.extract.patterns import USER, pattern_claims, says
from kg.extract.structure import structure_claims
from kg.extract.weigh import weighed
from kg.model import Literal, Relation
from kg.schema import Schema

_TIMELESS = frozenset(
    "occupation holdsPosition countryOf citizenOf locatedIn partOf modelOf siblingOf childOf bornIn bornOn diedOn "
    "foundedOn directorOf authorOf headquarteredIn".split()
)


def relations(
    reading: Reading, document: str, schema: Schema, model: tuple[Joint, Encoded] | None = None
) -> tuple[Relation, ...]:
    """Return what the document says of its mentions, each relation once, in the order of the text.

    Patterns say it, and the joint model where it has read the text.
    """
    claims = [*pattern_claims(reading, schema), *structure_claims(reading), *beside_claims(reading)]
    allowed = [claim for claim in claims if _allowed(claim, schema)]
    inner = _inner_places(reading)
    allowed = _placed_closely(allowed, allowed, inner)
    if model is not None:
        learnt = [claim for claim in learnt_claims(reading, *model, schema) if _allowed(claim, schema)]
        learnt = _placed_closely(learnt, [*allowed, *learnt], inner)
        learnt = [claim for claim in learnt if not _is_misdated(claim, reading)]
        allowed = list(weighed(allowed, learnt, reading.findings, schema, model[0].calibration))
    found: dict[tuple[object, ...], Relation] = {}
    for relation, claim in _most_specific(allowed, reading, document, schema):
        ends = claim.subject.chain, claim.object.chain if isinstance(claim.object, Found) else claim.object
        key = (*ends, relation.predicate, reading.findings.sentence(claim.word))
        if key not in found or _weight(found[key]) < _weight(relation):
            found[key] = relation
    return tuple(sorted(found.values(), key=lambda r: (r.start, r.end, r.predicate, r.subject, str(r.object))))


def _inner_places(reading: Reading) -> dict[int, int]:
    """Return, by the id of a place that encloses the one named before it, that one's chain: "Chicago, Illinois"."""
    pairs = pairwise(reading.findings.names())
    return {id(b): a.chain for a, b in pairs if b.type == "Place" and is_enclosed(reading.findings, a, b)}


def _placed_closely(claims: list[Claim], others: list[Claim], inner: dict[int, int]) -> list[Claim]:
    # "born in Chicago, Illinois": what is told of the town is not told of the state anew.
    told = {(one.subject.chain, one.predicate, one.object.chain) for one in others if isinstance(one.object, Found)}
    return [one for one in claims if (one.subject.chain, one.predicate, inner.get(id(one.object))) not in told]


def _is_misdated(claim: Claim, reading: Reading) -> bool:
    # "opened a plant in 2015 and was founded in Hull": of another clause than the verb that would say so.
    sentence = claim.word.sent
    times = [sentence.start_char + one.start for one in reading.times_in(sentence) if one.value == claim.object]
    verbs = [token.idx for token in sentence if says(token, claim.predicate)] if times else []
    joints = [token.idx for token in sentence if token.lower_ in ("and", "but")]
    ways = [sorted((verb, time)) for verb in verbs for time in times]
    return bool(ways) and all(any(start < joint < end for joint in joints) for start, end in ways)


def _weight(relation: Relation) -> tuple[bool, float]:
    # Where two say the same, a pattern of the user's wins, then the surer.
    return relation.by == USER, relation.score


def _allowed(claim: Claim, schema: Schema) -> bool:
    subject = claim.subject.subtype or claim.subject.type
    if isinstance(claim.object, str):
        return schema.predicate(claim.predicate).datatype is not None
    if claim.object.chain == claim.subject.chain:
        return False
    return schema.allows(claim.predicate, subject, claim.object.subtype or claim.object.type)


def _most_specific(
    claims: Iterable[Claim], reading: Reading, document: str, schema: Schema
) -> Iterator[tuple[Relation, Claim]]:
    pool = list(claims)
    weaker = {
        (claim.subject.chain, implied, claim.object.chain, reading.findings.sentence(claim.word))
        for claim in pool
        if isinstance(claim.object, Found)
        for implied in schema.predicate(claim.predicate).implies
    }
    for claim in pool:
        if isinstance(claim.object, Found):
            ends = claim.subject.chain, claim.predicate, claim.object.chain, reading.findings.sentence(claim.word)
            if ends in weaker:
                continue
        yield _relation(claim, reading, document, schema), claim


def _relation(claim: Claim, reading: Reading, document: str, schema: Schema) -> Relation:
    word, ends = claim.word, [claim.subject]
    thing: str | Literal
    if isinstance(claim.object, Found):
        ends.append(claim.object)
        thing = mention_id(document, claim.object)
    else:
        thing = Literal(value=claim.object, datatype=schema.predicate(claim.predicate).datatype or "string")
    spans = [end.span for end in ends if end.span.sent == word.sent] or [reading.doc[word.i : word.i + 1]]
    places = [(word.idx, word.idx + len(word)), *((span.start_char, span.end_char) for span in spans)]
    if isinstance(claim.object, str):
        told = claim.object == reading.time_at(word)
        places.append(reading.time_place(word) if told else _title_place(claim.object, reading, word))
    start, end = min(a for a, _ in places), max(b for _, b in places)
    modality, source = held(word, [end.span for end in ends], claim.predicate, own=_says(claim))
    return Relation(
        subject=mention_id(document, claim.subject),
        predicate=claim.predicate,
        object=thing,
        start=start,
        end=end,
        modality=modality,
        source=_who(reading, source, document) if source is not None else None,
        time=None if claim.predicate in _TIMELESS else reading.time_at(word) or None,
        score=round(claim.score, 4),
        by=claim.by,
    )


def _says(claim: Claim) -> bool:
    return claim.by != MODEL or says(claim.word, claim.predicate)


def _title_place(title: str, reading: Reading, word: Token) -> tuple[int, int]:
    # "transport minister": the words of the title end with the noun that says it.
    first = max(word.sent.start, word.i + 1 - len(title.split()))
    return reading.doc[first].idx, word.idx + len(word)


def _who(reading: Reading, source: Token, document: str) -> str:
    found = reading.findings.at(source)
    if found is not None:
        return mention_id(document, found)
    own = {child.i for child in source.children if child.dep_ in ("case", "punct", "mark")}
    words = [t for t in source.subtree if t.i not in own and t.head.i not in own and t.dep_ != "punct"]
    after = [*(t.idx for t in words[1:]), words[-1].idx + len(words[-1])]
    return "".join(t.text + _between(t, start) for t, start in zip(words, after, strict=True))


def _between(word: Token, start: int) -> str:
    # What hangs on both words stays ("the Ostsee-Zeitung", "the yard's master"); other punctuation leaves a space.
    left_out = word.doc.text[word.idx + len(word) : start]
    return " " if any(map(str.isspace, left_out)) else left_out


def mention_id(document: str, found: Found) -> str:
    """Return the id that the record of that mention has."""
    return f"{document}#char={found.span.start_char},{found.span.end_char}"
