"""`python -m kg.bench.look`: how long a space of many documents takes to answer those who look at it.

The space is that of `kg.bench.grow`; of a hub, the most connected thing there is, everything takes longest.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from kg.bench.grow import Made
from kg.build import add
from kg.jsonl import encode
from kg.space import Space, view
from kg.space.view import Filter, View

NODES = 150
_PERSONS = Filter(types=("Person",), modalities=("planned",))

Seconds = tuple[float, float]
"""As a clock goes, and as the process was busy."""


def questions(seen: View) -> Mapping[str, Callable[[], object]]:
    """Return what pages ask most, of the things in this space that make it hardest."""
    records, schema = seen.records, seen.schema
    hub, other = (id for (id,) in records.rows("SELECT id FROM nodes ORDER BY degree DESC, id LIMIT 2"))
    document = records.rows("SELECT id FROM headings ORDER BY statements DESC, id LIMIT 1")[0][0]
    scene = partial(view.around, records, schema, limit=NODES)
    return {
        "search, one letter": partial(view.search, records, schema, "m"),
        "search, two words": partial(view.search, records, schema, "maria sa"),
        "neighbourhood of a hub": partial(scene, [hub]),
        "neighbourhood of two": partial(scene, [hub, other]),
        "neighbourhood, filtered": partial(scene, [hub], chosen=_PERSONS),
        "neighbours to add": partial(view.beside, records, schema, hub, known=[other], limit=60),
        "most connected": partial(view.most_connected, records, schema, limit=NODES),
        "most connected, filtered": partial(view.most_connected, records, schema, limit=NODES, chosen=_PERSONS),
        "path": partial(view.paths, records, schema, hub, other, length=6),
        "why, a hundred claims": partial(view.why_entity, records, schema, hub, limit=100),
        "page of a hub": partial(view.page, records, schema, hub),
        "document": partial(view.document, records, schema, document),
        "overview": partial(view.overview, records, schema, "space"),
    }


def measure(space: Path, times: int) -> Iterator[tuple[str, list[Seconds]]]:
    """Yield each question, and how long its answer as JSON takes each time."""
    seen = View.open(space)
    for name, ask in questions(seen).items():
        yield name, [_seconds(ask) for _ in range(times)]
    seen.close()


def make(documents: int, folder: Path) -> None:
    """Make a space of so many documents, if there is none."""
    if not (folder / "records.sqlite").exists():
        made = Made(documents)
        with Space.create(folder) as space:
            add(made.documents, space, extractor=made)


def _seconds(ask: Callable[[], object]) -> Seconds:
    start, busy = perf_counter(), process_time()
    encode(ask())
    return perf_counter() - start, process_time() - busy


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print for each question the median and the longest time."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench.look", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000, metavar="N")
    parser.add_argument("--times", type=int, default=10, metavar="N", help="how often each is asked")
    parser.add_argument("--space", type=Path, metavar="PATH", help="a space to ask; made there if there is none")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        space = chosen.space or Path(folder) / "space"
        make(chosen.documents, space)
        with Space.open(space) as opened:
            sys.stdout.write(", ".join(f"{number:,} {name}" for name, number in opened.counts().items()) + "\n")
        for name, all in measure(space, chosen.times):
            wall, busy = (sorted(each) for each in zip(*all, strict=True))
            told = f"median {wall[len(all) // 2] * 1000:6.0f} ms ({busy[len(all) // 2] * 1000:4.0f} busy)"
            sys.stdout.write(f"{name:26} {told}   longest {wall[-1] * 1000:6.0f} ms ({busy[-1] * 1000:4.0f} busy)\n")


if __name__ == "__main__":
    main()
