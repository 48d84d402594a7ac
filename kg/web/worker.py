"""One process that answers queries: `python -m kg.web.worker`, jobs on standard input, answers on standard output.

It can be killed at any moment, which is what a time limit is, and it knows nothing but stores. An answer is whole
before a byte of it is sent, so that an error is never found behind the half of one; a long one waits in a file.
"""

import mmap
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, Literal

import msgspec
from msgspec import Struct

from kg.errors import QueryError, QueryFailed, QueryRefused
from kg.sparql.direct import Question, answer, knows, open_store, write_about, write_graph
from kg.web.limits import MEGABYTE

try:
    import resource
except ImportError:  # only Unix has it
    resource = None  # type: ignore[assignment]

Status = Literal["ok", "malformed", "refused", "failed", "format", "large", "gone", "missing"]
_STATUS: dict[type[QueryError], Status] = {QueryRefused: "refused", QueryFailed: "failed"}
_NICE = 10
NUMBER = 8  # bytes of a job's number in a queue, or else of its length
LONGEST_JOB = 1 << 16  # bytes, with the number, of one from a queue
# What comes before a reply: the job's number, if any, and how many bytes reply and content have.
REPLY = struct.Struct(">QII")
# They end a process that was busy, or just there, for too long.
SPENT = {getattr(signal, name, -1) for name in ("SIGPROF", "SIGALRM")}
AT_HAND = MEGABYTE  # so many bytes of an answer are sent; more are left in a file


class Job(Struct, frozen=True, kw_only=True):
    """What to do on which store: answer a query, or write a graph, or what is told of a thing, or tell if anything is.

    `results` and `graphs` name the formats that are wanted, each for its kind of answer, if any.
    """

    kind: Literal["query", "graph", "about", "knows"] = "query"
    store: str
    question: Question = Question("")
    iri: str | None = None
    results: str | None = None
    graphs: str | None = None
    longest: int = MEGABYTE
    spool: str = ""


class Reply(Struct, frozen=True, kw_only=True):
    """What came of a job. The content follows, so many bytes of it, or is in the job's `spool`."""

    status: Status = "ok"
    message: str = ""
    format: str = ""
    length: int = 0
    is_spooled: bool = False
    is_worn: bool = False
    """Whether the process has taken so much memory that another one should take its place."""


class _Unacceptable(Exception):
    """No format that is wanted fits the answer."""


class _Gone(Exception):
    """The store cannot be opened."""


class _TooLarge(Exception):
    """The answer is longer than may be."""


class _Sink:
    """Takes an answer up to its longest, what is beyond hand in a file."""

    def __init__(self, longest: int, spool: str) -> None:
        self.longest, self.spool = longest, spool
        self.length = 0
        self.parts: list[bytes] = []
        self.file: IO[bytes] | None = None

    def write(self, data: bytes) -> int:
        self.length += len(data)
        if self.length > self.longest:
            raise _TooLarge
        if self.file is None and self.length > AT_HAND:
            self.file = open(self.spool, "wb")  # noqa: SIM115 -- closed with the job
            self.file.writelines(self.parts)
            self.parts = []
        if self.file is None:
            self.parts.append(bytes(data))
        else:
            self.file.write(data)
        return len(data)

    def flush(self) -> None:
        if self.file is not None:
            self.file.flush()

    @property
    def is_spooled(self) -> bool:
        return self.file is not None

    def close(self, *, keep: bool) -> None:
        if self.file is not None:
            self.file.close()
            if not keep:
                os.unlink(self.spool)


class Bench:
    """Where jobs are done: one store is open at a time, that of the last job."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.path = ""
        self.store: Any = None

    def do(self, job: Job) -> tuple[Reply, list[bytes]]:
        """Do a job; whatever can be wrong with it is told by the reply's status."""
        sink = _Sink(job.longest, job.spool)
        try:
            format = _TASKS[job.kind](self._opened(job.store), job, sink)
        except _Gone as error:
            reply = Reply(status="gone", message=str(error))
        except QueryError as error:
            reply = Reply(status=_STATUS.get(type(error), "malformed"), message=str(error))
        except _Unacceptable as error:
            reply = Reply(status="format", message=str(error))
        except _TooLarge:
            reply = Reply(status="large")
        else:
            missing = Reply(status="missing")
            reply = missing if format is None else Reply(format=format, length=sink.length, is_spooled=sink.is_spooled)
        sink.close(keep=reply.status == "ok")
        return reply, sink.parts if reply.status == "ok" else []

    def _opened(self, path: str) -> Any:
        if self.path != path:
            self.store, self.path = None, ""
            confine(None)  # what an open store takes is not the query's
            try:
                self.store, self.path = open_store(path), path
            except OSError as error:
                raise _Gone(str(error)) from error
            confine(self.memory)
        return self.store


