"""Dates as English texts write them, and the words before a news text that say where and when it was written.

"KOUROU, French Guiana, 5 June 2024 (Reuters) – An Ariane 6 …": all up to the dash is no part of the sentence.
"""

import re
from datetime import date

from msgspec import Struct

_months = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(_months.split(), 1)}
_month = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_day = r"(?P<day{0}>[0-3]?[0-9])(?:st|nd|rd|th)?"
_weekday = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+)?"
ISO = r"(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{4,6})?)?(?![\w-])"
DATE = (
    rf"(?i:(?:{ISO}|{_weekday}(?:{_day.format(1)}\s+(?:of\s+)?(?P<month1>{_month}),?\s+(?P<year1>[12][0-9]{{3}})"
    rf"|(?P<month2>{_month})\s+{_day.format(2)},?\s+(?P<year2>[12][0-9]{{3}}))(?![\w-])))"
)
_yearless = rf"(?i:{_weekday}(?:[0-3]?[0-9]\s+{_month}|{_month}\s+[0-3]?[0-9])(?![\w-]))"
_clock = r"(?:,?[ \t]{1,3}[0-2]?[0-9][:.][0-5][0-9](?:[ \t]?[ap]\.?m\.?)?(?:[ \t][A-Z]{2,4})?)?"
_agency = r"(?:\([^()\d\n]{2,40}\)|/[^/\d\n]{2,30}/)"
_mark = r"[ \t,\u2013\u2014-]"
_dateline = re.compile(
    rf"(?P<place>[^\W\d_][^\d\n()/:\u2013\u2014]{{1,60}}?)(?P<gap>{_mark}{{1,6}})(?P<agency>{_agency}{_mark}{{0,6}})?"
    rf"(?:(?P<open>\()?(?P<when>{DATE}|{_yearless})(?(open)\)){_clock})?(?:[ \t,]{{0,3}}(?P<after>{_agency}))?"
    r"[ \t]{0,3}(?P<stop>--?|[:\u2013\u2014]|\.(?=\s)|$)[ \t]{0,3}",
    re.MULTILINE,
)
_until = re.compile(rf"{DATE}|[12][0-9]{{3}}\b")
_word = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset("de la le las los du da do dos del della di al el el am an der den sur upon".split())
# What begins a sentence, not a place: "In Oslo, 5 June 2024 – two days later – …".
_PREPOSITIONS = frozenset("In On At From Near By Since Until After Before For Of To As When With Born Died".split())


class Dateline(Struct, frozen=True):
    """Where the dateline ends and the text goes on, and the day that it gives, None where it leaves out the year."""

    end: int
    day: date | None


def dateline_at(text: str, start: int = 0) -> Dateline | None:
    """Return the dateline that the text has from `start` on, None where what begins there is none.

    A place with a date, then a dash or a colon; an agency may stand on either side of the date. A place in capitals is
    one by an agency alone too, and with nothing after its date. Two dates with a dash between are a span of time.
    """
    match = _dateline.match(text, start)
    if match is None:
        return None
    words = _word.findall(match["place"])
    shouted = words[0].isupper() and len(words[0]) > 1
    if not all(word[0].isupper() or word in _PARTICLES for word in words) or words[0] in _PREPOSITIONS:
        return None
    if match["when"]:
        dashed = match["stop"] in ("-", "--", "\u2013", "\u2014", ":")
        sure = shouted or (dashed and match["gap"].strip() != "")
        ranged = _until.match(text, match.end()) is not None
        return Dateline(match.end(), day_of(match)) if sure and not ranged else None
    agency = match["agency"] or match["after"]
    return Dateline(match.end(), None) if shouted and agency and match["stop"] not in (".", "") else None


def day_of(match: re.Match[str]) -> date | None:
    """Return the day that a match of `DATE` names, None where no calendar has it."""
    parts = {name.rstrip("12"): value for name, value in match.groupdict().items() if value}
    try:
        if "iso" in parts:
            return date.fromisoformat(parts["iso"])
        return date(int(parts["year"]), MONTHS[parts["month"][:3].lower()], int(parts["day"]))
    except (KeyError, ValueError):  # no year; the 31st of February
        return None
