"""What an expression of time means: one small resolver for each shape in `time_patterns`.

A resolver turns a match into an ISO 8601 value and its grain (and zone), or None where it is no time after all; it may
raise `ValueError` or `OverflowError` for a day that no calendar has.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from kg.extract.zones import zone_of

Tense = Literal["past", "future"]
Match = re.Match[str]


class Context(Struct, frozen=True):
    """What the text itself does not tell: the document's date, and the tense of the verb."""

    published: date | None
    tense: Tense | None

    @property
    def day(self) -> date:
        """The document's date; patterns that need one are left out where there is none."""
        if self.published is None:
            raise ValueError("no date to resolve against")
        return self.published


Found = tuple[str, str] | tuple[str, str, str] | None
Resolver = Callable[[Match, Context], Found]


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20},
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
CENTURIES = {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
RELATIVE = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7}
LOOK_BACK = 32


# --- values --------------------------------------------------------------------------------------------------------


def behind(text: str, start: int) -> str:
    """Return the few words before `start`, enough for a preposition."""
    return text[max(0, start - LOOK_BACK) : start]


def iso(moment: datetime) -> str:
    """Return the moment as ISO 8601, its seconds only where it has some."""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _month_of(word: str) -> int:
    return [month[:3].lower() for month in MONTHS].index(word[:3].lower()) + 1


def _weekday_of(word: str) -> int:
    return [day[:3] for day in WEEKDAYS].index(word[:3].lower())


def _number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _shift(day: date, count: int, unit: str) -> date:
    if unit in UNIT_DAYS:
        return day + timedelta(days=count * UNIT_DAYS[unit])
    return _months_later(day, count * UNIT_MONTHS[unit])


def _period(year: int, month: int, length: int) -> str:
    first = date(year, month, 1)
    return f"{first.isoformat()[:7]}/{_months_later(first, length - 1).isoformat()[:7]}"


def _calendar(day: date, unit: str) -> tuple[str, str]:
    """Return the calendar week, month, quarter, year, … that the day lies in; weeks begin on Monday."""
    monday = day - timedelta(days=day.weekday())
    if unit == "week":
        return f"{monday}/{monday + timedelta(days=6)}", "week"
    if unit == "weekend":
        return f"{monday + timedelta(days=5)}/{monday + timedelta(days=6)}", "week"
    if unit == "quarter":
        return _period(day.year, (day.month - 1) // 3 * 3 + 1, 3), "season"
    if unit == "decade":
        return f"{day.year // 10 * 10:04}/{day.year // 10 * 10 + 9:04}", "decade"
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[unit]], unit


def _choose(days: Sequence[date], anchor: date, tense: Tense | None) -> date:
    """Return the day that a reader of the anchor's day would take: see `find_times`."""
    if tense == "past":
        return max(day for day in days if day <= anchor)
    if tense == "future":
        return min(day for day in days if day >= anchor)
    return min(days, key=lambda day: (abs(day - anchor), day))


def _yearless(month: int, day: int, weekday: str | None, context: Context) -> date:
    """Return the day in the year that fits: where the text names a weekday it must be that day, if it can."""
    years = range(max(1, context.day.year - 4), min(9999, context.day.year + 4) + 1)
    days = [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    if weekday:
        near = [day for day in days if abs(day.year - context.day.year) <= 1]
        fitting = [day for day in near if day.weekday() == _weekday_of(weekday)]
        return _choose(fitting or days, context.day, None)
    return _choose(days, context.day, context.tense)


# --- resolvers: one for each shape of expression -------------------------------------------------------------------


def full(match: Match, context: Context) -> Found:
    """Resolve "Tuesday 5th October" and "October 5, 2021"."""
    month, day = _month_of(match["month"]), int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day).isoformat(), "day"
    return _yearless(month, day, match["weekday"], context).isoformat(), "day"


def stamp(match: Match, _: Context) -> Found:
    """Resolve "2021-10-05" and "2021-10-05T10:55:00Z"."""
    moment = datetime.fromisoformat(match[0].replace("/", "-"))
    return (iso(moment), "minute") if match["clock"] else (moment.date().isoformat(), "day")


