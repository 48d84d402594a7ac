"""Fit how `kg.bench.triples` chooses, to the lenient F1 of Text2KGBench, on its training sentences alone.

A twelfth of them is kept aside from the joint model and from the words taken over; the thresholds are chosen there.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kg.bench.scores_triples import Triple, lenient, mean
from kg.bench.triples import HABITS, Habits, Pair, chosen, pairs
from kg.extract.joint import Joint
from kg.extract.pipeline import joint as shipped
from kg.train.joint.split import ASIDE, aside
from kg.train.occurrences import is_date
from kg.train.relation_corpora import tekgen

SEEN = 2  # times a word that is not in lower case must be an object to be looked for
GRID = {"sure": (0.5, 0.6, 0.7), "share": (0.6, 0.7, 0.8, 0.9), "other": (0.1, 0.2, 0.3, 0.5)}
LEAST = (0.0, 0.02, 0.05, 0.1, 0.2, 0.36)
WORTH = 0.01  # of F1: what answering where nothing is likely must bring to be done


class Sentences(Struct, frozen=True):
    """The training sentences of an ontology with their triples, and its relations, property to label."""

    relations: dict[str, str]
    triples: dict[str, list[Triple]]


class Read(Struct, frozen=True):
    """A sentence kept aside, as the model reads it, and its triples."""

    text: str
    pairs: list[Pair]
    labels: list[str]
    marked: list[Triple]


def fit(corpora: Path, path: Path = HABITS) -> dict[str, float]:
    """Write the habits, and return them with the F1 that they reach on the sentences kept aside, and that of before."""
    ontologies = list(read(corpora))
    kept = _aside(corpora, ontologies)
    plain = Habits(least=0.36, sure=0.36, share=1.0, other=1.0)
    known = Habits(objects=tuple(_objects(ontologies, kept)), dated=tuple(_dated(ontologies, kept)))
    joint = shipped()
    parts = [list(_readings(joint, one, kept, known)) for one in ontologies]
    fitted = best(parts, known)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(fitted)) + b"\n")
    told = {name: getattr(fitted, name) for name in ("least", *GRID)}
    return {**told, "words": len(known.objects), "F1": f1(parts, fitted), "F1 by one threshold": f1(parts, plain)}


def best(parts: list[list[Read]], known: Habits) -> Habits:
    """Return the habits with the best F1; `least` is the highest that costs no more than it is worth."""
    grid = [replace(known, **dict(zip(GRID, values, strict=True))) for values in product(*GRID.values())]
    top = max(grid, key=lambda one: f1(parts, one))
    scores = {least: f1(parts, replace(top, least=least)) for least in LEAST}
    return replace(top, least=max(least for least, score in scores.items() if score >= max(scores.values()) - WORTH))


def f1(parts: list[list[Read]], known: Habits) -> float:
    """Return the benchmark's lenient F1, averaged over the sentences of an ontology, then over ontologies."""
    return mean(
        [
            mean([lenient(one.marked, list(chosen(one.text, one.pairs, one.labels, known))) for one in part])
            for part in parts
        ]
    ).f1


def read(corpora: Path) -> Iterator[Sentences]:
    """Yield the training sentences of the ten ontologies."""
    with ZipFile(corpora / "text2kgbench-tekgen.zip") as archive:
        for member in sorted(n for n in archive.namelist() if n.startswith("ontologies/") and n.endswith(".json")):
            ontology = json.loads(archive.read(member))
            relations: dict[str, str] = {}
            for one in ontology["relations"]:
                relations.setdefault(one["pid"], one["label"])
            triples: dict[str, list[Triple]] = {}
            for line in archive.read(f"train/{ontology['id']}_train.jsonl").decode("utf-8").splitlines():
                row = json.loads(line)
                if row["rel"] in relations:
                    triple = row["sub_label"], relations[row["rel"]], row["obj_label"]
                    triples.setdefault(row["sent"], []).append(triple)
            yield Sentences(relations, triples)


def _aside(corpora: Path, ontologies: Iterable[Sentences]) -> set[str]:
    trained = list(tekgen(corpora))
    kept, seen = {text.text for text in aside(trained)}, {text.text for text in trained}
    for one in ontologies:
        kept.update([text for text in one.triples if text not in seen][::ASIDE])
    return kept


def _objects(ontologies: list[Sentences], kept: set[str]) -> list[str]:
    counts = Counter(thing for _, _, thing in _others(ontologies, kept) if not is_date(thing))
    return sorted(word for word, count in counts.items() if len(word) > 2 and (count >= SEEN or word[0].islower()))


def _dated(ontologies: list[Sentences], kept: set[str]) -> list[str]:
    counts: dict[str, Counter[bool]] = {}
    for _, relation, thing in _others(ontologies, kept):
        counts.setdefault(relation, Counter())[is_date(thing)] += 1
    return sorted(relation for relation, count in counts.items() if count[True] > count[False])


def _others(ontologies: list[Sentences], kept: set[str]) -> Iterator[Triple]:
    for one in ontologies:
        for text, triples in one.triples.items():
            if text not in kept:
                yield from triples


def _readings(joint: Joint, sentences: Sentences, kept: set[str], known: Habits) -> Iterator[Read]:
    properties = [name for name in joint.relations if name in sentences.relations]
    labels = [sentences.relations[name] for name in properties]
    for text, marked in sentences.triples.items():
        if text in kept:
            yield Read(text, pairs(joint, joint.encode(text), properties, known), labels, marked)
