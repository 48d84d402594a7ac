"""What a search finds: entities by name, with why they were found and a line of context; and all about one of them."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, normalize

from msgspec.structs import asdict

from kg.schema import Schema
from kg.space.memory import memory
from kg.space.records import Records
from kg.space.view.filters import EVERYTHING, Filter
from kg.space.view.rows import EDGE, NODE, edge_of, entity, entity_of, names
from kg.space.view.shapes import Entity, Page, Result, Results
from kg.space.view.texts import contexts, passages

PLACES = 50  # mentions shown of an entity
FACTS = 500  # edges
_ENDS = ("subject", "object")
_ASKED = 200  # are looked at, for the best match is not always the best known


def search(records: Records, schema: Schema, text: str, *, limit: int = 20, chosen: Filter = EVERYTHING) -> Results:
    """Return the entities with every word of the text in their names, the last one as the start of a word.

    Who is called just that comes first, then whom more documents speak of. Of no words nothing is found.
    """
    words = re.findall(r"\w+", text)
    if not words:
        return Results(results=[])
    condition, values = chosen.things(schema)
    wanted = " ".join(f'"{word}"' for word in words) + "*"
    sql = (
        f"SELECT {NODE}, nodes.place FROM names JOIN nodes ON nodes.number = names.rowid"
        f" WHERE names MATCH ? AND {condition} ORDER BY nodes.documents DESC, nodes.id LIMIT ?"
    )
    rows = records.rows(sql, wanted, *values, max(_ASKED, limit))
    said = folded(text)
    found = sorted((_ranked(said, entity_of(row[:-1]), row[-1]) for row in rows), key=lambda each: each[0])[:limit]
    lines = contexts(records, [place for _, _, _, place in found if place])
    return Results(
        results=[
            Result(**asdict(one), matched=matched, context=lines.get(place or "", []))
            for _, one, matched, place in found
        ]
    )


def page(records: Records, schema: Schema, id: str) -> Page:
    """Return all that is told of an entity: its edges, links, and the first sentences that mention it."""
    about = entity(records, id)
    sql = " UNION ".join(f"SELECT {EDGE}, edges.weight AS weight FROM edges WHERE {end} = ?" for end in _ENDS)
    rows = records.rows(f"{sql} ORDER BY inferred, weight DESC, edges.id", id, id)
    facts = [edge_of(row[:-1], schema) for row in rows[:FACTS]]
    called = names(records, [end for edge in facts for end in (edge.source, edge.target)])
    places = passages(records, _mentions(records, id))
    told = sum(not inferred for *_, inferred, _ in rows)
    more = len(rows) - len(facts)
    return Page(**asdict(about), facts=facts, told=told, names=called, links=[*about.same_as], places=places, more=more)


def folded(text: str) -> str:
    """Return a name as the search compares it: without case and diacritics."""
    letters = normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not combining(letter)).split())


def _ranked(said: str, one: Entity, place: str | None) -> tuple[tuple[bool, bool, int, str], Entity, str, str | None]:
    matched = _matched(said, (one.name, *one.aliases))
    known = folded(matched)
    rank = (known != said, not known.startswith(said), -one.documents, one.id)
    return rank, one, matched, place


def _matched(said: str, called: Sequence[str]) -> str:
    """Return the name that was meant: the one with most of the words, the first of equals."""
    words = re.findall(r"\w+", said)
    return max(called, key=lambda name: (folded(name) == said, sum(word in folded(name) for word in words)))


def _mentions(records: Records, id: str) -> Iterable[str]:
    (resolved,) = memory(records).entities.find("id", [id])
    return resolved.entity.mentions[:PLACES]
