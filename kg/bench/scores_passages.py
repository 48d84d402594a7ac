"""What is told of the things of a passage: facts, how the text holds them, and what takes up a name.

Two things are the same where any mention of the one overlaps any mention of the other, and two facts where predicate,
subject and object are; neither what a predicate implies nor the modality is asked for. One fact that was found may so
cover several that are marked. Everything is counted in one passage; passages add up.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from kg.bench.score import Score
from kg.bench.scores_calibration import Judged
from kg.bench.words import Span
from kg.model import Kind, Modality


class Thing(Struct, frozen=True):
    """Where a thing is spoken of, and how each mention refers to it."""

    mentions: tuple[tuple[Span, Kind], ...]

    @property
    def names(self) -> list[Span]:
        """The spans of its names."""
        return [span for span, kind in self.mentions if kind is Kind.NAME]

    def meets(self, other: "Thing") -> bool:
        """Tell whether a mention of the one overlaps a mention of the other."""
        return any(_overlap(one, two) for one, _ in self.mentions for two, _ in other.mentions)


class Told(Struct, frozen=True):
    """A fact between two things, how the text holds it, and how sure of it the one who tells it is."""

    subject: Thing
    predicate: str
    object: Thing
    modality: Modality = Modality.ASSERTED
    score: float = 1.0


Facts = Sequence[Told]
Triple = tuple[Thing, str, Thing]
Held = tuple[frozenset[Modality], frozenset[Modality]]  # how a fact is marked to be held, and how it was found to be


class Side(Struct, frozen=True):
    """What one side, that which is marked or that which was found, tells of a passage."""

    things: tuple[Thing, ...]
    facts: tuple[Told, ...] = ()


def facts(gold: Facts, found: Facts, *, symmetric: Collection[str] = ()) -> dict[str, Score]:
    """Return the score by predicate; a fact told twice, or held in two ways, counts once.

    `symmetric` are the predicates that say the same with their ends exchanged.
    """
    marked, said = _held(gold, symmetric), _held(found, symmetric)
    scores: dict[str, Score] = defaultdict(Score)
    for triple in marked:
        scores[triple[1]] += Score(covered=any(_same(triple, one, symmetric) for one in said), marked=1)
    for triple in said:
        scores[triple[1]] += Score(right=any(_same(one, triple, symmetric) for one in marked), found=1)
    return dict(scores)


def modalities(gold: Facts, found: Facts, *, symmetric: Collection[str] = ()) -> Iterator[Held]:
    """Yield how both sides hold each marked fact that was found: in two ways where one claims what another denies."""
    said = _held(found, symmetric)
    for triple, marked in _held(gold, symmetric).items():
        told = [how for one, how in said.items() if _same(triple, one, symmetric)]
        if told:
            yield frozenset(marked), frozenset().union(*told)


def accuracy(pairs: Iterable[Held]) -> float | None:
    """Return the share of modalities that both sides have, from 0 to 1; None where there is no fact to look at.

    Of a fact that the sides hold in different numbers of ways, each way without its like on the other side is wrong.
    """
    counts = [(len(marked & told), max(len(marked), len(told))) for marked, told in pairs]
    return sum(right for right, _ in counts) / sum(asked for _, asked in counts) if counts else None


def by_modality(pairs: Iterable[Held]) -> dict[Modality, Score]:
    """Return the score of each modality over the marked facts that were found."""
    scores: dict[Modality, Score] = defaultdict(Score)
    for marked, told in pairs:
        for modality in marked | told:
            scores[modality] += Score.counted(modality in marked & told, modality in told, modality in marked)
    return dict(scores)


def judged(gold: Facts, found: Facts, *, symmetric: Collection[str] = ()) -> Iterator[Judged]:
    """Yield the score of every fact found and whether it is right, however it is held."""
    marked = _held(gold, symmetric)
    for fact in found:
        yield fact.score, any(_same(one, _triple(fact), symmetric) for one in marked)


def anaphora(gold: Sequence[Thing], found: Sequence[Thing]) -> dict[Kind, Score]:
    """Return the score of pronouns and of descriptions, in things that are also named.

    Each has to be found by its exact span, and in the thing that it is marked in: a thing found is the marked one
    whose names overlap most of its own.
    """
    marked = {span: (kind, home) for home, thing in enumerate(gold) for span, kind in _anaphors(thing)}
    scores: dict[Kind, Score] = defaultdict(Score)
    for kind, _ in marked.values():
        scores[kind] += Score(marked=1)
    for thing in found:
        home = _home(thing, gold)
        for span, kind in _anaphors(thing):
            right = span in marked and marked[span][1] == home
            scores[kind] += Score(right=right, found=1)
            if right:
                scores[marked[span][0]] += Score(covered=1)
    return dict(scores)


def _anaphors(thing: Thing) -> list[tuple[Span, Kind]]:
    return [(span, kind) for span, kind in thing.mentions if kind is not Kind.NAME] if thing.names else []


def _home(thing: Thing, gold: Sequence[Thing]) -> int | None:
    shared = Counter(
        home for name in thing.names for home, one in enumerate(gold) if any(_overlap(name, span) for span in one.names)
    )
    return min(shared, key=lambda home: (-shared[home], home), default=None)


def _held(told: Facts, symmetric: Collection[str]) -> Mapping[Triple, set[Modality]]:
    held: dict[Triple, set[Modality]] = {}
    for fact in told:
        subject, predicate, thing = _triple(fact)
        turned = thing, predicate, subject
        key = turned if predicate in symmetric and turned in held else (subject, predicate, thing)
        held.setdefault(key, set()).add(fact.modality)
    return held


def _triple(fact: Told) -> Triple:
    return fact.subject, fact.predicate, fact.object


def _same(one: Triple, other: Triple, symmetric: Collection[str]) -> bool:
    if one[1] != other[1]:
        return False
    straight = one[0].meets(other[0]) and one[2].meets(other[2])
    return straight or (one[1] in symmetric and one[0].meets(other[2]) and one[2].meets(other[0]))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
