"""The shapes that dates and times have in English text: tables of patterns, each with the resolver of its meaning.

Digits are spelt `[0-9]`, not `\\d`, which also means those of other scripts; `\\s` includes the no-break spaces that
newspapers set before "a.m.". No pattern can take more than linear time.
"""

import re

from kg.extract import dates
from kg.extract.dates import Resolver
from kg.extract.zones import ABBREVIATIONS

Table = list[tuple[Resolver, re.Pattern[str]]]

_long = "|".join([*dates.MONTHS, *map(str.upper, dates.MONTHS)])
_short = "|".join([*(month[:3] for month in dates.MONTHS), "Sept"])
_unit = r"people|men|women|soldiers|troops|votes|times|miles|feet|tons?|tonnes|dollars|euros|k?m\b|kg\b|met(?:re|er)s"
MONTH = rf"\b(?:(?:{_long})\b|(?:{_short})\b\.?)"
DAY = r"(?<![0-9.,:$£€])(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
DAYTH = r"(?:st|nd|rd|th)?\b"
FOUR = r"(?<![0-9.,:$£€#])[12][0-9]{3}"
YEAR = rf"{FOUR}(?![0-9]|[,.:][0-9]|%|-[A-Za-z]|\s(?:{_unit}|million|billion)|\s?B\.?C)"
WEEKDAY = rf"(?i:{'|'.join(dates.WEEKDAYS)})\b"
SEASON = rf"(?:{'|'.join(dates.SEASONS)})\b"
RELATIVE = rf"(?P<relative>(?i:{'|'.join(dates.RELATIVE)}))"
COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(dates.NUMBERS)})"
UNIT = r"(?P<unit>day|week|month|year|decade)"
ZONE = (
    r"(?:UTC|GMT)\s?[+\u2212-][0-9]{1,2}(?::?[0-9]{2})?\b"
    rf"|(?:{'|'.join(ABBREVIATIONS)})\b|(?:[A-Z][\w.]{{1,15}}\s){{1,3}}[Tt]ime\b|(?i:local\stime)\b"
)
AT_ZONE = rf"(?:\s?\(?(?P<zone>{ZONE})\)?)?"
HOUR = r"(?<![0-9.,:$£€/-])(?P<hour>[01]?[0-9]|2[0-3])"
MINUTE = r"(?P<minute>[0-5][0-9])(?![0-9])"
SECOND = r"(?::(?P<second>[0-5][0-9])(?![0-9]))?"
HALF = r"(?P<half>[AaPp]\.\s?[Mm]\.|[AaPp][Mm]\b|(?<=\s)in\sthe\s(?:morning|afternoon|evening)\b)"
HOURS = r"(?:\s?(?P<hours>hours|hrs)\b)?"
TO = r"(?:\s?[-\u2013\u2014]\s?|\s(?P<word>to|through|until|till|and)\s)"
_weekday = rf"(?:(?P<weekday>{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?),?\s(?:the\s)?)?"
_day1, _day = rf"(?P<day1>{DAY}){DAYTH}", rf"(?P<day>{DAY}){DAYTH}"
_month1, _month = rf"(?P<month1>{MONTH})", rf"(?P<month>{MONTH})"
_year = rf"(?:,?\s(?:of\s)?(?P<year>{YEAR}))?"
_of_year = rf"(?:,|\sof)?\s(?P<year>{YEAR})"
_no_clock = r"(?![:.][0-9]|\s?[ap]\.?m\b)"
_stamp_time = r"[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?"


def _table(*rows: tuple[Resolver, str]) -> Table:
    return [(resolver, re.compile(pattern)) for resolver, pattern in rows]


