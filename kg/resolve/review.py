"""What resolution is least certain of: the pairs that a person's judgement would help most."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest

from msgspec import Struct

from kg.model import Anchor
from kg.resolve.judge import Judgements, anchor
from kg.resolve.match import SAME, comparisons
from kg.resolve.profile import Profile


class Side(Struct, frozen=True, kw_only=True):
    """One of two things to judge, with what is known of it; `anchor` is how a judgement names it."""

    anchor: Anchor
    type: str
    subtype: str | None
    names: tuple[str, ...]
    documents: tuple[str, ...]
    near: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


class Doubt(Struct, frozen=True, kw_only=True):
    """Two things that may be one, the probability of it, and the comparisons that it rests on."""

    left: Side
    right: Side
    score: float
    comparisons: tuple[tuple[str, float], ...]


def doubts(scored: Iterable[tuple[Profile, Profile, float]], judgements: Judgements, *, limit: int = 20) -> list[Doubt]:
    """Return the pairs nearest to `SAME`, the least certain first; not those of which a person has said something.

    A person who cannot tell says unsure, and is not asked again. What cannot be one thing is no question.
    """
    open_questions = ((abs(score - SAME), *_ordered(one, other), score) for one, other, score in scored if score)
    unjudged = (each for each in open_questions if judgements.verdict(each[1], each[2]) is None)
    nearest = nsmallest(limit, unjudged, key=lambda each: (each[0], each[1].id, each[2].id))
    return [_doubt(one, other, score) for _, one, other, score in nearest]


def _ordered(one: Profile, other: Profile) -> tuple[Profile, Profile]:
    return (one, other) if one.id <= other.id else (other, one)


def _doubt(one: Profile, other: Profile, score: float) -> Doubt:
    found = comparisons(one, other) or {}
    return Doubt(left=_side(one), right=_side(other), score=score, comparisons=tuple(found.items()))


def _side(profile: Profile) -> Side:
    return Side(
        anchor=anchor(profile),
        type=profile.type,
        subtype=profile.subtype,
        names=tuple(sorted(profile.forms, key=lambda form: (-profile.forms[form], form))),
        documents=tuple(sorted(profile.documents)),
        near=tuple(sorted(profile.near)),
        facts=tuple(sorted(_facts(profile))),
    )


def _facts(profile: Profile) -> Iterator[tuple[str, str]]:
    return ((kind, value) for kind, values in profile.facts.items() for value in values)
