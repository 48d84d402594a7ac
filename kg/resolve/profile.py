"""What resolution compares: a profile, the chains of all documents that share a key and so surely are one thing.

A name that stands in a hundred thousand documents is compared once. Whatever a profile tells is a function of the set
of its chains.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from heapq import nlargest

from kg.resolve.chain import Chain, Key
from kg.resolve.evidence import TIE

TELLING = 32  # of the names beside it, and of the facts of one kind, as many are compared, the most told first


class Profile:
    """Chains with one type, subtype, name, mark and place; `part` names the chain that a split part is built around.

    The `id` tells it from all other profiles; `is_open` says whether a chain of another document may join without
    support: not on a bare surname, a first name or a common word.
    """

    def __init__(self, chains: Iterable[Chain], *, part: str = "") -> None:
        self.chains = tuple(sorted(chains, key=_in_order))
        first = self.chains[0]
        self.type, self.subtype, self.name = first.type, first.subtype, first.name
        self.mark, self.place, self.country = first.mark, first.place, first.country
        self.part = part
        self.is_open = not first.place

    @cached_property
    def id(self) -> str:
        """What tells it from all other profiles, whatever else there is."""
        parts = (self.type, self.subtype or "", self.name, self.mark, self.place)
        return "|".join((*parts, self.part) if self.part else parts)

    @property
    def key(self) -> Key:
        """The key that its chains share."""
        return self.chains[0].key

    def plus(self, chains: Iterable[Chain]) -> "Profile":
        """Return the profile with these chains too; they take the place of others of their documents."""
        new = list(chains)
        return Profile([*self._without({chain.document for chain in new}), *new], part=self.part)

    def minus(self, documents: Collection[str]) -> "Profile | None":
        """Return the profile without the chains of these documents, None where nothing is left."""
        left = self._without(documents)
        return Profile(left, part=self.part) if left else None

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents that speak of it."""
        return frozenset(chain.document for chain in self.chains)

    @cached_property
    def aliases(self) -> dict[str, set[str]]:
        """Its other full names and its acronyms, each with the documents that say so."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for chain in self.chains:
            for alias, _ in chain.aliases:
                found[alias].add(chain.document)
        return dict(found)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Its aliases that some document gives as an acronym."""
        return frozenset(alias for chain in self.chains for alias, acronym in chain.aliases if acronym)

    @cached_property
    def forms(self) -> Counter[str]:
        """Its names as they are written, each with how often."""
        found: Counter[str] = Counter()
        for chain in self.chains:
            for form, count in chain.forms:
                found[form] += count
        return found

    @cached_property
    def near(self) -> frozenset[str]:
        """The names most often found beside it."""
        return _telling(name for chain in self.chains for name in chain.near)

    @cached_property
    def facts(self) -> dict[str, frozenset[str]]:
        """What is told of it most, by kind."""
        told: defaultdict[str, list[str]] = defaultdict(list)
        for chain in self.chains:
            for kind, value in chain.facts:
                told[kind].append(value)
        return {kind: _telling(values) for kind, values in told.items()}

    @cached_property
    def related(self) -> frozenset[str]:
        """The things and offices that a text relates it to."""
        return self.facts.get("position", frozenset()) | self.facts.get(TIE, frozenset())

    @cached_property
    def support(self) -> frozenset[str]:
        """All that can speak for a short form of its name: what it is related to, and the names beside it."""
        return self.related | self.near

    def _without(self, documents: Collection[str]) -> list[Chain]:
        return [chain for chain in self.chains if chain.document not in documents]


def profiles(chains: Iterable[Chain]) -> list[Profile]:
    """Return the profiles of the chains of a whole collection, by key."""
    by_key: defaultdict[Key, list[Chain]] = defaultdict(list)
    for chain in chains:
        by_key[chain.key].append(chain)
    return [Profile(by_key[key]) for key in sorted(by_key)]


def _in_order(chain: Chain) -> tuple[str, tuple[tuple[int, int], ...]]:
    return chain.document, chain.spans


def _telling(values: Iterable[str]) -> frozenset[str]:
    counts = Counter(values)
    if len(counts) <= TELLING:
        return frozenset(counts)
    least = nlargest(TELLING, counts.values())[-1]  # a name in thousands of documents stands beside thousands of others
    often = [value for value, count in counts.items() if count >= least]
    return frozenset(sorted(often, key=lambda value: (-counts[value], value))[:TELLING])
