"""The processes that answer queries, so that one of them can be killed and nobody but its asker notices.

Every query is tried by the quick ones first. What is not done in a moment is ended there and done again by the slow
ones, which give way to all else: so no query that takes long, however many there are of them, stands before the others.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from kg.errors import KgError
from kg.web.limits import MEGABYTE, Limits
from kg.web.worker import AT_HAND, SPENT, Job, Reply
from kg.workers import cpus

_decoder = msgspec.msgpack.Decoder(Reply)

_HEAD = 4
_GLANCE = 0.5  # seconds between looks whether the asker of a slow query is still there
_START = 30.0  # seconds that a process may take to start
_REMEMBERED = 1000  # queries that are known to be slow
_PATIENCE = 4  # times as long by the clock as the process may be busy, for where a machine is


class TooLong(KgError):
    """A query that ran longer than it may."""


class TooBusy(KgError):
    """There are more questions than answers; who asks again in a while may have more luck."""


class Died(KgError):
    """The process that ran a query ended over it: it took more memory than it may, or the engine failed."""


class Left(KgError):
    """A query that nobody waits for any more, and that has been ended."""


class Answer(Struct, frozen=True):
    """What a process replied, and the content, which is in a file where it is long."""

    reply: Reply
    content: bytes = b""
    file: Path | None = None


class _Worker:
    """One process, with one job at a time."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, *settings: float) -> Self:
        """Start one and wait until it is ready; raise `Died` where it is not soon."""
        command = (sys.executable, "-m", "kg.web.worker", *map(str, settings))
        # Not in our session: Ctrl-C is for us, and we end them.
        starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, limit=4 * AT_HAND, start_new_session=os.name == "posix"
            )
        )
        try:
            worker = cls(await asyncio.shield(starting))
        except asyncio.CancelledError:
            await cls(await starting).end()  # else there would be a process that nobody knows
            raise
        try:
            async with asyncio.timeout(_START):
                await worker._reply()
        except BaseException as error:
            await worker.end()
            if isinstance(error, asyncio.IncompleteReadError | TimeoutError):
                raise Died("a process to answer queries could not start") from error
            raise
        return worker

    async def ask(self, job: bytes) -> tuple[Reply, bytes]:
        """Give it a job, encoded, and wait for what comes of it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(len(job).to_bytes(_HEAD, "big") + job)
        reply = await self._reply()
        rest = 0 if reply.is_spooled else reply.length
        return reply, await self.process.stdout.readexactly(rest) if rest else b""

    async def _reply(self) -> Reply:
        assert self.process.stdout is not None
        head = await self.process.stdout.readexactly(_HEAD)
        data = await self.process.stdout.readexactly(int.from_bytes(head, "big"))
        return _decoder.decode(data)

    async def end(self) -> int:
        """End the process, whatever it is doing, and return its exit status."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.communicate()  # to the end of its pipes, which are closed then
        return await self.process.wait()


