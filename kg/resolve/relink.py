"""Links of a collection that stays, to lists that change: what a changed entry may be is linked again, and no more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from kg.model import Entity
from kg.resolve.chain import Chain
from kg.resolve.entities import Draft, linked
from kg.resolve.link import Entry, Linkers
from kg.resolve.profile import Profile
from kg.resolve.rows import Memory, Resolved, Swap, Unit

_MANY = 500  # entries looked for at once


def relink(memory: Memory, changed: Iterable[Entry], linkers: Linkers) -> list[Swap[Entity]]:
    """Link again what these entries may be or have been, and return each entity that is not as it was.

    The linkers know the lists as they are now; `changed` are the entries that have come, gone or changed.
    """
    rest = iter(changed)
    swaps: list[Swap[Entity]] = []
    while some := list(islice(rest, _MANY)):
        for old, new in _relinked(memory, _families(memory, some), linkers):
            swaps.append((old.entity, new.entity))
    return swaps


def _families(memory: Memory, changed: Iterable[Entry]) -> set[str]:
    """Return the families of the entities whose names meet those of the entries."""
    keys: set[str] = set()
    aliases: set[str] = set()
    for entry in changed:
        keys.update(entry.places())
        aliases.update(f"{entry.type}|{profile.name}" for profile in entry.profiles())
    units = [*memory.units.find("key", sorted(keys)), *memory.units.find("alias", sorted(aliases))]
    return {row.family for row in memory.entities.find("id", {unit.entity for unit in units})}


def _relinked(memory: Memory, families: set[str], linkers: Linkers) -> list[tuple[Resolved, Resolved]]:
    family = {row.id: row for row in memory.entities.find("family", families)}
    groups: defaultdict[str, list[Profile]] = defaultdict(list)
    for unit, profile in _profiles(memory, memory.units.find("entity", family)):
        groups[unit.entity].append(profile)
    named = {id: Draft(groups[id]) for id in sorted(groups)}
    made = [Resolved(entity=one, family=family[one.id].family) for one in linked(named, linkers)]
    swaps = [(family[one.id], one) for one in made if family[one.id] != one]
    memory.entities.swap(swaps)
    return swaps


def _profiles(memory: Memory, units: list[Unit]) -> Iterator[tuple[Unit, Profile]]:
    chains: defaultdict[str, list[Chain]] = defaultdict(list)
    for row in memory.said.find("unit", [unit.id for unit in units]):
        chains[row.unit].append(row.chain)
    for unit in units:
        yield unit, Profile(chains[unit.id], part=unit.part)
