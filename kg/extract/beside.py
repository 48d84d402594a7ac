"""Relations that two names side by side tell, by the words between them: "an A350 of the Luftwaffe", "flight LH441 from
Houston to Frankfurt", "the 737-800, registration HL8088", "with Nicole Mann and Josh Cassada on board"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from kg.countries import country_named
from kg.extract.claims import Claim, Reading
from kg.extract.found import Found

_ABOARD = ("aboard", "onboard", "on board")
_BOOK = r"(?:\S+ )?(?:novel|book|memoir|poem|story|play|biography|thriller)"
_MEMBERS = ("Party", "MilitaryUnit", "SportsTeam")
_SCORE = 0.8


class _Form(Struct, frozen=True):
    """The types of two names, the words between them, what they tell, and whether of the second about the first."""

    first: str
    between: re.Pattern[str]
    second: str
    predicate: str
    turned: bool = False


_FORMS = tuple(
    _Form(first, re.compile(between), second, predicate, turned)
    for first, between, second, predicate, turned in (
        ("Vehicle", r"of(?: the)?", "Organisation", "operatedBy", False),
        ("Organisation", r"flight|train", "Vehicle", "operatedBy", True),
        ("Vehicle", r", (?:tail number|registration|call sign|serial number)", "Vehicle", "modelOf", True),
        ("Organisation", r"of", "Place", "headquarteredIn", False),
        ("Person", r"(?:, )?of(?: the)?", "Organisation", "worksFor", False),
        ("Work", rf"(?:, )?an? {_BOOK} by", "Person", "authorOf", True),
        ("Person", rf"['’]s {_BOOK}", "Work", "authorOf", False),
        ("Work", r", with", "Person", "castIn", True),
    )
)


def beside_claims(reading: Reading) -> Iterator[Claim]:
    """Yield what the words between two names tell of them, and those after a list of people."""
    names = reading.findings.names()
    for one, other in pairwise(names):
        yield from _told(reading, one, other)
    for vehicle, start, end in zip(names, names[1:], names[2:], strict=False):
        yield from _way(vehicle, start, end)
    for person in names:
        yield from _with(reading, person)


def _told(reading: Reading, one: Found, other: Found) -> Iterator[Claim]:
    words = _between(one, other)
    if not words:
        return
    # "Anna Vale of the Greens" is no employee, and "Patria of Finland" has its seat in a town.
    if (one.type == "Person" and other.subtype in _MEMBERS) or country_named(other.text) is not None:
        return
    for form in _FORMS:
        if (one.type, other.type) == (form.first, form.second) and form.between.fullmatch(words):
            subject, thing = (other, one) if form.turned else (one, other)
            yield Claim(subject, form.predicate, thing, reading.doc[other.span.start - 1], _SCORE, "kg.structure")


def _way(vehicle: Found, start: Found, end: Found) -> Iterator[Claim]:
    if (vehicle.type, start.type, end.type) != ("Vehicle", "Place", "Place"):
        return
    if _between(vehicle, start) == "from" and _between(start, end) == "to":
        for place, predicate in ((start, "departsFrom"), (end, "destination")):
            yield Claim(vehicle, predicate, place, vehicle.span.doc[place.span.start - 1], _SCORE, "kg.structure")


def _with(reading: Reading, person: Found) -> Iterator[Claim]:
    doc, end = reading.doc, person.span.end
    if person.type != "Person" or not any(doc[end : end + n].text.lower() in _ABOARD for n in (1, 2)):
        return
    group = reading.group_of(person, doc[end])
    first = doc[group[0].span.start - 1] if group[0].span.start else doc[end]
    vehicle = reading.vehicle_before(first) if first.lower_ == "with" else None
    if vehicle is not None and vehicle.span.sent == first.sent:
        for one in group:
            yield Claim(one, "aboard", vehicle, doc[end], _SCORE, "kg.structure")


def _between(one: Found, other: Found) -> str:
    # The words between two names of one sentence; "" where there are none.
    words = one.span.doc[one.span.end : other.span.start]
    return " ".join(token.lower_ for token in words) if one.span.sent == other.span.sent else ""
