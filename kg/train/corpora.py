"""Passages with the names that a public corpus marks in them, for training and measuring the mention model.

No corpus marks all five types. `Passage.types` says which it does; elsewhere an unmarked word may still be a name of
another type, and the loss does not punish the model for saying so (see `kg.train.mentions`).
"""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

from msgspec import Struct

from kg.train.conllu import Sentence, entities, read_ewt, read_gum
from kg.train.detokenise import detokenised, word_offsets

PERSON, ORGANISATION, VEHICLE, PLACE, WORK = "Person", "Organisation", "Vehicle", "Place", "Work"
TYPES = (PERSON, ORGANISATION, VEHICLE, PLACE, WORK)
UNSURE = "?"  # a marked stretch whose type is one that the corpus does not tell apart, or none
FREE = "*"  # a stretch of which the corpus tells nothing at all
BASIC = frozenset({PERSON, ORGANISATION, PLACE})
HELD_OUT = 5  # Re-DocRED documents whose index divides by this are kept for measuring

_VEHICLE_HEAD = re.compile(
    r"\b(space station|shuttle|spacecraft|rocket|submarine|frigate|destroyer|airbus [a-z]?\d+|boeing \d+)\b", re.I
)


class Passage(Struct, frozen=True):
    """A text, the names marked in it as (start, end, type), and the types that its corpus marks."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    types: frozenset[str] = BASIC


def load(corpora: Path, sources: "Sources", *, seed: int = 0) -> list[Passage]:
    """Return the training passages of those sources, in a fixed order for one seed."""
    rng = random.Random(seed)
    passages: list[Passage] = []
    for loader, most in sources:
        found = list(loader(corpora))
        passages += found if most is None or len(found) <= most else rng.sample(found, most)
    return passages


def uner(corpora: Path, *, split: str) -> Iterator[Passage]:
    """Yield the sentences of UNER EWT, for measuring alone; `# text` gives the exact characters."""
    name = f"en_ewt-ud-{split}.iob2"
    with ZipFile(corpora / "uner-ewt.zip") as archive:
        lines = archive.read(name).decode("utf-8").splitlines()
    types = {"PER": PERSON, "ORG": ORGANISATION, "LOC": PLACE}
    for block in _blocks(lines):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        text = next((line[9:] for line in block if line.startswith("# text = ")), "")
        yield _aligned([row[1] for row in rows], [row[2] for row in rows], types=types, text=text)


def gum(corpora: Path, *, split: str) -> Iterator[Passage]:
    """Yield GUM's sentences with the names among its entities: those whose head is a proper noun, trimmed to it."""
    types = {"person": PERSON, "organization": ORGANISATION, "place": PLACE, "object": UNSURE, "abstract": UNSURE}
    for document in read_gum(corpora, split):
        yield from (_gum_passage(sentence, types) for sentence in document.sentences)


def _gum_passage(sentence: Sentence, types: dict[str, str]) -> Passage:
    offsets, text = _offsets(sentence)
    found: list[tuple[int, int, str]] = []
    for first, last, kind, _ in entities(sentence):
        span = _proper_core(sentence, first, last)
        if span and kind in types:
            found.append((offsets[span[0]][0], offsets[span[1]][1], types[kind]))
    return Passage(text, _longest(found), BASIC)


