"""What a person decided: which things are the same whatever the score, and which never are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import product

from kg.errors import KgError
from kg.model import Anchor, Judgement, Verdict
from kg.names import normal
from kg.resolve.chain import Chain
from kg.resolve.match import score
from kg.resolve.profile import Profile

Bond = tuple[str, str, bool]
"""The ids of two profiles, and whether a person's `same` overrides what else excludes it."""
Pair = tuple[Anchor, Anchor]

_STRENGTH = (Verdict.UNSURE, Verdict.SAME, Verdict.DIFFERENT)


class Judgements:
    """The judgements that hold: of each pair of anchors the latest, of equally late ones `different`, then `same`.

    An anchor with a mention speaks of the chain that holds the mention and has the name; one whose document has changed
    so that no chain does is asleep, as is a judgement between two mentions of one chain. An anchor without a mention
    speaks of every profile of that type and name that is more than a surname. Raises `KgError` where a judgement's
    time is none.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        latest = {_pair(judgement): judgement for judgement in sorted(judgements, key=_in_order)}
        newest_first = sorted(latest.items(), key=lambda item: _in_order(item[1]), reverse=True)
        self.latest: Mapping[Pair, Judgement] = dict(newest_first)
        self.anchors = frozenset(anchor for pair in latest for anchor in pair)
        self._apart = [pair for pair, judgement in newest_first if judgement.verdict is Verdict.DIFFERENT]
        self._by_name: defaultdict[tuple[str, str], list[Anchor]] = defaultdict(list)
        self._by_document: defaultdict[str, list[Anchor]] = defaultdict(list)
        for anchor in sorted(self.anchors):
            if anchor.mention:
                self._by_document[anchor.mention.rpartition("#")[0]].append(anchor)
            else:
                self._by_name[anchor.type, anchor.name].append(anchor)

    def units(self, profile: Profile) -> list[Profile]:
        """Return the profile, or its parts where a person holds some of its chains apart.

        Each judged chain is a part, and the others go with the one that they are most like; they stay together where
        a chain is only told apart from the name as such.
        """
        judged = dict(self._chains(profile)) if self.anchors else {}
        named = self._named(profile)
        splits = [pair for pair in self._apart if _splits(pair, judged, named)] if judged else []
        if not splits:
            return [profile]
        seeds = {chain.first: chain for chain in judged.values()}
        others = [chain for chain in profile.chains if chain.first not in seeds]
        if any(anchor in named for pair in splits for anchor in pair):
            parts = {"": others, **{first: [chain] for first, chain in seeds.items()}}
        else:
            parts = _attracted(seeds, others)
        return [Profile(parts[first], part=first) for first in sorted(parts) if parts[first]]

    def of(self, profile: Profile) -> list[Anchor]:
        """Return the anchors that speak of the profile, or of a chain of it."""
        return [*self._named(profile), *(anchor for anchor, _ in self._chains(profile))] if self.anchors else []

    def bonds(self, profiles: Iterable[Profile]) -> list[Bond]:
        """Return the pairs of profiles that a person holds for the same, the latest judgement first."""
        homes = self._homes(profiles)
        found: list[Bond] = []
        for (left, right), judgement in self.latest.items() if homes else ():
            if judgement.verdict is Verdict.SAME:
                ours, theirs = homes.get(left, ()), homes.get(right, ())
                surely = len(ours) == len(theirs) == 1
                found += [(one, other, surely) for one, other in product(ours, theirs) if one != other]
        return found

    def bars(self, profiles: Iterable[Profile]) -> set[tuple[str, str]]:
        """Return the pairs of profiles, by their ids, that a person holds apart."""
        homes = self._homes(profiles)
        pairs = (product(homes.get(left, ()), homes.get(right, ())) for left, right in self._apart if homes)
        return {(one, other) for each in pairs for one, other in each if one != other}

    def verdict(self, left: Profile, right: Profile) -> Verdict | None:
        """Return what was decided of two profiles, None where nothing was."""
        pairs = [*product(self.of(left), self.of(right)), *product(self.of(right), self.of(left))]
        found = [self.latest[pair] for pair in pairs if pair in self.latest]
        return max(found, key=_in_order).verdict if found else None

    def _homes(self, profiles: Iterable[Profile]) -> dict[Anchor, list[str]]:
        homes: defaultdict[Anchor, list[str]] = defaultdict(list)
        for profile in profiles if self.anchors else ():
            for anchor in dict.fromkeys(self.of(profile)):
                homes[anchor].append(profile.id)
        return homes

    def _named(self, profile: Profile) -> list[Anchor]:
        """Return the anchors of the profile's name; a part that was taken out of it goes by its chain alone."""
        return self._by_name.get((profile.type, profile.name), []) if profile.is_open and not profile.part else []

    def _chains(self, profile: Profile) -> Iterator[tuple[Anchor, Chain]]:
        """Yield the anchors of single chains of the profile."""
        for chain in profile.chains if self._by_document else ():
            for anchor in self._by_document.get(chain.document, ()):
                if anchor.mention in chain.mentions and anchor.name in _names(chain):
                    yield anchor, chain


def anchor(profile: Profile) -> Anchor:
    """Return the anchor by which a person speaks of the profile: its name, or where that tells nothing, its place."""
    return Anchor(type=profile.type, name=profile.name, mention=profile.part or profile.place)


def chain_anchor(chain: Chain) -> Anchor:
    """Return the anchor by which a person speaks of one chain, whatever else has its name."""
    return Anchor(type=chain.type, name=chain.name, mention=chain.first)


def _splits(pair: Pair, judged: Mapping[Anchor, Chain], named: list[Anchor]) -> bool:
    """Tell whether the pair holds two chains of a profile apart, or one from the profile's name."""
    here = [judged.get(anchor) for anchor in pair]
    if None in here:
        return any(one is not None for one in here) and any(anchor in named for anchor in pair)
    return here[0] is not here[1]


def _attracted(seeds: Mapping[str, Chain], others: Iterable[Chain]) -> dict[str, list[Chain]]:
    parts = {first: [seeds[first]] for first in sorted(seeds)}
    alone = {first: Profile([seeds[first]]) for first in parts}
    for chain in others:
        one = Profile([chain])
        parts[max(alone, key=lambda first: score(one, alone[first]))].append(chain)
    return parts


def _names(chain: Chain) -> set[str]:
    return {chain.name, *(normal(form, chain.type) for form, _ in chain.forms)}


def _pair(judgement: Judgement) -> Pair:
    left, right = sorted((judgement.left, judgement.right))
    return left, right


def _in_order(judgement: Judgement) -> tuple[datetime, int, Pair, str, str]:
    """Sort by time; of equally late ones `different` comes last and so wins. Which is left and right tells nothing."""
    return _instant(judgement), _STRENGTH.index(judgement.verdict), _pair(judgement), judgement.who, judgement.note


def _instant(judgement: Judgement) -> datetime:
    try:
        when = datetime.fromisoformat(judgement.when)
    except ValueError as error:
        names = f"{judgement.left.name!r} and {judgement.right.name!r}"
        raise KgError(f"the judgement of {names} is of {judgement.when!r}; give an ISO 8601 date-time") from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)
