"""The weights of resolution, learnt: a logistic regression over pairs of chains that are known to be one thing or two.

Three kinds of pairs: chains of KnowledgeNet with Wikidata ids; the same with one of the two names made shorter or
spelt otherwise, where its evidence stays as it was; and what different bearers make of one short form. Where the
corpora are silent the prior speaks: a weight stays near what it is held for unless the pairs tell otherwise.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from scipy.optimize import minimize

from kg import schema as schemas
from kg.names import is_full_person
from kg.resolve import Chain, Profile, keys, pairs
from kg.resolve.likeness import acronyms, are_nicknames, formal_names, surname
from kg.resolve.match import comparisons
from kg.train.resolution_corpora import Known, knowledgenet, redocred

PRIOR = {
    "bias": 0.0,
    "same_name": 3.0,
    "same_sound": 2.0,
    "one_letter_apart": 1.5,
    "spaced_otherwise": 2.0,
    "other_order": 1.0,
    "nickname": 0.5,
    "sounds_alike": 0.0,
    "short_initials": -2.0,
    "short_middle": 0.0,
    "short_prefix": 0.5,
    "short_words": 0.0,
    "short_acronym": -2.0,
    "short_bare": -3.0,
    "shares_names": 3.0,
    "shares_no_name": -0.5,
    "shares_ties": 2.0,
    "shares_position": 1.0,
    "other_position": -1.0,
    "shares_place": 1.0,
    "other_place": -0.5,
    "same_mark": 3.0,
    "other_date": -1.0,
    "one_word": -0.5,
    "other_type": -4.0,
    "other_subtype": -1.0,
    "unknown_subtype": -0.2,
}
TRUST = 2.0  # in the prior: as much as so many pairs of doubtful outcome
MOST = 3.0  # all pairs of the same two names weigh as much as so many: New York is not half of the world
WEIGHTS = Path(str(files("kg.resolve") / "weights.toml"))
MADE = 0.1  # a made pair weighs so much: one name in ten is written in another way, at most

_log = logging.getLogger(__name__)


class Example(Struct, frozen=True):
    """What two profiles have in common, whether they are one thing, and how much that counts."""

    found: dict[str, float]
    same: bool
    weight: float = 1.0


def train(corpora: Path, output: Path) -> dict[str, float]:
    """Fit the weights, write them, and return figures: how many pairs, and how well they are told apart."""
    from kg.build import default_extractor

    known = list(knowledgenet(corpora, default_extractor()))
    silver = [*known, *redocred(corpora, schemas.load())]
    examples = [*labelled(known), *made(one.chain for one in silver)]
    kinds = Counter((next(iter(one.found)), one.same) for one in examples)
    _log.info("%d pairs: %s", len(examples), ", ".join(f"{k} {s}: {n}" for (k, s), n in sorted(kinds.items())))
    weights = fit(examples)
    output.write_text(written(weights), encoding="utf-8")
    return figures(examples, weights)


def labelled(known: Iterable[Known]) -> Iterator[Example]:
    """Yield the pairs worth comparing of chains whose ids are known; pairs of the same two names share their weight."""
    things = {one.chain.first: one.thing for one in known if one.thing and not one.chain.country}
    alone = [Profile([one.chain], part=one.chain.first) for one in known if one.chain.first in things]
    met: defaultdict[tuple[str, str, bool], list[dict[str, float]]] = defaultdict(list)
    for one, other in _worth_comparing(alone):
        found = comparisons(one, other)
        if found is not None:
            same = things[one.part] == things[other.part]
            met[min(one.name, other.name), max(one.name, other.name), same].append(found)
    for (_, _, same), all_found in sorted(met.items(), key=lambda item: item[0]):
        share = min(1.0, MOST / len(all_found))
        yield from (Example(found, same, share) for found in all_found)


def _worth_comparing(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    blocks: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in keys(profile):
            blocks[key].append(profile)
    seen = set()
    for key, block in sorted(blocks.items()):
        for one, other in pairs(key, block):
            if (one.part, other.part) not in seen:
                seen.add((one.part, other.part))
                yield one, other


def made(all_chains: Iterable[Chain]) -> Iterator[Example]:
    """Yield pairs of which one name is written shorter or otherwise than it was: of one bearer, and of two.

    Persons share a surname, organisations an acronym. The same full name in two documents is one thing here, another
    full name another.
    """
    alike: defaultdict[tuple[str, str], list[Chain]] = defaultdict(list)
    for chain in all_chains:
        if chain.type == "Person" and not chain.place and is_full_person(chain.name):
            alike[chain.type, surname(chain.name.split())].append(chain)
        elif chain.type == "Organisation" and not chain.place and len(chain.name.split()) > 2:
            alike[chain.type, min(acronyms(chain.name))].append(chain)
    for _, bearers in sorted(alike.items()):
        bearers.sort(key=lambda chain: chain.first)
        for one, other in combinations(bearers, 2):
            if one.document != other.document:
                yield from _made_of(one, other)


def _made_of(one: Chain, other: Chain) -> Iterator[Example]:
    same = one.name == other.name
    if not same and are_nicknames(one.name.split()[0], other.name.split()[0]):
        return  # may well be one person
    for chain in _otherwise(other) if one.type == "Person" else _shortened(other):
        found = comparisons(Profile([one], part="one"), Profile([chain], part="other"))
        if found is not None and "same_name" not in found:
            yield Example(found, same, MADE)


def _shortened(chain: Chain) -> Iterator[Chain]:
    """Yield an organisation by its acronym alone."""
    yield replace(chain, name=min(acronyms(chain.name)))


def _otherwise(chain: Chain) -> Iterator[Chain]:
    """Yield the chain as other documents may write its name."""
    words = chain.name.split()
    last = surname(words)
    yield replace(chain, name=last, place=chain.first)
    yield replace(chain, name=f"{words[0][0]} {last}", place=chain.first)
    if len(words) > 2:
        yield replace(chain, name=f"{words[0]} {last}")
    for formal in sorted(formal_names(words[0]) - {words[0]}):
        yield replace(chain, name=" ".join([formal, *words[1:]]))
    if len(last) > 6:
        slip = last[:3] + last[4] + last[3] + last[5:]
        yield replace(chain, name=" ".join([*words[:-1], slip]))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights that the examples make most likely, held near the prior."""
    names = list(PRIOR)
    prior = np.array([PRIOR[name] for name in names])
    matrix = np.array([[1.0, *(one.found.get(name, 0.0) for name in names[1:])] for one in examples])
    sign = np.array([1.0 if one.same else -1.0 for one in examples])
    count = np.array([one.weight for one in examples])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (matrix @ weights)
        apart = weights - prior
        wrong = 1 / (1 + np.exp(np.clip(margin, -500, 500)))
        value = float(count @ np.logaddexp(0, -margin) + TRUST / 2 * apart @ apart)
        return value, matrix.T @ (-sign * count * wrong) + TRUST * apart

    found = minimize(loss, prior, jac=True, method="L-BFGS-B")
    return {name: round(float(weight), 2) for name, weight in zip(names, found.x, strict=True)}


