"""All linkers together: the user's own list first, then those by name, built in or of other packages."""

from collections.abc import Iterator
from functools import cached_property

from kg.plugins import Registry
from kg.resolve.link.entries import Catalogue, Entries
from kg.resolve.link.listed import Listed
from kg.resolve.link.thing import Link, Linker, Thing

LINKERS = Registry("linker", group="kg.linkers", builtin={"gazetteer": "kg.resolve.link.places:link"})
"""Every linker that is installed is asked; one may have a `version`, a string by which it is known to have changed."""


class Linkers:
    """Asks each linker what a thing is; its ids are those of them all, its point and country the first that is told."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue or Entries()

    def __call__(self, thing: Thing, /) -> Link:
        """Return all that the thing is linked to."""
        found = [link for linker in self._linkers if (link := linker(thing)) is not None]
        return Link(
            same_as=tuple(dict.fromkeys(id for link in found for id in link.same_as)),
            point=next((link.point for link in found if link.point), None),
            country=next((link.country for link in found if link.country), None),
        )

    @cached_property
    def _linkers(self) -> list[Linker]:
        return [Listed(self.catalogue), *(LINKERS.get(name) for name in LINKERS.names())]


def versions() -> Iterator[str]:
    """Yield the names of the linkers, each with its version if it tells one: where they differ, links are stale."""
    for name in LINKERS.names():
        yield name
        yield str(getattr(LINKERS.get(name), "version", ""))
