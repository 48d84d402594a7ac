"""Mentions to entities: which within-document chains of all documents are the same thing.

A deterministic function of the extractions and of a person's judgements, whatever their order. When in doubt two
things stay two. `resolve` does it for a whole collection; whoever keeps a collection that grows calls the same steps
one by one, and does only those again whose input has changed. For that, each step depends on what is named here alone:

1. `chains(extraction)` gives what one document says of its things: a `Chain` each, a plain record, with a `key`. It
   depends on that extraction.
2. A `Profile` is the set of chains that have one key: `Profile(chains)`, `profile.plus(chains)`,
   `profile.minus(documents)`. Whatever else it tells is a function of this set, never of the order of coming.
3. `Judgements(records).units(profile)` is `[profile]`, or its parts where a person holds chains of it apart. It depends
   on the profile and on the judgements of which an anchor is in `of(profile)`. From here on, what is called a profile
   is a unit; `profile.id` is a string that tells it from all others.
4. `keys(profile)` are strings; the profiles that share one are its block. `pairs(key, block)` are the pairs of a block
   worth comparing; it depends on the key and the members. `score(one, other)` depends on the two profiles: the
   probability that they are one thing. They match where it is `SAME` or more: an `Edge`.
5. `aliases(profile)` are the (type, name) under which others find it; `bearer(profile)` is the (type, name) under which
   it looks for its owner, or None. `owner(profile, owners)` is which of the profiles with that alias it means, or None.
   It depends on these profiles: an `Edge` with `owner`.
6. `Judgements.bonds(profiles)` are the pairs that a person holds for the same. A component is what edges and bonds
   connect: `components(profiles, pairs)`. `cluster(component, edges, judgements)` gives its groups; it depends on the
   profiles and edges of the component and the judgements that speak of these. Each group is an entity.
7. `Draft(group)` depends on the group; `draft.family` is a string: its readable id without what could be a suffix.
   `entities(drafts)` are the entities of a family, with their ids: they depend on the drafts of that family.

`doubts(scored, judgements)` lists the pairs of step 4 that a person should look at, and `anchor(profile)` or
`chain_anchor(chain)` is how a judgement names what it is about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Entity, Extraction, Judgement
from kg.resolve.alias import aliases, bearer, links, owner
from kg.resolve.block import keys, pairs
from kg.resolve.chain import Chain, chains
from kg.resolve.cluster import Edge, cluster, components
from kg.resolve.entities import Draft, entities
from kg.resolve.judge import Judgements, anchor, chain_anchor
from kg.resolve.link import Entries, Entry, Linkers
from kg.resolve.match import SAME, score
from kg.resolve.profile import Profile, profiles
from kg.resolve.review import Doubt, doubts, linked_alike

__all__ = [
    "SAME",
    "Chain",
    "Doubt",
    "Draft",
    "Edge",
    "Entries",
    "Entry",
    "Judgements",
    "Linkers",
    "Profile",
    "aliases",
    "anchor",
    "bearer",
    "chain_anchor",
    "chains",
    "cluster",
    "components",
    "doubts",
    "entities",
    "keys",
    "owner",
    "pairs",
    "profiles",
    "resolve",
    "review",
    "score",
]


def resolve(
    extractions: Iterable[Extraction], judgements: Iterable[Judgement] = (), *, linkers: Linkers | None = None
) -> list[Entity]:
    """Return the entities of all documents by id; each mention of a chain that has a name is in exactly one of them.

    Chains join across documents where their names are alike enough for what stands beside them: by the weights of
    `weights.toml`, never on a surname or an initial alone, nor where a number, a subtype or a birth date differs; and
    where a person says so. What a person holds apart never joins. Places are linked to the packaged gazetteer, and
    with linkers of a user's list also to what is in that.
    """
    judged = Judgements(judgements)
    found = _units(extractions, judged)
    matches = [Edge(one.id, other.id, score) for one, other, score in _scored(found) if score >= SAME]
    owned = [Edge(profile.id, owner.id, 1.0, owner=True) for profile, owner in links(found)]
    bonds = [(one, other) for one, other, _ in judged.bonds(found)]
    groups = _groups(found, [*matches, *owned], bonds, judged)
    return entities((Draft(group) for group in groups), linkers or Linkers())


def review(
    extractions: Iterable[Extraction],
    judgements: Iterable[Judgement] = (),
    *,
    entities: Iterable[Entity] = (),
    limit: int = 20,
) -> list[Doubt]:
    """Return the pairs that resolution is least certain of, with their evidence; not those that a person has judged.

    First those of the entities that are two and linked to the same.
    """
    judged = Judgements(judgements)
    units = _units(extractions, judged)
    return doubts(_scored(units), judged, linked=linked_alike(units, entities), limit=limit)


def _units(extractions: Iterable[Extraction], judged: Judgements) -> list[Profile]:
    return [unit for profile in profiles(_chains(extractions)) for unit in judged.units(profile)]


def _chains(extractions: Iterable[Extraction]) -> Iterator[Chain]:
    """Yield the chains of one extraction for each document; of several that differ always of the same one."""
    by_document: dict[str, Extraction] = {}
    for new in extractions:
        old = by_document.setdefault(new.document, new)
        if old is not new and old != new:
            by_document[new.document] = max(old, new, key=lambda one: (one.content, repr(one)))
    return (chain for extraction in by_document.values() for chain in chains(extraction))


def _scored(found: Sequence[Profile]) -> Iterator[tuple[Profile, Profile, float]]:
    """Yield each pair worth comparing once, with its score."""
    blocks: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in found:
        for key in keys(profile):
            blocks[key].append(profile)
    seen: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        for one, other in pairs(key, block) if len(block) > 1 else ():
            pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if pair not in seen:
                seen.add(pair)
                yield one, other, score(one, other)


def _groups(
    found: Sequence[Profile], edges: Sequence[Edge], bonds: Sequence[tuple[str, str]], judged: Judgements
) -> Iterator[list[Profile]]:
    """Yield the groups of all components."""
    connected = components(found, [*(edge[:2] for edge in edges), *bonds])
    home = {found[at].id: number for number, component in enumerate(connected) for at in component}
    inside: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        inside[home[edge.one]].append(edge)
    for number, component in enumerate(connected):
        yield from cluster([found[at] for at in component], inside[number], judged)
