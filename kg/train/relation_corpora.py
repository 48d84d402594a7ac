"""Texts with the relations that public corpora annotate in them, for training and measuring the joint model.

KnowledgeNet (Mesquita et al. 2019) annotates every mention of 15 properties in the passages that it names; Re-DocRED
(Tan et al. 2022) the things of whole documents and the 96 properties between them; Text2KGBench's Wikidata-TekGen
(Mihindukulasooriya et al. 2023) tells triples of a sentence without saying where in it they stand.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from msgspec.structs import replace

from kg.bench.annotated import ANY, OTHER, TIME, Annotated, Fact, Scope, Spot
from kg.bench.assemble import assemble, kind_of
from kg.extract.labels import group
from kg.model import Kind
from kg.train.corpora import HELD_OUT, ORGANISATION, PERSON, PLACE, VEHICLE, is_vehicle
from kg.train.detokenise import joined
from kg.train.occurrences import is_date, occurrences

Row = dict[str, Any]  # an object of a corpus's JSON

# What KnowledgeNet's properties stand between.
_ENDS = {
    "CEO": (ORGANISATION, PERSON),
    "CHILD_OF": (PERSON, PERSON),
    "DATE_FOUNDED": (ORGANISATION, TIME),
    "DATE_OF_BIRTH": (PERSON, TIME),
    "DATE_OF_DEATH": (PERSON, TIME),
    "EDUCATED_AT": (PERSON, ORGANISATION),
    "EMPLOYEE_OR_MEMBER_OF": (PERSON, ORGANISATION),
    "FOUNDED_BY": (ORGANISATION, ANY),
    "HEADQUARTERS": (ORGANISATION, PLACE),
    "NATIONALITY": (PERSON, PLACE),
    "PLACE_OF_BIRTH": (PERSON, PLACE),
    "PLACE_OF_RESIDENCE": (PERSON, PLACE),
    "POLITICAL_AFFILIATION": (PERSON, ORGANISATION),
    "SPOUSE": (PERSON, PERSON),
    "SUBSIDIARY_OF": (ORGANISATION, ORGANISATION),
}


def knowledgenet(corpora: Path, *, folds: frozenset[int]) -> Iterator[Annotated]:
    """Yield the documents of those folds, a thing for each stretch that is an end of a fact.

    Of the text between the annotated passages, which the corpus leaves blank, a line break is left.
    """
    with ZipFile(corpora / "knowledgenet.zip") as archive:
        for line in archive.read("folds-1-2-3.jsonl").decode("utf-8").splitlines():
            document = json.loads(line)
            if document["fold"] in folds:
                yield _knowledgenet_document(document)


def _knowledgenet_document(document: Row) -> Annotated:
    text, place = _unblanked(document["documentText"])
    types: dict[tuple[int, int], str] = {}
    told: list[tuple[tuple[int, int], str, tuple[int, int]]] = []
    scopes: list[Scope] = []
    for passage in document["passages"]:
        exhaustive = frozenset(f"kn:{kind['propertyName']}" for kind in passage["exhaustivelyAnnotatedProperties"])
        scopes.append(Scope(place[passage["passageStart"]], place[passage["passageEnd"]], exhaustive))
        for fact in passage["facts"]:
            name = re.split("[<>]", fact["humanReadable"])[3]
            ends = [(place[fact[f"{end}Start"]], place[fact[f"{end}End"]]) for end in ("subject", "object")]
            for end, kind in zip(ends, _ENDS[name], strict=True):
                types[end] = _agreed(types.get(end, ANY), kind)
            told.append((ends[0], f"kn:{name}", ends[1]))
    things = {end: index for index, end in enumerate(sorted(types))}
    spots = [(Spot(*end, types[end], _kind(text[slice(*end)], types[end])),) for end in things]
    facts = [Fact(things[subject], label, things[object]) for subject, label, object in told]
    return assemble(f"knowledgenet/{document['documentId']}", text, spots, facts, scopes)


def _unblanked(text: str) -> tuple[str, list[int]]:
    """Return the text with one character for each run of blanks, and where each of its characters went."""
    written, place = "", list[int]()
    for piece in re.findall(r"\s+|\S+", text):
        if piece.isspace():
            place += [len(written)] * len(piece)
            written += ("\n" if len(piece) > 2 else " ") if written else ""
        else:
            place += range(len(written), len(written) + len(piece))
            written += piece
    return written.rstrip(), [*place, len(written.rstrip())]


def _agreed(one: str, other: str) -> str:
    # Two properties may take the same stretch for different things ("Washington", the place and the government).
    return other if one in (ANY, other) else one if other == ANY else ANY


def _kind(text: str, type: str) -> Kind:
    return Kind.NAME if type == TIME else kind_of(text)


def redocred(corpora: Path, *, held_out: bool) -> Iterator[Annotated]:
    """Yield Re-DocRED's documents with all their things and facts: those kept for measuring, or the others."""
    with ZipFile(corpora / "re-docred-dev.zip") as archive:
        documents = json.loads(archive.read("dev_revised.json"))
    for index, document in enumerate(documents):
        if (index % HELD_OUT == 0) == held_out:
            yield _redocred_document(document)


