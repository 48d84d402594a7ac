"""What one document's "International Space Station (ISS)" tells about a bare ISS in another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.resolve.profile import Profile

_CLEAR = 4  # so many times more documents than for the next reading make a reading the one that is meant


@dataclass(slots=True)
class _Claim:
    """The documents in which the names of two groups stand in one chain."""

    documents: set[str] = field(default_factory=set)
    acronym: bool = False


def links(profiles: Sequence[Profile], groups: Sequence[list[int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions whose groups are one entity because one bears a name that the other has as an alias.

    Only a clear case counts: the alias belongs to one group alone, or to one far more than to any other. What is no
    acronym must also hold against the documents that tell the two apart.
    """
    claims = _claims(profiles, groups)
    for bearer in sorted(claims):
        owner = _owner(claims[bearer])
        if owner is not None and _holds(claims[bearer][owner], groups[bearer], groups[owner], profiles):
            yield groups[bearer][0], groups[owner][0]


def _claims(profiles: Sequence[Profile], groups: Sequence[list[int]]) -> dict[int, dict[int, _Claim]]:
    """Return, for each group, the groups that have its name as an alias."""
    bearers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for at, group in enumerate(groups):
        for profile in (profiles[member] for member in group):
            if profile.is_open and not profile.country:
                bearers[profile.type, profile.name].add(at)
    claims: defaultdict[int, defaultdict[int, _Claim]] = defaultdict(lambda: defaultdict(_Claim))
    for at, group in enumerate(groups):
        for profile in (profiles[member] for member in group):
            for alias, documents in profile.aliases.items() if not profile.country else ():
                for bearer in bearers.get((profile.type, alias), set()) - {at}:
                    claim = claims[bearer][at]
                    claim.documents |= documents
                    claim.acronym |= alias in profile.acronyms
    return {bearer: dict(owners) for bearer, owners in claims.items()}


def _owner(owners: dict[int, _Claim]) -> int | None:
    """Return the one group that the alias belongs to; who spells it out is asked first."""
    asked = {at: claim for at, claim in owners.items() if claim.acronym} or owners
    first, *rest = sorted(asked, key=lambda at: (-len(asked[at].documents), at))
    clear = not rest or len(asked[first].documents) >= _CLEAR * len(asked[rest[0]].documents)
    return first if clear else None


def _holds(claim: _Claim, bearer: list[int], owner: list[int], profiles: Sequence[Profile]) -> bool:
    if claim.acronym:
        return True
    ours, theirs = (set().union(*(profiles[at].documents for at in group)) for group in (bearer, owner))
    apart = (ours & theirs) - claim.documents
    return len(claim.documents) > len(apart) and _CLEAR * len(claim.documents) >= min(len(ours), len(theirs))
