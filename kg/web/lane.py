"""Processes that answer queries, each by a pipe of its own, so that whoever gives it a job can end it at any moment."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable
from contextlib import suppress
from typing import Self

import msgspec

from kg.errors import KgError
from kg.web.limits import MEGABYTE, Limits
from kg.web.worker import AT_HAND, NUMBER, REPLY, SPENT, Reply

START = 30.0  # seconds that a process may take to start
DECODER = msgspec.msgpack.Decoder(Reply)

PATIENCE = 4  # times as long by the clock as the process may be busy, for where a machine is
_SPARE = 2.0  # seconds that we have to end a process over its time, before it ends itself


class TooLong(KgError):
    """A query that ran longer than it may."""


class TooBusy(KgError):
    """There are more questions than answers; who asks again in a while may have more luck."""


class Died(KgError):
    """The process that ran a query ended over it: it took more memory than it may, or the engine failed."""


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
            async with asyncio.timeout(START):
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
        self.process.stdin.write(len(job).to_bytes(NUMBER, "big") + job)
        return await self._reply()

    async def _reply(self) -> tuple[Reply, bytes]:
        assert self.process.stdout is not None
        _, length, rest = REPLY.unpack(await self.process.stdout.readexactly(REPLY.size))
        data = await self.process.stdout.readexactly(length + rest)
        return DECODER.decode(data[:length]), data[length:]

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
        self.seconds = min(PATIENCE * patience or limits.seconds, limits.seconds)
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

    def pids(self) -> list[int]:
        """Return the ids of the processes."""
        return [worker.process.pid for worker in self._workers]

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
        if isinstance(error, TimeoutError) or -status in SPENT:
            return too_long(self.limits)
        return died(self.limits)

    async def _free(self) -> _Worker:
        """Return a process that has nothing to do, when there is one."""
        with suppress(asyncio.QueueEmpty):
            return self._idle.get_nowait()
        if self.waiting >= self.limits.waiting:
            raise TooBusy(f"{self.waiting} queries are waiting already; ask again in a while")
        self.waiting += 1
        try:
            async with asyncio.timeout(START):
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
                worker = await _Worker.start(self.limits.seconds + _SPARE, self.limits.memory, self.patience)
            except (Died, OSError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, START)
                continue
            self._workers.add(worker)
            self._idle.put_nowait(worker)
            return

    def _later(self, work: Awaitable[object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def too_long(limits: Limits) -> TooLong:
    """Return the error of a query over its time."""
    return TooLong(f"the query ran longer than the {limits.seconds:g} s that it may; ask for less at once")


def died(limits: Limits) -> Died:
    """Return the error of a query whose process ended over it."""
    return Died(
        f"the query took more memory than the {limits.memory // MEGABYTE} MB that it may, or the engine failed; "
        "ask for less at once"
    )
