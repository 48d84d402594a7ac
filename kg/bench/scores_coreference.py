"""MUC, B-cubed and CEAF-phi4 of coreference chains, and their mean, as the CoNLL shared tasks score them.

A chain is a collection of mentions, a mention anything hashable; two mentions are the same only if they are equal. The
definitions are those of Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions": mentions that only
one side has are not changed, they simply find no twin. Each function scores one document; scores of documents add up.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.bench.score import Score

Chain = Collection[Hashable]
Chains = list[frozenset[Hashable]]
Measure = Callable[[Iterable[Chain], Iterable[Chain]], Score]


def muc(gold: Iterable[Chain], found: Iterable[Chain]) -> Score:
    """Count links (Vilain et al. 1995): how many it takes to join each chain, and how many the other side has."""
    marked, predicted = distinct(gold), distinct(found)
    shared = _shared(marked, predicted)
    # Of the mentions that both sides have, each chain lacks one link for every chain of the other side that it meets.
    links = sum(shared.values()) - len(shared)
    return Score.counted(links, sum(len(one) - 1 for one in predicted), sum(len(one) - 1 for one in marked))


def b_cubed(gold: Iterable[Chain], found: Iterable[Chain]) -> Score:
    """Average over mentions (Bagga and Baldwin 1998): the share of a mention's chain that is in the other side's."""
    marked, predicted = distinct(gold), distinct(found)
    shared = _shared(marked, predicted)
    return Score(
        right=sum(count**2 / len(predicted[there]) for (_, there), count in shared.items()),
        found=sum(map(len, predicted)),
        covered=sum(count**2 / len(marked[here]) for (here, _), count in shared.items()),
        marked=sum(map(len, marked)),
    )


def ceaf_phi4(gold: Iterable[Chain], found: Iterable[Chain]) -> Score:
    """Align the chains one to one for the greatest sum of their Dice similarities (Luo 2005, phi 4; "CEAF-e")."""
    marked, predicted = distinct(gold), distinct(found)
    similarity = np.zeros((len(marked), len(predicted)))
    for (here, there), count in _shared(marked, predicted).items():
        similarity[here, there] = 2 * count / (len(marked[here]) + len(predicted[there]))
    best = float(similarity[linear_sum_assignment(similarity, maximize=True)].sum())
    return Score.counted(best, len(predicted), len(marked))


MEASURES: Mapping[str, Measure] = {"MUC": muc, "B3": b_cubed, "CEAF-phi4": ceaf_phi4}


def score(gold: Iterable[Chain], found: Iterable[Chain], *, singletons: bool = False) -> dict[str, Score]:
    """Return each of the three measures for one document.

    Chains of one mention are dropped on both sides, as OntoNotes and OntoGUM do, unless `singletons` are wanted.
    """
    least = 1 if singletons else 2
    marked = [one for one in distinct(gold) if len(one) >= least]
    predicted = [one for one in distinct(found) if len(one) >= least]
    return {name: measure(marked, predicted) for name, measure in MEASURES.items()}


def total(documents: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """Return the scores of a collection, from those of its documents."""
    sums = {name: Score() for name in MEASURES}
    for scores in documents:
        sums = {name: sums[name] + scores[name] for name in MEASURES}
    return sums


def conll_f1(scores: Mapping[str, Score]) -> float:
    """Return the CoNLL F1: the mean of the F1 of MUC, B-cubed and CEAF-phi4, from 0 to 1."""
    return sum(scores[name].f1 for name in MEASURES) / len(MEASURES)


def distinct(chains: Iterable[Chain]) -> Chains:
    """Return the chains as sets that share no mention: one that was in an earlier chain stays only there."""
    seen: set[Hashable] = set()
    kept: Chains = []
    for chain in chains:
        fresh = frozenset(chain) - seen
        seen |= fresh
        if fresh:
            kept.append(fresh)
    return kept


def _shared(gold: Chains, found: Chains) -> Counter[tuple[int, int]]:
    """Count the mentions that each pair of chains shares, of those that share any."""
    place = {mention: there for there, chain in enumerate(found) for mention in chain}
    return Counter((here, place[mention]) for here, chain in enumerate(gold) for mention in chain if mention in place)
