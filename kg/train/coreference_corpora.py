"""Whole documents with every entity and coreference chain that GUM and LitBank annotate, for the joint model.

GUM (Zeldes 2017) annotates every noun phrase and pronoun; LitBank (Bamman et al. 2020) those that speak of people,
organisations, vehicles and places, in fiction.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from msgspec import Struct
from msgspec.structs import replace

from kg.bench.annotated import ANY, OTHER, TIME, Annotated, Spot
from kg.bench.assemble import assemble
from kg.model import Kind
from kg.train.conllu import Sentence, Token, TreebankDocument, entities, read_gum
from kg.train.corpora import ORGANISATION, PERSON, PLACE, VEHICLE, is_vehicle
from kg.train.detokenise import joined
from kg.train.phrases import EVERY

# The nouns that call one of GUM's objects a vehicle; those of kg/extract/nouns.toml that mean nothing else besides.
_VEHICLES = frozenset(
    """
    aeroplane aircraft airliner airplane airship automobile barge boat bomber bus cab canoe car carrier destroyer
    drone ferry freighter frigate helicopter jeep jet jitney kayak locomotive lorry motorcycle orbiter plane rocket
    rover satellite ship skytrain spacecraft spaceship submarine tanker taxi train tram truck van vehicle vessel
    warplane warship yacht
    """.split()
)
_GUM_TYPES = {"person": PERSON, "organization": ORGANISATION, "place": PLACE, "time": TIME}


def gum(corpora: Path, *, split: str) -> Iterator[Annotated]:
    """Yield GUM's documents of one split, "train" or "dev", with all their entities, those named once too.

    A thing that GUM calls an object is a Vehicle if one of its spots says so; other named objects, events and
    abstract things may be Works, which GUM does not tell: their type is left open.
    """
    for document in read_gum(corpora, split):
        groups = list(_gum_things(document).values())
        record = assemble(f"gum/{document.id}", document.text, [_gum_typed(group) for group in groups])
        yield replace(record, coreferent=True, spotted=EVERY)


class _Phrase(Struct, frozen=True):
    """One of GUM's entities: where its document speaks of it, what GUM calls it, and its head word."""

    start: int
    end: int
    type: str
    head: Token
    text: str


def _gum_things(document: TreebankDocument) -> dict[str, list[_Phrase]]:
    things: dict[str, list[_Phrase]] = {}
    text = document.text
    for sentence, offsets in zip(document.sentences, document.offsets(), strict=True):
        for first, last, kind, number in entities(sentence):
            if last > first and sentence.tokens[last].xpos == "POS":
                last -= 1
            start, end = offsets[first][0], offsets[last][1]
            head = _head(sentence, first, last)
            things.setdefault(number, []).append(_Phrase(start, end, kind, head, text[start:end]))
    return things


def _head(sentence: Sentence, first: int, last: int) -> Token:
    inside = range(first, last + 1)
    outward = (i for i in inside if sentence.tokens[i].head == i or sentence.tokens[i].head not in inside)
    return sentence.tokens[next(outward, last)]


def _gum_typed(phrases: list[_Phrase]) -> list[Spot]:
    vehicle = any(phrase.type == "object" and _is_vehicle(phrase) for phrase in phrases)
    kinds = {"PRON": Kind.PRONOUN, "PROPN": Kind.NAME}
    named = any(phrase.head.upos == "PROPN" for phrase in phrases)
    other = {"object": VEHICLE if vehicle else ANY if named else OTHER, "event": ANY if named else OTHER}
    types = _GUM_TYPES | other | {"abstract": other["event"]}
    return [
        Spot(phrase.start, phrase.end, types.get(phrase.type, OTHER), kinds.get(phrase.head.upos, Kind.DESCRIPTION))
        for phrase in phrases
    ]


def _is_vehicle(phrase: _Phrase) -> bool:
    return phrase.head.lemma.lower() in _VEHICLES or is_vehicle(phrase.text)


_LITBANK_TYPES = {
    "PER": PERSON,
    "ORG": ORGANISATION,
    "VEH": VEHICLE,
    **dict.fromkeys(("GPE", "LOC", "FAC"), PLACE),
}
_LITBANK_KINDS = {"PROP": Kind.NAME, "NOM": Kind.DESCRIPTION, "PRON": Kind.PRONOUN}


def litbank(corpora: Path) -> Iterator[Annotated]:
    """Yield LitBank's documents with all their mentions; what an apposition or copula equates is one thing."""
    spotted = frozenset(_LITBANK_TYPES.values())
    with ZipFile(corpora / "litbank.zip") as archive:
        for member in sorted(n for n in archive.namelist() if re.fullmatch(r"coref/brat/.*\.ann", n)):
            text, starts, ends = _rejoined(archive.read(f"{member[:-3]}txt").decode("utf-8"))
            groups = _litbank_things(archive.read(member).decode("utf-8")).values()
            spots = [[_litbank_spot(*mention, starts, ends) for mention in group] for group in groups]
            record = assemble(f"litbank/{Path(member).stem}", text, spots)
            yield replace(record, coreferent=True, spotted=spotted)


def _rejoined(text: str) -> tuple[str, dict[int, int], dict[int, int]]:
    """Return a text of words with spaces between them as one writes it, and where words now start and end, by old."""
    lines = [list(re.finditer(r"\S+", line)) for line in re.findall(r".*\n?", text)]
    written, offsets = joined([[word[0] for word in words] for words in lines])
    moved = list(zip(re.finditer(r"\S+", text), (place for line in offsets for place in line), strict=True))
    starts = {word.start(): start for word, (start, _) in moved}
    return written, starts, {word.end(): end for word, (_, end) in moved}


_Mention = tuple[str, str, int, int]  # of LitBank: PROP, NOM or PRON, its type, start and end


def _litbank_things(annotation: str) -> dict[str, list[_Mention]]:
    entity: dict[str, _Mention] = {}
    chains: dict[tuple[int, int], str] = {}
    for name, told, start, end in re.findall(r"^(T\d+)\t(\S+) (\d+) (\d+)\t", annotation, re.MULTILINE):
        kind, _, type = told.partition("_")
        if kind in _LITBANK_KINDS and type in _LITBANK_TYPES:
            entity[name] = (kind, type, int(start), int(end))
        else:
            chains[int(start), int(end)] = told
    equal = dict(re.findall(r"^R\d+\t\w+ Arg1:(T\d+) Arg2:(T\d+)", annotation, re.MULTILINE))
    things: dict[str, list[_Mention]] = {}
    for name, mention in entity.items():
        things.setdefault(_chain(name, entity, chains, equal), []).append(mention)
    return things


def _litbank_spot(kind: str, type: str, start: int, end: int, starts: dict[int, int], ends: dict[int, int]) -> Spot:
    return Spot(starts[start], ends[end], _LITBANK_TYPES[type], _LITBANK_KINDS[kind])


def _chain(name: str, entity: dict[str, _Mention], chains: dict[tuple[int, int], str], equal: dict[str, str]) -> str:
    """Return the chain of a mention, or of the one that it is equated with, or else the mention's own name."""
    seen = {name}
    while entity[name][2:] not in chains and equal.get(name, name) in entity.keys() - seen:
        name = equal[name]
        seen.add(name)
    return chains.get(entity[name][2:], name)
