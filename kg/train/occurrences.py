"""Where a text speaks of a name or a date that is known only by its words, as in triples without places."""

import re
from datetime import datetime


def is_date(name: str) -> bool:
    """Tell whether the name is a date as Wikidata-TekGen writes it: "04 May 2011"."""
    return _date(name) is not None


def occurrences(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return each (start, end) where the name stands in the text as whole words.

    Case, spaces and underscores make no difference, as in Text2KGBench's own matching. Of a date, the most exact of
    its spellings that occurs is looked for; 1 January also stands for a year of which the day is not known.
    """
    date = _date(name)
    spellings = [_letters(name)] if date is None else [_letters(name), *_spellings(date)]
    for spelling in spellings:
        found = tuple(match.span() for match in re.finditer(rf"(?<!\w){spelling}(?!\w)", text, re.IGNORECASE))
        if found and spelling:
            return found
    return ()


def _letters(name: str) -> str:
    pieces = re.findall(r"[^\W_]+|[^\w\s]", name)
    return r"[\s_]*".join(map(re.escape, pieces))


def _date(name: str) -> datetime | None:
    try:
        return datetime.strptime(name.strip(), "%d %B %Y")
    except ValueError:
        return None


def _spellings(date: datetime) -> list[str]:
    day = rf"0?{date.day}(?:st|nd|rd|th)?"
    month = rf"(?:{date:%B}|{date:%b}\.?)"
    year = str(date.year)
    spellings = [
        rf"{day}\s+(?:of\s+)?{month},?\s+{year}",
        rf"{month}\s+{day},?\s+{year}",
        f"{date:%Y-%m-%d}",
        rf"{month},?\s+{year}",
    ]
    return [*spellings, year] if (date.day, date.month) == (1, 1) else spellings
