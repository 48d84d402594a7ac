"""What never holds in a graph, checked by SPARQL on the RDF itself: the queries are `invariants.toml`.

No plain triple without evidence, none that the texts only deny or hold possible, no quote that is not verbatim.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from kg.export.rdf import checkable, quads
from kg.graph import Graph
from kg.model import Document
from kg.sparql import load, query


class Check(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A query that finds what breaks a rule, and what is wrong then, in words."""

    problem: str
    query: str


class Violation(Struct, frozen=True, kw_only=True):
    """One thing that should not be: which check found it, what is wrong, and where."""

    check: str
    problem: str
    where: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.problem}: {' '.join(self.where)}"


@cache
def checks() -> dict[str, Check]:
    """Return the checks by name, in the order of the file."""
    table = tomllib.loads((files("kg") / "invariants.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, dict[str, Check])


def violations(found: Graph | Iterable[Any], documents: Iterable[Document] = ()) -> list[Violation]:
    """Return what is wrong in a graph, or in quads read from anywhere, which need their documents beside them.

    An empty list says that every plain triple has evidence, that none is only denied or possible, that every thing
    leads to a text, and that every quote stands in its document at its place.
    """
    if isinstance(found, Graph):
        return violations(quads(found), found.documents)
    return list(_violations(load(checkable(found, documents))))


def _violations(store: Any) -> Iterator[Violation]:
    for name, check in checks().items():
        answer = query(store, check.query)
        for row in answer:
            where = tuple(answer.short(value) for value in row)
            yield Violation(check=name, problem=check.problem, where=where)
