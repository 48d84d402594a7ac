"""A sentence's triples as Text2KGBench's TekGen has them: about one thing, in the words of Wikidata.

TekGen's sentences were made from one thing's triples, so the surest subject of all relations is taken for that thing.
The benchmark drops a relation that it does not mark in a sentence, so the surest object of each is worth telling even
where it is unsure; what was fitted to that, on the benchmark's training sentences alone, stands in `tekgen.json`
(`python -m kg.train triples`), and holds for nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec
from msgspec import Struct

from kg.bench.scores_triples import Triple
from kg.countries import country_of
from kg.extract import facts as reading
from kg.extract.joint import Encoded, Joint, Stretch
from kg.extract.pairs import group_of
from kg.extract.pipeline import MODELS
from kg.extract.times import find_times

HABITS = MODELS / "tekgen.json"
_MONTHS = "January February March April May June July August September October November December".split()
_TRAILING = re.compile(r"(?:\s+(?:by|for|of|and|the|in|on|with|to|is|was)|\s*[(,:;-])+$")
_DATE = re.compile(rf"\d\d (?:{'|'.join(_MONTHS)}) \d{{4}}")
_OTHER = 10  # the group of words that are no pronouns


class Habits(Struct, frozen=True, dict=True):
    """What was fitted: probabilities, and words for things without a name ("jazz", "swimmer") to look for as objects.

    The surest object of a relation must reach `least`; any other must too, and besides reach `sure`, or that `share` of
    the surest. Another subject than the sentence's counts for `other` of its probability. The relations of `dated` have
    dates as objects, and no others have.
    """

    least: float = 0.05
    sure: float = 0.6
    share: float = 0.7
    other: float = 0.2
    objects: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What finds the words; None where there are none."""
        longest = sorted(self.objects, key=lambda word: (-len(word), word))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE) if longest else None


class Pair(Struct, frozen=True, dict=True):
    """Two stretches of a sentence, the second in Wikidata's words, and the odds of the relations asked for."""

    subject: Stretch
    object: Stretch
    value: str
    odds: tuple[float, ...]

    @cached_property
    def dated(self) -> bool:
        """Whether the object is a date."""
        return _DATE.fullmatch(self.value) is not None


def habits() -> Habits:
    """Return what was fitted; what was not fitted to anything where the file is missing."""
    return msgspec.json.decode(HABITS.read_bytes(), type=Habits) if HABITS.exists() else Habits()


def pairs(joint: Joint, encoded: Encoded, properties: Sequence[str], known: Habits) -> list[Pair]:
    """Return every two ends of the sentence that do not overlap, and how probable each of the properties is."""
    text = encoded.text
    ends = reading.ends(encoded, reading.names(joint, encoded), (0, len(text)))
    told = {_trimmed(text, (a, b)) for a, b in ends if group_of(text[a:b]) == _OTHER}
    found = {match.span() for match in known.pattern.finditer(text)} if known.pattern else set()
    between, related = reading.compared(joint, encoded, sorted(told | found))
    columns = [joint.relations.index(name) for name in properties]
    if not between:
        return []
    rows: list[list[float]] = joint.label_odds(related.labels)[:, columns].tolist()
    values = {thing: value(text[slice(*thing)]) for _, thing in between}
    return [
        Pair(subject, thing, values[thing], tuple(row))
        for (subject, thing), row in zip(between, rows, strict=True)
        if not _overlap(subject, thing) and subject in told
    ]


def chosen(text: str, found: Sequence[Pair], relations: Sequence[str], known: Habits) -> Iterator[Triple]:
    """Yield the triples that the habits choose among the pairs of a sentence; `relations` name the columns."""
    about = _about(found)
    subjects = {pair.subject for pair in found}
    for column, relation in enumerate(relations):
        fitting = [pair for pair in found if pair.dated == (relation in known.dated)]
        for pair in _objects(fitting, column, about, known):
            yield _label(text, pair.subject, subjects), relation, pair.value


def _about(found: Iterable[Pair]) -> Stretch | None:
    best: dict[Stretch, tuple[float, ...]] = {}
    for pair in found:
        best[pair.subject] = tuple(map(max, best.get(pair.subject, pair.odds), pair.odds))
    return max(best, key=lambda subject: (sum(best[subject]), -subject[0]), default=None)


def _objects(found: Iterable[Pair], column: int, about: Stretch | None, known: Habits) -> list[Pair]:
    odds = [(pair.odds[column] * (1 if pair.subject == about else known.other), pair) for pair in found]
    odds.sort(key=lambda one: (-one[0], one[1].subject, one[1].object))
    kept: list[Pair] = []
    for probability, pair in odds:
        enough = probability >= known.sure or probability >= known.share * odds[0][0]
        taken = any(one.subject == pair.subject and _overlap(one.object, pair.object) for one in kept)
        if probability >= known.least and enough and not taken:
            kept.append(pair)
    return kept


def _label(text: str, subject: Stretch, subjects: Iterable[Stretch]) -> str:
    # "Leighton John Baines (born …) … where Leighton Baines is also …": TekGen puts the label in place of a pronoun, so
    # of a thing named twice the later name is its label.
    own = _words(text, subject)
    later = [
        one
        for one in subjects
        if one[0] > subject[1] and len(_words(text, one)) > 1 and own and _one_name(_words(text, one), own)
    ]
    return text[slice(*max(later, default=subject))]


def _one_name(words: list[str], own: list[str]) -> bool:
    return words != own and words[-1] == own[-1] and (set(words) <= set(own) or set(own) <= set(words))


def _words(text: str, stretch: Stretch) -> list[str]:
    return re.findall(r"\w+", text[slice(*stretch)].lower())


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    # "The Oxford Dictionary of Saints by": the model lets some names run on.
    rest = _TRAILING.search(text[slice(*stretch)])
    return (stretch[0], stretch[0] + rest.start()) if rest and rest.start() else stretch


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def value(text: str) -> str:
    """Return the object as Wikidata writes it: dates by day, month and year, years by their first day."""
    country = country_of(text)
    if country is not None:
        return country.name
    if re.fullmatch(r"[12]\d{3}", text):
        return f"01 January {text}"
    times = [time for time in find_times(text, published=None) if time.start == 0 and time.end == len(text)]
    parts = times[0].value.split("-") if times else []
    if len(parts) < 2 or not all(part.isdigit() for part in parts):
        return text
    return f"{parts[2] if len(parts) > 2 else '01'} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
