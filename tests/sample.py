"""Artificial graphs: a small one whose every line is known, and one with every type and predicate of the schema."""

from collections.abc import Iterable
from datetime import date

from kg.graph import Graph
from kg.model import Document, Entity, Extraction, Literal, Mention, Modality, Relation
from kg.schema import Schema, load


class Text:
    """A document in the making: say a sentence, and its mentions and relation are there."""

    def __init__(self, document: str, **fields: object) -> None:
        self.id = document
        self.fields = fields
        self.text = ""
        self.mentions: list[Mention] = []
        self.relations: list[Relation] = []

    def say(self, subject: str, predicate: str, thing: str | Literal, **how: object) -> "Text":
        start = len(self.text)
        first = self._mention(subject)
        self.text += f" {predicate} "
        second = thing if isinstance(thing, Literal) else self._mention(thing)
        self.text += f"{thing.value if isinstance(thing, Literal) else ''}. "
        end = len(self.text) - 1
        self.relations.append(Relation(subject=first, predicate=predicate, object=second, start=start, end=end, **how))
        return self

    def _mention(self, name: str) -> str:
        start = len(self.text)
        self.text += name
        mention = Mention(document=self.id, start=start, end=len(self.text), text=name, type="Person", by="test")
        self.mentions.append(mention)
        return mention.id

    def document(self) -> Document:
        return Document(id=self.id, text=self.text, **self.fields)

    def extraction(self) -> Extraction:
        return Extraction(document=self.id, content="", mentions=tuple(self.mentions), relations=tuple(self.relations))


def graph_of(texts: Iterable[Text], things: dict[str, tuple[str, str | None]], schema: Schema | None = None) -> Graph:
    """Return the graph of the texts, each name one entity of that type and subtype."""
    texts = list(texts)
    mentions = [mention for text in texts for mention in text.mentions]
    entities = [
        Entity(
            id=name.lower().replace(" ", "-"),
            type=kind,
            subtype=subtype,
            name=name,
            mentions=tuple(sorted(mention.id for mention in mentions if mention.text == name)),
        )
        for name, (kind, subtype) in things.items()
    ]
    documents = [text.document() for text in texts]
    return Graph.of(documents, [text.extraction() for text in texts], entities, schema or load())


THINGS = {
    "Ada Quill": ("Person", None),
    "Ben Oduya": ("Person", None),
    "Cy Tran": ("Person", None),
    "Gannet": ("Vehicle", "Ship"),
    "Merrow Lines": ("Organisation", "Company"),
    "Port Merrow": ("Place", "City"),
}


def first() -> Text:
    text = Text("a", title="The “Gannet”", source="https://example.org/a", published=date(2021, 10, 4))
    text.say("Ada Quill", "leads", "Merrow Lines", score=0.9, by="pattern 1")
    text.say("Ada Quill", "crewOf", "Gannet", modality=Modality.PLANNED, time="2021-10-05T10:55+02:00", score=0.8)
    text.say("Ben Oduya", "aboard", "Gannet", modality=Modality.NEGATED, source=text.mentions[0].id, score=0.7)
    text.say("Cy Tran", "aboard", "Gannet", modality=Modality.POSSIBLE, source="the harbour master", score=0.6)
    text.say("Ada Quill", "bornOn", Literal(value="1970-02-28", datatype="date"))
    return text


def second() -> Text:
    text = Text("b c/ü.txt", published=date(2022, 1, 1))
    text.say("Ada Quill", "spouseOf", "Ben Oduya", modality=Modality.PAST, time="../2019-01-01", score=0.5)
    text.say("Ada Quill", "leads", "Merrow Lines", modality=Modality.REPORTED, source="sources", score=0.5)
    text.say("Cy Tran", "occupation", Literal(value="sailor"), score=0.5)
    return text


def small() -> Graph:
    return graph_of([first(), second()], THINGS)


def complete(schema: Schema | None = None) -> Graph:
    """Return a graph with every type, and every predicate between the types that it names, or all roots."""
    schema = schema or load()
    roots = {name: schema.ancestors(name)[-1] for name in schema.types}
    things = {f"{name} {letter}": (roots[name], name) for name in schema.types for letter in "AB"}
    text = Text("all")
    for predicate, rule in schema.predicates.items():
        for subject in rule.subject or sorted(set(roots.values())):
            if rule.datatype:
                value = "1970-01-01" if rule.datatype == "date" else "a \\ \" \n 'value'"
                text.say(f"{subject} A", predicate, Literal(value=value, datatype=rule.datatype))
                continue
            for thing in rule.object or sorted(set(roots.values())):
                if schema.allows(predicate, subject, thing):
                    text.say(f"{subject} A", predicate, f"{thing} B", modality=list(Modality)[len(text.relations) % 6])
    return graph_of([text], things, schema)
