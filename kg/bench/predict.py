"""What `kg` finds, in the terms of each benchmark: the records of the shipped extractor, or of one given.

What a text denies, or holds possible only, is no fact here, as it is no plain triple of the graph.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg import schema as schemas
from kg.bench.records import Claim, Reading, names
from kg.bench.scores_facts import SpanFact
from kg.bench.scores_relations import ThingFact, align
from kg.bench.scores_triples import Triple
from kg.bench.tagged import Name
from kg.bench.terms import Terms, knowledgenet, wikidata
from kg.bench.text2kgbench import Ontology
from kg.bench.words import Span
from kg.build import Extractor
from kg.model import Document, Extraction
from kg.schema import Schema

Things = Sequence[Sequence[Span]]
Facts = Sequence[ThingFact]


def default(*, pipeline: str | None = None, schema_files: Iterable[Path | str] = ()) -> "Records":
    """Return the predictor on the shipped extractor, or with another pipeline's names, and a schema extended by files.

    Raises `InputError` where there is no such pipeline, and `SchemaError` where a schema file is not right.
    """
    from kg.bench.model import Model
    from kg.build import default_extractor
    from kg.extract.pipeline import joint

    schema = schemas.load(schema_files)
    records = Records(default_extractor(pipeline, schema=schema), schema)
    return Model(records, joint()) if pipeline is None else records


class Records:
    """The predictor of every benchmark, on an extractor's records."""

    def __init__(self, extractor: Extractor, schema: Schema) -> None:
        self.version = extractor.version()
        self.extractor = extractor
        self.schema = schema

    def extractions(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says, as the records have it."""
        yield from self.extractor.extract(documents)

    def names(self, documents: Iterable[Document], /) -> Iterator[Sequence[Name]]:
        """Yield the names of each document."""
        for extraction in self.extractions(documents):
            yield names(extraction)

    def chains(self, documents: Iterable[Document], /) -> Iterator[Things]:
        """Yield the coreference chains of each document."""
        for reading in self._read(documents):
            yield reading.chains

    def span_facts(self, documents: Iterable[Document], /) -> Iterator[Sequence[SpanFact]]:
        """Yield the facts of each document, by KnowledgeNet's properties, in the mentions that the records relate."""
        terms = knowledgenet(self.schema)
        for reading in self._read(documents):
            yield list(dict.fromkeys(_span_facts(reading, terms)))

    def things_and_facts(self, documents: Iterable[Document], /) -> Iterator[tuple[Things, Facts]]:
        """Yield the things of each document, dates among them, and the facts between them by Wikidata's properties."""
        terms = wikidata(self.schema)
        for reading in self._read(documents):
            things: list[Sequence[Span]] = [*reading.chains]
            facts = list(_thing_facts(reading, terms, things))
            yield things, facts

    def facts_between(self, documents: Iterable[tuple[Document, Things]], /) -> Iterator[Facts]:
        """Yield the facts between the things given: those of the records whose ends stand for two of them."""
        pairs = list(documents)
        found = self.things_and_facts(document for document, _ in pairs)
        for (_, things), (own, facts) in zip(pairs, found, strict=True):
            home = align(things, own)
            ends = ((home[fact.subject], fact.property, home[fact.object]) for fact in facts)
            yield [ThingFact(a, name, b) for a, name, b in ends if a is not None and b is not None]

    def triples(self, documents: Iterable[Document], ontology: Ontology, /) -> Iterator[Sequence[Triple]]:
        """Yield the triples of each document, in the words of an ontology."""
        terms = wikidata(self.schema)
        for reading in self._read(documents):
            said = ((claim, name, back) for claim in reading.claims for name, back in _said(claim, terms))
            labels = ontology.relations
            triples = (_triple(reading, claim, labels[name], back) for claim, name, back in said if name in labels)
            yield list(dict.fromkeys(triples))

    def _read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        texts = list(documents)
        for document, extraction in zip(texts, self.extractor.extract(texts), strict=True):
            yield Reading(document, extraction, self.schema)


def _said(claim: Claim, terms: Terms) -> Iterator[tuple[str, bool]]:
    yield from terms.properties(claim.predicate, claim.subject_type, claim.object_type)


def _span_facts(reading: Reading, terms: Terms) -> Iterator[SpanFact]:
    for claim in reading.claims:
        for name, back in _said(claim, terms):
            subject, object = claim.subject, claim.object
            if object is not None:
                yield SpanFact(object, name, subject) if back else SpanFact(subject, name, object)


def _thing_facts(reading: Reading, terms: Terms, things: list[Sequence[Span]]) -> Iterator[ThingFact]:
    """Yield the facts, and put the spans that are no mentions, which are dates, to the things."""
    place = {span: index for index, spans in enumerate(things) for span in spans}
    for claim in reading.claims:
        if claim.object is not None and claim.object not in place:
            place[claim.object] = len(things)
            things.append([claim.object])
        for name, back in _said(claim, terms):
            if claim.object is not None:
                ends = place[claim.subject], place[claim.object]
                yield ThingFact(ends[back], name, ends[not back])


def _triple(reading: Reading, claim: Claim, relation: str, back: bool) -> Triple:
    subject, object = reading.name(claim.subject), claim.value or reading.name(claim.object)
    return (object, relation, subject) if back else (subject, relation, object)
