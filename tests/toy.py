"""A toy extractor in the model's place, and documents that it understands."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date

from kg.errors import PluginError
from kg.model import Document, Extraction, Mention, Modality, Relation

TYPES = {
    "Ada Quill": "Person",
    "Ben Oduya": "Person",
    "Gannet": "Vehicle",
    "Port Merrow": "Place",
    "Northern Lines": "Organisation",
}
NAME = re.compile("|".join(sorted(TYPES, key=len, reverse=True)))
SAYS = {
    " boarded ": ("aboard", Modality.ASSERTED),
    " will board ": ("aboard", Modality.PLANNED),
    " never boarded ": ("aboard", Modality.NEGATED),
    " leads ": ("leads", Modality.ASSERTED),
    " belongs to ": ("ownedBy", Modality.ASSERTED),
}


class Toy:
    """Knows five names and five ways to relate two of them; fails on documents that say EXPLODE, dies of DIE."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def version(self) -> str:
        return "toy-1"

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        for document in documents:
            self.calls.append(document.id)
            yield extraction_of(document)


class Missing(Toy):
    """A toy whose model is not there."""

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        raise PluginError("no model")


def extraction_of(document: Document) -> Extraction:
    if "EXPLODE" in document.text:
        raise RuntimeError("the toy exploded")
    if "DIE" in document.text:
        os._exit(9)
    clusters: dict[str, int] = {}
    mentions = [
        Mention(
            document=document.id,
            start=match.start(),
            end=match.end(),
            text=match.group(),
            type=TYPES[match.group()],
            cluster=clusters.setdefault(match.group().split()[-1], len(clusters)),
            by="toy",
        )
        for match in NAME.finditer(document.text)
    ]
    relations = [
        relation
        for left, right in zip(mentions, mentions[1:], strict=False)
        for relation in relation_of(document, left, right)
    ]
    return Extraction(
        document=document.id, content=document.content, mentions=tuple(mentions), relations=tuple(relations)
    )


def relation_of(document: Document, left: Mention, right: Mention) -> Iterator[Relation]:
    said = SAYS.get(document.text[left.end : right.start])
    if said:
        predicate, modality = said
        yield Relation(
            subject=left.id,
            predicate=predicate,
            object=right.id,
            start=left.start,
            end=right.end,
            modality=modality,
            time=document.published.isoformat() if document.published else None,
            by="toy",
        )


DOCUMENTS = (
    Document(
        id="a",
        text="Ada Quill boarded Gannet. Gannet belongs to Northern Lines.",
        title="Aboard",
        source="a.txt",
        published=date(2021, 10, 4),
    ),
    Document(
        id="b", text="Ben Oduya will board Gannet in Port Merrow. Ada Quill leads Northern Lines.", source="b.txt"
    ),
    Document(id="c", text="Ben Oduya never boarded Gannet, says Ada Quill.", title="Denied", source="c.txt"),
)

MANY = tuple(
    Document(id=f"{number:03}", text=f"{DOCUMENTS[number % len(DOCUMENTS)].text} Page {number}.")
    for number in range(64)
)
