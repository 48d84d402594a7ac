"""An `Annotated` record out of things that come each with its spots, and how the words of a spot refer."""

import re
from collections.abc import Iterable, Sequence

from kg.bench.annotated import Annotated, Fact, Scope, Spot
from kg.model import Kind

PRONOUNS = frozenset(
    """
    i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us
    our ours ourselves they them their theirs themselves who whom whose which that this these those one someone
    """.split()
)
_DETERMINER = re.compile(r"(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|one|both)\s+", re.I)
_AGED = re.compile(r"\d+-year-olds?$")


def kind_of(text: str) -> Kind:
    """Return how those words refer: a pronoun; a name, whose last word after an article is one; else a description."""
    if text.lower() in PRONOUNS:
        return Kind.PRONOUN
    bare = _DETERMINER.sub("", text, count=1)
    told = bare.split()[-1] if bare != text and bare else bare
    named = any(char.isupper() or char.isdigit() for char in told) and not _AGED.search(told)
    return Kind.NAME if named else Kind.DESCRIPTION


def assemble(
    identifier: str,
    text: str,
    groups: Sequence[Iterable[Spot]],
    facts: Iterable[Fact] = (),
    scopes: Iterable[Scope] = (),
) -> Annotated:
    """Return the record of things given by their spots, in any order; facts name the things by their place in it.

    One stretch speaks of one thing: of two groups that claim the same, the first has it, and a group that is left
    without any falls out together with its facts. So does a fact that is told twice.
    """
    owner: dict[tuple[int, int], tuple[int, Spot]] = {}
    for number, group in enumerate(groups):
        for spot in group:
            owner.setdefault((spot.start, spot.end), (number, spot))
    things: dict[int, list[int]] = {}
    for index, place in enumerate(sorted(owner)):
        things.setdefault(owner[place][0], []).append(index)
    order = {number: index for index, number in enumerate(sorted(things))}
    told = [fact for fact in facts if fact.subject in order and fact.object in order]
    renamed = [Fact(order[fact.subject], fact.label, order[fact.object], fact.modality) for fact in told]
    return Annotated(
        id=identifier,
        text=text,
        spots=tuple(owner[place][1] for place in sorted(owner)),
        things=tuple(tuple(things[number]) for number in sorted(things)),
        facts=tuple(dict.fromkeys(renamed)),
        scopes=tuple(scopes),
    )