def _proper_core(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    inside = range(first, last + 1)
    tokens = sentence.tokens
    heads = [i for i in inside if tokens[i].head == i or not first <= tokens[i].head <= last]
    if not heads or tokens[heads[0]].xpos not in ("NNP", "NNPS"):
        return None
    head = heads[0]
    proper = {"NNP", "NNPS", "CD", "HYPH"}
    joins = {"of", "the", "and", "&", "de", "for", "'s", "’s", "-", "la", "von", "van", "del"}
    start = end = head
    while start > first and (tokens[start - 1].xpos in proper or _joined(sentence, start - 1, first, joins, -1)):
        start -= 1
    while end < last and (tokens[end + 1].xpos in proper or _joined(sentence, end + 1, last, joins, 1)):
        end += 1
    while start < head and tokens[start].xpos not in ("NNP", "NNPS", "CD"):
        start += 1
    while end > head and tokens[end].xpos not in ("NNP", "NNPS", "CD"):
        end -= 1
    return start, end


def _joined(sentence: Sentence, index: int, limit: int, joins: set[str], step: int) -> bool:
    while sentence.tokens[index].form.lower() in joins and index != limit:
        index += step
        if sentence.tokens[index].xpos in ("NNP", "NNPS"):
            return True
    return False


def _offsets(sentence: Sentence) -> tuple[list[tuple[int, int]], str]:
    offsets, text = [], ""
    for token in sentence.tokens:
        offsets.append((len(text), len(text) + len(token.form)))
        text += token.form + (" " if token.space_after else "")
    return offsets, text.rstrip()


def _longest(spans: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def tagged(corpora: Path) -> Iterator[Passage]:
    """Yield EWT train's sentences, of whose names only this is known: they are made of proper nouns.

    Its tags are gold, its entity layer is not used: what stands away from proper nouns is no person, organisation,
    place or vehicle, and of the rest nothing is told.
    """
    for document in read_ewt(corpora, "train"):
        for sentence in document.sentences:
            offsets, text = _offsets(sentence)
            proper = [token.xpos in ("NNP", "NNPS", "ADD", "GW", "FW") for token in sentence.tokens]
            near = [any(proper[max(0, i - 1) : i + 2]) for i in range(len(proper))]
            free = tuple((*offsets[i], FREE) for i, told in enumerate(near) if told or _may_join(sentence, i))
            yield Passage(text, free, BASIC | {VEHICLE})


def web(corpora: Path) -> Iterator[Passage]:
    """Yield the sentences of EWT's training part whose names were annotated for `kg`, all five types."""
    names = dict(_web_names(Path(__file__).parent / "data" / "web_names.tsv"))
    for document in read_ewt(corpora, "train"):
        for sentence in document.sentences:
            if sentence.id in names:
                yield Passage(_offsets(sentence)[1], names[sentence.id], frozenset(TYPES))


def _web_names(path: Path) -> Iterator[tuple[str, tuple[tuple[int, int, str], ...]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            sentence, *told = line.split("\t")
            spans = (re.split("[- ]", one) for one in told)
            yield sentence, tuple((int(start), int(end), kind) for start, end, kind in spans)


def _may_join(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    return token.xpos in ("CD", "HYPH", "POS") or token.form.lower() in ("of", "the", "and", "&", "for")


def gmb(corpora: Path) -> Iterator[Passage]:
    """Yield the Groningen Meaning Bank's news sentences; demonyms, times and events are no names here."""
    types = {"per": PERSON, "org": ORGANISATION, "geo": PLACE, "gpe": PLACE, "art": UNSURE}
    words: list[str] = []
    tags: list[str] = []
    with ZipFile(corpora / "gmb.zip") as archive:
        rows = csv.reader(io.TextIOWrapper(archive.open("ner_dataset.csv"), encoding="cp1252"))
        next(rows)
        for number, word, tag, label in rows:
            if number and words:
                yield _aligned(words, tags, types=types)
                words, tags = [], []
            words.append(word)
            tags.append("O" if label.endswith("gpe") and tag not in ("NNP", "NN") else label)
    yield _aligned(words, tags, types=types)


def wikigold(corpora: Path) -> Iterator[Passage]:
    """Yield WikiGold's sentences."""
    yield from _columns(corpora, "wikigold-sec-btc.zip", "wikigold/CONLL", tag=-1)


def tweets(corpora: Path) -> Iterator[Passage]:
    """Yield the Broad Twitter Corpus."""
    yield from _columns(corpora, "wikigold-sec-btc.zip", "BTC/CONLL", tag=-1)


def wnut(corpora: Path) -> Iterator[Passage]:
    """Yield WNUT 2017's posts, whose creative works are Works and whose products may be vehicles."""
    yield from _columns(corpora, "wnut17.zip", "", tag=-1, types=BASIC | {WORK})


def crossner(corpora: Path) -> Iterator[Passage]:
    """Yield CrossNER's train and dev sentences of five domains."""
    for split in ("train", "dev"):
        for passage in _columns(corpora, "crossner.zip", "ner_data/", tag=-1, only=f"{split}.txt"):
            yield Passage(passage.text, passage.names, BASIC)


def litbank(corpora: Path) -> Iterator[Passage]:
    """Yield LitBank's sentences with the entities that it marks as proper names."""
    types = {"PER": PERSON, "ORG": ORGANISATION, "VEH": VEHICLE, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
    with ZipFile(corpora / "litbank.zip") as archive:
        for member in sorted(n for n in archive.namelist() if re.fullmatch(r"(.*/)?coref/brat/.*\.ann", n)):
            text = archive.read(member[:-3] + "txt").decode("utf-8")
            names = []
            for line in archive.read(member).decode("utf-8").splitlines():
                match = re.match(r"T\d+\tPROP_(\w+) (\d+) (\d+)\t", line)
                if match:
                    names.append((int(match[2]), int(match[3]), types[match[1]]))
            yield from _lines(text, _longest(_untitled(text, *name) for name in names))


def _untitled(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    # LitBank keeps articles and titles inside its names; the vocabulary leaves them outside.
    match = re.match(
        r"(?:(?:the|a|an|mr|mrs|miss|ms|dr|sir|lady|lord|captain|colonel)\b\s*\.?\s*)+", text[start:end], re.I
    )
    return (start + match.end() if match and match.end() < end - start else start), end, kind


def _lines(text: str, names: tuple[tuple[int, int, str], ...]) -> Iterator[Passage]:
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        inside = tuple((a - start, b - start, kind) for a, b, kind in names if start <= a and b <= end)
        if line.strip():
            yield Passage(line.rstrip(), inside, BASIC | {VEHICLE})
        start += len(line)


def redocred(corpora: Path, *, held_out: bool = False) -> Iterator[Passage]:
    """Yield Re-DocRED's sentences; demonyms, which it counts as places, are no names here."""
    types = {"PER": PERSON, "ORG": ORGANISATION, "LOC": PLACE, "MISC": UNSURE}
    with ZipFile(corpora / "re-docred-dev.zip") as archive:
        documents = json.loads(archive.read("dev_revised.json"))
    for index, document in enumerate(documents):
        if (index % HELD_OUT == 0) != held_out:
            continue
        for number, words in enumerate(document["sents"]):
            tags = ["O"] * len(words)
            for mention in (m for entity in document["vertexSet"] for m in entity):
                if mention["sent_id"] == number and mention["type"] in types and not _demonym(mention):
                    first, last = mention["pos"]
                    tags[first:last] = [f"B-{mention['type']}"] + [f"I-{mention['type']}"] * (last - first - 1)
            yield _aligned(words, tags, types=types)


def _demonym(mention: dict[str, str]) -> bool:
    return mention["type"] == "LOC" and bool(re.fullmatch(r"[A-Z]\w+(an|ish|ese|ch|i|ic)s?", mention["name"]))


_COLUMN_TYPES: dict[str, str] = {
    **dict.fromkeys(("per", "person", "politician", "writer", "scientist", "musicalartist", "researcher"), PERSON),
    **dict.fromkeys(
        ("org", "organisation", "corporation", "group", "politicalparty", "band", "university"), ORGANISATION
    ),
    **dict.fromkeys(("loc", "location", "country"), PLACE),
    **dict.fromkeys(("creative-work", "book", "poem", "album", "song"), WORK),
    **dict.fromkeys(("misc", "product", "astronomicalobject", "magazine", "academicjournal"), UNSURE),
}


def _columns(
    corpora: Path, archive: str, prefix: str, *, tag: int, types: frozenset[str] = BASIC, only: str = ""
) -> Iterator[Passage]:
    suffixes = (only,) if only else (".conll", ".txt")
    with ZipFile(corpora / archive) as file:
        for member in sorted(n for n in file.namelist() if prefix in n and n.endswith(suffixes)):
            lines = file.read(member).decode("utf-8", "replace").splitlines()
            if "docs/" in member or not any(re.search(r"[\t ][BI]-\w", line) for line in lines[:400]):
                continue
            for block in _blocks(lines):
                rows = [line.split("\t") if "\t" in line else line.split() for line in block]
                rows = [row for row in rows if len(row) > 1 and row[0] != "-DOCSTART-"]
                if rows:
                    passage = _aligned([row[0] for row in rows], [row[tag] for row in rows], types=_COLUMN_TYPES)
                    yield Passage(passage.text, passage.names, types)


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _aligned(words: list[str], tags: list[str], *, types: dict[str, str], text: str = "") -> Passage:
    built = text or detokenised(words)
    offsets = word_offsets(words, built)
    names: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        mark, _, label = tag.partition("-")
        kind = types.get(label.lower(), types.get(label))
        if kind is None:
            continue
        start, end = offsets[index]
        if mark == "I" and index and tags[index - 1].partition("-")[2] == label:
            start = names.pop()[0]
        names.append((start, end, kind))
    return Passage(built, tuple(_vehicle_head(built, *name) for name in names), BASIC)


def _vehicle_head(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    # These corpora call a space station a place and a shuttle an artefact or nothing: its head noun tells better.
    return start, end, VEHICLE if is_vehicle(text[start:end]) and kind != PERSON else kind


def is_vehicle(name: str) -> bool:
    """Tell whether the words of a name say that it is a vehicle's: "Mir space station"."""
    return _VEHICLE_HEAD.search(name) is not None


Sources = tuple[tuple[Callable[[Path], Iterator[Passage]], int | None], ...]


def _gum_train(corpora: Path) -> Iterator[Passage]:
    yield from gum(corpora, split="train")


# Where passages come from, and how many at most.
TRAINING: Sources = (
    (_gum_train, None),
    (wikigold, None),
    (wnut, None),
    (crossner, None),
    (redocred, None),
    (litbank, 2500),
    (tweets, 3000),
    (gmb, 10000),
)
JOINT: Sources = (
    (_gum_train, None),
    (wikigold, None),
    (wnut, 2000),
    (crossner, None),
    (redocred, None),
    (litbank, 1000),
    (tweets, 1000),
    (gmb, 3000),
    *[(web, None)] * 3,
)
REFINING: Sources = (
    (_gum_train, None),
    (wikigold, None),
    (wnut, 3000),
    (crossner, None),
    (redocred, None),
    (litbank, 1500),
    (tweets, 1500),
    (gmb, 4000),
    (tagged, None),
)
