"""The journal of a space: when it changed, and how. Nothing else in a space knows of a clock."""

import zlib
from datetime import UTC, datetime

from kg.errors import KgError
from kg.jsonl import decode, encode
from kg.space.changes import Changes
from kg.space.growth import Growth, contents
from kg.space.records import Records


def write(records: Records, growth: Growth) -> None:
    """Write down a change that has just been made; of the first the whole space tells enough."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    changes = zlib.compress(encode(growth.changes)) if growth.before else None
    records.rows("INSERT INTO journal (time, generation, changes) VALUES (?, ?, ?)", now, growth.generation, changes)


def between(records: Records, start: str, end: str = "") -> Changes:
    """Return what changed from one date, or date and time, up to another or until now; without a zone it is UTC."""
    first, last = _instant(start), _instant(end) if end else None
    entries = [
        (datetime.fromisoformat(time), changes)
        for time, changes in records.rows("SELECT time, changes FROM journal ORDER BY number")
    ]
    found = Changes()
    for number, (time, changes) in enumerate(entries):
        if time >= first and (last is None or time < last):
            later = (packed for _, packed in entries[number + 1 :])
            found = found.then(_from_nothing(records, [*later]) if changes is None else _unpacked(changes))
    return found


def _from_nothing(records: Records, later: list[bytes]) -> Changes:
    """Return the first change, which was not written down: what there is now, without what came later."""
    whole = contents(records)
    for packed in reversed(later):
        whole = whole.then(_unpacked(packed).back())
    return whole


def _unpacked(changes: bytes) -> Changes:
    return decode(zlib.decompress(changes), Changes)


def _instant(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise KgError(f"{text!r} is no date; write it as 2024-05-01 or 2024-05-01T18:30") from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)
