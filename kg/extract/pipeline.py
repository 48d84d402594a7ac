"""The reader of one document: a spaCy `Language` with our components, and what it finds as records.

The pipeline tags and parses with the shipped CNN and puts names into `doc.ents`; what finds the names can be replaced
(`replaced`). Mentions and relations leave this room as records; nothing of spaCy does.
"""

import math
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.countries import country_named, country_of
from kg.dateline import dateline_at
from kg.errors import InputError, StageError
from kg.extract import facts
from kg.extract.anaphora import join_descriptions
from kg.extract.chains import join_names
from kg.extract.claims import Reading
from kg.extract.coreference import join_references
from kg.extract.designations import designations
from kg.extract.found import Findings, Found
from kg.extract.joint import Encoded, Joint
from kg.extract.nouns import is_title
from kg.extract.orthography import as_written
from kg.extract.relations import relations
from kg.extract.tagger import Name
from kg.jsonl import encode
from kg.model import Document, Extraction, Kind, Mention, Relation, content_hash
from kg.schema import Schema
from kg.schema import load as load_schema

MODELS = Path(__file__).parent.parent / "models" / "en"
BY = "kg.names"  # who found a name, unless another pipeline did
RULES = "5"  # a change here makes every cached extraction stale
_LINE_END = re.compile(r"\n[ \t]*")
_ADDRESS = re.compile(r"\w@\w|www\.|://|\w_\w|[a-z]\.(?:com|net|org|edu|gov)\b.|\.(?:doc|pdf|xls)\b")
_STOP = re.compile(r"(?<=[a-z]{3})(?<!Corp)(?<!Bros)(?<!Univ)(?<!Dept)(?<!Prof)(?<!Capt)(?<!Messrs)\.\s+(?=[A-Z])")
_NO_NAMES = frozenset({"I", "Mr", "Mrs", "Ms", "Dr", "Sir", "Miss", "Madam"})
_NUMBERED = re.compile(r"[A-Z]*-?\d[\w-]*")
_ABBREVIATIONS = frozenset("a.m. p.m. mr. mrs. ms. dr. prof. gen. col. lt. capt. sen. gov. rep. st. vs. u.s.".split())
_FORENAMES = frozenset({"Dean", "Major", "Earl", "King", "Prince", "Chancellor", "Marshal"})  # offices that name people
LEAST_SCORE = 0.2  # what the labels of a name must reach on average: less is an artefact of decoding
LONGEST = 1_000_000  # characters of one document
AHEAD = 100_000  # characters of a text that is encoded before its turn: longer ones would take room and bar the way out


