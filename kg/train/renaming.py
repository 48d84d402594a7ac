"""Written passages under other names: what is told stays, and whom it is told of changes from round to round.

A model that reads a passage a dozen times learns its names by heart instead of what gives a name away. So a thing whose
names stand in the passage in one form gets the name of another of its kind; people get names of one country that are
common there, and a craft at times a person's or a place's, as ships do (mention replacement: Dai and Adel 2020).
"""

import csv
import io
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

from msgspec import Struct
from msgspec.structs import replace

from kg.bench.annotated import Annotated, Spot
from kg.bench.passages import Detail
from kg.extract.forenames import HERS, HIS, gender_of
from kg.model import Kind
from kg.train.corpora import PERSON, PLACE, VEHICLE, WORK

STRANGE = 0.3  # of the craft that are renamed bear a name that says nothing of a craft
_NAME = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_PRONOUNS = {"she": HERS, "her": HERS, "herself": HERS, "he": HIS, "him": HIS, "his": HIS, "himself": HIS}
_GENDERS = {"F": HERS, "M": HIS}

Told = tuple[Annotated, tuple[Detail, ...]]
Form = tuple[Detail, int, bool, bool]


class Country(Struct, frozen=True):
    """The forenames that are common in a country, by gender, and the surnames."""

    forenames: dict[str, list[str]]
    surnames: list[str]


def countries(corpora: Path) -> list[Country]:
    """Return the countries of which forenames of both genders and surnames are known, in the order of their codes."""
    forenames: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    surnames: dict[str, list[str]] = defaultdict(list)
    with ZipFile(corpora / "names-people.zip") as archive:
        for row in _table(archive, "common-forenames-by-country.csv"):
            if _plain(row["Romanized Name"]) and row["Gender"] in _GENDERS:
                forenames[row["Country"]][_GENDERS[row["Gender"]]].append(row["Romanized Name"])
        for row in _table(archive, "common-surnames-by-country.csv"):
            if _plain(row["Romanized Name"]):
                surnames[row["Country"]].append(row["Romanized Name"])
    both = sorted(code for code in surnames if len(forenames[code]) == len(_GENDERS))
    return [Country(dict(forenames[code]), surnames[code]) for code in both]


def _table(archive: ZipFile, name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8-sig"))


def _plain(name: str) -> bool:
    return name.istitle() and _NAME.fullmatch(name) is not None


class Renamer:
    """Gives the things of written passages the names of others among them, and of people of those countries."""

    def __init__(self, texts: Iterable[Told], people: list[Country]) -> None:
        self._people = people
        self._details = {record.id: details for record, details in texts}
        self._names: dict[Form, list[str]] = defaultdict(list)
        self._places: list[str] = []
        for record, details in texts:
            for thing, detail in zip(record.things, details, strict=True):
                name = _only_name(record, thing)
                if name and detail.type not in (PERSON, WORK):
                    self._names[_form(detail, name)].append(name)
                if name and detail.type == PLACE and name.isalpha():
                    self._places.append(name)

    def __call__(self, record: Annotated, rng: random.Random) -> Annotated:
        """Return the record under other names; things whose names tell of one another keep theirs."""
        words = self._persons(record, rng)
        for thing, detail in zip(record.things, self._details[record.id], strict=True):
            name = _only_name(record, thing)
            if name and detail.type not in (PERSON, WORK) and _stands_alone(record, thing, name):
                other = self._other(detail, name, rng)
                words |= {index: other for index in thing if _is_name(record.spots[index])}
        return rewritten(record, words)

    def _other(self, detail: Detail, name: str, rng: random.Random) -> str:
        form = _form(detail, name)
        single = detail.type == VEHICLE and detail.individual and not any(form[2:])
        if single and rng.random() < STRANGE:
            country = rng.choice(self._people)
            forename = rng.choice(country.forenames[rng.choice([HERS, HIS])])
            if form[1] > 1:
                return f"{forename} {rng.choice(country.surnames)}"
            return rng.choice([forename, rng.choice(country.surnames), rng.choice(self._places)])
        other = rng.choice(self._names[form])
        if detail.type == VEHICLE and detail.individual:
            return re.sub(r"\d", lambda digit: str(rng.randint(1, 9)), other)
        return other

    def _persons(self, record: Annotated, rng: random.Random) -> dict[int, str]:
        things = [
            thing
            for thing, detail in zip(record.things, self._details[record.id], strict=True)
            if detail.type == PERSON and any(_is_name(record.spots[index]) for index in thing)
        ]
        country = rng.choice(self._people)
        parts: dict[str, str] = {}
        for thing in things:
            names = [_words(record, index) for index in thing if _is_name(record.spots[index])]
            longest = max(names, key=len)
            gender = gender_of(" ".join(longest)) or _pronoun(record, thing) or rng.choice([HERS, HIS])
            for place, word in enumerate(longest):
                last = place == len(longest) - 1
                some = country.surnames if last else country.forenames[gender]
                parts.setdefault(word, rng.choice(some) if _NAME.fullmatch(word) and word[0].isupper() else word)
            if any(word not in parts for name in names for word in name):
                return {}
        spots = [index for thing in things for index in thing if _is_name(record.spots[index])]
        if any(word in _rest(record, spots) for word in parts if word[0].isupper()):
            return {}
        return {index: " ".join(parts[word] for word in _words(record, index)) for index in spots}


def rewritten(record: Annotated, words: dict[int, str]) -> Annotated:
    """Return the record with other words in some of its spots, by their index; no two of its spots may overlap."""
    text, spots, last = "", list[Spot](), 0
    for index, spot in enumerate(record.spots):
        text += record.text[last : spot.start]
        inside = words.get(index, record.text[spot.start : spot.end])
        spots.append(replace(spot, start=len(text), end=len(text) + len(inside)))
        text += inside
        last = spot.end
    text += record.text[last:]
    scopes = tuple(replace(scope, start=0, end=len(text)) for scope in record.scopes)
    return replace(record, text=text, spots=tuple(spots), scopes=scopes)


def _is_name(spot: Spot) -> bool:
    return spot.kind is Kind.NAME


def _words(record: Annotated, index: int) -> list[str]:
    spot = record.spots[index]
    return record.text[spot.start : spot.end].split()


def _only_name(record: Annotated, thing: tuple[int, ...]) -> str | None:
    names = {" ".join(_words(record, index)) for index in thing if _is_name(record.spots[index])}
    return names.pop() if len(names) == 1 else None


def _form(detail: Detail, name: str) -> Form:
    words = name.split()
    opening = len(words) > 1 and words[0].isupper()
    return detail, min(len(words), 3), any(char.isdigit() for char in name), opening


def _stands_alone(record: Annotated, thing: tuple[int, ...], name: str) -> bool:
    rest = _rest(record, [index for index in thing if _is_name(record.spots[index])])
    return not any(word in rest for word in re.findall(r"\w+", name) if len(word) > 3)


def _rest(record: Annotated, spots: list[int]) -> str:
    places = sorted((record.spots[index].start, record.spots[index].end) for index in spots)
    begins, ends = [0, *(end for _, end in places)], [*(start for start, _ in places), len(record.text)]
    return "|".join(record.text[begin:end] for begin, end in zip(begins, ends, strict=True))


def _pronoun(record: Annotated, thing: tuple[int, ...]) -> str | None:
    words = (record.text[record.spots[index].start : record.spots[index].end].lower() for index in thing)
    return next((_PRONOUNS[word] for word in words if word in _PRONOUNS), None)
