"""Extractions written by hand: chains of names and descriptions, laid out one after the other."""

from itertools import count

from kg.model import Entity, Extraction, Kind, Mention, content_hash
from kg.resolve import resolve

Chain = tuple[str, ...]
"""A type, or "Type/Subtype", and the names; "(…)" is a description, "text=name" stands for another name."""


def extraction(document: str, *chains: Chain) -> Extraction:
    place = count(0, 1000)
    mentions = [
        mention(document, next(place), cluster, chain[0], text)
        for cluster, chain in enumerate(chains)
        for text in chain[1:]
    ]
    return Extraction(document=document, content=content_hash(document), mentions=tuple(mentions))


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


def resolved(*documents: tuple[Chain, ...]) -> list[Entity]:
    """Resolve documents d0, d1, … of these chains."""
    return resolve(extraction(f"d{number}", *chains) for number, chains in enumerate(documents))


def one_each(*chains: Chain) -> list[Entity]:
    """Resolve one document for each chain."""
    return resolved(*((chain,) for chain in chains))