def written(weights: dict[str, float]) -> str:
    """Return the weights as `weights.toml` holds them."""
    head = "# What each comparison of kg/resolve counts for: log odds that two profiles are one thing. Learnt by\n"
    head += "# python -m kg.train resolution --corpora CORPORA\n\n[weights]\n"
    return head + "".join(f"{name} = {weight}\n" for name, weight in weights.items())


def figures(examples: Sequence[Example], weights: dict[str, float]) -> dict[str, float]:
    """Return how many pairs there are, the share told right, and the mean error of the probabilities, in per cent."""
    odds = np.array(
        [weights["bias"] + sum(weights[name] * value for name, value in one.found.items()) for one in examples]
    )
    same = np.array([one.same for one in examples])
    count = np.array([one.weight for one in examples])
    probability = 1 / (1 + np.exp(-odds))
    right = (probability >= 0.5) == same
    return {
        "pairs": float(len(examples)),
        "told right": round(100 * float(count @ right / count.sum()), 1),
        "calibration error": round(100 * _calibration(probability, same, count), 1),
    }


def _calibration(probability: np.ndarray, same: np.ndarray, count: np.ndarray) -> float:
    bins = np.minimum((probability * 10).astype(int), 9)
    errors = [abs(count[bins == at] @ (probability[bins == at] - same[bins == at])) for at in range(10)]
    return float(sum(errors) / count.sum())
