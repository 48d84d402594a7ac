"""Make the joint model's scores probabilities, and choose what they must reach, on texts kept aside from training.

Each head's logits are scaled and shifted by two numbers, the maximum-likelihood fit of Platt (1999); a scale alone is
the temperature of Guo et al. (2017), and the shift makes up for negatives that training drew and reading meets all of.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from kg.bench.annotated import Annotated, Scope
from kg.bench.scores_coreference import conll_f1, score, total
from kg.bench.written import documents, measure
from kg.extract import extract
from kg.extract import facts as reading
from kg.extract.joint import Calibration, Joint
from kg.extract.pipeline import load
from kg.extract.predicates import stated
from kg.model import Extraction
from kg.schema import load as load_schema
from kg.train.coreference_corpora import gum
from kg.train.joint.split import FOLDS, aside
from kg.train.relation_corpora import knowledgenet, redocred
from kg.train.written import passages

CLAIM = 0.46  # of the claims of the model alone on texts kept aside, those worth less are wrong more often than right
MODEL = "kg.joint"
LEAST_LOGIT = -4.0  # what is this improbable is left out of the fit: the mass of it would drown what is near the line
SPANS, ANTECEDENTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6), (-0.5, 0.0, 0.5, 1.0)  # tried, for chains
Sample = tuple[NDArray[np.float64], NDArray[np.bool_]]  # logits and whether each was right
Stretch = tuple[int, int]


class Told(Struct, frozen=True):
    """What one scope's reading gave: logits and truth of what was judged, and how many facts there are to find."""

    logits: list[float]
    right: list[bool]
    facts: int


def calibrate(folder: Path, corpora: Path) -> Calibration:
    """Write `calibration.json` beside the model in the folder, and return it."""
    path = folder / "calibration.json"
    path.unlink(missing_ok=True)
    joint = Joint(folder)
    scale, shift, least = _heads(joint, corpora)
    own = aside(passages("train"))
    result = Calibration(scale=scale, shift=shift, claims=claims(joint, own), least={**least, "claim": 0.0})
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result)))
    shares, alone = trust(folder, own)
    scale["alone"], shift["alone"] = fitted(alone)
    result = replace(result, scale=scale, shift=shift, least={**least, "claim": CLAIM}, trust=shares)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result)))
    return result


def _heads(joint: Joint, corpora: Path) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    scale, shift, least = dict[str, float](), dict[str, float](), dict[str, float]()
    for head, told in related(joint, corpora).items():
        logits = np.array([x for each in told for x in each.logits])
        right = np.array([x for each in told for x in each.right], dtype=np.bool_)
        scale[head], shift[head] = fitted((logits, right))
        odds = 1 / (1 + np.exp(-(logits * scale[head] + shift[head])))
        least[head] = best_threshold(odds, right, sum(each.facts for each in told))
    documents_ = aside(gum(corpora, split="train"))
    scale["antecedent"], shift["antecedent"] = fitted(antecedents(joint, documents_))
    return scale, shift, least | chained(joint, documents_)


def claims(joint: Joint, texts: Iterable[Annotated]) -> dict[str, dict[str, float]]:
    """Return how much each group of labels counts for a predicate, by the groups that speak of it."""
    schema = load_schema()
    predicates = [one for one in stated(joint.relations, schema) if schema.predicate(one.predicate).datatype is None]
    logits: dict[str, list[NDArray[np.float64]]] = {}
    right: dict[str, list[NDArray[np.bool_]]] = {}
    for text in texts:
        home = {(s.start, s.end): n for n, group_ in enumerate(text.things) for s in (text.spots[i] for i in group_)}
        facts = {(fact.subject, fact.label.removeprefix("kg:"), fact.object) for fact in text.facts}
        encoded = joint.encode(text.text)
        for sentence in _sentences(text.text):
            ends = sorted(end for end in home if sentence[0] <= end[0] and end[1] <= sentence[1])
            pairs, told = reading.compared(joint, encoded, ends)
            for one in predicates if pairs else ():
                turned = [(o, s) if one.inverse else (s, o) for s, o in pairs]
                logits.setdefault(one.groups, []).append(one.logits(told.labels))
                known = [(home[s], one.predicate, home[o]) in facts for s, o in turned]
                right.setdefault(one.groups, []).append(np.array(known, dtype=np.bool_))
    result: dict[str, dict[str, float]] = {}
    for groups, rows in logits.items():
        weights = regressed(np.concatenate(rows), np.concatenate(right[groups]))
        result[groups] = dict(zip((*groups.split("+"), "bias"), weights, strict=True))
    return result


