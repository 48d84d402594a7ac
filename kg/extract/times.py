"""Dates and times in English text, resolved against the date of the document they stand in.

`find_times` works in three steps, each a pure function of the text: patterns find the single expressions ("Tuesday",
"March 2020", "10:55 a.m. Swiss time") and the longest at each place wins; a clock time beside a day joins it; words
around them make intervals ("since 2010"). Nothing is guessed: what the text leaves open, or what needs the
document's date where there is none, yields nothing.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.dates import Context, Found, Match, Resolver, Tense, behind, iso
from kg.extract.time_patterns import ABSOLUTE, RELATED
from kg.extract.zones import localise


class TimeSpan(Struct, frozen=True):
    """A stretch of text that names a time.

    `value` is ISO 8601: a year, month, day, date-time, or an interval `a/b` with `..` for an open end. `grain` is
    clock, minute, day, week, month, season, year, decade, century or interval; a `clock` has no day yet: its value is
    `T10:55`, and `zone` keeps the time zone until `combine` finds it one.
    """

    start: int
    end: int
    value: str
    grain: str
    zone: str = ""


def find_times(text: str, *, published: date | None, tense: Tense | None = None) -> list[TimeSpan]:
    """Return the times that the text names, in its order and without overlaps.

    "On Tuesday" is the Tuesday closest to `published` (which itself counts), or with `tense` the most recent or the
    next one. Without `published` only what the text says in full is found.
    """
    context = Context(published, tense)
    spans = [_widen(text, span) for span in _longest(_candidates(text, context))]
    return _join_intervals(text, _join_clocks(text, spans))


def combine(times: Sequence[TimeSpan]) -> str:
    """Return the one time that these tell together, "" where they tell none.

    A clock time takes the day nearest to it; else the first date with a clock time counts, else the first date.
    """
    moments = [span for span in times if span.grain == "minute"]
    clocks = [span for span in times if span.grain == "clock"]
    days = [span for span in times if span.grain == "day"]
    if clocks and days and not moments:
        clock = clocks[0]
        moments = [_moment(min(days, key=lambda day: abs(day.start - clock.start)), clock)]
    dated = moments or [span for span in times if span.grain != "clock"]
    return dated[0].value if dated else ""


def _candidates(text: str, context: Context) -> Iterator[TimeSpan]:
    for resolve, pattern in ABSOLUTE if context.published is None else ABSOLUTE + RELATED:
        for match in pattern.finditer(text):
            if found := _resolved(resolve, match, context):
                yield TimeSpan(match.start(), match.end(), *found)


def _resolved(resolve: Resolver, match: Match, context: Context) -> Found:
    try:
        return resolve(match, context)
    except (ValueError, OverflowError, KeyError):  # 31 February; 999 decades ago; "la\u017ft week" matches `last`
        return None


def _longest(spans: Iterator[TimeSpan]) -> Iterator[TimeSpan]:
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


# --- around an expression ------------------------------------------------------------------------------------------

_EARLY = re.compile(
    r"(?i)\b(?:(?:very\s)?(?:early|late|mid|earlier|later)(?:\sin)?[\s-]"
    r"|(?:(?:by|at|around)\s)?(?:the\s)?(?:end|beginning|start|middle)\sof\s)(?:the\s)?$"
)
_PART = re.compile(r"(?i)(?:['\u2019]s)?\s(?:early\s|late\s)?(?:morning|afternoon|evening|night)\b")
_BESIDE = re.compile(
    r"(?i)[\s,(]*(?:\b(?:on|at|by|around|about|of|the|from|shortly|just|before|after|approximately)\b[\s,]*)*"
)
_BEFORE = re.compile(
    r"(?i)\b(?:(?P<range>from|between)|(?P<begin>since|after)|(?P<not>not\suntil)"
    r"|(?P<finish>until|till|before|through|up\sto))\s(?:at\sleast\s|about\s|around\s|roughly\s|the\s)*$"
)
_TO = re.compile(r"(?i)\s?[-\u2013\u2014]\s?|,?\s(?:to|through|until|till|and)\s(?:the\s)?")


def _widen(text: str, span: TimeSpan) -> TimeSpan:
    """Take "early" into "early 2020" and "evening" into "Tuesday evening"."""
    if span.grain == "day" and (part := _PART.match(text, span.end)):
        return replace(span, end=part.end())
    if span.grain not in ("clock", "minute", "day") and (early := _EARLY.search(behind(text, span.start))):
        return replace(span, start=span.start - len(early[0]))
    return span


def _join_clocks(text: str, spans: list[TimeSpan]) -> list[TimeSpan]:
    joined: list[TimeSpan] = []
    for span in spans:
        last = joined[-1] if joined else span
        beside = {last.grain, span.grain} == {"day", "clock"} and _BESIDE.fullmatch(text, last.end, span.start)
        if not beside:
            joined.append(span)
            continue
        day, clock = (last, span) if last.grain == "day" else (span, last)
        evening = re.search(r"(?i)afternoon|evening|night", text[day.start : day.end]) is not None
        joined[-1] = _moment(day, clock, evening=evening)
    return joined


def _moment(day: TimeSpan, clock: TimeSpan, *, evening: bool = False) -> TimeSpan:
    moment = datetime.combine(date.fromisoformat(day.value), time.fromisoformat(clock.value))
    if evening and 1 <= moment.hour < 12:  # "Tuesday evening at 7:30"
        moment += timedelta(hours=12)
    value = iso(localise(moment, clock.zone))
    return TimeSpan(min(day.start, clock.start), max(day.end, clock.end), value, "minute")


def _join_intervals(text: str, spans: list[TimeSpan]) -> list[TimeSpan]:
    joined: list[TimeSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and (both := _interval(text, last, span)):
            joined[-1] = both
        else:
            joined.append(span)
    return [_open_end(text, span) for span in joined]


def _interval(text: str, left: TimeSpan, right: TimeSpan) -> TimeSpan | None:
    """Return "from A to B", "between A and B", "A - B" as one; None where that is not what the text says."""
    gap = text[left.end : right.start]
    word = _BEFORE.search(behind(text, left.start))
    bounded = word is not None and word["range"] is not None
    plain = "," not in gap and gap.strip().lower() != "and" and left.grain == right.grain
    if "clock" in (left.grain, right.grain) or not _TO.fullmatch(gap) or not (bounded or plain):
        return None
    first, last = left.value.split("/")[0], right.value.split("/")[-1]
    start = left.start - len(word[0]) if word and bounded else left.start
    return TimeSpan(start, right.end, f"{first}/{last}", "interval") if first < last else None


def _open_end(text: str, span: TimeSpan) -> TimeSpan:
    """Return "since A", "until B" as an interval; "after Tuesday" stays a point, being close to it."""
    word = _BEFORE.search(behind(text, span.start))
    if not word or word["not"] or span.grain in ("clock", "interval"):
        return span
    start, close = span.start - len(word[0]), span.grain in ("minute", "day", "week")
    begin, finish = (word["begin"] or "").lower(), (word["finish"] or "").lower()
    if begin and not (close and begin == "after"):
        return TimeSpan(start, span.end, f"{span.value.split('/')[0]}/..", "interval")
    if finish and not (close and finish in ("before", "through")):
        return TimeSpan(start, span.end, f"../{span.value.split('/')[-1]}", "interval")
    return span