#: What the text alone tells, or mostly does: "5 October" needs the document's date for its year.
ABSOLUTE = _table(
    # 2021-10-05, 2021-10-05T10:55:00Z
    (
        dates.stamp,
        rf"(?<![\w/-])[12][0-9]{{3}}(?P<mark>[-/])[01][0-9](?P=mark)[0-3][0-9](?P<clock>[T\s]{_stamp_time})?(?![\w/-])",
    ),
    # 05.10.2021, 10/25/2021
    (
        dates.numeric,
        r"(?<![\w./-])(?P<first>[0-3]?[0-9])(?P<mark>[./-])(?P<second>[0-3]?[0-9])(?P=mark)(?P<year>[12][0-9]{3})(?![\w/-])",
    ),
    # Tuesday 5th October; Tuesday, October 5, 2021
    (dates.full, rf"\b{_weekday}{_day}\s(?:of\s)?{_month}{_year}"),
    (dates.full, rf"\b{_weekday}{_month}\s(?:the\s)?{_day}{_no_clock}{_year}"),
    # March 2020
    (dates.month_year, rf"{_month}{_of_year}"),
    # 5-7 October; October 5-7; October 5 to November 2, 2020; March-May 2020; 5 October to 7 November 2020
    (dates.date_range, rf"{_day1}{TO}{_day}\s(?:of\s)?{_month}{_year}"),
    (dates.date_range, rf"{_month}\s{_day1}{TO}{_day}{_year}"),
    (dates.date_range, rf"{_month1}(?:\s{_day1})?{TO}{_month}(?:\s{_day})?,?\s(?P<year>{YEAR})"),
    (dates.date_range, rf"{_day1}\s{_month1}{TO}{_day}\s{_month}\s(?P<year>{YEAR})"),
    # spring 2020; Q3 2021; the first quarter of 2020
    (dates.season_year, rf"(?i)\b(?P<season>{SEASON}){_of_year}"),
    (dates.part_of_year, rf"\bQ(?P<quarter>[1-4]){_of_year}"),
    (dates.part_of_year, rf"(?i)\b(?P<ordinal>{'|'.join(dates.ORDINALS)})\s(?P<unit>quarter|half){_of_year}"),
    # the 1990s; the '90s; the 19th century
    (dates.decade, r"(?<![\w.,$])(?P<decade>[12][0-9]{2}0)['\u2019]?s\b"),
    (dates.decade, r"(?<!\w)['\u2018\u2019](?P<decade>[0-9]0)s\b"),
    (dates.century, r"(?i)\b(?P<number>[0-9]{1,2})(?:st|nd|rd|th)[\s-]century\b(?!\s?B\.?C)"),
    (dates.century, rf"(?i)\b(?P<word>{'|'.join(dates.CENTURIES)})[\s-]century\b(?!\s?B\.?C)"),
    # 2010-2015, 2019/20; 2019
    (dates.year_range, rf"(?P<first>{FOUR})\s?(?P<dash>[-\u2013\u2014/])\s?(?P<last>{YEAR}|[0-9]{{2}}\b(?![-/]))"),
    (dates.year, YEAR),
    # 5 p.m. EDT; 10:55; 2100 UTC; noon
    (dates.clock, rf"{HOUR}(?:[:.]{MINUTE}{SECOND})?\s?{HALF}{AT_ZONE}"),
    (dates.clock, rf"{HOUR}:{MINUTE}{SECOND}{HOURS}{AT_ZONE}"),
    (dates.clock, rf"(?<![\w.,:$/-])(?P<hour>[01][0-9]|2[0-3]){MINUTE}{HOURS}{AT_ZONE}"),
    (dates.clock, rf"\b(?P<noon>[Nn]oon)\b{AT_ZONE}"),
)

#: What means nothing without the document's date.
RELATED = _table(
    # on Tuesday; last Monday; Tuesday last week
    (
        dates.weekday,
        rf"\b(?:(?:[Tt]his\s)?{RELATIVE}\s)?(?P<weekday>{WEEKDAY})(?:\s(?:of\s)?(?P<week>(?i:last|this|next))\sweek\b)?",
    ),
    # yesterday
    (dates.named_day, rf"(?i)\b(?:{'|'.join(dates.NAMED_DAYS)})\b".replace(" ", r"\s")),
    # next week; the past three years; two weeks ago; in two weeks' time
    (dates.unit, rf"(?i)\b{RELATIVE}\s(?P<unit>week|weekend|month|quarter|year|decade)\b"),
    (dates.sliding, rf"(?i)\b{RELATIVE}\s{COUNT}\s{UNIT}s?\b"),
    (dates.ago, rf"(?i)\b{COUNT}\s{UNIT}s?\s(?P<way>ago|from\s(?:now|today))\b"),
    (dates.ago, rf"(?i)\bin\s{COUNT}\s{UNIT}s?['\u2019]?s?\s(?P<way>time)\b"),
    # in March; last October; next spring
    (
        dates.bare_month,
        rf"\b(?:{RELATIVE}\s)?(?P<name>{MONTH}|{SEASON})(?!\s?[0-9]|['\u2019]|\s[A-Z][a-z]+\s[A-Z])",
    ),
)
