"""What one document says of its things: its named chains of mentions, as plain records that a collection is made of.

Everything that resolution may know of a document is in its chains. A chain depends on its own extraction alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kg.countries import Country, country_named, country_of
from kg.model import Extraction, Kind, Mention
from kg.names import display, full_names, is_acronym, is_full_person, normal, numbers
from kg.resolve.evidence import Fact, facts, mark_of

Key = tuple[str, str, str, str, str]

NEAR = 16  # names beside a chain that are kept, the most used first: one of hundreds tells little
PLACES = 32  # and as many of the places beside a place


class Chain(Struct, frozen=True, kw_only=True, gc=False):
    """The mentions of one thing in one document, and what the document says of it.

    `name` is the normal form of its best name, `mark` what tells it from others of that name (a birth date, a hull
    number), `place` the mention that stands for it where its name means nothing in another document. `aliases` are its
    other full names, and its acronyms (true); `near` are the names beside it, `facts` what the text relates it to.
    Of a place, `places` are the other places of the document, each with "after" where it follows the name at once
    ("Paris, Texas"), "before" where the name follows it, else ""; `namesake` tells that a person of the document has
    its name for a surname.
    """

    document: str
    type: str
    subtype: str | None
    name: str
    mark: str = ""
    place: str = ""
    country: str | None = None
    spans: tuple[tuple[int, int], ...]
    forms: tuple[tuple[str, int], ...]
    votes: tuple[tuple[str, str, int], ...]
    aliases: tuple[tuple[str, bool], ...] = ()
    near: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    namesake: bool = False

    @property
    def key(self) -> Key:
        """What it shares with the chains of other documents that surely are the same thing."""
        return self.type, self.subtype or "", self.name, self.mark, self.place

    @property
    def first(self) -> str:
        """The id of its first mention, which tells it from all other chains."""
        start, end = self.spans[0]
        return f"{self.document}#char={start},{end}"

    @property
    def mentions(self) -> list[str]:
        """The ids of its mentions, in the order of the text."""
        return [f"{self.document}#char={start},{end}" for start, end in self.spans]


def chains(extraction: Extraction) -> list[Chain]:
    """Return the chains of a document that have a name, in the order of the text; those of descriptions have none."""
    clusters: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        clusters[mention.cluster].append(mention)
    sketches = [_Sketch(cluster, mentions) for cluster, mentions in clusters.items() if any(map(named, mentions))]
    sketches.sort(key=lambda sketch: (sketch.spans, sketch.name))
    names = {sketch.cluster: sketch.name for sketch in sketches}
    told = facts(extraction, names)
    known = list(dict.fromkeys(one.name for one in sorted(sketches, key=lambda one: -one.weight) if one.tells))
    made = [sketch.chain(extraction.document, told.get(sketch.cluster, ()), known) for sketch in sketches]
    beside = _places(sketches)
    surnames = {one.name.split()[-1] for one in sketches if one.type == "Person" and one.open}
    return [
        replace(chain, places=beside[at], namesake=chain.name in surnames) if at in beside else chain
        for at, chain in enumerate(made)
    ]


class _Sketch:
    """A chain before it is known what stands around it."""

    def __init__(self, cluster: int, mentions: list[Mention]) -> None:
        self.cluster = cluster
        self.votes = _votes(mentions)
        self.type = majority((type, weight) for type, _, weight in self.votes) or ""
        subtype = majority((subtype, weight) for type, subtype, weight in self.votes if type == self.type)
        self.forms = forms_of(mentions)
        self.weight = sum(self.forms.values())
        self.full = full_names(self.forms, self.type)
        self.spans = tuple(sorted({(one.start, one.end) for one in mentions}))
        country = _country(self.full[0], self.type, subtype)
        self.country = country.name if country else None
        self.subtype = "Country" if country else subtype
        self.name = normal(country.name if country else self.full[0], self.type)
        self.open = country is not None or _identifies(self.full[0], self.name, self.type)

    @property
    def tells(self) -> bool:
        """Whether it tells something of its neighbours that it stands beside them: countries are everywhere."""
        return self.open and not self.country

    def chain(self, document: str, told: tuple[Fact, ...], known: Sequence[str]) -> Chain:
        """Return the chain, given what is said of it and which names the document has, the most used first."""
        start, end = self.spans[0]
        others = list(self._others())
        return Chain(
            document=document,
            type=self.type,
            subtype=self.subtype,
            name=self.name,
            mark=mark_of(self.type, [form for form, _, _ in others], told) if self.open else "",
            place="" if self.open else f"{document}#char={start},{end}",
            country=self.country,
            spans=self.spans,
            forms=tuple(sorted(self.forms.items())),
            votes=self.votes,
            aliases=tuple(sorted({(alias, acronym) for _, alias, acronym in others})),
            near=tuple(name for name in known[: NEAR + 1] if name != self.name)[:NEAR],
            facts=told,
        )

    def _others(self) -> Iterator[tuple[str, str, bool]]:
        """Yield the forms that are other full names or acronyms, their normal forms, and whether they are acronyms."""
        for form in self.forms if len(self.forms) > 1 and not self.country else ():
            alias = normal(form, self.type)
            if alias != self.name and self._may_be(alias):
                acronym = any(is_acronym(form, other) for other in self.full)
                if acronym or form in self.full:
                    yield form, alias, acronym

    def _may_be(self, alias: str) -> bool:
        """Tell whether to believe the chain: another number, or a person's quite other name, is rather its mistake."""
        if self.type == "Person":
            return is_full_person(alias) and bool({*alias.split()} & {*self.name.split()})
        (stem, count), (own_stem, own_count) = numbers(alias), numbers(self.name)
        return bool(alias) and (stem != own_stem or count == own_count)


