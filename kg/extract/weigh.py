"""Which claims stand when patterns and the joint model both speak, and how probable each is.

One rule. A pattern of the user's own wins. Where a pattern and the model say the same of the same two things in one
sentence, the claim is as probable as such agreement has proved to be, and both are named in `by`. A pattern alone has
the probability that patterns alone have proved to have; the model alone its own, and it stands where it is more
probable than `least` and no built-in pattern tells something else of the two: most such claims are wrong.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.claims import Claim
from kg.extract.found import Findings, Found
from kg.extract.joint import Calibration
from kg.extract.patterns import USER
from kg.schema import Schema

BOTH, ALONE = 0.95, 0.8  # of a pattern's claims, where no calibration tells better
LEAST = 0.5
Key = tuple[object, ...]


def weighed(
    patterns: Iterable[Claim], learnt: Iterable[Claim], findings: Findings, schema: Schema, calibration: Calibration
) -> Iterator[Claim]:
    """Yield the claims that stand, each with its probability as score, the patterns' first."""
    by_model: dict[Key, Claim] = {}
    for claim in learnt:
        key = _key(claim, findings, schema)
        if key not in by_model or by_model[key].score < claim.score:
            by_model[key] = claim
    trust = calibration.trust
    told: set[Key] = set()
    for claim in patterns:
        key = _key(claim, findings, schema)
        model = by_model.get(key)
        told |= {key} if claim.by == USER else {key, _between(claim, findings)}
        if claim.by == USER:
            yield claim
        elif model is not None:
            both = max(trust.get("both", BOTH), model.score)
            yield replace(claim, score=both, by=f"{claim.by}+{model.by}")
        else:
            yield replace(claim, score=trust.get("pattern", ALONE))
    for key, claim in by_model.items():
        score = calibrated(claim.score, calibration)
        if told.isdisjoint((key, _between(claim, findings))) and score >= calibration.least.get("claim", LEAST):
            yield replace(claim, score=score)


def calibrated(score: float, calibration: Calibration) -> float:
    """Return what a claim of the model alone has proved to be worth, from what its own labels say."""
    odds = min(max(score, 1e-4), 1 - 1e-4)
    logit = math.log(odds / (1 - odds))
    return 1 / (1 + math.exp(-(logit * calibration.scale.get("alone", 1.0) + calibration.shift.get("alone", 0.0))))


def _between(claim: Claim, findings: Findings) -> Key:
    thing = claim.object.chain if isinstance(claim.object, Found) else claim.object
    return frozenset((claim.subject.chain, thing)), findings.sentence(claim.word)


def _key(claim: Claim, findings: Findings, schema: Schema) -> Key:
    thing = claim.object.chain if isinstance(claim.object, Found) else claim.object
    ends: tuple[object, object] = claim.subject.chain, thing
    if schema.predicate(claim.predicate).symmetric and isinstance(thing, int):
        ends = min(claim.subject.chain, thing), max(claim.subject.chain, thing)
    return *ends, claim.predicate, findings.sentence(claim.word)
