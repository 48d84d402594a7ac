"""What one document's "International Space Station (ISS)" tells about a bare ISS in another.

Owners are looked up by type and alias; which of them a bearer means depends on it and them alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.resolve.match import SAME, score
from kg.resolve.profile import Profile

Name = tuple[str, str]
"""A type and a name in normal form."""

_CLEAR = 4  # so many times more documents than for the next reading make a reading the one that is meant
_MANY = 50  # of more owners only so many are asked, those that most documents claim it for


@dataclass(slots=True)
class _Claim:
    """Owners that are one thing, and the documents in which the alias and their own name stand in one chain."""

    owners: list[Profile]
    documents: set[str] = field(default_factory=set)
    acronym: bool = False


def aliases(profile: Profile) -> list[Name]:
    """Return the names under which others find the profile as their owner."""
    return [] if profile.country else [(profile.type, alias) for alias in sorted(profile.aliases)]


def bearer(profile: Profile) -> Name | None:
    """Return the name under which the profile looks for an owner, None where it stands for no one else."""
    return (profile.type, profile.name) if profile.is_open and not profile.country else None


def owner(profile: Profile, owners: Iterable[Profile]) -> Profile | None:
    """Return which of the profiles that have its name as an alias it means; None where that is not clear.

    Only a clear case counts: the alias belongs to one thing alone, or to one far more than to any other. What is no
    acronym must also hold against the documents that tell the two apart.
    """
    claims = _claims(profile, [one for one in owners if one.id != profile.id])
    asked = [claim for claim in claims if claim.acronym] or claims  # who spells it out is asked first
    if not asked:
        return None
    first, *rest = sorted(asked, key=lambda claim: (-len(claim.documents), claim.owners[0].id))
    if rest and len(first.documents) < _CLEAR * len(rest[0].documents):
        return None
    return first.owners[0] if _holds(first, profile) else None


def links(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield each profile of a whole collection that has an owner, with the owner."""
    owners: defaultdict[Name, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for name in aliases(profile):
            owners[name].append(profile)
    for profile in profiles:
        sought = bearer(profile)
        found = owner(profile, owners[sought]) if sought is not None and sought in owners else None
        if found is not None:
            yield profile, found


def _claims(profile: Profile, owners: Iterable[Profile]) -> list[_Claim]:
    """Return the claims of the owners, those that match each other as one."""
    claims: list[_Claim] = []
    ranked = sorted(owners, key=lambda one: (-len(one.aliases[profile.name]), one.id))
    for one in ranked[:_MANY]:
        home = next((claim for claim in claims if score(claim.owners[0], one) >= SAME), None)
        if home is None:
            claims.append(home := _Claim([]))
        home.owners.append(one)
        home.documents |= one.aliases[profile.name]
        home.acronym |= profile.name in one.acronyms
    return claims


def _holds(claim: _Claim, profile: Profile) -> bool:
    if claim.acronym:
        return True
    theirs = set().union(*(one.documents for one in claim.owners))
    apart = (profile.documents & theirs) - claim.documents
    clear = _CLEAR * len(claim.documents) >= min(len(profile.documents), len(theirs))
    return len(claim.documents) > len(apart) and clear
