"""How a judgement names what a person points at by an id: found in the records, without the whole graph."""

from collections.abc import Iterable

from kg.model import Anchor
from kg.names import normal
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


def _documents(records: Records, units: Iterable[Unit]) -> dict[str, int]:
    sql = "SELECT value, count(*) FROM said_places WHERE place = 'unit' AND value IN ({}) GROUP BY value"
    return dict(records.rows_of(sql, [unit.id for unit in units]))
