"""Search for entities by what they are called, whatever the case and the diacritics."""

import re

from kg.model import Entity
from kg.space.memory import numbered_entities
from kg.space.records import Records

_RANKED = """
SELECT rowid FROM names WHERE names MATCH ? ORDER BY bm25(names, 4.0, 1.0), rowid LIMIT ?
"""
_ASKED = 10  # times as many are looked at as are wanted, for the best known are not always the best match


def search(records: Records, text: str, limit: int) -> list[Entity]:
    """Return the entities that have every word of the text in their names, the last one as the start of a word.

    Who is called just that comes first; then whom more documents speak of.
    """
    words = re.findall(r"\w+", text)
    if not words or limit < 1:
        return []
    wanted = " ".join(f'"{word}"' for word in words) + "*"
    rows = [number for (number,) in records.rows(_RANKED, wanted, max(_ASKED * limit, 200))]
    found = numbered_entities(records, rows)
    said = text.casefold().strip()
    return sorted(found, key=lambda one: (said != one.name.casefold(), -len(one.mentions), one.id))[:limit]