def _places(sketches: Sequence[_Sketch]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return which other places stand beside each place, those right before and after it first, then the most used."""
    known = [(at, one.country or one.full[0], one) for at, one in enumerate(sketches) if one.type == "Place"]
    known.sort(key=lambda each: -each[2].weight)
    starts = {start: at for at, _, one in known for start, _ in one.spans}
    names = {at: name for at, name, _ in known}
    beside: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for at, _, one in known:
        for there in (starts.get(end + gap, at) for _, end in one.spans for gap in (1, 2)):
            if there != at:
                beside[at][there] = "after"
                beside[there].setdefault(at, "before")
    found = {}
    for here, own, _ in known:
        sides = beside[here] | {at: "" for at, *_ in known[: 2 * PLACES] if at not in beside[here] and at != here}
        others = dict.fromkeys((names[at], side) for at, side in sides.items() if names[at] != own)
        found[here] = tuple(others)[:PLACES]
    return found


def named(mention: Mention) -> str | None:
    """Return the name that the mention gives its entity, None for a pronoun or a plain description."""
    text = mention.name or (mention.text if mention.kind == Kind.NAME else "")
    return (_of_country(display(text)) if mention.type == "Place" else display(text)) or None


def forms_of(mentions: Iterable[Mention]) -> Counter[str]:
    """Count the names among the mentions, as they are shown."""
    return Counter(name for mention in mentions if (name := named(mention)))


def majority(votes: Iterable[tuple[str, int]]) -> str | None:
    """Return what has most votes, of equals the first in the alphabet; an empty vote is none."""
    sums: defaultdict[str, int] = defaultdict(int)
    for value, weight in votes:
        if value:
            sums[value] += weight
    return min(sums, key=lambda value: (-sums[value], value), default=None)


def _votes(mentions: Iterable[Mention]) -> tuple[tuple[str, str, int], ...]:
    """Return what weight the names among the mentions have for each type and subtype.

    In whole numbers: a sum of floats depends on their order.
    """
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for mention in mentions:
        if named(mention):
            sums[mention.type, mention.subtype or ""] += round(mention.score * 1_000_000)
    return tuple((type, subtype, weight) for (type, subtype), weight in sorted(sums.items()))


@lru_cache(maxsize=1 << 16)
def _of_country(name: str) -> str:
    """Return the country's name for an adjective: a place that is called Russian is Russia."""
    country = None if country_named(name) else country_of(name)
    return country.name if country else name


@lru_cache(maxsize=1 << 16)
def _country(name: str, type: str, subtype: str | None) -> Country | None:
    if type != "Place" or subtype not in (None, "Country", "Region", "City"):
        return None
    country = country_named(name)
    return None if country and country.shared and subtype != "Country" else country


def _identifies(form: str, name: str, type: str) -> bool:
    if type == "Person":
        return is_full_person(name)
    return bool(name) and not form.islower()
