"""Changes of a space, for a person to read."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import columns, count
from kg.model import Literal

if TYPE_CHECKING:
    from kg.model import Entity, Statement
    from kg.space import Changes
    from kg.space.changes import Heading

_COLOURS = {"+": "green", "-": "red", "~": "yellow"}


def summary(changes: "Changes", counts: Mapping[str, int], set_aside: int) -> list[str]:
    """Return how many documents, entities and statements there are, and how many of them have come, gone or changed.

    Statements are those that texts make, as `Space.counts` counts them.
    """
    rows = []
    for name, pairs in (
        ("documents", changes.documents),
        ("entities", changes.entities),
        ("statements", {id: pair for id, pair in changes.statements.items() if not _inferred(*pair)}),
    ):
        marks = [_mark(pair) for pair in pairs.values()]
        rows.append((name, f"{counts[name]:>7,}", *(f"{mark}{marks.count(mark):,}" for mark in "+-~")))
    if set_aside:
        rows.insert(1, ("  set aside", f"{set_aside:>7,}", "", "", ""))
    return columns(rows)


def _inferred(old: "Statement | None", new: "Statement | None") -> bool:
    one = new or old
    return one is not None and one.inferred


def lines(changes: "Changes", names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each document, entity and statement that differs, and a last one that counts them."""
    for title, pair in changes.documents.items():
        yield _line(pair, "document", _document(title, pair[1] or pair[0]))
    for entity in changes.entities.values():
        yield _line(entity, "entity", _entity(*entity))
    for statement in changes.statements.values():
        yield _line(statement, "statement", _statement(statement[1] or statement[0], names))
    totals = (
        count(len(changes.documents), "document"),
        f"{len(changes.entities):,} {'entity' if len(changes.entities) == 1 else 'entities'}",
        count(len(changes.statements), "statement"),
    )
    yield f"{', '.join(totals)} differ" if changes else "nothing differs"


def _line(pair: tuple[object, object], kind: str, text: str) -> str:
    mark = _mark(pair)
    return f"{click.style(mark, fg=_COLOURS[mark])} {kind} {text}"


def _mark(pair: tuple[object, object]) -> str:
    return "+" if pair[0] is None else "-" if pair[1] is None else "~"


def _document(id: str, heading: "Heading | None") -> str:
    title = heading.title or heading.source if heading else ""
    return f"{id}  ({title})" if title else id


def _entity(old: "Entity | None", new: "Entity | None") -> str:
    one = new or old
    assert one is not None
    text = f"{one.name}  ({', '.join(filter(None, (one.subtype or one.type, one.id)))})"
    if old is None or new is None:
        return text
    fields = [name for name in old.__struct_fields__ if getattr(old, name) != getattr(new, name)]
    return f"{text}: " + "; ".join(f"{name} {_said(old, name)} -> {_said(new, name)}" for name in fields)


def _said(entity: "Entity", field: str) -> str:
    value = getattr(entity, field)
    return ", ".join(value) or "none" if isinstance(value, tuple) else str(value or "none")


def _statement(one: "Statement | None", names: Mapping[str, str]) -> str:
    assert one is not None
    thing = one.object.value if isinstance(one.object, Literal) else names.get(one.object, one.object)
    how = [str(one.modality), one.time, "inferred" if one.inferred else None]
    place = f"{one.document}, characters {one.start}-{one.end}"
    return f"{names.get(one.subject, one.subject)} {one.predicate} {thing}  ({', '.join(filter(None, how))}; {place})"
