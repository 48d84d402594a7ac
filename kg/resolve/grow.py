"""Resolution of a collection that grows: what depends on a change is done again, by the steps of `resolve`, no more.

The result is that of `resolve` on all extractions at once. A change begins at the chains of some documents, reaches
their profiles, the blocks, aliases and judgements of these, the components that they connect, and last the families of
their names. Everything is read before anything is written.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace

from kg.model import Anchor, Entity, Extraction
from kg.resolve.alias import aliases, bearer, owner
from kg.resolve.block import keys, pairs
from kg.resolve.chain import Chain, chains
from kg.resolve.cluster import Edge, cluster, components
from kg.resolve.entities import Draft, identified, linked
from kg.resolve.judge import Judgements
from kg.resolve.link import Linkers
from kg.resolve.match import SAME, score
from kg.resolve.profile import Profile
from kg.resolve.rows import Link, Memory, Resolved, Said, Swap, Unit

Thing = TypeVar("Thing")

OWNER, BOND = "owner", "bond"  # the keys of links that no block made: those have a bar in them


def change(
    memory: Memory,
    *,
    gone: Iterable[str] = (),
    new: Iterable[Extraction] = (),
    before: Judgements,
    after: Judgements,
    linkers: Linkers | None = None,
) -> list[Swap[Entity]]:
    """Take documents out and extractions in, under other judgements, and return each entity that is not as it was.

    An extraction takes the place of any other of its document. `before` are the judgements of the last change; the
    linkers must be those of the last change too.
    """
    return _Change(memory, before, after, linkers or Linkers()).run(gone, new)


class _Stored(Profile):
    """A unit as a profile, whose chains are read when somebody asks for them."""

    def __init__(self, unit: Unit, memory: Memory) -> None:
        self.type, self.subtype, self.name = unit.type, unit.subtype, unit.name
        self.mark, self.place, self.country = unit.mark, unit.place, unit.country
        self.part, self.is_open = unit.part, not unit.place
        facts = {kind: frozenset(values) for kind, values in unit.facts}
        self.__dict__ |= {"id": unit.id, "near": frozenset(unit.near), "facts": facts}
        self._memory = memory

    def __getattr__(self, name: str) -> object:
        if name != "chains":
            raise AttributeError(name)
        self.take(row.chain for row in self._memory.said.find("unit", [self.id]))
        return self.chains

    def take(self, found: Iterable[Chain]) -> None:
        """Have these chains."""
        self.chains = Profile(found).chains


class _Change:
    """One change: what is touched, as it was and as it becomes, beside what the memory holds of all else."""

    def __init__(self, memory: Memory, before: Judgements, after: Judgements, linkers: Linkers) -> None:
        self.memory, self.before, self.after, self.linkers = memory, before, after, linkers
        self.old: dict[str, Unit] = {}  # the touched units
        self.new: dict[str, Unit] = {}
        self.profiles: dict[str, Profile] = {}  # of the new units, and of others that were asked for
        self.stored: dict[str, Unit] = {}  # units that are not touched, as far as they were asked for
        self.links: dict[str, Swap[Link]] = {}

    def run(self, gone: Iterable[str], new: Iterable[Extraction]) -> list[Swap[Entity]]:
        """Do all steps, then write."""
        said = self._units(_chain_swaps(self.memory, {*gone}, {one.document: one for one in new}))
        self._matches()
        self._owners()
        self._bonds()
        members, groups = self._groups()
        resolved, entity_of = self._entities(members, groups)
        self._write(said, members, groups, resolved, entity_of)
        return [(old.entity if old else None, new.entity if new else None) for old, new in resolved]

    def _units(self, said: dict[str, Swap[Said]]) -> list[Swap[Said]]:
        """Make the units of the profiles that chains and judgements touch; return the chains, each with its unit."""
        touched = {_profile_id(row.chain) for swap in said.values() for row in swap if row is not None}
        touched |= self._judged()
        self.old = {unit.id: unit for unit in self.memory.units.find("profile", touched)}
        stored = {row.id: row for row in self.memory.said.find("unit", self.old)}
        now = {id: row for id, row in stored.items() if id not in said}
        now |= {id: row for id, (_, row) in said.items() if row is not None}
        home: dict[int, str] = {}
        for one in _profiles(row.chain for row in now.values()):
            for unit in self.after.units(one):
                self.profiles[unit.id] = unit
                self.new[unit.id] = _unit(one.id, unit)
                home |= {id(chain): unit.id for chain in unit.chains}
        swaps = [swap for swap in said.values() if swap[1] is None]
        for key, row in now.items():
            placed = replace(row, unit=home[id(row.chain)])
            if key in said or placed != row:
                swaps.append((said[key][0] if key in said else row, placed))
        return swaps

    def _judged(self) -> set[str]:
        """Return the profiles of which a judgement has come, gone or changed."""
        was, now = self.before.latest, self.after.latest
        anchors = {anchor for pair in was.keys() | now.keys() if was.get(pair) != now.get(pair) for anchor in pair}
        return {unit.profile for unit in _anchored(self.memory, anchors)}

    def _matches(self) -> None:
        """Compare again the pairs of all blocks that a touched unit stands, or stood, in."""
        self._drop(link for link in self.memory.links.find("unit", self.old) if "|" in link.key)
        wanted = sorted({key for unit in (*self.old.values(), *self.new.values()) for key in unit.keys})
        blocks = _by(self.memory.units.find("key", wanted), lambda unit: unit.keys)
        joined = _by(self.new.values(), lambda unit: unit.keys)
        scores: dict[tuple[str, str], float] = {}
        for key in wanted:
            stays = [self._profile(unit) for unit in blocks.get(key, ()) if unit.id not in self.old]
            was = [*stays, *(_Stored(unit, self.memory) for unit in blocks.get(key, ()) if unit.id in self.old)]
            now = [*stays, *(self.profiles[unit.id] for unit in joined.get(key, ()))]
            known = _pairs(key, was)
            found = _pairs(key, now)
            lost = known.keys() - found.keys()
            self._drop(self.memory.links.find("id", [f"{key}\n{one}\n{other}" for one, other in lost]) if lost else ())
            for pair, (one, other) in found.items():
                if pair in known and not self.new.keys() & pair:
                    continue
                if pair not in scores:
                    scores[pair] = score(one, other)
                if scores[pair] >= SAME:
                    self._add(Link(one=pair[0], other=pair[1], key=key, score=scores[pair]))

    def _owners(self) -> None:
        """Ask again for the owner of each name that a touched unit is an alias for, or looks for an owner of."""
        touched = [*self.old.values(), *self.new.values()]
        spoken = {alias for unit in touched for alias in unit.aliases}
        asking = [unit for unit in self.memory.units.find("bearer", spoken) if unit.id not in self.old]
        asking += [unit for unit in self.new.values() if unit.bearer is not None]
        stale = {*self.old, *(unit.id for unit in asking)}
        self._drop(one for one in self.memory.links.find("unit", stale) if one.key == OWNER and one.one in stale)
        names = {unit.bearer for unit in asking if unit.bearer is not None}
        owners = [unit for unit in self.memory.units.find("alias", names) if unit.id not in self.old]
        owners += [unit for unit in self.new.values() if names.intersection(unit.aliases)]
        having = _by(owners, lambda unit: unit.aliases)
        for unit in asking:
            known = [self._profile(one) for one in having.get(unit.bearer or "", ())]
            if known and (found := owner(self._profile(unit), known)):
                self._add(Link(one=unit.id, other=found.id, key=OWNER))

    def _bonds(self) -> None:
        """Bind what a person holds for the same, where a touched unit is one of the two."""
        self._drop(link for link in self.memory.links.find("unit", self.old) if link.key == BOND)
        if not self.after.anchors:
            return
        own = {anchor for id in self.new for anchor in self.after.of(self.profiles[id])}
        partners = {anchor for pair in self.after.latest if own.intersection(pair) for anchor in pair}
        others = {unit.id: unit for unit in _anchored(self.memory, partners) if unit.id not in self.old}
        meant = [self.profiles[id] for id in sorted(self.new)] + [self._profile(unit) for unit in others.values()]
        for one, other, _ in self.after.bonds(meant):
            if one in self.new or other in self.new:
                self._add(Link(one=min(one, other), other=max(one, other), key=BOND))

    def _groups(self) -> tuple[dict[str, Unit], dict[str, list[list[Profile]]]]:
        """Return the units of all components that the change reaches, as they were, and the new components' groups."""
        changed = {end for old, new in self.links.values() if old != new for end in _ends(old or new)}
        reached = [*self.old.values(), *self.memory.units.find("id", changed - self.old.keys())]
        was = {unit.id: unit for unit in self.memory.units.find("component", {one.component for one in reached})}
        members = {id: unit for id, unit in was.items() if id not in self.old} | self.new
        profiles = [self._profile(members[id]) for id in sorted(members)]
        self._read_chains(profiles)
        links = {link.id: link for link in self.memory.links.find("unit", members) if link.id not in self.links}
        links |= {id: new for id, (_, new) in self.links.items() if new is not None and new.one in members}
        groups: dict[str, list[list[Profile]]] = {}
        inside = _by(links.values(), lambda link: (link.one,))
        for component in components(profiles, [(link.one, link.other) for link in links.values()]):
            units = [profiles[at] for at in component]
            edges = {_edge(link) for one in units for link in inside.get(one.id, ()) if link.key != BOND}
            groups[units[0].id] = cluster(units, sorted(edges), self.after)
        return was, groups

    def _entities(
        self, was: dict[str, Unit], groups: dict[str, list[list[Profile]]]
    ) -> tuple[list[Swap[Resolved]], dict[str, str]]:
        """Give ids to the groups and to others of their families; return what changes, and the entity of each unit."""
        dissolved = {row.id: row for row in self.memory.entities.find("id", {unit.entity for unit in was.values()})}
        drafts = [Draft(group) for component in groups.values() for group in component]
        families = {draft.family for draft in drafts} | {row.family for row in dissolved.values()}
        family = {row.id: row for row in self.memory.entities.find("family", families)}
        beside = _by(self.memory.units.find("entity", family.keys() - dissolved.keys()), lambda unit: (unit.entity,))
        profiles = {id: [self._profile(unit) for unit in units] for id, units in beside.items()}
        self._read_chains(one for group in profiles.values() for one in group)
        standing = {id: Draft(group) for id, group in profiles.items()}
        swaps: list[Swap[Resolved]] = []
        entity_of: dict[str, str] = {}
        named = identified([*drafts, *standing.values()])
        for entity in linked(named, self.linkers):
            draft = named[entity.id]
            entity_of |= {unit.id: entity.id for unit in draft.group}
            old, new = family.get(entity.id), Resolved(entity=entity, family=draft.family)
            if new != old:
                swaps.append((old, new))
        swaps += [(row, None) for id, row in family.items() if id not in named]
        return swaps, entity_of

    def _write(
        self,
        said: list[Swap[Said]],
        was: dict[str, Unit],
        groups: dict[str, list[list[Profile]]],
        resolved: list[Swap[Resolved]],
        entity_of: dict[str, str],
    ) -> None:
        component = {unit.id: id for id, component in groups.items() for group in component for unit in group}
        swaps: list[Swap[Unit]] = [(unit, None) for id, unit in was.items() if id not in component]
        for id in sorted(component.keys() | entity_of.keys()):
            old = was.get(id) or (None if id in self.new else self.stored[id])
            unit = self.new.get(id) or old
            assert unit is not None
            new = replace(unit, component=component.get(id, unit.component), entity=entity_of[id])
            if new != old:
                swaps.append((old, new))
        self.memory.said.swap(said)
        self.memory.units.swap(swaps)
        self.memory.links.swap(swap for swap in self.links.values() if swap[0] != swap[1])
        self.memory.entities.swap(resolved)

    def _profile(self, unit: Unit) -> Profile:
        """Return the profile of a new unit, or of a stored one that is not touched."""
        if unit.id not in self.profiles:
            self.stored[unit.id] = unit
            self.profiles[unit.id] = _Stored(unit, self.memory)
        return self.profiles[unit.id]

    def _read_chains(self, profiles: Iterable[Profile]) -> None:
        """Read the chains of many at once."""
        empty = {one.id: one for one in profiles if isinstance(one, _Stored) and "chains" not in one.__dict__}
        for id, rows in _by(self.memory.said.find("unit", empty), lambda row: (row.unit,)).items():
            empty[id].take(row.chain for row in rows)

    def _drop(self, links: Iterable[Link]) -> None:
        for link in links:
            self.links.setdefault(link.id, (link, None))

    def _add(self, link: Link) -> None:
        old = self.links.get(link.id, (None, None))[0]
        self.links[link.id] = (old, link)