@Language.component("kg_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after a blank line or a dateline, and none where the one before goes on or inside a name.

    The parser decides on others.
    """
    text = doc.text  # spaCy joins it anew each time
    lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
    told = {found.end for start in lines if (found := dateline_at(text, start)) is not None}
    # Set at once: each token's own setting would look through the text.
    values = doc.to_array(["SENT_START"])
    begins = values.view("int64")
    for token, after in pairwise(doc):
        if after.idx in told or (token.is_space and token.text.count("\n") > 1):
            begins[after.i] = 1
        elif _goes_on(token, after):
            begins[after.i] = -1
    for ent in doc.ents:
        begins[ent.start + 1 : ent.end] = -1
    return doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]


def _goes_on(token: Token, after: Token) -> bool:
    # Small letters go on after a word or a comma, anything after "a.m.".
    if after.is_lower and (token.is_alpha or token.text == ","):
        return True
    return _abbreviates(token) and not after.is_space and not (after.is_title and after.is_stop)


def _abbreviates(token: Token) -> bool:
    if token.text == "." and token.i and not token.nbor(-1).whitespace_:
        return f"{token.nbor(-1).lower_}." in _ABBREVIATIONS
    return token.lower_ in _ABBREVIATIONS


@Language.factory("kg_encoder", default_config={"folder": "", "threads": 0})
def make_encoder(nlp: Language, name: str, folder: str, threads: int) -> "Encoder":
    """Return the component that reads the text with the joint model in `folder`, for those after it."""
    joint = Joint(Path(folder) if folder else MODELS / "joint", threads=threads)
    return Encoder(joint, ahead=threads != 1)


class Encoder:
    """Leaves the model and the encoded text with the document; in a stream one `ahead`, in a thread of its own."""

    def __init__(self, joint: Joint, *, ahead: bool = False) -> None:
        self.joint = joint
        self.ahead = ahead

    def __call__(self, doc: Doc) -> Doc:
        """Encode the text."""
        return self._leave(doc, self.joint.encode(doc.text))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Encode the texts in their order, each by itself: what is read in one does not depend on those around it."""
        if not self.ahead:
            yield from map(self, stream)
            return
        waiting: deque[tuple[Doc, Future[Encoded] | None]] = deque()
        with ThreadPoolExecutor(1, thread_name_prefix="kg-encoder") as thread:
            for doc in stream:
                text = doc.text
                waiting.append((doc, thread.submit(self.joint.encode, text) if len(text) <= AHEAD else None))
                if len(waiting) > 1:
                    yield self._turn(*waiting.popleft())
            for doc, future in waiting:
                yield self._turn(doc, future)

    def _turn(self, doc: Doc, future: Future[Encoded] | None) -> Doc:
        return self(doc) if future is None else self._leave(doc, future.result())

    def _leave(self, doc: Doc, encoded: Encoded) -> Doc:
        doc.user_data["kg.model"] = self.joint, encoded
        return doc


@Language.component("kg_names")
def model_names(doc: Doc) -> Doc:
    """Set `doc.ents` to the names that the joint model found, and vehicle designations over them."""
    return set_names(doc, facts.names(*doc.user_data["kg.model"]))


class Names:
    """Sets `doc.ents` to the names that a tagger finds in the text, and vehicle designations over them."""

    def __init__(self, tagger: Callable[[str], list[Name]], by: str = BY) -> None:
        self.tagger = tagger
        self.by = by

    def __call__(self, doc: Doc) -> Doc:
        """Find the names; where a designation overlaps one, the longer of the two stays."""
        return set_names(doc, self.tagger(doc.text), by=self.by)


def set_names(doc: Doc, names: list[Name], *, by: str = BY) -> Doc:
    """Set `doc.ents` to those of the names that are any, and vehicle designations over them; `by` is who found them."""
    text = doc.text
    spans: list[Span] = []
    scores: dict[tuple[int, int], float] = {}
    for name in as_written(text, joined(text, names)):
        span = doc.char_span(name.start, name.end, label=name.type, alignment_mode="contract")
        span = span or doc.char_span(name.start, name.end, label=name.type, alignment_mode="expand")
        if span is not None:
            spans.append(span)
            scores[span.start, span.end] = name.score
    for one in designations(text):
        span = doc.char_span(one.start, one.end, label="Vehicle", span_id=one.subtype, alignment_mode="contract")
        if span is not None:
            spans.append(span)
    # Where both found the same, the designation is kept, for it tells the subtype.
    doc.ents = spacy.util.filter_spans(sorted(spans, key=lambda span: not span.id_))
    doc.user_data["kg.scores"] = scores
    doc.user_data["kg.by"] = by
    return doc


def joined(text: str, names: list[Name]) -> Iterator[Name]:
    """Yield the names that are any, with a vehicle's number joined to its class: "Soyuz" and "MS-19" are one name."""
    kept: list[Name] = []
    addresses = [match.span() for match in re.finditer(r"\S+", text) if _ADDRESS.search(match[0])]
    for name in (_untitled(text, part) for found in names for part in _split(text, found)):
        if _inside(name, addresses):
            continue
        last = kept[-1] if kept else None
        numbered = name.type == "Vehicle" and _NUMBERED.fullmatch(text[name.start : name.end])
        if last and numbered and last.type == "Vehicle" and text[last.end : name.start] == " ":
            kept[-1] = Name(last.start, name.end, "Vehicle", min(last.score, name.score))
        elif name.score >= LEAST_SCORE and _is_name(text[name.start : name.end]):
            kept.append(name)
    yield from kept


def _split(text: str, name: Name) -> Iterator[Name]:
    # "… heads Egis. SNCF may …": a full stop after a whole word ends a name.
    start = name.start
    for stop in _STOP.finditer(text, name.start, name.end):
        yield Name(start, stop.start(), name.type, name.score)
        start = stop.end()
    yield Name(start, name.end, name.type, name.score)


def _inside(name: Name, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (name.start, math.inf)) - 1
    return index >= 0 and name.end <= spans[index][1]


def _untitled(text: str, name: Name) -> Name:
    # "Prime Minister" and "President" stand before a person's name, not in it.
    # Some titles are names as well: "King said", "Dean Martin".
    words = list(re.finditer(r"\S+", text[name.start : name.end])) if name.type == "Person" else []
    titles = len(list(takewhile(is_title, (word[0] for word in words))))
    if len(words) - titles < 2 and titles == 1 and words[0][0] in _FORENAMES:
        titles = 0
    if titles == len(words) and titles:
        return Name(name.end, name.end, name.type, name.score)
    return Name(name.start + words[titles].start(), name.end, name.type, name.score) if titles else name


def _is_name(text: str) -> bool:
    demonym = country_named(text) is None and country_of(text) is not None
    return any(map(str.isalpha, text)) and text.rstrip(".") not in _NO_NAMES and not demonym


def load(*, names: str = "kg_names", config: dict[str, Any] | None = None) -> Language:
    """Return the shipped pipeline, with the component of that name to set `doc.ents`, and settings of the encoder."""
    nlp = spacy.load(MODELS / "syntax")
    for component in ("kg_paragraphs", names):
        nlp.add_pipe(component, first=True)
    nlp.add_pipe("kg_encoder", first=True, config=config or {})
    nlp.max_length = LONGEST + 1
    return nlp


@cache
def loaded() -> Language:
    """Return the shipped pipeline, loaded once."""
    return load()


def joint() -> Joint:
    """Return the shipped joint model."""
    encoder = loaded().get_pipe("kg_encoder")
    assert isinstance(encoder, Encoder)
    return encoder.joint


@cache
def _schema() -> Schema:
    return load_schema()


def version(*, model: str = "", schema: Schema | None = None) -> str:
    """Return what an extraction depends on beside its document: the rules, the models, and a schema of the user's.

    `model` names what stands in the place of a part of the shipped pipeline.
    """
    parts = [f"rules-{RULES}", (MODELS / "VERSION").read_text(encoding="utf-8").strip()]
    parts += [model] if model else []
    parts += [f"schema-{content_hash(encode(schema).decode())}"] if schema not in (None, _schema()) else []
    return "+".join(parts)


def extract(
    documents: Iterable[Document], *, nlp: Language | None = None, schema: Schema | None = None
) -> Iterator[Extraction]:
    """Yield what each document says in terms of the schema, in their order; each is a pure function of its document.

    Raises `StageError` where a document is longer than a million characters.
    """
    language = nlp or loaded()
    refused: list[Document] = []
    # One in a batch, so that nothing read depends on the documents around it.
    for doc, document in language.pipe(_texts(documents, refused), as_tuples=True, batch_size=1):
        yield read(doc, document, schema)
    for document in refused:
        cause = InputError(f"{len(document.text):,} characters; split it into texts of at most {LONGEST:,}")
        raise StageError(document.id, "extract", cause)


def _texts(documents: Iterable[Document], refused: list[Document]) -> Iterator[tuple[str, Document]]:
    """Yield texts with their documents up to one that is too long, which is left in `refused`."""
    for document in documents:
        if len(document.text) > LONGEST:
            refused.append(document)
            return
        yield document.text, document


def read(doc: Doc, document: Document, schema: Schema | None = None) -> Extraction:
    """Return the extraction of a parsed document whose names are in `doc.ents`, labelled by the schema's types."""
    schema = schema or _schema()
    findings = Findings(doc, [_named(ent, schema) for ent in doc.ents if ent.label_ in schema.types])
    join_names(findings)
    # A pipeline that only finds names gives only names: what reads the parse stays away.
    found: tuple[Relation, ...] = ()
    if doc.has_annotation("DEP"):
        model = doc.user_data.get("kg.model")
        join_descriptions(findings)
        if model is not None:
            join_references(findings, *model)
        found = relations(Reading(doc, findings, document.published), document.id, schema, model)
    mentions = tuple(_mention(each, document) for each in findings.all)
    return Extraction(document=document.id, content=document.content, mentions=mentions, relations=found)


def _named(ent: Span, schema: Schema) -> Found:
    score = ent.doc.user_data.get("kg.scores", {}).get((ent.start, ent.end), 0.9)
    root = schema.ancestors(ent.label_)[-1]
    subtype = ent.id_ or (ent.label_ if ent.label_ != root else None)
    return Found(ent, root, subtype=subtype, score=score, by=ent.doc.user_data.get("kg.by", BY))


def _mention(found: Found, document: Document) -> Mention:
    start, end = found.span.start_char, found.span.end_char
    name = found.name if found.kind is not Kind.NAME else None
    return Mention(
        document=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        type=found.type,
        subtype=found.subtype,
        kind=found.kind,
        name=name,
        cluster=found.chain,
        score=round(found.score, 4),
        by=found.by,
    )
