"""When a text was published: from a field that says so, or from how the text begins."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_months = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(_months.split(), 1)}
_month = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_day = r"(?P<day{0}>[0-3]?[0-9])(?:st|nd|rd|th)?"
_iso = r"(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{4,6})?)?(?![\w-])"
_weekday = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+)?"
DATE = (
    rf"(?i:(?:{_iso}|{_weekday}(?:{_day.format(1)}\s+(?:of\s+)?(?P<month1>{_month}),?\s+(?P<year1>[12][0-9]{{3}})"
    rf"|(?P<month2>{_month})\s+{_day.format(2)},?\s+(?P<year2>[12][0-9]{{3}}))(?![\w-])))"
)
_date = re.compile(DATE)
# "date 2021-10-04 In contrast to …": the word says what the date is, whatever follows.
_told = re.compile(
    rf"\W{{0,4}}(?i:(?:first |last )?(?:date|dated|published|posted|updated))\b[\s:]*(?i:on\s)?\s*{DATE}"
)
# A date alone on its line, at the head of one, or at the end of a byline.
_alone = re.compile(
    rf"\W{{0,4}}(?:[^\W\d][^\d|]{{0,80}}\s[|\u2022\u00b7]\s*)?{DATE}\s*(?:$|[-\u2013\u2014|:(\u2022\u00b7]|\d?\d:\d\d)"
)
# BAIKONUR, Kazakhstan, Oct. 4, 2021 (Reuters) - …
_dateline = re.compile(rf"[A-Z][A-Z .'-]{{2,30}}(?:,\s[\w .]{{2,30}})?[\s,(\u2013\u2014-]+{DATE}")
_iso_first = re.compile(rf"\W{{0,4}}(?={_iso}\s)(?P<date>)")
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
        return _day_of(match)
    return None


def dateline(text: str) -> date | None:
    """Return the date that the text gives itself in its first lines, None where it gives none.

    Only what is surely that: a date that "date", "published" or "updated" introduces, one alone on its line, an ISO
    date at the very start, or a news agency's dateline. A date inside a sentence is not taken.
    """
    lines = [line.strip() for line in text[:HEAD].split("\n") if line.strip()][:LINES]
    for number, line in enumerate(lines):
        shapes = (_told, _alone, _dateline) if number == 0 else (_told, _alone)
        for shape in shapes:
            if match := shape.match(line):
                return _day_of(match)
        if number == 0 and (iso := _iso_first.match(line)) and (match := _date.match(line, iso.end())):
            return _day_of(match)
    return None


def _day_of(match: re.Match[str]) -> date | None:
    parts = {name.rstrip("12"): value for name, value in match.groupdict().items() if value}
    try:
        if "iso" in parts:
            return date.fromisoformat(parts["iso"])
        return date(int(parts["year"]), MONTHS[parts["month"][:3].lower()], int(parts["day"]))
    except ValueError:  # the 31st of February
        return None
