"""What the joint model says before any rule, in the terms of each benchmark: the benchmarks' own predictor.

The records that `kg build` keeps hold fewer facts: one for each two things and sentence, in the vocabulary, and
supported by rules. A benchmark asks for every pair of mentions, or for relations that the vocabulary does not have.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.bench.predict import Facts, Records, Things
from kg.bench.scores_facts import SpanFact
from kg.bench.scores_relations import ThingFact
from kg.bench.scores_triples import Triple
from kg.bench.text2kgbench import Ontology
from kg.bench.triples import chosen, habits, pairs
from kg.bench.words import Span
from kg.extract import facts as reading
from kg.extract.facts import Odds
from kg.extract.joint import Encoded, Joint
from kg.model import Document

LONG, LONG_STRIDE = 508, 254  # word pieces of a window where relations reach over a document
_KNOWLEDGENET = "kn:"


class Model(Records):
    """The joint model's own reading; names and what it has no head for come from the records."""

    def __init__(self, records: Records, joint: Joint) -> None:
        super().__init__(records.extractor, records.schema)
        self.joint = joint

    def chains(self, documents: Iterable[Document], /) -> Iterator[Things]:
        """Yield the coreference chains of every noun phrase of each document."""
        for document in documents:
            encoded = self.joint.encode(document.text)
            yield [[_possessive(document.text, s) for s in chain] for chain in reading.chains(self.joint, encoded)]

    def span_facts(self, documents: Iterable[Document], /) -> Iterator[Sequence[SpanFact]]:
        """Yield the facts of each document between two stretches of one line, by KnowledgeNet's properties."""
        odds = Odds(self.joint, [label for label in self.joint.relations if label.startswith(_KNOWLEDGENET)])
        for document in documents:
            encoded = self.joint.encode(document.text)
            yield list(dict.fromkeys(self._span_facts(encoded, odds)))

    def _span_facts(self, encoded: Encoded, odds: Odds) -> Iterator[SpanFact]:
        named = reading.names(self.joint, encoded)
        for match in re.finditer(r"\S.*?(?=\s{2,}|$)", encoded.text, re.DOTALL):
            ends = reading.ends(encoded, named, match.span())
            for fact in reading.facts(self.joint, encoded, ends):
                for label, _ in odds.told(fact.labels):
                    yield SpanFact(fact.subject, label.removeprefix(_KNOWLEDGENET), fact.object)

    def facts_between(self, documents: Iterable[tuple[Document, Things]], /) -> Iterator[Facts]:
        """Yield the facts between the things given, by Wikidata's properties."""
        odds = Odds(self.joint, [label for label in self.joint.relations if re.fullmatch(r"P\d+", label)])
        for document, things in documents:
            encoded = self.joint.encode(document.text, window=LONG, stride=LONG_STRIDE)
            yield [
                ThingFact(pair[0], label, pair[1])
                for pair, logits in reading.between(self.joint, encoded, things).items()
                for label, _ in odds.told(logits)
            ]

    def triples(self, documents: Iterable[Document], ontology: Ontology, /) -> Iterator[Sequence[Triple]]:
        """Yield the triples of each document, in the words of an ontology, by the habits fitted to the benchmark."""
        known = habits()
        properties = [name for name in self.joint.relations if name in ontology.relations]
        labels = [ontology.relations[name] for name in properties]
        for document in documents:
            found = pairs(self.joint, self.joint.encode(document.text), properties, known)
            yield list(dict.fromkeys(chosen(document.text, found, labels, known)))


def _possessive(text: str, span: Span) -> Span:
    # GUM keeps the ending in the mention that it belongs to; the model reads without it.
    return (span[0], span[1] + 2) if text[span[1] : span[1] + 2].lower() in ("'s", "’s") else span
