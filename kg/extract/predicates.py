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
    def groups(self) -> str:
        """The groups that speak of it, as one word: "kg+kn"."""
        return "+".join(name for name in GROUPS if name in self.labels)

    def logits(self, labels: Floats) -> NDArray[np.float64]:
        """Return the best logit of each group that speaks of it, (pairs, groups), from those of all labels."""
        return np.stack([labels[:, self.labels[name]].max(1) for name in GROUPS if name in self.labels], 1).astype(
            float
        )


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


def odds(one: Stated, labels: Floats, weights: Mapping[str, Mapping[str, float]]) -> NDArray[np.float64]:
    """Return the probability of a predicate for each pair, (pairs,); `weights` are the fit's, by groups that speak."""
    fitted = weights.get(one.groups, UNFITTED)
    names = [name for name in GROUPS if name in one.labels]
    scaled = one.logits(labels) @ np.array([fitted[name] for name in names]) + fitted["bias"]
    result: NDArray[np.float64] = 1 / (1 + np.exp(-scaled))
    return result


def likely(
    predicates: Sequence[Stated], labels: Floats, weights: Mapping[str, Mapping[str, float]], least: float
) -> Iterator[tuple[int, Stated, float]]:
    """Yield the pair, predicate and probability of all that reach `least`."""
    for one in predicates:
        row = odds(one, labels, weights)
        for pair in np.flatnonzero(row >= least).tolist():
            yield pair, one, float(row[pair])
