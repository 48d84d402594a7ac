"""Reads English text and builds a knowledge graph that you can query, look at and trust.

>>> import kg
>>> graph = kg.build("seeds")  # doctest: +SKIP

Every public name is here; what is heavy is imported when a name is first used, never before.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Not lazy: importing a submodule binds its name in the package, and `kg.build` has to stay the function.
from kg.build import add, build

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.graph import Graph
    from kg.model import Document, Entity, Extraction, Literal, Mention, Modality, Relation, Statement
    from kg.resolve.link import Entry
    from kg.schema import Schema
    from kg.schema import load as load_schema
    from kg.space import Space

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Entity",
    "Entry",
    "Extraction",
    "Graph",
    "KgError",
    "Literal",
    "Mention",
    "Modality",
    "Relation",
    "Schema",
    "Space",
    "Statement",
    "add",
    "build",
    "load_schema",
    "open",
]

_HOMES = {
    "KgError": "kg.errors:KgError",
    "Entry": "kg.resolve.link:Entry",
    "Graph": "kg.graph:Graph",
    "Schema": "kg.schema:Schema",
    "load_schema": "kg.schema:load",
    "Space": "kg.space:Space",
    **{
        name: f"kg.model:{name}"
        for name in ("Document", "Entity", "Extraction", "Literal", "Mention", "Modality", "Relation", "Statement")
    },
}


def open(path: str) -> "Space":
    """Return the space at that path, to read and to query; raise `SpaceError` where there is none."""
    return __getattr__("Space").open(path)  # type: ignore[no-any-return]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    globals()[name] = found = getattr(import_module(module), attribute)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
