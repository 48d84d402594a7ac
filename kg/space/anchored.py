"""How a judgement names what a person points at by an id: found in the records, without the whole graph."""

from collections.abc import Iterable, Sequence

from kg.errors import KgError
from kg.model import Anchor, Verdict
from kg.names import normal
from kg.resolve.chain import Chain
from kg.resolve.judge import chain_anchor
from kg.resolve.rows import Unit
from kg.space.memory import memory
from kg.space.records import Records


def anchor_of_id(records: Records, id: str) -> Anchor | None:
    """Return the anchor of what the id of a mention or an entity means, None where it is neither.

    A mention means its chain, and an entity all that bears its name, or else the name it goes by in most documents.
    """
    known = memory(records)
    document, hash, _ = id.rpartition("#char=")
    for row in known.said.find("document", [document]) if hash else ():
        if id in row.chain.mentions:
            return chain_anchor(row.chain)
    units = known.units.find("entity", [id])
    found = known.entities.find("id", [id])
    if not units or not found:
        return None
    counts = _documents(records, units)
    units.sort(key=lambda unit: (-counts.get(unit.id, 0), unit.id))
    name = found[0].entity.name
    return anchor_of_unit(next((unit for unit in units if unit.name == normal(name, unit.type)), units[0]))


def anchor_of_unit(unit: Unit) -> Anchor:
    """Return the anchor by which a person speaks of the unit."""
    return Anchor(type=unit.type, name=unit.name, mention=unit.part or unit.place)


def parting(records: Records, id: str, mentions: Iterable[str]) -> list[tuple[Anchor, Anchor, Verdict]]:
    """Return the judgements by which these mentions of an entity, by id, are one thing, and its others another.

    A mention takes those with it that its document holds for the same. Raises `KgError` where one of them is none of
    the entity's, and where nothing would be left of it.
    """
    found, asked = memory(records).entities.find("id", [id]), {*mentions}
    own = {mention for one in found for mention in one.entity.mentions}
    if not asked or not asked <= own:
        wrong = ", ".join(sorted(asked - own)) or "no mention"
        raise KgError(f"{wrong}: not of what has the id {id!r} now; kg why {id} --mentions lists what is")
    chains = _chains(records, own)
    taken = [chain for chain in chains if not asked.isdisjoint(chain.mentions)]
    left = [chain for chain in chains if asked.isdisjoint(chain.mentions)]
    if not left:
        raise KgError(f"these are all mentions of {id!r}; leave it those that are its own")
    return _parted(anchor_of_id(records, id), taken, left[0])


def _parted(whole: Anchor | None, taken: Sequence[Chain], left: Chain) -> list[tuple[Anchor, Anchor, Verdict]]:
    parts = [chain_anchor(chain) for chain in taken]
    if whole is None or whole.mention:  # its name alone does not tell it from them
        whole = chain_anchor(left)
    names = [Anchor(type=chain.type, name=chain.name) for chain in taken]
    apart = [(other, part) for part, name in zip(parts, names, strict=True) for other in dict.fromkeys((whole, name))]
    return [
        *((*pair, Verdict.DIFFERENT) for pair in apart),
        *((parts[0], part, Verdict.SAME) for part in parts[1:]),
    ]


def _chains(records: Records, mentions: Iterable[str]) -> list[Chain]:
    """Return the chains of these mentions, in the order of their documents."""
    wanted = {*mentions}
    rows = memory(records).said.find("document", sorted({mention.rpartition("#char=")[0] for mention in wanted}))
    found = [row.chain for row in rows if not wanted.isdisjoint(row.chain.mentions)]
    return sorted(found, key=lambda chain: (chain.document, chain.spans))


def _documents(records: Records, units: Iterable[Unit]) -> dict[str, int]:
    sql = "SELECT value, count(*) FROM said_places WHERE place = 'unit' AND value IN ({}) GROUP BY value"
    return dict(records.rows_of(sql, [unit.id for unit in units]))
