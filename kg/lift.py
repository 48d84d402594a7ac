"""Relations between mentions become statements between entities, and what follows from them joins them.

What follows is the schema's doing (`implies`, `inverse`, `symmetric`): a statement marked as inferred, with the
evidence, modality and score of the one that it follows from, and its time; only a presence does not last as long as
the office that implies it (who has commanded a ship since 2019 has been aboard, not all the time).
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kg.model import Document, Entity, Extraction, Literal, Modality, Refutation, Relation, Statement
from kg.refuted import Refuted
from kg.schema import Schema


def lift(
    documents: Iterable[Document],
    extractions: Iterable[Extraction],
    entities: Iterable[Entity],
    schema: Schema,
    *,
    refutations: Iterable[Refutation] = (),
) -> tuple[list[Statement], Counter[str]]:
    """Return each different statement once, and a count by reason of the relations that became none.

    A relation becomes none where an end was resolved to no entity, where both ends are one entity, where the schema
    does not allow the predicate between their types, and where a person says that it is wrong.
    """
    lifting = _Lifting(documents, extractions, entities, schema, refutations)
    said = _distinct(lifting.statements())
    inferred = _distinct(one for statement in said.values() for one in lifting.consequences(statement))
    restated = {replace(statement, inferred=True).id for statement in said.values()}
    return [*said.values(), *(one for key, one in inferred.items() if key not in restated)], lifting.refused


class _Lifting:
    """What there is to look up while relations are lifted."""

    def __init__(
        self,
        documents: Iterable[Document],
        extractions: Iterable[Extraction],
        entities: Iterable[Entity],
        schema: Schema,
        refutations: Iterable[Refutation],
    ) -> None:
        self.schema = schema
        self.refused: Counter[str] = Counter()
        self.extractions = list(extractions)
        self.texts = {document.id: document.text for document in documents}
        self.words = {mention.id: mention.text for found in self.extractions for mention in found.mentions}
        self.types: dict[str, str] = {}
        self.owner: dict[str, str] = {}
        for entity in entities:
            self.types[entity.id] = schema.most_special(entity.type, entity.subtype)
            self.owner.update(dict.fromkeys(entity.mentions, entity.id))
        self.refuted = Refuted(refutations, self.extractions, self.texts, self.owner)

    def statements(self) -> Iterator[Statement]:
        """Yield each relation's statement; count in `refused` those that become none."""
        for extraction in self.extractions:
            for relation in extraction.relations:
                statement = self._statement(extraction, relation)
                if statement is None:
                    self.refused[f"{relation.predicate}: an end is no entity"] += 1
                elif reason := self._refusal(statement):
                    self.refused[f"{relation.predicate}: {reason}"] += 1
                else:
                    yield statement

    def consequences(self, statement: Statement) -> Iterator[Statement]:
        """Yield all that follows from a statement in any number of steps, as far as the schema allows it."""
        reached = {(statement.subject, statement.predicate, statement.object)}
        queue = [statement]
        while queue:
            for following in _following(queue.pop(), self.schema):
                key = (following.subject, following.predicate, following.object)
                if key not in reached and self._allowed(following):
                    reached.add(key)
                    queue.append(following)
                    yield following

    def _statement(self, extraction: Extraction, relation: Relation) -> Statement | None:
        subject = self.owner.get(relation.subject)
        thing = relation.object if isinstance(relation.object, Literal) else self.owner.get(relation.object)
        if subject is None or thing is None:
            return None
        return Statement(
            subject=subject,
            predicate=relation.predicate,
            object=thing,
            document=extraction.document,
            start=relation.start,
            end=relation.end,
            quote=self.texts[extraction.document][relation.start : relation.end],
            modality=relation.modality,
            source=self._source(relation.source),
            time=relation.time,
            score=relation.score,
            by=relation.by,
            version=extraction.version,
        )

    def _source(self, source: str | None) -> str | None:
        """Return the entity of a mention id, the words of a mention that has none, and words as they are."""
        return None if source is None else self.owner.get(source) or self.words.get(source, source)

    def _refusal(self, statement: Statement) -> str | None:
        if statement.subject == statement.object:
            return "of itself"
        if not self._allowed(statement):
            return f"not between {' and '.join(self._ends(statement))}"
        return "a person says that it is wrong" if self.refuted.holds(statement) else None

    def _ends(self, statement: Statement) -> tuple[str, str]:
        thing = statement.object
        return self.types[statement.subject], thing.datatype if isinstance(thing, Literal) else self.types[thing]

    def _allowed(self, statement: Statement) -> bool:
        rule = self.schema.predicates.get(statement.predicate)
        literal = isinstance(statement.object, Literal)
        fits = rule is not None and literal == (rule.datatype is not None)
        return fits and self.schema.allows(statement.predicate, *self._ends(statement))


def _following(statement: Statement, schema: Schema) -> Iterator[Statement]:
    """Yield what follows in one step. What is denied denies its other direction too, but nothing weaker."""
    rule = schema.predicates[statement.predicate]
    if statement.modality is not Modality.NEGATED:
        for weaker in rule.implies:
            lasts = "/" in (statement.time or "") and not rule.presence
            time = None if lasts and schema.predicates[weaker].presence else statement.time
            yield replace(statement, predicate=weaker, time=time, inferred=True)
    turned = statement.predicate if rule.symmetric else rule.inverse
    if turned and isinstance(statement.object, str):
        yield replace(statement, subject=statement.object, predicate=turned, object=statement.subject, inferred=True)


def _distinct(statements: Iterable[Statement]) -> dict[str, Statement]:
    """Keep one statement of each id, the surest; of equally sure ones the same in whatever order they come."""
    return {one.id: one for one in sorted(statements, key=lambda one: (one.score, one.by))}
