"""A group of profiles as an Entity: its best name, its other names, and an id that stays."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from kg.countries import Country, country_named
from kg.model import Entity, content_hash
from kg.names import full_names, slug
from kg.resolve.chain import Chain, majority
from kg.resolve.link import Link, Linkers, Thing
from kg.resolve.match import exclude
from kg.resolve.profile import Profile

_SUFFIX = re.compile(r"(?:-[0-9a-f]{6,16})+$")


class Draft:
    """An entity that has no id yet; it depends on its group alone."""

    def __init__(self, group: Sequence[Profile]) -> None:
        self.group = sorted(group, key=lambda profile: profile.key)
        self.forms: Counter[str] = sum((profile.forms for profile in self.group), Counter())
        name = next((profile.country for profile in self.group if profile.country), None)
        self.country: Country | None = country_named(name) if name else None
        self.type = majority(_type_votes(self.group)) or ""
        self.name = full_names(self.forms, self.type)[0]
        self.slug = slug(self.country.name if self.country else self.name)

    @property
    def family(self) -> str:
        """The readable id without what could be a suffix: ids are unique where each family's are."""
        return _SUFFIX.sub("", self.slug)

    @property
    def is_open(self) -> bool:
        """Whether more than a surname or the like is known."""
        return any(profile.is_open for profile in self.group)

    @cached_property
    def rank(self) -> tuple[bool, int, tuple[str, ...]]:
        """Of several with one readable id the first by rank keeps it."""
        documents = frozenset[str]().union(*(profile.documents for profile in self.group))
        return not self.is_open, -len(documents), self.made_of

    @cached_property
    def made_of(self) -> tuple[str, ...]:
        """What it is, whatever else is in the collection."""
        first = self.group[0]
        type, subtype, name, mark, place = first.key
        return (type, subtype, name, place, *(part for part in (mark, first.part) if part))

    @cached_property
    def thing(self) -> Thing:
        """What linkers are asked about."""
        subtype = "Country" if self.country else majority(_subtype_votes(self.group, self.type))
        country = self.country.name if self.country else None
        return Thing(
            type=self.type, subtype=subtype, name=self.name, forms=self.forms, country=country, profiles=self.group
        )

    def entity(self, id: str, link: Link) -> Entity:
        """Return it as an entity of that id, and with that link."""
        chains = sorted((chain for profile in self.group for chain in profile.chains), key=_in_order)
        return Entity(
            id=id,
            type=self.type,
            subtype=self.thing.subtype,
            name=self.name,
            aliases=_aliases(self.forms, self.name),
            mentions=tuple(_mentions(chains)),
            same_as=link.same_as,
            point=link.point,
            country=link.country,
        )


def entities(drafts: Iterable[Draft], linkers: Linkers) -> list[Entity]:
    """Return the entities of one family, or of whole families, by id."""
    return linked(identified(drafts), linkers)


def linked(named: Mapping[str, Draft], linkers: Linkers) -> list[Entity]:
    """Return the drafts of whole families as entities, by id; what excludes each other is never the same as one thing.

    Of two namesakes that cannot be one, none is linked to what both would be: the texts do not say which it is.
    """
    links = {id: linkers(draft.thing) for id, draft in named.items()}
    claims: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id, link in links.items():
        for other in link.same_as:
            claims[named[id].family, other].append(id)
    for claimants in claims.values():
        if len(claimants) > 1 and any(_exclude(named[a], named[b]) for a, b in combinations(claimants, 2)):
            links.update(dict.fromkeys(claimants, Link()))
    return [draft.entity(id, links[id]) for id, draft in named.items()]


def identified(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Return the drafts of one family, or of whole families, by the ids that they get, sorted.

    Of several with the same readable id the one in most documents keeps it and the others get a suffix, made of what
    they are and never of what else is in the collection. Who is known by a surname alone always has one: another
    document is likely to bring another.
    """
    by_slug: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_slug[draft.slug].append(draft)
    found: dict[str, Draft] = {}
    homographs: list[tuple[str, Draft]] = []
    for id, same in sorted(by_slug.items()):
        first, *rest = sorted(same, key=lambda draft: draft.rank)
        if first.is_open:
            found[id] = first
        homographs += [(id, draft) for draft in (rest if first.is_open else [first, *rest])]
    for id, draft in homographs:
        found[_suffixed(id, draft, found)] = draft
    return dict(sorted(found.items()))


def _suffixed(id: str, draft: Draft, taken: dict[str, Draft]) -> str:
    digest = content_hash(*draft.made_of)
    return next(longer for n in range(6, 17) if (longer := f"{id}-{digest[:n]}") not in taken)


def _exclude(one: Draft, other: Draft) -> bool:
    return any(exclude(ours, theirs) for ours in one.group for theirs in other.group)


def _type_votes(group: Iterable[Profile]) -> Iterator[tuple[str, int]]:
    return ((type, weight) for profile in group for chain in profile.chains for type, _, weight in chain.votes)


def _subtype_votes(group: Sequence[Profile], type: str) -> Iterator[tuple[str, int]]:
    known = {profile.subtype for profile in group if profile.type == type}
    votes = (vote for profile in group for chain in profile.chains for vote in chain.votes)
    return ((subtype, weight) for _, subtype, weight in votes if subtype in known)


def _mentions(chains: Sequence[Chain]) -> Iterator[str]:
    """Yield the ids of the mentions in the order of the texts, each once."""
    by_document: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for chain in chains:
        by_document[chain.document].update(chain.spans)
    for document, spans in by_document.items():
        yield from (f"{document}#char={start},{end}" for start, end in sorted(spans))


def _in_order(chain: Chain) -> str:
    return chain.document


def _aliases(forms: Counter[str], name: str) -> tuple[str, ...]:
    """Return the other names, without those that only shout one of them."""
    spoken = {form.casefold() for form in forms if not form.isupper()}
    return tuple(sorted(f for f in forms if f != name and not (f.isupper() and f.casefold() in spoken)))