def _query(store: Any, job: Job, out: Any) -> str:
    def choose(is_graph: bool) -> str:
        format = job.graphs if is_graph else job.results
        if format is None:
            raise _Unacceptable("graph" if is_graph else "results")
        return format

    return answer(store, job.question, choose, out)


def _graph(store: Any, job: Job, out: Any) -> str | None:
    format = job.graphs or "ttl"
    return format if write_graph(store, job.iri, format, job.question.prefixes, out) else None


def _about(store: Any, job: Job, out: Any) -> str | None:
    format = job.graphs or "ttl"
    return format if write_about(store, job.iri or "", format, job.question.prefixes, out) else None


def _knows(store: Any, job: Job, out: Any) -> str | None:
    return "" if knows(store, job.iri or "") else None


_TASKS: dict[str, Callable[[Any, Job, Any], str | None]] = {
    "query": _query,
    "graph": _graph,
    "about": _about,
    "knows": _knows,
}


def confine(memory: int | None) -> None:
    """Let this process take so many more bytes than it has, or any number: beyond, the engine ends it.

    Linux holds it to that. Elsewhere there is no such limit that could be relied on; time and answer are limited there.
    """
    if resource is None or sys.platform != "linux":
        return
    most = resource.RLIM_INFINITY
    if memory is not None:
        with open("/proc/self/statm", encoding="ascii") as file:
            most = memory + int(file.read().split()[5]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_DATA, (most, resource.RLIM_INFINITY))


def main(jobs: Iterable[tuple[int, bytes]], seconds: float, memory: int, patience: float) -> None:
    """Do jobs until there are no more, each in at most so many seconds if nobody ends this process sooner.

    With a patience the process ends over a job that keeps it busy longer than that; without one it gives way to others.
    """
    clock = _Clock(seconds, patience)
    if not patience and hasattr(os, "nice"):
        os.nice(_NICE)
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything might print is no answer
    bench = Bench(memory)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    worn = _resident() + memory // 2
    send(target, 0, Reply())
    _hush()
    for number, data in jobs:
        job = _decoder.decode(data)
        with clock:
            reply, parts = bench.do(job)
        if _resident() > worn:
            send(target, number, msgspec.structs.replace(reply, is_worn=True), parts)
            return
        send(target, number, reply, parts)


def piped() -> Iterator[tuple[int, bytes]]:
    """Yield the jobs that are given to this process alone, each with its length before it."""
    source = sys.stdin.buffer
    while head := source.read(NUMBER):
        yield 0, source.read(int.from_bytes(head, "big"))


def shared(taking: int, memory: int, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield jobs of a queue that other processes take from as well; the number of the one that is done is in memory.

    The process at the first place waits for them, and any other one until it is called, for as long as there are some.
    """
    queue, at = socket.socket(fileno=taking), mmap.mmap(memory, 0)
    here = slice(place * NUMBER, (place + 1) * NUMBER)
    while place == 0 or os.read(sys.stdin.fileno(), NUMBER):
        while data := _taken(queue, socket.MSG_DONTWAIT if place else 0):
            at[here] = data[:NUMBER]
            yield int.from_bytes(data[:NUMBER], "big"), data[NUMBER:]
            at[here] = bytes(NUMBER)
        if place == 0:
            return


def _taken(queue: socket.socket, how: int) -> bytes:
    try:
        return queue.recv(LONGEST_JOB, how)
    except BlockingIOError:
        return b""


def _hush() -> None:
    """Say nothing more: where memory ends the engine prints a trace, and whoever waits for us tells its asker."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)


class _Clock:
    """Ends this process over a job that takes too long, by alarms of the kernel's, for ours may never get a turn.

    One counts the time that we are busy, however busy the machine is with other things. The other one is also for the
    day when whoever started us is killed, and nobody else would end an endless query.
    """

    def __init__(self, seconds: float, patience: float) -> None:
        self.seconds, self.patience = seconds, patience

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, self.seconds)
            signal.setitimer(signal.ITIMER_PROF, self.patience)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.setitimer(signal.ITIMER_PROF, 0)


def send(target: IO[bytes], number: int, reply: Reply, parts: Sequence[bytes] = ()) -> None:
    """Write a reply and the content that belongs to it, and before it what they are."""
    data = _encoder.encode(reply)
    target.write(REPLY.pack(number, len(data), sum(map(len, parts))))
    target.write(data)
    target.writelines(parts)
    target.flush()


def _resident() -> int:
    """Return how many bytes of memory this process has had at most."""
    if resource is None:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


_decoder = msgspec.msgpack.Decoder(Job)
_encoder = msgspec.msgpack.Encoder()

if __name__ == "__main__":
    _, *told = sys.argv
    main(shared(*map(int, told[3:])) if told[3:] else piped(), float(told[0]), int(told[1]), float(told[2]))