def regressed(logits: NDArray[np.float64], right: NDArray[np.bool_]) -> list[float]:
    """Return the weights, not below 0, and the bias of a logistic regression over columns of logits."""
    return _most_likely(logits, right, least=0.0, penalty=1e-4)


def trust(folder: Path, texts: Sequence[Annotated]) -> tuple[dict[str, float], Sample]:
    """Return the share of right claims among those of patterns alone and with the model, and the model's own claims.

    Those come as the logit of each and whether it is right; `calibration.json` must let all of them stand.
    """
    nlp = load(config={"folder": str(folder)})
    records = list(extract(documents(texts), nlp=nlp))
    shares: dict[str, float] = {}
    for name, agreed in (("pattern", False), ("both", True)):
        said = {r.by for one in records for r in one.relations if "patterns" in r.by and (MODEL in r.by) == agreed}
        judged = _judged(texts, records, said)
        # Laplace's rule, so that a few lucky claims are not taken for certainty.
        shares[name] = round((sum(right for _, right in judged) + 1) / (len(judged) + 2), 4)
    alone = _judged(texts, records, {MODEL})
    odds = np.array([score for score, _ in alone]).clip(1e-4, 1 - 1e-4)
    return shares, (np.log(odds / (1 - odds)), np.array([right for _, right in alone], dtype=np.bool_))


def _judged(
    texts: Sequence[Annotated], records: Sequence[Extraction], chosen: Collection[str]
) -> Sequence[tuple[float, bool]]:
    kept = [replace(one, relations=tuple(r for r in one.relations if r.by in chosen)) for one in records]
    return measure(texts, kept).judged


