"""From the joint model's labels to the predicates of a schema.

Several labels can state one predicate, each as another corpus annotates it: Wikidata's property in an encyclopaedia,
KnowledgeNet's on the web, and the vocabulary's own. A logistic regression over the best logit of each group of labels,
fitted on texts kept aside, makes one probability of them.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from kg.extract.joint import Floats, group
from kg.extract.labels import predicate_of
from kg.schema import Schema

GROUPS = ("kg", "kn", "wikidata")
UNFITTED = {"kg": 0.8, "kn": 0.3, "wikidata": 0.3, "bias": 0.0}


class Stated(Struct, frozen=True):
    """A predicate that labels state: their numbers by group, and whether they run from object to subject."""

    predicate: str
    inverse: bool
    labels: dict[str, list[int]]

    @property
    def speaking(self) -> list[str]:
        """The groups that speak of it."""
        return [name for name in GROUPS if name in self.labels]

    @property
    def groups(self) -> str:
        """The groups that speak of it, as one word: "kg+kn"."""
        return "+".join(self.speaking)

    def logits(self, labels: Floats) -> NDArray[np.float64]:
        """Return the best logit of each group that speaks of it, (pairs, groups), from those of all labels."""
        return np.stack([labels[:, self.labels[name]].max(1) for name in self.speaking], 1).astype(float)


def stated(relations: Sequence[str], schema: Schema) -> list[Stated]:
    """Return the predicates of the schema that the labels state.

    One of a user's own is read where it names a Wikidata property that the model tells apart.
    """
    own = {p.lstrip("^"): (name, p.startswith("^")) for name, one in schema.predicates.items() for p in one.wikidata}
    found: dict[tuple[str, bool], dict[str, list[int]]] = {}
    for number, label in enumerate(relations):
        told = predicate_of(label) or own.get(label)
        if told is not None and told[0] in schema.predicates:
            found.setdefault(told, {}).setdefault(group(label), []).append(number)
    return [Stated(name, inverse, labels) for (name, inverse), labels in found.items()]


class Predicates:
    """The predicates that labels state, ready to be weighed together; `weights` are the fit's, by groups that speak."""

    def __init__(self, told: Sequence[Stated], weights: Mapping[str, Mapping[str, float]]) -> None:
        self.told = told
        fitted = [weights.get(one.groups, UNFITTED) for one in told]
        spoken = [(one.labels[name], fit[name]) for one, fit in zip(told, fitted, strict=True) for name in one.speaking]
        self._labels = [number for numbers, _ in spoken for number in numbers]
        self._begins = _begins([len(numbers) for numbers, _ in spoken])
        self._weights = np.array([weight for _, weight in spoken])
        self._firsts = _begins([len(one.labels) for one in told])
        self._bias = np.array([fit["bias"] for fit in fitted])

    def odds(self, labels: Floats) -> NDArray[np.float64]:
        """Return the probability of each predicate for each pair, (pairs, predicates), from the logits of all labels.

        Of a group the best label speaks.
        """
        if not self.told:
            return np.zeros((len(labels), 0))
        best = np.maximum.reduceat(labels[:, self._labels], self._begins, axis=1) * self._weights
        result: NDArray[np.float64] = 1 / (1 + np.exp(-np.add.reduceat(best, self._firsts, axis=1) - self._bias))
        return result

    def likely(self, labels: Floats, least: float) -> Iterator[tuple[int, Stated, float]]:
        """Yield the pair, predicate and probability of all that reach `least`."""
        odds = self.odds(labels).T
        for number, pair in np.argwhere(odds >= least).tolist():
            yield pair, self.told[number], float(odds[number, pair])


def _begins(lengths: Sequence[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths[:-1]])
