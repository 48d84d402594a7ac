"""Extractions written by hand: chains of names and descriptions, laid out one after the other."""

from collections.abc import Iterable
from itertools import count

from kg.model import Entity, Extraction, Judgement, Kind, Literal, Mention, Relation, content_hash
from kg.resolve import Profile, chains, resolve

Chain = tuple[str, ...]
"""A type, or "Type/Subtype", and the names; "(…)" is a description, "text=name" stands for another name."""
Told = tuple[int, str, int | str]
"""The number of a chain, a predicate, and the number of another chain or a literal."""


def extraction(document: str, *chains: Chain, told: Iterable[Told] = ()) -> Extraction:
    place = count(0, 1000)
    mentions = [
        mention(document, next(place), cluster, chain[0], text)
        for cluster, chain in enumerate(chains)
        for text in chain[1:]
    ]
    first = {one.cluster: one.id for one in reversed(mentions)}
    relations = tuple(
        Relation(
            subject=first[subject],
            predicate=predicate,
            object=first[thing] if isinstance(thing, int) else Literal(value=thing),
            start=0,
            end=1,
        )
        for subject, predicate, thing in told
    )
    return Extraction(document=document, content=content_hash(document), mentions=tuple(mentions), relations=relations)


def mention(document: str, start: int, cluster: int, type: str, text: str) -> Mention:
    type, _, subtype = type.partition("/")
    text, _, name = text.partition("=")
    return Mention(
        document=document,
        start=start,
        end=start + len(text),
        text=text,
        type=type,
        subtype=subtype or None,
        kind=Kind.DESCRIPTION if text.startswith("(") else Kind.NAME,
        name=name or None,
        cluster=cluster,
    )


def profile(
    *chain: str, document: str = "d", told: Iterable[tuple[str, str]] = (), near: Iterable[str] = ()
) -> Profile:
    """Return the profile of one chain, in a document that tells this of it beside the names of these organisations."""
    others = [("Organisation", name) for name in near]
    relations = [(0, predicate, value) for predicate, value in told]
    found = chains(extraction(document, chain, *others, told=relations))
    return Profile([next(one for one in found if (0, len(chain[1].partition("=")[0])) in one.spans)])


def resolved(*documents: tuple[Chain, ...], judgements: Iterable[Judgement] = ()) -> list[Entity]:
    """Resolve documents d0, d1, … of these chains."""
    return resolve((extraction(f"d{number}", *chains) for number, chains in enumerate(documents)), judgements)


def one_each(*chains: Chain, judgements: Iterable[Judgement] = ()) -> list[Entity]:
    """Resolve one document for each chain."""
    return resolved(*((chain,) for chain in chains), judgements=judgements)


def together(entities: Iterable[Entity]) -> list[list[str]]:
    """Return the documents of each entity's mentions, sorted: who is with whom."""
    return sorted(sorted({mention.partition("#")[0] for mention in entity.mentions}) for entity in entities)
