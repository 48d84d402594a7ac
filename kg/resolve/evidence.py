"""What a document says of a thing beside its names: offices, places, dates, and whom it has to do with."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Extraction, Literal, Modality, Relation
from kg.names import plain

Fact = tuple[str, str]
"""A kind of `KINDS` or `TIE`, and a name in normal form, a date, or the words of an office."""

KINDS = {
    "position": ("holdsPosition", "occupation"),
    "place": ("bornIn", "diedIn", "livesIn", "locatedIn", "headquarteredIn", "countryOf", "citizenOf"),
    "born": ("bornOn",),
    "died": ("diedOn",),
    "founded": ("foundedOn",),
}
TIE = "tie"
"""The kind of every other relation to a thing with a name: employer, spouse, owner, ship."""

_KIND = {predicate: kind for kind, predicates in KINDS.items() for predicate in predicates}
_SURE = 0.5  # a relation that is likelier wrong than right tells nothing
_REGISTERED = (
    ("hull", re.compile(r"[A-Z]{1,4}-?\d{1,4}")),
    ("tail", re.compile(r"N\d{1,5}[A-Z]{0,2}|(?:[A-Z]{1,2}|\d[A-Z])-[A-Z]{3,4}|RA-\d{5}|B-\d{4}")),
    ("imo", re.compile(r"IMO ?\d{7}")),
)


def facts(extraction: Extraction, names: Mapping[int, str]) -> dict[int, tuple[Fact, ...]]:
    """Return the facts of each within-document cluster, sorted; `names` are the normal names of those that have one.

    What a text denies or holds possible only is no evidence, and neither is what is likelier read wrong than right.
    """
    if not extraction.relations:
        return {}
    found: defaultdict[int, set[Fact]] = defaultdict(set)
    cluster = {mention.id: mention.cluster for mention in extraction.mentions}
    for relation in extraction.relations:
        if relation.score >= _SURE and relation.modality not in (Modality.NEGATED, Modality.POSSIBLE):
            for of, fact in _told(relation, cluster, names):
                found[of].add(fact)
    return {of: tuple(sorted(told)) for of, told in found.items()}


def _told(relation: Relation, cluster: Mapping[str, int], names: Mapping[int, str]) -> Iterator[tuple[int, Fact]]:
    subject, kind = cluster.get(relation.subject), _KIND.get(relation.predicate, TIE)
    if subject is None:
        return
    if isinstance(relation.object, Literal):
        if kind != TIE:
            yield subject, (kind, plain(relation.object.value) if kind == "position" else relation.object.value)
        return
    thing = cluster.get(relation.object, subject)
    if thing != subject and thing in names:
        yield subject, (kind, names[thing])
    if thing != subject and subject in names:
        yield thing, (TIE, names[subject])


def mark_of(type: str, aliases: Iterable[str], told: Iterable[Fact]) -> str:
    """Return what tells the thing from others of its name: a person's birth date, a craft's hull or tail number."""
    if type == "Person":
        born = [value for kind, value in told if kind == "born"]
        longest = max(born, key=lambda value: (len(value), value), default="")
        return f"born {longest}" if longest and all(longest.startswith(value) for value in born) else ""
    if type != "Vehicle":
        return ""
    shapes = [(kind, plain(form)) for form in aliases for kind, shape in _REGISTERED if shape.fullmatch(form)]
    single = [f"{kind} {value}" for kind, value in shapes if all(value == v for k, v in shapes if k == kind)]
    return "; ".join(sorted({*single}))


def marks_exclude(one: str, other: str) -> bool:
    """Tell whether two marks cannot be of one thing: two birth dates, two hull numbers; a year holds its days."""
    if not one or not other or one == other:
        return False
    ours, theirs = (dict(mark.split(" ", 1) for mark in marks.split("; ")) for marks in (one, other))
    shared = ours.keys() & theirs.keys()
    return any(not _agree(kind, ours[kind], theirs[kind]) for kind in shared)


def _agree(kind: str, one: str, other: str) -> bool:
    if kind == "born":
        return one.startswith(other) or other.startswith(one)
    return one == other