def _unit(profile: str, one: Profile) -> Unit:
    name = bearer(one)
    return Unit(
        id=one.id,
        profile=profile,
        type=one.type,
        name=one.name,
        subtype=one.subtype,
        mark=one.mark,
        place=one.place,
        country=one.country,
        part=one.part,
        near=tuple(sorted(one.near)),
        facts=tuple((kind, tuple(sorted(values))) for kind, values in sorted(one.facts.items())),
        keys=tuple(keys(one)),
        aliases=tuple("|".join(alias) for alias in aliases(one)),
        bearer=None if name is None else "|".join(name),
    )


def _chain_swaps(memory: Memory, gone: Iterable[str], new: Mapping[str, Extraction]) -> dict[str, Swap[Said]]:
    """Return the chains that come and go; those that stay what they were are not among them."""
    swaps: dict[str, Swap[Said]] = {row.id: (row, None) for row in memory.said.find("document", [*gone, *new])}
    for extraction in new.values():
        for number, chain in enumerate(chains(extraction)):
            row = Said(number=number, chain=chain, unit="")
            old = swaps.get(row.id, (None, None))[0]
            if old is not None and old.chain == chain:
                del swaps[row.id]
            else:
                swaps[row.id] = (old, row)
    return swaps


def _anchored(memory: Memory, anchors: Collection[Anchor]) -> Iterator[Unit]:
    """Yield the stored units that may be meant by the anchors."""
    yield from memory.units.find("name", {f"{one.type}|{one.name}" for one in anchors if not one.mention})
    mentions = {one.mention for one in anchors if one.mention}
    rows = memory.said.find("document", {mention.rpartition("#")[0] for mention in mentions})
    yield from memory.units.find("id", {row.unit for row in rows if mentions.intersection(row.chain.mentions)})


def _profiles(chains: Iterable[Chain]) -> list[Profile]:
    by_id = _by(chains, lambda chain: (_profile_id(chain),))
    return [Profile(by_id[id]) for id in sorted(by_id)]


def _profile_id(chain: Chain) -> str:
    return "|".join(chain.key)


def _pairs(key: str, block: Collection[Profile]) -> dict[tuple[str, str], tuple[Profile, Profile]]:
    found = {}
    for one, other in pairs(key, block) if len(block) > 1 else ():
        first, second = (one, other) if one.id < other.id else (other, one)
        found[first.id, second.id] = first, second
    return found


def _edge(link: Link) -> Edge:
    return Edge(link.one, link.other, link.score, link.key == OWNER)


def _ends(link: Link | None) -> tuple[str, ...]:
    return () if link is None else (link.one, link.other)


def _by(things: Iterable[Thing], values: Callable[[Thing], Iterable[str]]) -> dict[str, list[Thing]]:
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for value in values(thing):
            found[value].append(thing)
    return dict(found)
