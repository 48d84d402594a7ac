"""Relations that two names side by side tell, by the words between them: "an A350 of the Luftwaffe", "flight LH441 from
Houston to Frankfurt", "the 737-800, registration HL8088", "with Nicole Mann and Josh Cassada on board"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from kg.countries import country_named
from kg.extract.claims import Claim, Reading
from kg.extract.designations import REGISTRATION
from kg.extract.found import Found
from kg.extract.nouns import noun_of
from kg.model import Kind

_ABOARD = ("aboard", "onboard", "on board")
_BOOK = r"(?:\S+ )?(?:novel|book|memoir|poem|story|play|biography|thriller)"
_MADE = r"(?:, |and )?(?:built|made|manufactured|assembled) by(?: the)?"
_RUN = r"(?:, |and )?(?:operated|run|chartered|flown) by(?: the)?"
_KNOWN_BY = r"(?:tail number|registration|registered|call sign|serial number)"
_COLLISION = re.compile(r".*\bcollision with(?: \S+){0,4}")
_MEMBERS = ("Party", "MilitaryUnit", "SportsTeam")
_LEFT_OPEN = re.compile(r"\b(?:avoid\w*|prevent\w*|near|no|without|not|risk\w*)\b")
_NOUNS = 3  # words from whose a craft is to its name
_SCORE = 0.8
_REGISTRATION = re.compile(REGISTRATION)


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
        ("Organisation", r"(?:['’]s )?(?:flight|train)|['’]s|", "Vehicle", "operatedBy", True),
        ("Vehicle", _RUN, "Organisation", "operatedBy", False),
        ("Vehicle", _MADE, "Organisation", "manufacturedBy", False),
        ("Vehicle", r"(?:, |and )?owned by(?: the)?", "Organisation", "ownedBy", False),
        ("Organisation", r", (?:co-)?founded by", "Person", "founded", True),
        ("Vehicle", rf"(?:, )?{_KNOWN_BY}", "Vehicle", "modelOf", True),
        ("Vehicle", r",? ?from(?: the)?|(?:has |had )?left|leaves|,? ?bound from", "Place", "departsFrom", False),
        ("Vehicle", r",? ?bound for(?: the)?", "Place", "destination", False),
        ("Vehicle", r"(?:off|over|near)(?: the)?|in the", "Place", "locatedAt", False),
        ("Organisation", r"of", "Place", "headquarteredIn", False),
        ("Organisation", r"at(?: the)?", "Place", "locatedIn", False),
        ("Place", r"['’]s", "Place", "locatedIn", True),
        ("Person", r"(?:, )?(?:formerly )?of(?: the)?", "Organisation", "worksFor", False),
        ("Person", r", \d\d , of", "Place", "livesIn", False),
        ("Work", rf"(?:, )?an? {_BOOK} by", "Person", "authorOf", True),
        ("Person", rf"['’]s {_BOOK}", "Work", "authorOf", False),
        ("Work", r", with", "Person", "castIn", True),
    )
)
# What the words tell instead where the second name is a country's, or that of a party, a unit or a team.
_OF_A_COUNTRY = {"headquarteredIn": "countryOf", "livesIn": "citizenOf"}
_OF_A_GROUP = {"worksFor": "memberOf"}


def beside_claims(reading: Reading) -> Iterator[Claim]:
    """Yield what the words between two names tell of them, and those after a list of people."""
    names = reading.findings.names()
    for one, other in pairwise(names):
        yield from _told(reading, one, other)
    for one, other in pairwise(reading.findings.all):
        yield from _possessed(reading, one, other)
    for one, other in pairwise([name for name in names if name.type == "Vehicle"]):
        yield from _collided(reading, one, other)
    for vehicle, start, end in zip(names, names[1:], names[2:], strict=False):
        yield from _way(vehicle, start, end)
    for person in names:
        yield from _with(reading, person)


def _told(reading: Reading, one: Found, other: Found) -> Iterator[Claim]:
    if one.span.sent != other.span.sent or one.chain == other.chain:
        return
    words, last = _between(one, other), reading.doc[other.span.start - 1]
    for form in _FORMS:
        if (one.type, other.type) == (form.first, form.second) and form.between.fullmatch(words):
            predicate = form.predicate
            if country_named(other.text) is not None:
                predicate = _OF_A_COUNTRY.get(predicate, predicate)
            if other.subtype in _MEMBERS:
                predicate = _OF_A_GROUP.get(predicate, predicate)
            subject, thing = (other, one) if form.turned else (one, other)
            yield Claim(subject, predicate, thing, last, _SCORE, "kg.structure")
    # "her first Sentinel 90, 5Y-RVA,", "the Airbus A320 (N106US)": a list would hold two of a kind.
    marks = [_REGISTRATION.fullmatch(each.text) is not None for each in (one, other)]
    if one.type == other.type == "Vehicle" and words in (",", "(", "") and marks == [False, True]:
        yield Claim(other, "modelOf", one, last, _SCORE, "kg.structure")
    own = words in ("'s", "’s") or (other.type == "Vehicle" and words in ("-flagged", "- flagged"))
    if own and one.type == "Place" and other.type in ("Organisation", "Vehicle") and country_named(one.text):
        yield Claim(other, "countryOf", one, last, _SCORE, "kg.structure")


def _collided(reading: Reading, one: Found, other: Found) -> Iterator[Claim]:
    # "The Gannet ran aground off Brest after a collision with the trawler Tern."
    words = _between(one, other)
    if one.chain != other.chain and _COLLISION.fullmatch(words) and not _LEFT_OPEN.search(words):
        word = next(token for token in reading.doc[one.span.end : other.span.start] if token.lower_ == "collision")
        yield Claim(one, "collidedWith", other, word, _SCORE, "kg.structure")


def _possessed(reading: Reading, one: Found, other: Found) -> Iterator[Claim]:
    # "Cunard's new liner Queen Anne", "its ferry Gannet"
    words = reading.doc[one.span.end : other.span.start]
    if (one.type, other.type, other.kind) != ("Organisation", "Vehicle", Kind.NAME) or not len(words):
        return
    own = words[1:] if words[0].tag_ == "POS" else words if one.span.text.lower() in ("its", "their") else None
    noun = noun_of(words[-1].lemma_)
    craft = noun is not None and noun.type == "Vehicle"
    if craft and own and len(own) <= _NOUNS and all(word.is_lower for word in own):
        yield Claim(other, "operatedBy", one, words[-1], _SCORE, "kg.structure")


def _way(vehicle: Found, start: Found, end: Found) -> Iterator[Claim]:
    if (vehicle.type, start.type, end.type) != ("Vehicle", "Place", "Place"):
        return
    if _between(vehicle, start) == "from" and _between(start, end) == "to":
        yield Claim(vehicle, "destination", end, vehicle.span.doc[end.span.start - 1], _SCORE, "kg.structure")


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
