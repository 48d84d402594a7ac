"""Facts between spans of a text, scored as KnowledgeNet's `evaluator.py` does (Mesquita et al. 2019).

It asks of each marked fact whether any found fact matches it, so one found fact may cover several marked ones. What is
found but matches no marked fact, nor a found fact that does, counts as wrong: but only where its property is one that
the passage was exhaustively annotated for. Anything else that was found is neither right nor wrong.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from kg.bench.score import Score

Span = tuple[int, int]


class SpanFact(Struct, frozen=True):
    """A property between two stretches of a text, each (start, end) in characters."""

    subject: Span
    property: str
    object: Span


Match = Callable[[SpanFact, SpanFact], bool]


def span_exact(one: SpanFact, other: SpanFact) -> bool:
    """Tell whether both facts have the same property between the same two spans."""
    return one == other


def span_overlap(one: SpanFact, other: SpanFact) -> bool:
    """Tell whether both facts have the same property between spans that overlap, subject to subject."""
    ends = ((one.subject, other.subject), (one.object, other.object))
    return one.property == other.property and all(a[0] < b[1] and b[0] < a[1] for a, b in ends)


METHODS: dict[str, Match] = {"span_overlap": span_overlap, "span_exact": span_exact}


def score(
    gold: Sequence[SpanFact], found: Sequence[SpanFact], exhaustive: Collection[str], *, match: Match = span_overlap
) -> dict[str, Score]:
    """Return the score of one passage by property; passages add up, and the sum over properties is the text F1.

    `exhaustive` are the properties of which the passage holds no other facts than those in `gold`.
    """
    scores: dict[str, Score] = defaultdict(Score)
    unmatched = list(found)
    for fact in gold:
        matched = [one for one in found if match(fact, one)]
        unmatched = [one for one in unmatched if not any(match(one, other) for other in matched)]
        scores[fact.property] += Score.counted(1, 1, 1) if matched else Score.counted(0, 0, 1)
    for fact in unmatched:
        if fact.property in exhaustive:
            scores[fact.property] += Score.counted(0, 1, 0)
    return dict(scores)
