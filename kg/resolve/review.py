"""What resolution is least certain of: the pairs that a person's judgement would help most."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest
from itertools import chain, combinations

from msgspec import Struct

from kg.model import Anchor, Entity
from kg.resolve.judge import Judgements, anchor
from kg.resolve.match import SAME, comparisons, exclude, score
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


LINKED = "same_link"  # what speaks for two things that are linked to the same


def doubts(
    scored: Iterable[tuple[Profile, Profile, float]],
    judgements: Judgements,
    *,
    linked: Collection[tuple[Profile, Profile]] = (),
    limit: int = 20,
) -> list[Doubt]:
    """Return the pairs nearest to `SAME`, the least certain first; not those of which a person has said something.

    Before them come those of two entities that are linked to the same. A person who cannot tell says unsure, and is not
    asked again. What cannot be one thing is no question.
    """
    alike = {(one.id, other.id) for one, other in (_ordered(*pair) for pair in linked)}
    named = [(-1.0, *_ordered(one, other), score(one, other)) for one, other in linked if not exclude(one, other)]
    rest = ((abs(score - SAME), *_ordered(one, other), score) for one, other, score in scored if score)
    open_questions = chain(named, (each for each in rest if (each[1].id, each[2].id) not in alike))
    unjudged = (each for each in open_questions if judgements.verdict(each[1], each[2]) is None)
    nearest = nsmallest(limit, unjudged, key=lambda each: (each[0], each[1].id, each[2].id))
    return [_doubt(one, other, score, is_linked=first < 0) for first, one, other, score in nearest]


def linked_alike(profiles: Iterable[Profile], entities: Iterable[Entity]) -> list[tuple[Profile, Profile]]:
    """Return the pairs of entities that are linked to the same, each by the profile that most documents have."""
    claims: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        for link in entity.same_as:
            claims[link].append(entity)
    several = {link: found for link, found in claims.items() if len(found) > 1}
    if not several:
        return []
    home = {mention: one.id for found in several.values() for one in found for mention in one.mentions}
    best: dict[str, Profile] = {}
    for profile in sorted(profiles, key=lambda one: (len(one.documents), one.id)):
        for id in {home[one.first] for one in profile.chains if one.first in home}:
            best[id] = profile
    pairs = {pair for found in several.values() for pair in combinations([one.id for one in found], 2)}
    return [(best[a], best[b]) for a, b in sorted(pairs) if a in best and b in best]


def _ordered(one: Profile, other: Profile) -> tuple[Profile, Profile]:
    return (one, other) if one.id <= other.id else (other, one)


def _doubt(one: Profile, other: Profile, score: float, *, is_linked: bool) -> Doubt:
    found = {**({LINKED: 1.0} if is_linked else {}), **(comparisons(one, other) or {})}
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
