"""Chains of many documents of which it is known, or can be told, which are one thing: for the weights of resolution.

KnowledgeNet gives the ends of its facts Wikidata's ids, across documents; its chains are read by the shipped model, so
that they err as they will. Re-DocRED annotates things and relations of whole documents, without ids across them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

from msgspec import Struct

from kg.bench.knowledgenet import read
from kg.build import Extractor
from kg.model import Extraction, Literal, Mention, Relation
from kg.resolve import Chain, chains
from kg.schema import Schema
from kg.train.corpora import HELD_OUT, ORGANISATION, PERSON, PLACE

FOLDS = (1, 2)
Span = tuple[int, int]

_TYPES = {"PER": PERSON, "ORG": ORGANISATION, "LOC": PLACE}


class Known(Struct, frozen=True):
    """A chain and what it is: a Wikidata id, or "" where that is not known."""

    chain: Chain
    thing: str = ""


def knowledgenet(corpora: Path, extractor: Extractor) -> Iterator[Known]:
    """Yield the chains that the extractor finds in folds 1 and 2, with their ids where the corpus gives one."""
    archive = corpora / "knowledgenet.zip"
    things = _things(archive)
    documents = [one.document for fold in FOLDS for one in read(str(archive), fold=fold)]
    for extraction in extractor.extract(documents):
        known = things.get(extraction.document, {})
        for chain in chains(extraction):
            told = Counter(known[span] for span in chain.spans if span in known)
            yield Known(chain, max(told, key=lambda thing: (told[thing], thing), default=""))


def _things(archive: Path) -> dict[str, dict[Span, str]]:
    """Return the Wikidata id of each annotated stretch of each document."""
    found: dict[str, dict[Span, str]] = {}
    with ZipFile(archive) as files:
        lines = files.read("folds-1-2-3.jsonl").decode("utf-8").splitlines()
    for document in (json.loads(line) for line in lines if line.strip()):
        spans = found.setdefault(document["documentId"], {})
        for fact in (fact for passage in document["passages"] for fact in passage["facts"]):
            for end in ("subject", "object"):
                if uri := fact[f"{end}Uri"]:
                    spans[fact[f"{end}Start"], fact[f"{end}End"]] = uri.rpartition("/")[2]
    return found


def redocred(corpora: Path, schema: Schema) -> Iterator[Known]:
    """Yield the chains of Re-DocRED's documents, but for the fifth that is kept for measuring; no id is known."""
    with ZipFile(corpora / "re-docred-dev.zip") as archive:
        documents = json.loads(archive.read("dev_revised.json"))
    predicates = {code: name for name, rule in schema.predicates.items() for code in rule.wikidata}
    for index, document in enumerate(documents):
        if index % HELD_OUT:
            yield from (Known(chain) for chain in chains(_extraction(document, predicates)))


def _extraction(document: dict[str, object], predicates: Mapping[str, str]) -> Extraction:
    name = f"redocred/{document['title']}"
    vertices: list[list[dict[str, str | int]]] = document["vertexSet"]  # type: ignore[assignment]
    labels: list[dict[str, str | int]] = document.get("labels", [])  # type: ignore[assignment]
    mentions = [
        _mention(name, cluster, one) for cluster, thing in enumerate(vertices) for one in thing if one["type"] in _TYPES
    ]
    first = {mention.cluster: mention.id for mention in reversed(mentions)}
    relations = []
    for label in labels:
        told = predicates.get(str(label["r"]).removeprefix("^"))
        head, tail = int(label["h"]), int(label["t"])
        thing = first.get(tail) or _literal(vertices[tail])
        if told and head in first and thing:
            relations.append(Relation(subject=first[head], predicate=told, object=thing, start=0, end=0))
    return Extraction(document=name, content="", mentions=tuple(mentions), relations=tuple(relations))


def _mention(document: str, cluster: int, one: dict[str, str | int]) -> Mention:
    """Return the mention; its place is told in words of the document, which is all that chains need."""
    at = int(one["global_pos"][0])  # type: ignore[index]
    return Mention(
        document=document, start=at, end=at + 1, text=str(one["name"]), type=_TYPES[str(one["type"])], cluster=cluster
    )


def _literal(thing: list[dict[str, str | int]]) -> Literal | None:
    words = str(thing[0]["name"])
    return Literal(value=words[-4:], datatype="date") if thing[0]["type"] == "TIME" and words[-4:].isdigit() else None