def numeric(match: Match, context: Context) -> Found:
    """Dotted dates are day first; with slashes either order is usual: take the only or the only near reading."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    pairs = {(second, first)} if match["mark"] == "." else {(second, first), (first, second)}
    days = [date(year, month, day) for month, day in pairs if month <= 12 and day <= monthrange(year, month)[1]]
    if len(days) > 1 and context.published:
        days = [day for day in days if abs(day - context.day).days <= 31]
    return (days[0].isoformat(), "day") if len(days) == 1 else None


def month_year(match: Match, _: Context) -> Found:
    """Resolve "March 2020"."""
    return f"{match['year']}-{_month_of(match['month']):02}", "month"


def date_range(match: Match, context: Context) -> Found:
    """Resolve "5-7 October" and "March to May 2020", whose first date borrows month or year from the second."""
    parts = match.groupdict()
    if parts["word"] == "and" and not re.search(r"(?i)\bbetween\s$", behind(match.string, match.start())):
        return None
    month = _month_of(parts["month"])
    before = _month_of(parts.get("month1") or parts["month"])
    if not parts["day"]:
        first, last = date(int(parts["year"]) - (before > month), before, 1), date(int(parts["year"]), month, 1)
        return (f"{first.isoformat()[:7]}/{last.isoformat()[:7]}", "interval") if first < last else None
    day, year = int(parts["day"]), parts["year"]
    last = date(int(year), month, day) if year else _yearless(month, day, None, context)
    first = date(last.year - (before > month), before, int(parts["day1"] or 1))
    return (f"{first}/{last}", "interval") if first < last else None


# Holidays and a football club, and what comes back every week.
_NO_DAY = re.compile(r"\b(?:Black|Good|Ash|Bloody|Ruby|Sheffield|[Ee]very|[Ee]ach)\s$")


def weekday(match: Match, context: Context) -> Found:
    """Resolve "Tuesday", "last Tuesday", "Tuesday next week"."""
    if _NO_DAY.search(behind(match.string, match.start())):
        return None
    number, today = _weekday_of(match["weekday"]), context.day
    monday = today - timedelta(days=today.weekday())
    relative = (match["relative"] or "").lower()
    week = (match["week"] or relative).lower()
    if match["week"] or relative == "this":
        day = monday + timedelta(days=7 * RELATIVE[week] + number)
    elif relative:
        sign = RELATIVE[relative]
        day = today + timedelta(days=sign * ((sign * (number - today.weekday()) - 1) % 7 + 1))
    else:
        days = [today + timedelta(days=step) for step in range(-7, 8) if (today.weekday() + step) % 7 == number]
        day = _choose(days, today, context.tense)
    return day.isoformat(), "day"


NAMED_DAYS = {
    **{"the day before yesterday": -2, "yesterday": -1, "last night": -1, "the day after tomorrow": 2, "tomorrow": 1},
    **dict.fromkeys(("today", "tonight", "this morning", "this afternoon", "this evening"), 0),
}


def named_day(match: Match, context: Context) -> Found:
    """Resolve "yesterday", but not "USA Today"."""
    if match[0][0].isupper() and re.search(r"\w\s$", behind(match.string, match.start())):
        return None  # USA Today
    steps = NAMED_DAYS[" ".join(match[0].lower().split())]
    return (context.day + timedelta(days=steps)).isoformat(), "day"


def unit(match: Match, context: Context) -> Found:
    """Resolve "next week" by the calendar, and "the past week" as the seven days before."""
    unit, relative = match["unit"].lower(), match["relative"].lower()
    if relative == "past" and unit != "weekend":
        return f"{_shift(context.day, -1, unit)}/{context.day}", "interval"
    return _calendar(_shift(context.day, RELATIVE[relative], unit), unit)


def sliding(match: Match, context: Context) -> Found:
    """Resolve "the past three years", which end or begin on the document's day."""
    sign = RELATIVE[match["relative"].lower()]
    other = _shift(context.day, sign * _number_of(match["count"]), match["unit"].lower())
    first, last = sorted((context.day, other))
    return (f"{first}/{last}", "interval") if first < last else None


def ago(match: Match, context: Context) -> Found:
    """Resolve "two weeks ago" and "in two weeks' time" to that day, week, month or year."""
    unit = match["unit"].lower()
    sign = -1 if match["way"].lower() == "ago" else 1
    day = _shift(context.day, sign * _number_of(match["count"]), unit)
    return _calendar(day, "year" if unit == "decade" else unit)


_IN = re.compile(
    r"(?i)\b(?:in|since|until|till|by|from|during|of|before|after|through|early|late|mid|between|to|and)[\s-]$"
)


