"""`python -m kg.bench.grow`: what it costs to add, change and remove one document of a space that holds many.

The documents are synthetic (`kg.bench.synthetic`), each of some 50 mentions and 10 relations, with countries that
stand in a third of them all. No model runs: what the texts say is known, so that the space alone is measured.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from msgspec.structs import replace

from kg.bench.synthetic import Collection
from kg.build import add, build
from kg.model import Document, Extraction, Mention, Modality, Relation
from kg.space import Space

MENTIONS = 50  # in a document
RELATIONS = 10
COUNTRIES = ("the United States", "Germany", "France", "India", "Brazil", "Kenya")
_PREDICATES = {
    ("Person", "Organisation"): ("worksFor", "leads", "memberOf"),
    ("Person", "Place"): ("livesIn", "bornIn", "locatedAt"),
    ("Person", "Person"): ("spouseOf", "siblingOf"),
    ("Person", "Vehicle"): ("crewOf", "aboard"),
    ("Organisation", "Place"): ("headquarteredIn", "locatedIn"),
    ("Organisation", "Organisation"): ("subsidiaryOf", "acquired"),
    ("Vehicle", "Organisation"): ("operatedBy", "ownedBy"),
    ("Place", "Place"): ("locatedIn",),
}


Seconds = tuple[float, float]
"""As a clock goes, and as the process was busy."""


class Made:
    """Documents, and the extractor that knows what they say."""

    def __init__(self, count: int, *, seed: int = 0) -> None:
        self.documents: list[Document] = []
        self.said: dict[tuple[str, str], Extraction] = {}
        dice = Random(seed)
        halves = Collection(count * MENTIONS * 2, seed=seed).extractions()  # more than enough: documents vary
        for number in range(count):
            self._make(f"d{number:06}", [next(halves), next(halves)], dice)

    def version(self) -> str:
        """Name what knows them."""
        return "synthetic"

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says."""
        return (self.said[document.id, document.content] for document in documents)

    def _make(self, id: str, halves: list[Extraction], dice: Random) -> None:
        """Make one document out of two of the collection's, and a country or two."""
        found: list[Mention] = []
        for half in halves:
            last = max((mention.cluster + 1 for mention in found), default=0)
            found += [replace(mention, cluster=mention.cluster + last) for mention in half.mentions]
        names = [(mention.text, mention.type, mention.cluster) for mention in found]
        names += [(each, "Place", 1000 + at) for at, each in enumerate(COUNTRIES) if dice.random() < 0.33]
        text, mentions = "", []
        for name, type, cluster in names:
            text += "It is said that "
            end = len(text) + len(name)
            made = Mention(document=id, start=len(text), end=end, text=name, type=type, cluster=cluster, by="made")
            mentions.append(made)
            text += f"{name} was there, as everybody knows who saw it. "
        document = Document(id=id, text=text, source=f"{id}.txt", title=f"Document {id}")
        relations = tuple(_relations(mentions, dice))
        self.documents.append(document)
        self.said[id, document.content] = Extraction(
            document=id, content=document.content, mentions=tuple(mentions), relations=relations
        )


def _relations(mentions: list[Mention], dice: Random) -> Iterator[Relation]:
    for _ in range(RELATIONS * 3):
        one, other = dice.choice(mentions), dice.choice(mentions)
        known = _PREDICATES.get((one.type, other.type))
        if known and one.start < other.start:
            yield Relation(
                subject=one.id,
                predicate=dice.choice(known),
                object=other.id,
                start=one.start,
                end=other.end if other.end - one.start < 300 else one.end,
                modality=dice.choice(list(Modality)),
                score=round(dice.uniform(0.3, 0.99), 4),
                by="made",
            )


def measure(count: int, times: int, folder: Path) -> Iterator[tuple[str, Seconds]]:
    """Yield what is done, and how long it takes, on a space of so many documents."""
    made = Made(count + times)
    most, rest = made.documents[:count], made.documents[count:]
    with Space.create(folder) as space:
        yield f"build {count:,} documents", _seconds(partial(build, most, into=space, extractor=made))
        gc.freeze()  # the collector would go through all that this program made, which is not the space's
        for document in rest:
            yield "add one", _seconds(partial(add, [document], space, extractor=made))
            yield "query", _seconds(partial(space.query, "SELECT ?who WHERE { ?who rdfs:label 'Germany' }"))
            yield "search", _seconds(partial(space.search, "mar"))
        for document in rest:
            yield "remove one", _seconds(partial(space.remove, document.id))


def _seconds(work: Callable[[], object]) -> Seconds:
    start, busy = perf_counter(), process_time()
    work()
    return perf_counter() - start, process_time() - busy


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print the median and the longest of each; other programs do not change how busy it was."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench.grow", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000, metavar="N")
    parser.add_argument("--times", type=int, default=10, metavar="N", help="how often each is done")
    chosen = parser.parse_args(arguments)
    found: dict[str, list[Seconds]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds in measure(chosen.documents, chosen.times, Path(folder) / "space"):
            found.setdefault(name, []).append(seconds)
    for name, all in found.items():
        wall, busy = (sorted(each) for each in zip(*all, strict=True))
        middle = len(all) // 2
        times = (
            f"median {wall[middle]:7.2f} s ({busy[middle]:.2f} busy)   longest {wall[-1]:7.2f} s ({busy[-1]:.2f} busy)"
        )
        sys.stdout.write(f"{name:24} {times}   of {len(all)}\n")


if __name__ == "__main__":
    main()
