"""What resolution compares: a profile, the within-document chains that surely are one thing.

Chains of the same type, subtype and name share a profile, so that a name that stands in a hundred thousand documents
is compared once. A chain that only a surname, a first name or a common word names has a profile for itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.countries import Country, country_named, country_of
from kg.model import Extraction, Kind, Mention
from kg.names import display, full_names, is_acronym, is_full_person, normal, numbers

Key = tuple[str, str, str, str]


@dataclass(slots=True)
class Profile:
    """Chains of mentions with one type, subtype and name; `place` names the chain where it stands for itself.

    `aliases` holds the other full names and the acronyms of the same chains, each with the documents that say so.
    """

    type: str
    subtype: str | None
    name: str
    place: str = ""
    country: Country | None = None
    documents: set[str] = field(default_factory=set)
    aliases: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    acronyms: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What tells the profile from all others, whatever the order of the input."""
        return self.type, self.subtype or "", self.name, self.place

    @property
    def is_open(self) -> bool:
        """Whether a chain of another document may join: not on a bare surname."""
        return not self.place


def profiles(extractions: Iterable[Extraction]) -> list[Profile]:
    """Return the profiles of all chains that have a name, by key; chains of descriptions alone have none."""
    found: dict[Key, Profile] = {}
    for extraction in one_each(extractions):
        for mentions in _chains(extraction):
            type, forms = majority(mentions, "type") or "", forms_of(mentions)
            full = full_names(forms, type)
            profile = _profile(type, full[0], mentions)
            profile = found.setdefault(profile.key, profile)
            profile.documents.add(extraction.document)
            profile.mentions += mentions
            _note_aliases(profile, extraction.document, forms, full)
    return [found[key] for key in sorted(found)]


def one_each(extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    """Yield one extraction for each document, by id; of several that differ the same one, however they are ordered."""
    by_document: dict[str, Extraction] = {}
    for new in extractions:
        old = by_document.setdefault(new.document, new)
        if old is not new and old != new:
            by_document[new.document] = max(old, new, key=lambda one: (one.content, repr(one)))
    return (by_document[document] for document in sorted(by_document))


def named(mention: Mention) -> str | None:
    """Return the name that the mention gives its entity, None for a pronoun or a plain description."""
    text = mention.name or (mention.text if mention.kind == Kind.NAME else "")
    return (_of_country(display(text)) if mention.type == "Place" else display(text)) or None


@lru_cache(maxsize=1 << 16)
def _of_country(name: str) -> str:
    """Return the country's name for an adjective: a place that is called Russian is Russia."""
    country = None if country_named(name) else country_of(name)
    return country.name if country else name


def forms_of(mentions: Iterable[Mention]) -> Counter[str]:
    """Count the names among the mentions, as they are shown."""
    return Counter(name for mention in mentions if (name := named(mention)))


def majority(mentions: Iterable[Mention], attribute: str) -> str | None:
    """Return the type or subtype that the names among the mentions have most weight for; None is no vote."""
    votes: defaultdict[str, int] = defaultdict(int)
    for mention in mentions:
        if named(mention) and (value := getattr(mention, attribute)):
            votes[value] += round(mention.score * 1_000_000)  # whole numbers: a sum of floats depends on their order
    return min(votes, key=lambda value: (-votes[value], value), default=None)


def _chains(extraction: Extraction) -> Iterator[list[Mention]]:
    chains: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        chains[mention.cluster].append(mention)
    return (mentions for mentions in chains.values() if any(map(named, mentions)))


def _profile(type: str, best: str, mentions: list[Mention]) -> Profile:
    """Return a profile with the key of the chain, still empty."""
    subtype = majority((mention for mention in mentions if mention.type == type), "subtype")
    if country := _country(best, type, subtype):
        return Profile(type, "Country", normal(country.name, type), country=country)
    name = normal(best, type)
    return Profile(type, subtype, name, "" if _identifies(best, name, type) else min(mentions, key=_place).id)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _country(name: str, type: str, subtype: str | None) -> Country | None:
    if type != "Place" or subtype not in (None, "Country", "Region", "City"):
        return None
    country = country_named(name)
    return None if country and country.shared and subtype != "Country" else country


def _identifies(form: str, name: str, type: str) -> bool:
    if type == "Person":
        return is_full_person(name)
    return bool(name) and not form.islower()


def _note_aliases(profile: Profile, document: str, forms: Iterable[str], full: list[str]) -> None:
    for form in forms:
        alias = normal(form, profile.type)
        if alias == profile.name or not _may_stand_for(alias, profile):
            continue
        acronym = any(is_acronym(form, other) for other in full)
        if acronym or form in full:
            profile.aliases[alias].add(document)
            profile.acronyms |= {alias} if acronym else set()


def _may_stand_for(alias: str, profile: Profile) -> bool:
    """Tell whether to believe the chain: another number, or a person's quite other name, is likelier its mistake."""
    if profile.type == "Person":
        return is_full_person(alias) and bool({*alias.split()} & {*profile.name.split()})
    (stem, count), (own_stem, own_count) = numbers(alias), numbers(profile.name)
    return bool(alias) and (stem != own_stem or count == own_count)
