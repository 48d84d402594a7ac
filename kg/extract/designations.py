"""Vehicle designations by their form: ship prefixes, hull and flight numbers, aircraft and spacecraft models.

Rules where rules are better: these are written by convention, and a reader who has never met the ship knows it for one.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

_CAPITALISED = (
    r"[A-Z][\w’'-]+(?:[ ][\"“][A-Z]\w+[\"”])?(?:[ ](?:(?:of|the|de|del|la)[ ])?[A-Z][\w’'-]+){0,3}(?:[ ][IVX]+\b)?"
)


def _either(words: str) -> str:
    return "|".join(words.split())


_PREFIXES = (
    "HMS HMCS HMAS HMNZS USS USNS USCGC RMS SS MV M/V MT MS MSC RV RRS FV SY INS ROKS KRI BRP JS ORP FGS BNS RFA RFS "
    "TCG HNoMS HSwMS HDMS HNLMS"
)
_DOTTED = r"S\.S\.|M\.V\.|M\.S\.|H\.M\.S\.|U\.S\.S\.|R\.M\.S\."
# An aircraft's registration: 5Y-RVA, G-BOAF, N106US, JA13XJ; not D61, the number on a hull, nor KC-135R, a model.
REGISTRATION = r"[A-Z\d]{2}-[A-Z]{3}|[A-Z]-[A-Z]{4}|N\d{1,5}[A-Z]{1,2}|(?:HL|JA|RA-|B-)\d[A-Z\d]{3,4}"
_MAKERS = (
    "Boeing Airbus Embraer Bombardier Cessna Antonov Tupolev Ilyushin Sukhoi Lockheed Fokker McDonnell[\\s]Douglas "
    "Beechcraft Piper Gulfstream Dassault"
)
_SERIES = "F F/A FA B C KC MiG Su Tu Il An Yak Mi Ka UH AH CH MH A"

_FORMS: tuple[tuple[str, str, str], ...] = (
    # HMS Daring, USS Carl Vinson, MV Ever Given
    ("Ship", "individual", rf"\b(?:{_either(_PREFIXES)}|{_DOTTED})[ ]{_CAPITALISED}"),
    ("Aircraft", "individual", r"\bFlight[ ](?:[A-Z]{2}|[A-Z]\d|\d[A-Z])?[ ]?\d{2,4}\b"),
    ("Aircraft", "individual", r"(?<=\bflight[ ])(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])[ ]?\d{2,4}\b"),
    ("Aircraft", "individual", r"(?<=\btail[ ]number[ ])(?=[A-Z-]*\d)[A-Z\d][A-Z\d-]{2,7}\b"),
    ("Aircraft", "individual", r"(?<=\bcall[ ]sign[ ])(?=[A-Z-]*\d)[A-Z\d][A-Z\d-]{2,7}\b"),
    ("Train", "individual", r"(?<=\btrain[ ]number[ ])\d{2,5}\b"),
    ("Train", "individual", r"(?<=\blocomotive[ ])\d{3,5}(?:[ ]\d{3})?\b"),
    # Boeing 737 MAX 8, Airbus A320neo, Antonov An-124
    (
        "Aircraft",
        "model",
        rf"\b(?:{_either(_MAKERS)})[ ](?:[A-Z][a-z]+[ ])?[A-Z]{{0,4}}[a-z]?-?\d{{1,4}}(?:-\d+)?[A-Z]{{0,3}}"
        r"(?:[ ]MAX(?:[ ]\d+)?|neo)?\b",
    ),
    ("Aircraft", "model", rf"\b(?:{_either(_SERIES)})-\d{{1,3}}[A-Z]{{0,2}}\b(?!-)"),
    ("ArmouredVehicle", "model", r"\b(?:T-(?:34|5[45]|62|64|72|80|90)|BMP-\d|BTR-\d{2}|M1A[12])\b"),
    ("Rocket", "model", r"\b(?:Atlas[ ]V|Ariane[ ]\d|Delta[ ]I[VI]|Falcon[ ](?:\d|Heavy)|Long[ ]March[ -]\d\w?)\b"),
)
_COMPILED = tuple((subtype, detail, re.compile(form)) for subtype, detail, form in _FORMS)


class Designation(Struct, frozen=True):
    """A vehicle's designation in a text: `text[start:end]`."""

    start: int
    end: int
    subtype: str
    detail: str


def designations(text: str) -> Iterator[Designation]:
    """Yield the designations in the text, in its order; where two overlap, the first form of the table."""
    taken: list[tuple[int, int]] = []
    found: list[Designation] = []
    for subtype, detail, form in _COMPILED:
        for match in form.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append(Designation(match.start(), match.end(), subtype, detail))
    yield from sorted(found, key=lambda one: one.start)
