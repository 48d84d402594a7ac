"""The records that travel between the stages, and nothing else.

Everything left of resolution (`Document`, `Mention`, `Relation`, `Extraction`) is a pure function of one document;
everything right of it (`Entity`, `Statement`) is a deterministic function of all extractions. Ids come from content,
never from a clock or a random source, so that running twice gives the same graph.
"""

from datetime import date
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct


class Kind(StrEnum):
    """How a mention refers to its entity."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class Modality(StrEnum):
    """How the text holds a statement; where several apply, the first in `PRIORITY` wins."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PAST = "past"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"


PRIORITY = (
    Modality.NEGATED,
    Modality.POSSIBLE,
    Modality.PLANNED,
    Modality.PAST,
    Modality.REPORTED,
    Modality.ASSERTED,
)


def content_hash(*parts: str) -> str:
    """Return 16 hexadecimal digits of SHA-256 over the parts, unambiguous about where one part ends."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:16]


class Document(Struct, frozen=True, kw_only=True):
    """One text as it was read; offsets of everything found in it count characters of `text`."""

    id: str
    text: str
    title: str = ""
    source: str = ""
    published: date | None = None
    language: str = "en"
    meta: dict[str, str] = {}

    @property
    def content(self) -> str:
        """The hash of all that extraction depends on: the text and the date that times resolve against."""
        return content_hash(self.text, self.published.isoformat() if self.published else "")


class Literal(Struct, frozen=True, kw_only=True):
    """A value that is not an entity: a date, an office as stated."""

    value: str
    datatype: str = "string"


class Mention(Struct, frozen=True, kw_only=True):
    """A stretch of a document's text that refers to a thing: `document.text[start:end] == text`.

    `cluster` numbers the within-document coreference chain; `name` is the name that the mention stands for where
    that is not its text ("Russia" for "Russian").
    """

    document: str
    start: int
    end: int
    text: str
    type: str
    subtype: str | None = None
    kind: Kind = Kind.NAME
    name: str | None = None
    cluster: int = 0
    score: float = 1.0
    by: str = ""

    @property
    def id(self) -> str:
        """The mention's place as an RFC 5147 fragment of its document."""
        return f"{self.document}#char={self.start},{self.end}"


class Relation(Struct, frozen=True, kw_only=True):
    """What one stretch of one document says of two mentions, or of a mention and a literal.

    `start` and `end` bound the evidence; `source` is the mention id, or else the words, of who says so; `time` is
    ISO 8601: a date, a date-time, or an interval with `..` for an open end.
    """

    subject: str
    predicate: str
    object: str | Literal
    start: int
    end: int
    modality: Modality = Modality.ASSERTED
    source: str | None = None
    time: str | None = None
    score: float = 1.0
    by: str = ""


class Extraction(Struct, frozen=True, kw_only=True):
    """All that one document yields; a pure function of the document and the extractor's `version`."""

    document: str
    content: str
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    version: str = ""


class Entity(Struct, frozen=True, kw_only=True):
    """One thing, with every name and mention of it in every document."""

    id: str
    type: str
    subtype: str | None = None
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


class Statement(Struct, frozen=True, kw_only=True):
    """One document's claim about entities: an edge of the graph is a fold over its statements.

    `quote` is `document.text[start:end]`; `by` is what found it, of the extractor of that `version`; `inferred` tells a
    claim that follows from another by the schema's rules from one that a text makes.
    """

    subject: str
    predicate: str
    object: str | Literal
    document: str
    start: int
    end: int
    quote: str
    modality: Modality = Modality.ASSERTED
    source: str | None = None
    time: str | None = None
    score: float = 1.0
    by: str = ""
    version: str = ""
    inferred: bool = False

    @property
    def id(self) -> str:
        """A hash of the key fields: who says what of whom, where, and how."""
        thing = self.object if isinstance(self.object, str) else f"{self.object.datatype}:{self.object.value}"
        place = f"{self.document}#char={self.start},{self.end}"
        said = (self.modality.value, self.source or "", self.time or "", str(self.inferred))
        return content_hash(self.subject, self.predicate, thing, place, *said)


class Verdict(StrEnum):
    """What a person says of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Anchor(Struct, frozen=True, kw_only=True, order=True):
    """What a judgement is about, named so that it survives rebuilding and reading again.

    `name` is in normal form (`kg.names.normal`); all chains of that type and name are meant, of whatever document, or
    with a `mention` id only the chain that this mention is in.
    """

    type: str
    name: str
    mention: str = ""


class Judgement(Struct, frozen=True, kw_only=True):
    """What a person decided of two things, and when: an ISO 8601 date-time, which orders the judgements of one pair."""

    left: Anchor
    right: Anchor
    verdict: Verdict
    who: str = ""
    when: str
    note: str = ""


class Refutation(Struct, frozen=True, kw_only=True):
    """A person's word that a document does not say what was read in it there: a statement that is wrong.

    It is about the words from `start` to `end`, and about the mentions, by id, or the literal at the ends; so it holds
    whatever entities these are resolved to. `statement` and `claim` tell what it was called when it was refuted.
    """

    document: str
    start: int
    end: int
    quote: str
    predicate: str
    modality: Modality
    subject: str
    object: str | Literal
    statement: str = ""
    claim: str = ""
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """A hash of what is refuted, whoever says so and when."""
        thing = self.object if isinstance(self.object, str) else f"{self.object.datatype}:{self.object.value}"
        place = f"{self.document}#char={self.start},{self.end}"
        return content_hash(place, self.quote, self.predicate, self.modality.value, self.subject, thing)


class Rejected(Struct, frozen=True, kw_only=True):
    """Something of the input that was set aside: what, where, in which stage, and why."""

    source: str
    reason: str
    stage: str = "read"
    line: int | None = None
