"""`python -m kg.bench.serve`: how many queries a second `kg serve` answers, and how long the slowest wait.

Five typical queries, each with another name every time, on a space of synthetic documents (`kg.bench.grow`) or one of
your own; by clients that ask again as soon as they have an answer. With `--beside PROGRAM` the same queries go to
rdflib-endpoint in the same run, on the same data: install it into an environment of its own, for it brings a web
framework that nothing here needs (`python -m venv peer; peer/bin/pip install 'rdflib-endpoint[cli]'`), and name its
program, `peer/bin/rdflib-endpoint`.
"""

import argparse
import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from time import monotonic, perf_counter, sleep
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from msgspec import Struct
from msgspec.structs import replace

from kg.bench.grow import Made
from kg.build import build
from kg.export.rdf import PREFIXES
from kg.space import Space

PATIENCE = 1800.0  # seconds that a server may take to load
QUERIES = {
    "facts of a thing": "SELECT ?p ?o WHERE { ?s rdfs:label $name ; ?p ?o }",
    "two steps": """SELECT ?other ?name WHERE {
        ?s rdfs:label $name . ?s (schema:worksFor|schema:memberOf|kg:leads|schema:spouse|schema:sibling) ?other .
        ?other rdfs:label ?name }""",
    "what says so": """SELECT ?quote ?modality ?score WHERE { ?s rdfs:label $name . GRAPH ?document {
        ?said rdf:subject ?s ; kg:quote ?quote ; kg:modality ?modality ; kg:confidence ?score } }""",
    "how many of a type": "SELECT ?type (COUNT(?x) AS ?n) WHERE { ?x a ?type } GROUP BY ?type ORDER BY DESC(?n)",
    "a hundred crews": """SELECT ?who ?ship WHERE {
        ?a kg:crewOf ?b . ?a rdfs:label ?who . ?b rdfs:label ?ship FILTER(?who > $name) } LIMIT 100""",
}


class Measured(Struct, frozen=True):
    """How many answers there were in how many seconds, how long each took, and how many were errors."""

    seconds: float
    waits: list[float]
    errors: int
    busy: float = 0.0
    """Seconds that the server was busy, however busy the machine was with other things; 0 where that is not told."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def __str__(self) -> str:
        waits = sorted(self.waits) or [float("nan")]
        middle, high = waits[len(waits) // 2] * 1000, waits[min(int(len(waits) * 0.99), len(waits) - 1)] * 1000
        told = f"{self.rate:9.1f} /s  p50 {middle:8.1f} ms  p99 {high:8.1f} ms"
        told += f"  {1000 * self.busy / max(len(self.waits), 1):9.3f} ms busy with each" if self.busy else ""
        return told + (f"  {self.errors} errors" if self.errors else "")


def busy(process: int) -> float:
    """Return how many seconds a process and its children have been busy, as Linux tells; elsewhere 0."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            if str(process) in (path.parent.name, fields[1]):
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def measure(address: str, queries: Sequence[str], names: Sequence[str], *, clients: int, seconds: float) -> Measured:
    """Ask for so many seconds, by so many clients at once."""
    return asyncio.run(_measure(address, queries, names, clients, seconds))


async def _measure(
    address: str, queries: Sequence[str], names: Sequence[str], clients: int, seconds: float
) -> Measured:
    numbers, waits, errors = count(), list[float](), list[int]()
    started = monotonic()

    async def client() -> None:
        host, port, path = re.fullmatch(r"http://([^:/]+):(\d+)(/.*)", address).groups()  # type: ignore[union-attr]
        reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 24)
        while monotonic() - started < seconds:
            number = next(numbers)
            text = queries[number % len(queries)].replace("$name", names[number % len(names)])
            asked = perf_counter()
            writer.write(
                f"GET {path}?query={quote(text)} HTTP/1.1\r\nHost: {host}:{port}\r\n"
                "Accept: application/sparql-results+json\r\n\r\n".encode()
            )
            status = await _read(reader)
            waits.append(perf_counter() - asked)
            if status != 200:
                errors.append(status)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return Measured(monotonic() - started, waits, len(errors))


async def _read(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end and return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"content-length: (\d+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    else:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split(b" ", 2)[1])


@contextmanager
def running(command: Sequence[str], address: str) -> Iterator[int]:
    """Run a server, wait until it answers, and yield its process id; end it afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        patience = monotonic() + PATIENCE
        while not _answers(address):
            if process.poll() is not None or monotonic() > patience:
                raise SystemExit(f"{command[0]} does not answer at {address}")
            sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(Request(f"{address}?query={quote('ASK {}')}", headers={"Accept": "*/*"}), timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def report(space: Path, beside: str, *, clients: int, seconds: float) -> Iterator[str]:
    """Yield a line for each query, and for all of them mixed, of each server."""
    declared = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("kg", "schema", "rdf", "rdfs"))
    chosen = {name: [declared + text] for name, text in QUERIES.items()}
    chosen["mixed"] = [text for texts in chosen.values() for text in texts]
    rates: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        names, counts = _known(space, data if beside else None)
        yield f"{counts}; {clients} clients, {seconds:g} s each"
        for server, command, path in _servers(space, beside, data):
            port = _free_port()
            address = f"http://127.0.0.1:{port}{path}"
            with running([*command, "--port", str(port)], address) as process:
                measure(address, chosen["mixed"], names, clients=1, seconds=2)  # warms up
                for name, queries in chosen.items():
                    before = busy(process)
                    found = measure(address, queries, names, clients=clients, seconds=seconds)
                    found = replace(found, busy=busy(process) - before)
                    rates.setdefault(name, []).append(found.rate)
                    yield f"{server:16} {name:20} {found}"
    yield from (f"{name:20} {rate[0] / rate[1]:8.1f} times" for name, rate in rates.items() if len(rate) > 1)


def _known(space: Path, data: Path | None) -> tuple[list[str], dict[str, int]]:
    """Return names to ask for, as SPARQL writes them, and how much there is; write it all where it is asked for."""
    with Space.open(space) as opened:
        found = opened.query("SELECT ?n { ?x rdfs:label ?n } ORDER BY MD5(?n) LIMIT 5000")
        if data is not None:
            opened.graph().export(data)
        return [f'"{name}"' for (name,) in found if not {*str(name)} & {*'\\"\n'}], opened.counts()


def _servers(space: Path, beside: str, data: Path) -> Iterator[tuple[str, list[str], str]]:
    """Yield the name of each server, what starts it, and the path of its endpoint."""
    yield "kg serve", [sys.executable, "-c", "from kg.cli import main; main()", "serve", str(space)], "/sparql"
    if beside:
        yield "rdflib-endpoint", [beside, "serve", "--host", "127.0.0.1", str(data)], "/"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench.serve", description=__doc__)
    parser.add_argument("--space", type=Path, help="a space, in place of a synthetic one")
    parser.add_argument("--documents", type=int, default=7_000, metavar="N", help="7000 are 1.2 million triples")
    parser.add_argument("--clients", type=int, default=16, metavar="N")
    parser.add_argument("--seconds", type=float, default=10, help="for each line")
    parser.add_argument("--beside", default="", metavar="PROGRAM", help="rdflib-endpoint")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        space = chosen.space or _synthetic(chosen.documents, Path(folder) / "space")
        for line in report(space, chosen.beside, clients=chosen.clients, seconds=chosen.seconds):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def _synthetic(documents: int, path: Path) -> Path:
    made = Made(documents)
    with Space.create(path) as space:
        build(made.documents, into=space, extractor=made)
    return path


if __name__ == "__main__":
    main()
