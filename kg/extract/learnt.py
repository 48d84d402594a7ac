"""Claims that the joint model reads: every two mentions of a sentence, and what they are to each other."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.claims import Claim, Reading
from kg.extract.facts import compared
from kg.extract.found import Found
from kg.extract.joint import Encoded, Joint, Stretch
from kg.extract.predicates import Predicates, Stated, stated
from kg.extract.times import TimeSpan
from kg.schema import Schema

LEAST = 0.3  # a claim less probable than this is not worth weighing against the patterns'
MODEL = "kg.joint"


def learnt_claims(reading: Reading, joint: Joint, encoded: Encoded, schema: Schema) -> Iterator[Claim]:
    """Yield what the model takes each sentence to say of every two of its mentions.

    A predicate that some labels state the other way round may come twice, for `weighed` to keep the surer.
    """
    by_sentence: dict[int, list[Found]] = {}
    for found in reading.findings.all:
        by_sentence.setdefault(reading.findings.sentence(found.span[0]), []).append(found)
    predicates = Predicates(stated(joint.relations, schema), joint.calibration.claims)
    for mentions in by_sentence.values():
        ends = dict(_ends(mentions, reading))
        pairs, told = compared(joint, encoded, sorted(ends))
        if pairs:
            for row, one, score in predicates.likely(told.labels, LEAST):
                subject, thing = (ends[end] for end in pairs[row])
                yield from _claims(one, subject, thing, score, schema)


def _ends(mentions: list[Found], reading: Reading) -> Iterator[tuple[Stretch, Found | TimeSpan]]:
    taken = [(f.span.start_char, f.span.end_char) for f in mentions]
    yield from zip(taken, mentions, strict=True)
    sentence = mentions[0].span.sent
    for time in reading.times_in(sentence):
        start, end = time.start + sentence.start_char, time.end + sentence.start_char
        if all(end <= a or start >= b for a, b in taken):
            yield (start, end), time


def _claims(
    one: Stated, first: Found | TimeSpan, second: Found | TimeSpan, score: float, schema: Schema
) -> Iterator[Claim]:
    subject, thing = (second, first) if one.inverse else (first, second)
    dated = schema.predicate(one.predicate).datatype == "date"
    if isinstance(subject, Found) and isinstance(thing, TimeSpan) and dated:
        yield Claim(subject, one.predicate, thing.value, subject.head, score, MODEL)
    elif isinstance(subject, Found) and isinstance(thing, Found) and not dated and subject.chain != thing.chain:
        yield Claim(subject, one.predicate, thing, saying(subject.span, thing.span), score, MODEL)


def saying(subject: Span, thing: Span) -> Token:
    """Return the word that ties two spans of a sentence: a verb between them in the parse, else their governor."""
    up = [thing.root, *thing.root.ancestors]
    other = [subject.root, *subject.root.ancestors]
    shared = next((token for token in up if token in other), thing.root)
    path = [*up[: up.index(shared) + 1], *reversed(other[: other.index(shared)])] if shared in other else up
    inside = {token.i for span in (subject, thing) for token in span}
    verbs = [token for token in path if token.pos_ == "VERB" and token.i not in inside]
    return verbs[0] if verbs else shared
