"""The entries of a user's own list, and how they are found again by the names of things."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

import msgspec
from msgspec import Struct

from kg.model import Extraction, Literal, Mention, Relation, content_hash
from kg.resolve.block import keys
from kg.resolve.chain import chains
from kg.resolve.profile import Profile

_encode = msgspec.json.Encoder(order="deterministic").encode


class Entry(Struct, frozen=True, kw_only=True):
    """A thing of the user's: its id, its name and other names, its type and subtype, and for a person its birth date.

    The birth date is as precise as it is known: 1961, 1961-04 or 1961-04-12.
    """

    id: str
    name: str
    type: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    born: str = ""

    def profiles(self) -> list[Profile]:
        """Return a profile for each of its names, of those that would mean it in any document."""
        made = (_profile(self, name) for name in dict.fromkeys((self.name, *self.aliases)))
        return [profile for profile in made if profile is not None and profile.is_open]

    def places(self) -> list[str]:
        """Return the keys of the blocks in which it is found, and its names in normal form."""
        found = self.profiles()
        return sorted({key for profile in found for key in keys(profile)} | {f"=|{name_key(p.name)}" for p in found})


class Catalogue(Protocol):
    """Entries that are found by their keys, in memory or on disk."""

    def find(self, wanted: Iterable[str], /) -> list[Entry]:
        """Return the entries that have any of the keys, each once, in any order."""


class Entries:
    """The entries of all lists of a user, in memory; the same entries in any order are the same."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.all = tuple(sorted({*entries}, key=_encode))

    @property
    def digest(self) -> str:
        """Names what is in the lists; empty where nothing is."""
        return content_hash(*(_encode(one).decode() for one in self.all)) if self.all else ""

    def find(self, wanted: Iterable[str], /) -> list[Entry]:
        """Return the entries that have any of the keys, each once."""
        return list(dict.fromkeys(one for key in wanted for one in self._by_key.get(key, ())))

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for one in self.all:
            for key in one.places():
                found[key].append(one)
        return dict(found)


def name_key(name: str) -> str:
    """Return the name in normal form without its spaces, as blocks go by it."""
    return name.replace(" ", "")


def _profile(entry: Entry, name: str) -> Profile | None:
    """Return the profile that a document would give a thing of that name."""
    mention = Mention(document="", start=0, end=len(name), text=name, type=entry.type, subtype=entry.subtype)
    born = Relation(subject=mention.id, predicate="bornOn", object=Literal(value=entry.born), start=0, end=0)
    told = (born,) if entry.born else ()
    found = chains(Extraction(document="", content="", mentions=(mention,), relations=told))
    return Profile(found) if found else None
