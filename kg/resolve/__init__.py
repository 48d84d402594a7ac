"""Mentions to entities: which within-document chains of all documents are the same thing.

A deterministic function of the extractions, whatever their order. When in doubt two things stay two.
"""

from collections.abc import Iterable

from kg.model import Entity, Extraction
from kg.resolve import alias, block, match
from kg.resolve.cluster import Components
from kg.resolve.entities import entities
from kg.resolve.profile import Profile, profiles

__all__ = ["resolve"]


def resolve(extractions: Iterable[Extraction]) -> list[Entity]:
    """Return the entities of all documents by id; each mention of a chain that has a name is in exactly one of them.

    Chains join across documents on an equal full name, another romanisation or a slip of the pen in it, or an acronym
    that some document spells out; never on a surname alone, nor where a type or a number differs.
    """
    found = profiles(extractions)
    components = Components(found)
    for one, other in _matches(found):
        components.join(one, other)
    for one, other in alias.links(found, components.groups()):
        components.join(one, other)
    return entities([found[at] for at in group] for group in components.groups())


def _matches(found: list[Profile]) -> list[tuple[int, int]]:
    """Return the pairs that are one entity, the surest and best attested first."""
    scored = ((match.score(found[one], found[other]), one, other) for one, other in block.pairs(found))
    same = [
        (-score, -len(found[one].documents) - len(found[other].documents), one, other)
        for score, one, other in scored
        if score >= match.SAME
    ]
    return [(one, other) for _, _, one, other in sorted(same)]
