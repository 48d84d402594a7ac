"""Texts in which every line is one relation, and an extractor that reads them: any extraction can be written so.

`Person:Ada Quill =leads= Organisation:Apple (planned, says Ada Quill)`
"""

import re
from collections.abc import Iterable, Iterator

from hypothesis import strategies as st

from kg.model import Document, Extraction, Literal, Mention, Modality, Relation

LINE = re.compile(
    r"(?P<st>[A-Z]\w*(/\w+)?):(?P<s>[^=]+) =(?P<p>\w+)= (?P<ot>[A-Z]\w*(/\w+)?):(?P<o>[^(]+) "
    r"\((?P<m>\w+)(, says (?P<w>.+))?\)"
)
NAMES = (
    *("Person:Ada Quill", "Person:Ada Kuill", "Person:Quill", "Person:A. Quill", "Person:Ben Oduya", "Person:Ben"),
    *("Organisation:AP", "Organisation:Associated Press", "Organisation:Andhra Police", "Organisation:Apple Inc."),
    *(
        "Organisation:Quill",
        "Vehicle:Soyuz MS-18",
        "Vehicle:Sojus MS-18",
        "Vehicle:Soyuz MS-19",
        "Vehicle/Rocket:Soyuz",
    ),
    *("Place:US", "Place:the United States", "Place:Georgia", "Place/Region:Georgia", "Place/City:Rome"),
)
PREDICATES = ("leads", "crewOf", "spouseOf", "locatedIn", "worksFor", "ownedBy", "livesIn", "occupation")


class Notes:
    """Reads what the lines say."""

    def __init__(self, version: str = "notes-1") -> None:
        self.name = version
        self.calls: list[str] = []

    def version(self) -> str:
        return self.name

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        for document in documents:
            self.calls.append(document.id)
            yield extraction_of(document)


def extraction_of(document: Document) -> Extraction:
    clusters: dict[str, int] = {}
    mentions: dict[str, Mention] = {}
    relations = []

    def mention(match: re.Match[str], kind: str, name: str) -> str:
        type, _, subtype = match[kind].partition("/")
        words = {match[name], match[name].split()[-1]} if type != "Vehicle" else {match[name]}
        cluster = next(
            (clusters[f"{type} {word}"] for word in sorted(words) if f"{type} {word}" in clusters), len(clusters)
        )
        clusters.update({f"{type} {word}": cluster for word in words})
        made = Mention(
            document=document.id,
            start=match.start(name),
            end=match.end(name),
            text=match[name],
            type=type,
            subtype=subtype or None,
            cluster=cluster,
            by="notes",
        )
        mentions[made.id] = made
        return made.id

    for match in LINE.finditer(document.text):
        subject = mention(match, "st", "s")
        thing = Literal(value=match["o"]) if match["p"] == "occupation" else mention(match, "ot", "o")
        relations.append(
            Relation(
                subject=subject,
                predicate=match["p"],
                object=thing,
                start=match.start(),
                end=match.end(),
                modality=Modality(match["m"]),
                source=match["w"],
                score=0.5 + (match.start() % 5) / 10,
                by="notes",
            )
        )
    return Extraction(
        document=document.id, content=document.content, mentions=tuple(mentions.values()), relations=tuple(relations)
    )


LINES = st.builds(
    "{} ={}= {} ({}{})".format,
    st.sampled_from(NAMES),
    st.sampled_from(PREDICATES),
    st.sampled_from(NAMES),
    st.sampled_from(list(Modality)),
    st.sampled_from(("", "", ", says ada-quill", ", says georgia", ", says people")),
)
TEXTS = st.lists(LINES, min_size=0, max_size=5).map(lambda lines: "\n".join(["Notes.", *lines]))
IDS = st.integers(0, 4).map("d{}".format)
DOCUMENTS = st.builds(lambda id, text: Document(id=id, text=text, source=f"{id}.txt"), IDS, TEXTS)
