"""Where the statements of a graph speak against each other: listed, never hidden, and left to a person to weigh."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from kg.graph import Edge, Graph, Stance
from kg.model import Literal, Statement

Claim = tuple[str, str, str | Literal]


class Kind(StrEnum):
    """In what way statements contradict each other."""

    VALUES = "values"  # a predicate that can have one value has several
    DENIED = "denied"  # what one text states another denies
    ORDER = "order"  # an end before its beginning


class Conflict(Struct, frozen=True, kw_only=True):
    """Statements that cannot all be true; `values` are what they say of the subject, by which they differ."""

    kind: Kind
    subject: str
    predicate: str
    values: tuple[str, ...]
    statements: tuple[Statement, ...]


# What cannot be before what.
_ORDER = (("bornOn", "diedOn"),)


def conflicts(graph: Graph) -> list[Conflict]:
    """Return all contradictions of a graph, sorted: by kind, subject, predicate.

    Two dates contradict each other where neither is a closer reading of the other ("1990", "1990-05-01"), and two
    places where none lies in the other; only stated facts count, not what is merely possible.
    """
    facts = graph.edges(Stance.FACT)
    said: defaultdict[Claim, list[Statement]] = defaultdict(list)
    for statement in graph.statements():
        if statement.modality != "possible" and not statement.inferred:
            said[statement.subject, statement.predicate, statement.object].append(statement)
    inside = _containers(facts)
    found = [*_values(graph, facts, said, inside), *_denied(graph, facts, said), *_order(facts, said)]
    return sorted(found, key=lambda one: (one.kind, one.subject, one.predicate, one.values))


def _values(
    graph: Graph, facts: Iterable[Edge], said: Mapping[Claim, list[Statement]], inside: Mapping[str, set[str]]
) -> Iterator[Conflict]:
    values: defaultdict[tuple[str, str], list[str | Literal]] = defaultdict(list)
    for edge in facts:
        if graph.schema.predicates[edge.predicate].functional and not edge.inferred:
            values[edge.subject, edge.predicate].append(edge.object)
    for (subject, predicate), objects in values.items():
        if any(not _agree(one, other, inside) for one, other in combinations(objects, 2)):
            statements = [one for thing in objects for one in said[subject, predicate, thing] if _is_fact(one)]
            yield _conflict(Kind.VALUES, subject, predicate, objects, statements)


def _denied(graph: Graph, facts: Iterable[Edge], said: Mapping[Claim, list[Statement]]) -> Iterator[Conflict]:
    stated = {(edge.subject, edge.predicate, edge.object) for edge in facts}
    for edge in graph.edges(Stance.NEGATED):
        claim = (edge.subject, edge.predicate, edge.object)
        if claim in stated and not edge.inferred:
            yield _conflict(Kind.DENIED, edge.subject, edge.predicate, [edge.object], said[claim])


def _order(facts: Iterable[Edge], said: Mapping[Claim, list[Statement]]) -> Iterator[Conflict]:
    dates: defaultdict[tuple[str, str], list[Literal]] = defaultdict(list)
    for edge in facts:
        if isinstance(edge.object, Literal) and edge.object.datatype == "date":
            dates[edge.subject, edge.predicate].append(edge.object)
    for first, last in _ORDER:
        for (subject, predicate), values in dates.items():
            for begin in values if predicate == first else ():
                for end in dates.get((subject, last), ()):
                    if _is_after(begin.value, end.value):
                        statements = [*said[subject, first, begin], *said[subject, last, end]]
                        yield _conflict(Kind.ORDER, subject, f"{first}, {last}", [begin, end], statements)


def _conflict(
    kind: Kind, subject: str, predicate: str, objects: Iterable[str | Literal], statements: Iterable[Statement]
) -> Conflict:
    values = tuple(sorted({one.value if isinstance(one, Literal) else one for one in objects}))
    said = tuple(sorted(statements, key=lambda one: (one.document, one.start, one.id)))
    return Conflict(kind=kind, subject=subject, predicate=predicate, values=values, statements=said)


def _is_fact(statement: Statement) -> bool:
    return Stance.of(statement.modality) is Stance.FACT


def _agree(one: str | Literal, other: str | Literal, inside: Mapping[str, set[str]]) -> bool:
    if isinstance(one, Literal) and isinstance(other, Literal):
        short, long = sorted((one.value, other.value), key=len)
        return long == short or long.startswith(f"{short}-") or long.startswith(f"{short}T")
    if isinstance(one, str) and isinstance(other, str):
        return one in inside.get(other, ()) or other in inside.get(one, ())
    return False


def _is_after(one: str, other: str) -> bool:
    """Tell whether a date is after another for certain: as far as both are told."""
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


def _containers(facts: Iterable[Edge]) -> dict[str, set[str]]:
    """Return all places that each place lies in, directly or through others."""
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for edge in facts:
        if edge.predicate == "locatedIn" and isinstance(edge.object, str):
            direct[edge.subject].add(edge.object)
    found: dict[str, set[str]] = {}
    for place in direct:
        reached, queue = set[str](), [place]
        while queue:
            new = direct.get(queue.pop(), set()) - reached
            reached |= new
            queue += new
        found[place] = reached
    return found
