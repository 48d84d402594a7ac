"""Entities to what the world knows them by: places to GeoNames, and things to the entries of a user's own list.

A link depends on the entity alone, on what its documents say of it and the places beside it. So it is made again where
the entity changes and nowhere else. When in doubt there is none: an entity without a link is better than a wrong one.
"""

from kg.resolve.link.entries import Catalogue, Entries, Entry
from kg.resolve.link.linkers import LINKERS, Linkers, versions
from kg.resolve.link.thing import Link, Linker, Thing

__all__ = ["LINKERS", "Catalogue", "Entries", "Entry", "Link", "Linker", "Linkers", "Thing", "versions"]
