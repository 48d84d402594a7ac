"""`python -m kg.bench.crash`: kills processes that write a space at random moments, and looks at what they leave.

A child builds a space, adds to it, removes from it or judges in it, and is killed at a moment drawn evenly from the
time that this takes. What is left has to be the space as it was or as it was to become, records and store alike, and
the same done again has to end, byte for byte, as a build from scratch. The moments come from a seed.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TypeVar

from msgspec import Struct

from kg.bench.grow import Made
from kg.build import add, build
from kg.errors import SpaceError
from kg.model import Anchor, Judgement, Verdict
from kg.resolve import chains
from kg.space import Space

Result = TypeVar("Result")

DOCUMENTS = 8
OPERATIONS = ("build", "rebuild", "add", "remove", "judge")
LATE = 1.1  # kills are drawn up to a little after the end, so that the end is among them

# A process of its own that has imported everything and opened nothing: what it forks starts at once, and clean.
_SERVER = get_context("forkserver")


class State(Struct, frozen=True):
    """All that can be told of a space: its generation, its N-Quads as exported, and as the store has them."""

    generation: str = ""
    exported: bytes = b""
    stored: bytes = b""


class World:
    """The documents that the operations work on: old ones, changed ones, and new ones."""

    def __init__(self, seed: int) -> None:
        self.made, changed = Made(DOCUMENTS + 2, seed=seed), Made(DOCUMENTS, seed=seed + 1)
        self.made.said |= changed.said
        self.old = self.made.documents[:DOCUMENTS]
        self.new = [*changed.documents[:2], *self.made.documents[DOCUMENTS:]]
        found = [chain for one in self.made.extract(self.old[:1]) for chain in chains(one) if not chain.place]
        ends = [Anchor(type=chain.type, name=chain.name) for chain in found if chain.type == "Person"][:2]
        self.judgement = Judgement(left=ends[0], right=ends[1], verdict=Verdict.SAME, when="2024-01-01T00:00:00+00:00")

    def before(self, operation: str, path: Path) -> None:
        """Make the space that the operation begins with."""
        if operation != "build":
            with Space.create(path) as space:
                build(self.old, into=space, extractor=self.made)

    def run(self, operation: str, path: Path) -> None:
        """Do the operation."""
        with Space.create(path) as space:
            if operation in ("build", "rebuild"):
                build(self.old if operation == "build" else self.new, into=space, extractor=self.made)
            elif operation == "add":
                add(self.new, space, extractor=self.made)
            elif operation == "remove":
                there = {*space.ids()}
                space.remove(*(one.id for one in self.old[::2] if one.id in there or len(there) == DOCUMENTS))
            else:
                space.judge(self.judgement)

    def scratch(self, operation: str, path: Path) -> None:
        """Make what the operation has to end in, from scratch."""
        changed = {one.id for one in self.new}
        documents = {
            "build": self.old,
            "rebuild": self.new,
            "add": [*(one for one in self.old if one.id not in changed), *self.new],
            "remove": self.old[1::2],
            "judge": self.old,
        }[operation]
        with Space.create(path) as space:
            build(documents, into=space, extractor=self.made)
            if operation == "judge":
                space.judge(self.judgement)


def state(path: Path) -> State:
    """Return the state of the space, or the empty one where nothing was finished."""
    try:
        with Space.open(path) as space:
            if not space.generation:
                return State()
            out = BytesIO()
            space.graph().export(out, format="nq")
            found = space.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
            return State(space.generation, out.getvalue(), found.serialize("json"))
    except SpaceError as error:
        if "is not a space" in str(error):  # killed before its tables were there
            return State()
        raise


class Trial:
    """One operation: the space before it, how long it takes, and the only states that it may leave."""

    def __init__(self, operation: str, seed: int, folder: Path) -> None:
        self.operation, self.seed, self.folder = operation, seed, folder
        self.template, scratch = folder / f"{operation}-before", folder / f"{operation}-after"
        _apart(_prepare, operation, seed, self.template, scratch)
        self.allowed = (_apart(state, self.template), _apart(state, scratch))
        self.seconds = self._time()

    def kill(self, moment: float) -> str:
        """Kill the operation at that moment, and tell what was found: before, after, or what is wrong."""
        path = self._copy()
        child = self._start(path)
        child.join(moment)
        ended = child.exitcode is not None
        child.kill()
        child.join()
        try:
            found, again = _apart(_look, self.operation, self.seed, path)
        except EOFError:
            return "wrong: what is left cannot be opened, or the operation not be done again"
        if found not in self.allowed:
            return "wrong: neither what it was nor what it was to be"
        if again != self.allowed[1]:
            return "wrong: done again, it is not what a build from scratch makes"
        return "ended" if ended else ("before", "after")[self.allowed.index(found)]

    def _time(self) -> float:
        start = perf_counter()
        self._start(self._copy()).join()
        return perf_counter() - start

    def _copy(self) -> Path:
        path = self.folder / "space"
        shutil.rmtree(path, ignore_errors=True)
        if self.template.exists():
            shutil.copytree(self.template, path)
        return path

    def _start(self, path: Path) -> BaseProcess:
        child = _SERVER.Process(target=_run, args=(self.operation, self.seed, path))
        child.start()
        return child


def crash(kills: int, *, seed: int = 1, folder: Path, tell: Callable[[str], object]) -> int:
    """Kill so often, tell of each operation what was found, and return how often it was wrong."""
    dice = Random(seed)
    trials = [Trial(operation, seed, folder) for operation in OPERATIONS]
    found: dict[str, Counter[str]] = {operation: Counter() for operation in OPERATIONS}
    for number in range(kills):
        trial = trials[number % len(trials)]
        moment = dice.uniform(0, LATE * trial.seconds)
        what = trial.kill(moment)
        found[trial.operation][what] += 1
        if what.startswith("wrong"):
            tell(f"kill {number} of {trial.operation} after {moment:.4f} s: {what}")
    for trial in trials:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(found[trial.operation].items()))
        tell(f"{trial.operation:8} of {trial.seconds:.2f} s: {counts or 'never'}")
    return sum(count for counts in found.values() for what, count in counts.items() if what.startswith("wrong"))


def _prepare(operation: str, seed: int, before: Path, after: Path) -> None:
    world = World(seed)
    world.before(operation, before)
    world.scratch(operation, after)


def _run(operation: str, seed: int, path: Path) -> None:
    World(seed).run(operation, path)


def _look(operation: str, seed: int, path: Path) -> tuple[State, State]:
    """Return what is there, and what is there when the operation has been done again."""
    found = state(path)
    _run(operation, seed, path)
    return found, state(path)


def _apart(work: Callable[..., Result], *arguments: object) -> Result:
    """Call the function in a process of its own, and return what it returns."""
    here, there = _SERVER.Pipe(duplex=False)
    child = _SERVER.Process(target=_send, args=(there, partial(work, *arguments)))
    child.start()
    there.close()
    try:
        return here.recv()  # type: ignore[no-any-return]
    finally:
        child.join()


def _send(into: Connection, work: Callable[[], object]) -> None:
    into.send(work())


def main(arguments: list[str] | None = None) -> int:
    """Kill as often as asked; the exit status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    chosen = parser.parse_args(arguments)
    _SERVER.set_forkserver_preload(["kg.bench.grow", "kg.export.rdf", "kg.graph", "kg.resolve", "kg.sparql"])
    memory = Path("/dev/shm")  # no disk is waited for: a kill leaves there what it leaves on a disk
    start = perf_counter()
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        wrong = crash(
            chosen.kills, seed=chosen.seed, folder=Path(folder), tell=lambda line: sys.stdout.write(f"{line}\n")
        )
    sys.stdout.write(f"{chosen.kills} kills, {wrong} wrong, {perf_counter() - start:.0f} s\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
