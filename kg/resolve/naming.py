"""How a person names what a judgement is about: by an entity's name or alias, or by one mention of it."""

from collections import defaultdict
from collections.abc import Iterable

from kg.errors import KgError
from kg.model import Anchor, Entity, Extraction
from kg.names import normal
from kg.resolve.chain import Chain, Key, chains
from kg.resolve.judge import anchor, chain_anchor
from kg.resolve.profile import Profile


def anchor_of(entity: Entity, extractions: Iterable[Extraction], name: str) -> Anchor:
    """Return the anchor of what the name means in the entity: a mention id its chain, else all that bears that name.

    `extractions` are those of the documents that mention the entity. An id of the entity means its own name. Raises
    `KgError` where the entity has neither such a mention nor such a name.
    """
    own = set(entity.mentions)
    found = [one for extraction in extractions for one in chains(extraction) if not own.isdisjoint(one.mentions)]
    for chain in found:
        if name in chain.mentions:
            return chain_anchor(chain)
    by_key: defaultdict[Key, list[Chain]] = defaultdict(list)
    for chain in found:
        by_key[chain.key].append(chain)
    profiles = sorted((Profile(each) for each in by_key.values()), key=lambda one: (-len(one.documents), one.id))
    for wanted in (name, entity.name):
        for profile in profiles:
            if profile.name == normal(wanted, profile.type):
                return anchor(profile)
    if profiles:
        return anchor(profiles[0])
    raise KgError(f"{entity.name}: no document mentions it; build the space again")
