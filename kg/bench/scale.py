"""`python -m kg.bench.scale`: how time and memory of resolution grow with the collection, and how well it resolves.

Each size is measured in a process of its own, on a synthetic collection (`kg.bench.synthetic`) whose truth is known.
"""

import argparse
import resource
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from math import log
from time import perf_counter, process_time

from msgspec import Struct

from kg.bench.run import percent
from kg.bench.scores_coreference import b_cubed
from kg.bench.synthetic import Collection
from kg.jsonl import decode, encode
from kg.resolve import resolve


class Measured(Struct, frozen=True):
    """One size: times are those of resolution alone, memory is the peak of the whole process with its input.

    `cpu` are the seconds that the process was at work, which other programs on the machine do not change.
    """

    mentions: int
    documents: int
    entities: int
    seconds: float
    cpu: float
    gigabytes: float
    precision: float
    recall: float
    f1: float


def measure(mentions: int) -> Measured:
    """Resolve a synthetic collection of about so many mentions, in this process."""
    collection = Collection(mentions)
    extractions = list(collection.extractions())
    start, busy = perf_counter(), process_time()
    entities = resolve(extractions)
    seconds, cpu = perf_counter() - start, process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    score = b_cubed(_gold(collection.meaning), [entity.mentions for entity in entities])
    return Measured(
        mentions=len(collection.meaning),
        documents=len(extractions),
        entities=len(entities),
        seconds=round(seconds, 2),
        cpu=round(cpu, 2),
        gigabytes=round(peak, 2),
        precision=percent(score.precision),
        recall=percent(score.recall),
        f1=percent(score.f1),
    )


def exponents(measured: list[Measured]) -> list[float]:
    """Return by which power of the size the CPU time grew, from each to the next and from the first to the last."""
    steps = [*pairwise(measured), (measured[0], measured[-1])]
    return [round(log(b.cpu / a.cpu) / log(b.mentions / a.mentions), 2) for a, b in steps]


def report(measured: list[Measured]) -> str:
    """Return the table that the program prints."""
    lines = ["  mentions  documents   entities   seconds       CPU     GB  B3 P   B3 R   B3 F1"]
    lines += [
        f"{one.mentions:10,} {one.documents:10,} {one.entities:10,} {one.seconds:9.1f} {one.cpu:9.1f}"
        f" {one.gigabytes:6.2f} {one.precision:6.1f} {one.recall:6.1f} {one.f1:6.1f}"
        for one in measured
    ]
    if len(measured) > 1:
        *steps, whole = exponents(measured)
        lines.append(f"CPU time grows with n to the power of {whole} (by step: {', '.join(map(str, steps))})")
    return "\n".join(lines)


def _gold(meaning: dict[str, int]) -> list[list[str]]:
    things: defaultdict[int, list[str]] = defaultdict(list)
    for mention, thing in meaning.items():
        things[thing].append(mention)
    return list(things.values())


def _apart(mentions: int) -> Measured:
    """Measure in another process, whose memory is its own."""
    command = [sys.executable, "-m", "kg.bench.scale", "--one", "--mentions", str(mentions)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return decode(done.stdout, Measured)


def main(arguments: list[str] | None = None) -> None:
    """Measure the sizes given, the smallest first."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench.scale", description=__doc__)
    parser.add_argument("--mentions", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        sys.stdout.buffer.write(encode(measure(chosen.mentions[0])))
    else:
        sys.stdout.write(report([_apart(mentions) for mentions in sorted(chosen.mentions)]) + "\n")


if __name__ == "__main__":
    main()
