"""What a linker is given, what it returns, and what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec import Struct

from kg.resolve.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity before it is linked: its names as they are written, with how often, and the profiles that it is of."""

    type: str
    subtype: str | None
    name: str
    forms: Mapping[str, int]
    country: str | None
    profiles: Sequence[Profile]


class Link(Struct, frozen=True, kw_only=True):
    """What a thing is the same as, by ids or IRIs; of a place also where it lies, and in which country (ISO 3166-1)."""

    same_as: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    country: str | None = None


class Linker(Protocol):
    """What links things; what it returns must depend on the thing alone."""

    def __call__(self, thing: Thing, /) -> Link | None:
        """Return what the thing is, None where that is not sure."""
