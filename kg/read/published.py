"""When a text was published: from a field that says so, or from how the text begins."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from kg.dateline import DATE, ISO, dateline_at, day_of

_date = re.compile(DATE)
# "date 2021-10-04 In contrast to …": the word says what the date is, whatever follows.
_told = re.compile(
    rf"\W{{0,4}}(?i:(?:first |last )?(?:date|dated|published|posted|updated))\b[\s:]*(?i:on\s)?\s*{DATE}"
)
# A date alone on its line, at the head of one, or at the end of a byline.
_alone = re.compile(
    rf"\W{{0,4}}(?:[^\W\d][^\d|]{{0,80}}\s[|\u2022\u00b7]\s*)?{DATE}\s*(?:$|[-\u2013\u2014|:(\u2022\u00b7]|\d?\d:\d\d)\s*"
)
_iso_first = re.compile(rf"\W{{0,4}}(?={ISO}\s)(?P<date>)")
LINES = 4
HEAD = 800


def parse_date(value: str) -> date | None:
    """Return the day that the value names: ISO 8601, RFC 2822 or an English date, as written in its own time zone."""
    value = value.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(value).date()
        except (ValueError, TypeError, IndexError):
            continue
    if match := _date.match(value.replace("/", "-")):
        return day_of(match)
    return None


def dateline(text: str) -> date | None:
    """Return the date that the text gives itself in its first lines, None where it gives none.

    Only what is surely that: a date that "date", "published" or "updated" introduces, one alone on its line, an ISO
    date at the very start, or a news agency's dateline with its year, unless lines below have other ones, as a
    chronicle's do. A date inside a sentence is not taken, nor one of two with a dash between.
    """
    lines = [line.strip() for line in text[:HEAD].split("\n") if line.strip()]
    placed = [found.day for line in lines if (found := dateline_at(line)) is not None and found.day is not None]
    for number, line in enumerate(lines[:LINES]):
        for shape in (_told, _alone):
            if (match := shape.match(line)) and not (shape is _alone and _date.match(line, match.end())):
                return day_of(match)
        if number == 0 and (iso := _iso_first.match(line)) and (match := _date.match(line, iso.end())):
            return day_of(match)
        if (found := dateline_at(line)) is not None and found.day is not None:
            return found.day if len(set(placed)) == 1 else None
    return None