def _redocred_document(document: Row) -> Annotated:
    types = {"PER": PERSON, "ORG": ORGANISATION, "LOC": PLACE, "TIME": TIME, "NUM": OTHER, "MISC": ANY}
    text, offsets = joined(document["sents"])
    things: list[list[Spot]] = []
    for mentions in document["vertexSet"]:
        spots = []
        for mention in mentions:
            first, last = mention["pos"]
            words = offsets[mention["sent_id"]][first:last]
            spots.append(Spot(words[0][0], words[-1][1], types[mention["type"]]))
        things.append(_vehicles(text, spots))
    facts = [Fact(label["h"], label["r"], label["t"]) for label in document["labels"]]
    scope = Scope(0, len(text), group("redocred"))
    return assemble(f"redocred/{document['title']}", text, things, facts, [scope])


def _vehicles(text: str, spots: list[Spot]) -> list[Spot]:
    """Return the spots of one thing, of type Vehicle where one of its names says that it is one."""
    if any(is_vehicle(text[spot.start : spot.end]) and spot.type != PERSON for spot in spots):
        return [replace(spot, type=VEHICLE) for spot in spots]
    return spots


# What the concepts of the ontologies are; those that hold several kinds of thing are left out.
_CONCEPTS = {
    **dict.fromkeys(("human", "author", "writer"), PERSON),
    **dict.fromkeys(("film", "book", "literary work", "musical work", "album", "written work"), "Work"),
    **dict.fromkeys(("country", "city", "territory", "mountain", "mountain range", "watercourse"), PLACE),
    **dict.fromkeys(("body of water", "asteroid", "spiral galaxy", "constellation", "observatory"), PLACE),
    **dict.fromkeys(("sports club", "political party", "military unit", "film production company"), ORGANISATION),
    **dict.fromkeys(("Spacecraft", "spaceflight", "military vehicle"), VEHICLE),
    **dict.fromkeys(("genre", "music genre", "literary genre", "award", "award ", "language", "voice"), OTHER),
    **dict.fromkeys(("ethnic group", "athlete", "military rank", "rank", "taxon", "conservation status"), OTHER),
    **dict.fromkeys(("military casualty classification", "political ideology", "astronomical object type"), OTHER),
    **dict.fromkeys(("sport", "president"), OTHER),
}
# Concepts that the data does not keep to: clubs have leagues, countries are members, both play for a country.
_MIXED = frozenset({"P118", "P463", "P1532", "P361", "P175"})


def tekgen(corpora: Path) -> Iterator[Annotated]:
    """Yield the training sentences of the ten ontologies, with the triples whose both ends stand in the sentence.

    A relation of the ontology that its training file has no triple of is left untold.
    """
    with ZipFile(corpora / "text2kgbench-tekgen.zip") as archive:
        for member in sorted(n for n in archive.namelist() if re.fullmatch(r"ontologies/[^/]+\.json", n)):
            ontology = json.loads(archive.read(member))
            lines = archive.read(f"train/{ontology['id']}_train.jsonl").decode("utf-8").splitlines()
            yield from _tekgen_sentences([json.loads(line) for line in lines], _tekgen_ends(ontology))


def _tekgen_ends(ontology: Row) -> dict[str, tuple[str, str]]:
    concepts = {concept["qid"]: _CONCEPTS.get(concept["label"], ANY) for concept in ontology["concepts"]}
    ends: dict[str, tuple[str, str]] = {}
    for relation in ontology["relations"]:
        label, both = relation["pid"], (relation["domain"], relation["range"])
        subject, object = (ANY if label in _MIXED else concepts.get(end, ANY) for end in both)
        known = ends.get(label, (subject, object))
        ends[label] = (subject if subject == known[0] else ANY, object if object == known[1] else ANY)
    return ends


def _tekgen_sentences(rows: list[Row], ends: dict[str, tuple[str, str]]) -> Iterator[Annotated]:
    scope = frozenset(row["rel"] for row in rows) & ends.keys()
    sentences: dict[str, list[Row]] = {}
    for row in rows:
        if row["rel"] in scope:
            sentences.setdefault(row["sent"], []).append(row)
    for text, told in sentences.items():
        record = _tekgen_sentence(text, told, ends)
        if record.facts:
            yield replace(record, scopes=(Scope(0, len(text), scope),))


def _tekgen_sentence(text: str, rows: Iterable[Row], ends: dict[str, tuple[str, str]]) -> Annotated:
    types: dict[str, str] = {}
    places: dict[str, tuple[tuple[int, int], ...]] = {}
    facts: list[tuple[str, str, str]] = []
    identifier = ""
    for row in rows:
        both = (row["sub_label"], row["obj_label"])
        found = [occurrences(name, text) for name in both]
        if not all(found) or both[0].casefold() == both[1].casefold():
            continue
        identifier = identifier or f"tekgen/{row['id']}"
        for name, kind, where in zip(both, ends[row["rel"]], found, strict=True):
            types[name] = _agreed(types.get(name, ANY), TIME if is_date(name) else kind)
            places[name] = where
        facts.append((both[0], row["rel"], both[1]))
    numbers = {name: index for index, name in enumerate(places)}
    groups = [[Spot(*place, types[name], Kind.NAME) for place in where] for name, where in places.items()]
    told = [Fact(numbers[subject], label, numbers[object]) for subject, label, object in facts]
    return assemble(identifier, text, groups, told)