def bare_month(match: Match, context: Context) -> Found:
    """Resolve "in March", "last October", "next spring"; a bare name may be a verb or a person."""
    season = match["name"].lower() in SEASONS
    relative = (match["relative"] or "").lower()
    if not relative and (season or not _IN.search(behind(match.string, match.start()))):
        return None
    month, length = (SEASONS[match["name"].lower()], 3) if season else (_month_of(match["name"]), 1)
    anchor = context.day.replace(day=1)
    days = [date(year, month, 1) for year in range(anchor.year - 1, anchor.year + 2)]
    if RELATIVE.get(relative) == -1:
        day = max(day for day in days if _months_later(day, length) <= anchor)
    elif RELATIVE.get(relative) == 1:
        day = min(day for day in days if day > anchor)
    else:
        day = days[1] if relative else _choose(days, anchor, context.tense)
    return (_period(day.year, month, 3), "season") if season else (day.isoformat()[:7], "month")


def season_year(match: Match, _: Context) -> Found:
    """Resolve "spring 2020", by the seasons of the north."""
    if match["season"].lower() == "winter":  # of which of its two years, nobody can tell
        return match["year"], "year"
    return _period(int(match["year"]), SEASONS[match["season"].lower()], 3), "season"


def part_of_year(match: Match, _: Context) -> Found:
    """Resolve "Q3 2021" and "the second half of 2019"."""
    parts = match.groupdict()
    length = 6 if parts.get("unit", "").lower() == "half" else 3
    number = int(parts["quarter"]) if "quarter" in parts else ORDINALS[parts["ordinal"].lower()]
    number = 12 // length if number < 0 else number
    if number * length > 12:
        return None
    return _period(int(match["year"]), (number - 1) * length + 1, length), "season"


def decade(match: Match, _: Context) -> Found:
    """Resolve "the 1990s" and "the '90s"."""
    year = int(match["decade"])
    year = year if year > 99 else year + (1900 if year >= 30 else 2000)
    return f"{year}/{year + 9}", "decade"


def century(match: Match, _: Context) -> Found:
    """Resolve "the 19th century"."""
    parts = match.groupdict()
    number = int(parts["number"]) if "number" in parts else CENTURIES[parts["word"].lower()]
    return (f"{number * 100 - 99:04}/{number * 100:04}", "century") if 1 <= number <= 99 else None


def year_range(match: Match, _: Context) -> Found:
    """Resolve "2010-2015" and "2010\u201315"; with a hyphen only "2019-20", for "2019-05" is a month."""
    first, last = match["first"], match["last"]
    if len(last) == 2:
        sure = match["dash"] != "-" or int(last) == int(first[2:]) + 1 or int(last) > 12
        last = first[:2] + last if sure else ""
    return (f"{first}/{last}", "interval") if first < last else None


_YEAR_BEFORE = re.compile(
    r"(?i)(?:\b(?:in|since|until|till|by|from|during|of|before|after|through|up\sto|least|around|roughly|throughout|circa|early|late|mid|year|between|the"
    r"|an?|its|his|her|their|for|[12][0-9]{3}(?:,|,?\s(?:to|and|or)))[\s-]|['\u2019]s\s|\()$"
)
_LOOSE = re.compile(r"(?i)the|an?\b|its|his|her|their|for|of|\(|['\u2019]s")


def year(match: Match, _: Context) -> Found:
    """A number is a year after a word that says so; "the" and "for" say so of the last two centuries only."""
    word = _YEAR_BEFORE.search(behind(match.string, match.start()))
    loose = word is not None and _LOOSE.match(word[0]) is not None
    recent = "1900" < match[0] < "2100" and match[0] != "2000"
    return (match[0], "year") if word and (recent or not loose) else None


_AT = re.compile(
    r"(?i)\b(?:at|around|about|by|from|until|till|before|after|between|and|to|since)\s(?:about\s|around\s)?$"
)


def clock(match: Match, _: Context) -> Found:
    """Resolve "10:55 a.m. Swiss time"; a bare "10:55" is one only after "at" or the like, not in "won 10:55"."""
    parts = match.groupdict()
    half, zone = (parts.get("half") or "").lower(), parts["zone"] or ""
    if not (half or zone or parts.get("hours") or _bare_clock(match)):
        return None
    hour = int(parts.get("hour") or 12)
    morning = half.startswith("a") or half.endswith("morning")
    if morning and hour > 12:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (0 if morning else 12)
    moment = time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))
    return f"T{moment.isoformat('seconds' if moment.second else 'minutes')}", "clock", zone_of(zone)


def _bare_clock(match: Match) -> bool:
    said = ":" in match[0] or "oon" in match[0]
    return said and _AT.search(behind(match.string, match.start())) is not None
