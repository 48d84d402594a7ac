"""An extraction, taken apart for scoring: its chains, and its facts with the types, spans and names of their ends."""

import re
from functools import cached_property

from msgspec import Struct

from kg.bench.tagged import Name
from kg.bench.words import Span
from kg.countries import country_named
from kg.extract.times import find_times
from kg.model import Document, Extraction, Kind, Literal, Mention, Modality, Relation
from kg.schema import Schema

NO_FACT = (Modality.NEGATED, Modality.POSSIBLE)
MONTHS = "January February March April May June July August September October November December".split()

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?(?:-(?P<day>\d\d))?")


class Claim(Struct, frozen=True, kw_only=True):
    """A fact as the records state it. `value` is what a literal says, and then `object` is where, if that is known."""

    predicate: str
    subject: Span
    subject_type: str
    object: Span | None
    object_type: str
    value: str = ""


def names(extraction: Extraction) -> list[Name]:
    """Return the names in a document, in the order of the records."""
    return [Name(one.start, one.end, one.type) for one in extraction.mentions if one.kind is Kind.NAME]


class Reading:
    """A document and what was extracted from it."""

    def __init__(self, document: Document, extraction: Extraction, schema: Schema) -> None:
        self._document = document
        self._extraction = extraction
        self._schema = schema
        self._mentions = {mention.id: mention for mention in extraction.mentions}

    @cached_property
    def chains(self) -> list[list[Span]]:
        """The spans of the mentions of each thing."""
        return [[(one.start, one.end) for one in chain] for chain in self._chains.values()]

    @cached_property
    def claims(self) -> list[Claim]:
        """The facts, in the order of the records; what is denied or only possible is none."""
        return [self._claim(one) for one in self._extraction.relations if one.modality not in NO_FACT]

    def name(self, span: Span | None) -> str:
        """Return the longest name of the thing that the mention there speaks of, or the mention's own words."""
        mention = next(one for one in self._extraction.mentions if (one.start, one.end) == span)
        names = [one.text for one in self._chains[mention.cluster] if one.kind is Kind.NAME]
        return max(names, key=len, default=mention.name or mention.text)

    @cached_property
    def _chains(self) -> dict[int, list[Mention]]:
        chains: dict[int, list[Mention]] = {}
        for mention in self._extraction.mentions:
            chains.setdefault(mention.cluster, []).append(mention)
        return chains

    def _claim(self, relation: Relation) -> Claim:
        subject = self._mentions[relation.subject]
        if isinstance(relation.object, Literal):
            object, kind, value = self._date(relation, relation.object), relation.object.datatype, relation.object.value
        else:
            thing = self._mentions[relation.object]
            object, kind, value = (thing.start, thing.end), self._type(thing), ""
        return Claim(
            predicate=relation.predicate,
            subject=(subject.start, subject.end),
            subject_type=self._type(subject),
            object=object,
            object_type=kind,
            value=_written(value),
        )

    def _type(self, mention: Mention) -> str:
        kind = self._schema.most_special(mention.type, mention.subtype)
        country = kind == "Place" and country_named(mention.name or mention.text) is not None
        return "Country" if country else kind

    def _date(self, relation: Relation, literal: Literal) -> Span | None:
        """Return where in the evidence a date stands that says what the literal says."""
        evidence = self._document.text[relation.start : relation.end]
        times = find_times(evidence, published=self._document.published)
        found = (one for one in times if one.value == literal.value)
        return next(((one.start + relation.start, one.end + relation.start) for one in found), None)


def _written(value: str) -> str:
    """Return a date as Wikidata's labels write it, "04 May 1993", a year as its first day; what is none stays."""
    match = _DATE.fullmatch(value)
    return f"{match['day'] or '01'} {MONTHS[int(match['month'] or 1) - 1]} {match['year']}" if match else value
