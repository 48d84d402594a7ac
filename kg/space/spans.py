"""Times as stretches of days: what a range of dates finds them by."""

import re
from calendar import monthrange
from typing import NamedTuple

FIRST, LAST = "0001-01-01", "9999-12-31"
"""What an open end is kept as."""

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", re.ASCII)
_PRECISIONS = ("year", "month", "day")


class Span(NamedTuple):
    """From the first day to the last, both in it, and how closely that is told."""

    first: str
    last: str
    precision: str


def span(time: str | None) -> Span | None:
    """Return the days of an ISO 8601 year, month, day, moment or interval; None where it is none of these."""
    if not time:
        return None
    begin, slash, end = time.partition("/")
    if not slash:
        return _point(time)
    first = Span(FIRST, FIRST, "") if begin == ".." else _point(begin)
    last = Span(LAST, LAST, "") if end == ".." else _point(end)
    if first is None or last is None or first.first > last.last:
        return None
    return Span(first.first, last.last, "interval")


def bound(text: str, *, last: bool = False) -> str | None:
    """Return the first day of a date as precise as it is given, or its last; None where it is no date."""
    found = _point(text)
    return found and (found.last if last else found.first)


def _point(text: str) -> Span | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    year, month, day = (*parts, 0, 0)[:3]
    if year == 0 or month > 12 or (len(parts) > 1 and month == 0):
        return None
    if len(parts) == 3 and not 1 <= day <= monthrange(year, month)[1]:
        return None
    end = (year, month or 12, day or monthrange(year, month or 12)[1])
    precision = "time" if "T" in text else _PRECISIONS[len(parts) - 1]
    return Span(_iso(year, month or 1, day or 1), _iso(*end), precision)


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"