def _sentences(text: str) -> Iterator[Stretch]:
    begin = 0
    for match in re.finditer(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z\"“])", text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def related(joint: Joint, corpora: Path) -> dict[str, list[Told]]:
    """Return by label group what the relation head says on the texts kept aside."""
    return {
        "kn": [one for text in aside(knowledgenet(corpora, folds=FOLDS)) for one in mentions(joint, text)],
        "wikidata": [
            one for text in aside(redocred(corpora, held_out=False)) for one in things(joint, text, long=True)
        ],
        "kg": [one for text in aside(passages("train")) for one in things(joint, text)],
    }


def mentions(joint: Joint, text: Annotated) -> Iterator[Told]:
    """Yield what is said of every two stretches of each scope that may be ends, as KnowledgeNet judges it."""
    encoded = joint.encode(text.text)
    named = reading.names(joint, encoded)
    for scope in text.scopes:
        gold = set(_told(text, scope))
        said: dict[tuple[Stretch, str, Stretch], float] = {}
        for fact in reading.facts(joint, encoded, reading.ends(encoded, named, (scope.start, scope.end))):
            for index, label in enumerate(joint.relations):
                if label in scope.labels and fact.labels[index] > LEAST_LOGIT:
                    said[fact.subject, label, fact.object] = float(fact.labels[index])
        yield Told(list(said.values()), [any(_overlaps(one, other) for other in gold) for one in said], len(gold))


def things(joint: Joint, text: Annotated, *, long: bool = False) -> Iterator[Told]:
    """Yield what is said of every two things of a text that are given."""
    encoded = joint.encode(text.text, window=508, stride=254) if long else joint.encode(text.text)
    stretches = _stretches(text)
    labels = {label for scope in text.scopes for label in scope.labels}
    told = {(fact.subject, fact.label, fact.object) for fact in text.facts if fact.label in labels}
    logits: list[float] = []
    right: list[bool] = []
    for (subject, thing), row in reading.between(joint, encoded, stretches).items():
        for index in np.flatnonzero(row > LEAST_LOGIT).tolist():
            if joint.relations[index] in labels:
                logits.append(float(row[index]))
                right.append((subject, joint.relations[index], thing) in told)
    yield Told(logits, right, len(told))


def antecedents(joint: Joint, texts: Iterable[Annotated]) -> Sample:
    """Return the logit of each mention's best antecedent among the gold mentions, and whether it is of its thing."""
    logits: list[float] = []
    right: list[bool] = []
    for text in texts:
        home = {i: number for number, group_ in enumerate(text.things) for i in group_}
        order = sorted(home, key=lambda i: (text.spots[i].start, text.spots[i].end))
        encoded = joint.encode(text.text)
        links = joint.antecedents(encoded, [(text.spots[i].start, text.spots[i].end) for i in order])
        for index, earlier in enumerate(links):
            if earlier:
                best, logit = max(earlier, key=lambda link: (link[1], link[0]))
                logits.append(logit)
                right.append(home[order[best]] == home[order[index]])
    return np.array(logits), np.array(right, dtype=np.bool_)


def chained(joint: Joint, texts: Iterable[Annotated]) -> dict[str, float]:
    """Return what a mention and its antecedent must reach, the pair of thresholds with the best CoNLL F1."""
    read = [(joint.encode(text.text), _stretches(text)) for text in texts]

    def f1(thresholds: tuple[float, float]) -> float:
        least, floor = thresholds
        scores = (score(gold, reading.chains(joint, encoded, least=least, floor=floor)) for encoded, gold in read)
        return conll_f1(total(scores))

    span, antecedent = max(product(SPANS, ANTECEDENTS), key=f1)
    return {"span": span, "antecedent": antecedent}


def _stretches(text: Annotated) -> list[list[Stretch]]:
    return [[(text.spots[i].start, text.spots[i].end) for i in thing] for thing in text.things]


def fitted(sample: Sample) -> tuple[float, float]:
    """Return the scale and shift under which the sample is most likely."""
    logits, right = sample
    scale, shift = _most_likely(logits[:, None], right)
    return scale, shift


def _most_likely(
    columns: NDArray[np.float64], right: NDArray[np.bool_], *, least: float | None = None, penalty: float = 0.0
) -> list[float]:
    """Return a weight for each column and a bias; by their gradient, for the loss is convex and may be steep."""

    def unlikely(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scaled = columns @ parameters[:-1] + parameters[-1]
        wrong = expit(scaled) - right
        loss = float(np.mean(np.logaddexp(0, scaled) - right * scaled) + penalty * (parameters**2).sum())
        return loss, np.append(columns.T @ wrong, wrong.sum()) / len(right) + 2 * penalty * parameters

    start = np.append(np.full(columns.shape[1], 1 / columns.shape[1]), 0.0)
    bounds = [(least, None)] * columns.shape[1] + [(None, None)]
    found = minimize(unlikely, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return [round(value, 4) for value in found.x.tolist()]


def best_threshold(odds: NDArray[np.float64], right: NDArray[np.bool_], facts: int) -> float:
    """Return the threshold, in steps of 0.02, with the best F1."""

    def f1(least: float) -> float:
        found = odds >= least
        return float(2 * (found & right).sum() / max(1, found.sum() + facts))

    return max((round(0.02 * step, 2) for step in range(1, 50)), key=f1)


def _told(text: Annotated, scope: Scope) -> Iterator[tuple[Stretch, str, Stretch]]:
    for fact in text.facts:
        ends = [text.spots[text.things[number][0]] for number in (fact.subject, fact.object)]
        if all(scope.start <= spot.start and spot.end <= scope.end for spot in ends):
            yield (ends[0].start, ends[0].end), fact.label, (ends[1].start, ends[1].end)


def _overlaps(one: tuple[Stretch, str, Stretch], other: tuple[Stretch, str, Stretch]) -> bool:
    pairs = (one[0], other[0]), (one[2], other[2])
    return one[1] == other[1] and all(a[0] < b[1] and b[0] < a[1] for a, b in pairs)
