"""Annotated texts written with marks: `[1:Person|Anna] boarded [2:Vehicle|the Gannet], and [1|she] slept`."""

import re
from collections.abc import Iterable

from kg.bench.annotated import Annotated, Fact, Scope, Spot
from kg.model import Modality

_MARK = re.compile(r"\[(\d+)(?::([\w?*]+))?\|([^\[\]|]+)\]")


def marked(
    text: str,
    *facts: str,
    labels: Iterable[str] | None = ("P19", "P20"),
    coreferent: bool = False,
    spotted: Iterable[str] = (),
) -> Annotated:
    """Return the text; a fact is `1 P19 2`, or `1 P19 2 planned`, and all of it is the scope of the labels if any."""
    plain, last = "", 0
    types: dict[str, str] = {}
    spots: list[Spot] = []
    groups: dict[str, list[int]] = {}
    for match in _MARK.finditer(text):
        number, kind, words = match.groups()
        plain += text[last : match.start()]
        groups.setdefault(number, []).append(len(spots))
        spots.append(Spot(len(plain), len(plain) + len(words), types.setdefault(number, kind or "Person")))
        plain += words
        last = match.end()
    plain += text[last:]
    order = {number: index for index, number in enumerate(groups)}
    return Annotated(
        id="text",
        text=plain,
        spots=tuple(spots),
        things=tuple(tuple(group) for group in groups.values()),
        facts=tuple(_fact(fact, order) for fact in facts),
        scopes=() if labels is None else (Scope(0, len(plain), frozenset(labels)),),
        coreferent=coreferent,
        spotted=frozenset(spotted),
    )


def _fact(told: str, order: dict[str, int]) -> Fact:
    subject, label, thing, *how = told.split()
    return Fact(order[subject], label, order[thing], Modality(how[0]) if how else None)
