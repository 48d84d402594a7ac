"""Relations between the things of a document, scored as DocRED does (Yao et al. 2019): exact triples, micro.

End to end, where a system finds its own things, each stands for the marked thing that it shares most mentions with.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence

from msgspec import Struct

from kg.bench.score import Score


class ThingFact(Struct, frozen=True):
    """A property between two things, which are indices into a list of things."""

    subject: int
    property: str
    object: int


def score(
    gold: Iterable[ThingFact], found: Iterable[ThingFact], *, stands_for: Sequence[int | None] | None = None
) -> dict[str, Score]:
    """Return the score of one document by property; documents add up, and the sum over properties is the F1.

    Both sides speak of the same things; or else thing `i` of what was found is `stands_for[i]` of the marked ones.
    Then a fact with an end that stands for nothing is wrong, and two facts that come to the same are one.
    """
    marked = {(fact.subject, fact.property, fact.object) for fact in gold}
    predicted = {(_end(fact.subject, stands_for), fact.property, _end(fact.object, stands_for)) for fact in found}
    right = Counter(name for _, name, _ in marked & predicted)
    told, said = Counter(name for _, name, _ in marked), Counter(name for _, name, _ in predicted)
    return {name: Score.counted(right[name], said[name], told[name]) for name in sorted({*told, *said})}


def _end(thing: int, stands_for: Sequence[int | None] | None) -> Hashable:
    if stands_for is None:
        return thing
    marked = stands_for[thing]
    return ("none of the marked", thing) if marked is None else marked


def align(gold: Sequence[Collection[Hashable]], found: Sequence[Collection[Hashable]]) -> list[int | None]:
    """Return for each thing found the marked thing with which it shares most mentions, exactly equal; None for none.

    The earlier of two marked things wins where it shares as many. Several things found can stand for one.
    """
    homes: dict[Hashable, list[int]] = {}
    for index, mentions in enumerate(gold):
        for mention in set(mentions):
            homes.setdefault(mention, []).append(index)
    return [_most(home for mention in set(mentions) for home in homes.get(mention, ())) for mentions in found]


def _most(homes: Iterable[int]) -> int | None:
    shared = Counter(homes)
    return min(shared, key=lambda index: (-shared[index], index), default=None)