class Lane:
    """Some processes of one kind, and who waits for them; with a `patience`, only for what is done that soon."""

    def __init__(self, size: int, limits: Limits, *, patience: float = 0.0) -> None:
        self.size, self.limits, self.patience = size, limits, patience
        self.seconds = min(_PATIENCE * patience or limits.seconds, limits.seconds)
        self.waiting = 0
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._tasks: set[asyncio.Task[object]] = set()

    def start(self) -> None:
        """Start the processes, in the background."""
        for _ in range(self.size):
            self._later(self._hire())

    async def close(self) -> None:
        """End all processes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))

    async def ask(self, job: bytes) -> tuple[Reply, bytes]:
        """Have a job done; raise `TooBusy`, `TooLong` or `Died` where it is not."""
        worker = await self._free()
        try:
            async with asyncio.timeout(self.seconds):
                reply, content = await worker.ask(job)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._failed(worker, error) from error
        except BaseException:
            self._replace(worker)
            raise
        if reply.is_worn:
            self._replace(worker)
        else:
            self._idle.put_nowait(worker)
        return reply, content

    async def _failed(self, worker: _Worker, error: Exception) -> KgError:
        """Put another process in the place of one that did not answer, and return what that means."""
        status = 0 if isinstance(error, TimeoutError) else await worker.process.wait()
        self._replace(worker)
        if isinstance(error, TimeoutError) or -status == SPENT:
            return TooLong(f"the query ran longer than the {self.limits.seconds:g} s that it may; ask for less at once")
        return Died(_died(self.limits))

    async def _free(self) -> _Worker:
        """Return a process that has nothing to do, when there is one."""
        with suppress(asyncio.QueueEmpty):
            return self._idle.get_nowait()
        if self.waiting >= self.limits.waiting:
            raise TooBusy(f"{self.waiting} queries are waiting already; ask again in a while")
        self.waiting += 1
        try:
            async with asyncio.timeout(_START):
                return await self._idle.get()
        except TimeoutError as error:
            raise TooBusy("all processes are busy with other queries; ask again in a while") from error
        finally:
            self.waiting -= 1

    def _replace(self, worker: _Worker) -> None:
        self._later(self._dismiss(worker))
        self._later(self._hire())

    async def _dismiss(self, worker: _Worker) -> None:
        await worker.end()
        self._workers.discard(worker)

    async def _hire(self) -> None:
        """Start one more process; try again, ever more rarely, where it cannot start."""
        pause = 0.1
        while True:
            try:
                worker = await _Worker.start(self.limits.seconds, self.limits.memory, self.patience)
            except (Died, OSError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, _START)
                continue
            self._workers.add(worker)
            self._idle.put_nowait(worker)
            return

    def _later(self, work: Awaitable[object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Pool:
    """Answers jobs within the limits, quick ones at once and slow ones one after the other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        quick, slow = min(cpus() + 1, 8), min(cpus(), 4)
        self._quick = Lane(quick, limits, patience=limits.patience)
        self._slow = Lane(slow, limits)
        self._known: OrderedDict[int, None] = OrderedDict()

    def start(self) -> None:
        """Start the processes, in the background."""
        self._quick.start()
        self._slow.start()

    async def close(self) -> None:
        """End all processes."""
        await asyncio.gather(self._quick.close(), self._slow.close())

    async def ask(self, job: Job, is_gone: Callable[[], Awaitable[bool]] | None = None) -> Answer:
        """Have a job done; raise `TooBusy`, `TooLong` or `Died` where it is not, and `Left` where its asker is gone."""
        try:
            reply, content = await self._tried(job, is_gone or _stays)
        except BaseException:
            if job.spool:
                Path(job.spool).unlink(missing_ok=True)
            raise
        return Answer(reply, content, Path(job.spool) if reply.is_spooled else None)

    async def _tried(self, job: Job, is_gone: Callable[[], Awaitable[bool]]) -> tuple[Reply, bytes]:
        encoded = msgspec.msgpack.encode(job)
        asked = job.question
        question = hash((asked.text, asked.default, asked.named, job.iri))
        if question not in self._known:
            with suppress(TooLong):
                return await self._quick.ask(encoded)
            self._known[question] = None
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        started = asyncio.get_running_loop().time()
        asking = asyncio.ensure_future(self._slow.ask(encoded))
        try:
            while not (await asyncio.wait({asking}, timeout=_GLANCE))[0]:
                if await is_gone():
                    raise Left("nobody waits for the answer any more")
            found = asking.result()
        finally:
            asking.cancel()
        if asyncio.get_running_loop().time() - started < self.limits.patience:
            self._known.pop(question, None)  # it was the machine that was slow
        return found


async def _stays() -> bool:
    return False


def _died(limits: Limits) -> str:
    return (
        f"the query took more memory than the {limits.memory // MEGABYTE} MB that it may, or the engine failed; "
        "ask for less at once"
    )
