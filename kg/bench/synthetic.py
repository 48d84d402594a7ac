"""A collection that nobody wrote: extractions with the statistics of names in the news, and what each mention means.

Few things are in many documents and many in few (Zipf's law); so it is with forenames and surnames, of which common
ones make namesakes. Things live in circles and are named together. Names are written in full, shortened, misspelt and
romanised in several ways, and sometimes told with an office, an employer, a place or a birth date.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

from msgspec import Struct

from kg.model import Extraction, Literal, Mention, Relation

MENTIONS_EACH = 8  # of each thing, in the mean
CIRCLE = 40  # things that are named together
CHAINS = 12  # things in a document
NAMES = Path(__file__).with_name("names.tsv")

_KINDS = (("Person", 0.45), ("Organisation", 0.25), ("Place", 0.2), ("Vehicle", 0.1))
_LISTED = 0.3  # so many bear one of a country's most common names; the others a rarer one
_OFFICES = "president minister director spokesman engineer captain lawyer professor actor judge mayor senator".split()
_TRADES = (
    "Airlines Bank Motors Systems Shipping Institute University Ministry Union Press Energy Steel Foods Group".split()
)
_TAILS = "burg ville ton grad stad polis field port haven by ovo ico".split()
_SPELLINGS = (("sh", "sch"), ("y", "j"), ("k", "c"), ("v", "w"), ("ou", "u"), ("ch", "tch"), ("ei", "ey"), ("i", "y"))


class Thing(Struct, frozen=True):
    """Something with a name; `told` are the predicates and literals that documents may tell of it."""

    id: int
    type: str
    name: str
    short: str
    told: tuple[tuple[str, str], ...] = ()


class Collection:
    """Documents of about so many mentions in all; the same for the same number and seed."""

    def __init__(self, mentions: int, *, seed: int = 0) -> None:
        self._dice = Random(seed)
        self._mentions = mentions
        self._names = _Names(self._dice)
        self._things = [self._thing(number) for number in range(max(mentions // MENTIONS_EACH, CIRCLE))]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._things))))
        self.meaning: dict[str, int] = {}

    def extractions(self) -> Iterator[Extraction]:
        """Yield the documents; what each mention means is in `meaning` once its document is there."""
        made = number = 0
        while made < self._mentions:
            extraction = self._document(f"d{number:07}")
            made += len(extraction.mentions)
            number += 1
            yield extraction

    def _thing(self, number: int) -> Thing:
        (type,) = self._dice.choices([kind for kind, _ in _KINDS], [share for _, share in _KINDS])
        if type == "Person":
            forename, surname = self._names.person()
            told = (("occupation", self._dice.choice(_OFFICES)), ("bornOn", self._date()))
            return Thing(number, type, f"{forename} {surname}", surname, told)
        name = self._names.coined()
        if type == "Organisation":
            words = [name, self._names.coined(), self._dice.choice(_TRADES)][self._dice.randrange(2) :]
            return Thing(number, type, " ".join(words), "".join(word[0] for word in words), ())
        if type == "Vehicle":
            prefix, hull = self._dice.choice(("HMS", "USS", "MV")), self._dice.randrange(10, 999)
            ship = (
                Thing(number, type, f"{prefix} {name}", name),
                Thing(number, type, f"{name} {hull}", f"{name} {hull}"),
            )
            return self._dice.choice(ship)
        return Thing(number, type, name + self._dice.choice(_TAILS), name, ())

    def _date(self) -> str:
        return f"{self._dice.randrange(1930, 2000)}-{self._dice.randrange(1, 13):02}-{self._dice.randrange(1, 29):02}"

    def _document(self, id: str) -> Extraction:
        circle = self._dice.randrange(max(len(self._things) // CIRCLE, 1)) * CIRCLE
        near = [self._things[min(circle + self._dice.randrange(CIRCLE), len(self._things) - 1)] for _ in range(CHAINS)]
        famous = [self._famous() for _ in range(CHAINS // 3)]
        things = list({thing.id: thing for thing in (*near[CHAINS // 3 :], *famous)}.values())
        mentions: list[Mention] = []
        relations: list[Relation] = []
        for cluster, thing in enumerate(things):
            first = len(mentions)
            for text in self._forms(thing):
                mentions.append(self._mention(id, len(mentions), cluster, thing, text))
            relations += self._told(thing, mentions[first].id)
        return Extraction(document=id, content=id, mentions=tuple(mentions), relations=tuple(relations))

    def _famous(self) -> Thing:
        return self._things[bisect(self._weights, self._dice.random() * self._weights[-1]) % len(self._things)]

    def _mention(self, document: str, at: int, cluster: int, thing: Thing, text: str) -> Mention:
        mention = Mention(
            document=document, start=100 * at, end=100 * at + len(text), text=text, type=thing.type, cluster=cluster
        )
        self.meaning[mention.id] = thing.id
        return mention

    def _forms(self, thing: Thing) -> list[str]:
        chance = self._dice.random()
        first = thing.name if chance < 0.88 else self._otherwise(thing, chance)
        later = [thing.short if thing.type != "Place" else thing.name] * self._dice.choice((0, 0, 1, 1, 2, 3))
        return [first, *later]

    def _otherwise(self, thing: Thing, chance: float) -> str:
        """Return the name as it is more rarely written: short, misspelt, romanised otherwise, with an initial."""
        if chance < 0.91:
            return thing.short
        if chance < 0.93 and thing.type == "Person":
            return f"{thing.name[0]}. {thing.short}"
        if chance < 0.96 and len(thing.name) > 8:
            at = self._dice.randrange(len(thing.name) - 4, len(thing.name) - 1)
            return thing.name[:at] + thing.name[at + 1] + thing.name[at] + thing.name[at + 2 :]
        fitting = [(here, there) for here, there in _SPELLINGS if here in thing.name]
        return thing.name.replace(*self._dice.choice(fitting)) if fitting else thing.name

    def _told(self, thing: Thing, mention: str) -> Iterator[Relation]:
        for (predicate, value), share in zip(thing.told, (0.3, 0.03), strict=False):
            if self._dice.random() < share:
                said = Literal(value=value)
                yield Relation(subject=mention, predicate=predicate, object=said, start=0, end=1)


class _Names:
    """Names by country: some of its most common ones, the others made of their beginnings and ends."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    @cached_property
    def _countries(self) -> list[tuple[list[str], list[str]]]:
        rows = [line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        return [(forenames.split(","), surnames.split(",")) for _, forenames, surnames in rows]

    def person(self) -> tuple[str, str]:
        """Return a forename and a surname of one country."""
        forenames, surnames = self._dice.choice(self._countries)
        return self._one(forenames, 2 * _LISTED), self._one(surnames, _LISTED)

    def coined(self) -> str:
        """Return a word that could be a name."""
        _, surnames = self._dice.choice(self._countries)
        return self._blend(surnames) + self._dice.choice(("", "a", "o", "is", "en", "ar"))

    def _one(self, names: Sequence[str], listed: float) -> str:
        if self._dice.random() > listed:
            return self._blend(names)
        return names[min(int(len(names) ** self._dice.random()) - 1, len(names) - 1)]  # by Zipf's law

    def _blend(self, names: Sequence[str]) -> str:
        head, middle, tail = (self._dice.choice(names) for _ in range(3))
        inside = middle[1:3] if self._dice.random() < 0.5 else ""
        return (head[: len(head) // 2 + 1] + inside + tail[len(tail) // 2 :]).title()
