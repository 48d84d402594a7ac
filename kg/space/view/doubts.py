"""The pairs of things that resolution is least certain of, among those that are spoken of most."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Anchor, Judgement
from kg.resolve import Judgements, Profile, doubts, pairs, score
from kg.resolve.reasons import reasons
from kg.resolve.review import Doubt, Side
from kg.resolve.rows import Unit
from kg.space.anchored import anchor_of_unit
from kg.space.memory import memory
from kg.space.records import Records
from kg.space.view.rows import entities, headings
from kg.space.view.shapes import Doubtful, Entity, Review, Spoken
from kg.space.view.texts import contexts, place

KNOWN = 400  # entities, the most spoken of, of which pairs are looked for
NAMES = 6  # of one, the most used
_CHAINS = 40  # of a unit are read: more would tell nothing else
_BLOCK = 60  # units that share a key; where more do it tells nothing


def review(records: Records, judgements: Sequence[Judgement], *, limit: int) -> Review:
    """Return the pairs that a person's judgement would help most, the least certain first; not those judged already.

    At least one of the two is among the `KNOWN` entities that most documents speak of, so that a large space answers
    within seconds; ask once a generation.
    """
    blocks = _blocks(records)
    units = {unit.id: unit for block in blocks.values() for unit in block}
    profiles = _profiles(records, units)
    home = {anchor_of_unit(unit): unit for unit in units.values()}
    found = doubts(_scored(blocks, profiles), Judgements(judgements), limit=limit)
    asked = {side.anchor: side for one in found for side in (one.left, one.right)}
    shown = entities(records, [home[anchor].entity for anchor in asked])
    things = {anchor: shown[home[anchor].entity] for anchor in asked}
    first = {anchor: profiles[home[anchor].id].chains[0].first for anchor in asked}
    spoken = _spoken(records, asked, first)
    return Review(pairs=[_pair(one, things, spoken) for one in found])


def _blocks(records: Records) -> dict[str, list[Unit]]:
    """Return the blocks that the best known entities stand in, by key."""
    best = [id for (id,) in records.rows("SELECT id FROM nodes ORDER BY documents DESC, id LIMIT ?", KNOWN)]
    known = memory(records).units
    keys = sorted({key for unit in known.find("entity", best) for key in unit.keys})
    sql = "SELECT value, count(*) FROM units_places WHERE place = 'key' AND value IN ({}) GROUP BY value"
    small = [key for key, count in records.rows_of(sql, keys) if 1 < count <= _BLOCK]
    blocks: defaultdict[str, list[Unit]] = defaultdict(list)
    wanted = {*small}
    for unit in known.find("key", small):
        for key in wanted.intersection(unit.keys):
            blocks[key].append(unit)
    return dict(blocks)


def _profiles(records: Records, units: Mapping[str, Unit]) -> dict[str, Profile]:
    """Return the units as profiles, of the first of their chains."""
    sql = (
        "SELECT said.id FROM (SELECT number, row_number() OVER (PARTITION BY value ORDER BY number) AS place"
        " FROM said_places WHERE place = 'unit' AND value IN ({})) AS first"
        f" JOIN said ON said.number = first.number WHERE first.place <= {_CHAINS}"
    )
    rows = memory(records).said.find("id", [id for (id,) in records.rows_of(sql, units)])
    chains = defaultdict(list)
    for row in rows:
        chains[row.unit].append(row.chain)
    return {id: Profile(chains[id], part=unit.part) for id, unit in units.items() if id in chains}


def _scored(
    blocks: Mapping[str, Sequence[Unit]], profiles: Mapping[str, Profile]
) -> Iterator[tuple[Profile, Profile, float]]:
    seen: set[tuple[str, str]] = set()
    for key, block in sorted(blocks.items()):
        for one, other in pairs(key, [profiles[unit.id] for unit in block if unit.id in profiles]):
            pair = (min(one.id, other.id), max(one.id, other.id))
            if pair not in seen:
                seen.add(pair)
                yield one, other, score(one, other)


def _spoken(records: Records, asked: Mapping[Anchor, Side], mentions: Mapping[Anchor, str]) -> dict[Anchor, Spoken]:
    """Return how each is spoken of, in the sentence of one of its mentions."""
    documents = {anchor: place(mention)[0] for anchor, mention in mentions.items()}
    lines, heading = contexts(records, mentions.values()), headings(records, documents.values())
    return {
        anchor: Spoken(names=side.names[:NAMES], document=heading[documents[anchor]], pieces=lines[mentions[anchor]])
        for anchor, side in asked.items()
    }


def _pair(one: Doubt, things: Mapping[Anchor, Entity], spoken: Mapping[Anchor, Spoken]) -> Doubtful:
    left, right = one.left.anchor, one.right.anchor
    told = reasons(one.comparisons)
    return Doubtful(
        left=things[left],
        right=things[right],
        sides=(spoken[left], spoken[right]),
        anchors=(left, right),
        score=one.score,
        pro=told.pro,
        contra=told.contra,
    )
