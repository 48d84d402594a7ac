"""Mentions to entities: which within-document chains of all documents are the same thing.

A deterministic function of the extractions and of a person's judgements, whatever their order. When in doubt two
things stay two. `resolve` does it for a whole collection; whoever keeps a collection that grows calls the same steps
one by one, and does only those again whose input has changed. For that, each step depends on what is named here alone:

1. `chains(extraction)` gives what one document says of its things: a `Chain` each, a plain record, with a `key`. It
   depends on that extraction.
2. A `Profile` is the set of chains that have one key: `Profile(chains)`, `profile.plus(chains)`,
   `profile.minus(documents)`. Whatever else it tells is a function of this set, never of the order of coming.
3. `units(profile, judgements)` is `[profile]`, or its parts where a person holds chains of it apart. It depends on the
   profile and on the judgements that name it: `anchors(profile)` are the anchors by which one can.
   From here on, what is called a profile is a unit; `profile.id` is a string that tells it from all others.
4. `keys(profile)` are strings; profiles that share one are a block. `pairs(block)` are the pairs of a block's members
   worth comparing; it depends on the members. `score(one, other)` depends on the two profiles: the probability that
   they are one thing. They match where it is `SAME` or more.
5. `aliases(profile)` are the (type, name) under which others may find it; `bearer(profile)` is the (type, name) under
   which it looks for its owner, or None. `owner(profile, owners)` is which of the profiles with that alias it means, or
   None. It depends on these profiles.
6. A component is what matches, owners and `same` judgements connect: `components(edges)`. `cluster(component)`
   gives its groups; it depends on the profiles, edges and judgements of the component. Each group is an entity.
7. `draft(group)` depends on the group; `draft.family` is a string, a slug without what could be a suffix. The
   entities of a family, with their ids, are `named(drafts)`: they depend on the drafts of that family.
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
