"""Processes that take their jobs from one queue, which is the kernel's: who is done with one takes the next by itself.

So under load nobody sleeps between two jobs and has to be woken, which costs more than a quick query does. For the same
reason one process takes them all, whose caches are warm, as long as it keeps up; the others stand by until a job waits.
What a process was at when it ended is known all the same: its job's number stands in memory that they share with us.
"""

import asyncio
import mmap
import os
import socket
import sys
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import cast

from kg.errors import KgError
from kg.web.lane import DECODER, PATIENCE, START, TooBusy, died, too_long
from kg.web.limits import Limits
from kg.web.worker import LONGEST_JOB, NUMBER, REPLY, SPENT, Reply

IS_SHARED = sys.platform == "linux"  # elsewhere a socket does not keep messages apart, or takes only short ones

_AHEAD = 4  # jobs for each process that the kernel has at most: the one that it is at, and the next ones
_LATE = 0.005  # seconds after which a job should have been answered, or one more process is called
_PAUSE = 0.1  # seconds until another try, where a process cannot start


class _Process(asyncio.SubprocessProtocol):
    """One process, and what it replies."""

    def __init__(self, queue: "Queue", place: int, pause: float) -> None:
        self.place, self.pause = place, pause
        self.is_ready = False
        self.transport: asyncio.SubprocessTransport
        self._queue = queue
        self._read = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.SubprocessTransport, transport)
        self._queue.begun(self)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._read += data
        while len(self._read) >= REPLY.size:
            number, length, rest = REPLY.unpack_from(self._read)
            content, end = REPLY.size + length, REPLY.size + length + rest
            if len(self._read) < end:
                return
            reply, told = DECODER.decode(self._read[REPLY.size : content]), bytes(self._read[content:end])
            del self._read[:end]
            self.is_ready = True
            self._queue.replied(number, reply, told)

    def call(self) -> None:
        """Let it take jobs until there are no more."""
        cast(asyncio.WriteTransport, self.transport.get_pipe_transport(0)).write(b"!")

    def connection_lost(self, error: Exception | None) -> None:
        self._queue.ended(self)


class Queue:
    """Some processes of one kind, for jobs that are done within a `patience`, and who waits for them."""

    def __init__(self, size: int, limits: Limits, *, patience: float) -> None:
        self.size, self.limits = size, limits
        self._settings: tuple[float, ...] = (min(PATIENCE * patience, limits.seconds), limits.memory, patience)
        self._numbers = count(1)
        self._asked: dict[int, asyncio.Future[tuple[Reply, bytes]]] = {}
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._given: dict[int, None] = {}  # in their order
        self._watched = 0
        self._watch: asyncio.TimerHandle | None = None
        self._processes: set[_Process] = set()
        self._tasks: set[asyncio.Task[object]] = set()
        self._opened = ExitStack()
        self._is_closed = False

    def start(self) -> None:
        """Start the processes, in the background."""
        giving, taking = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        giving.setblocking(False)
        self._memory = os.memfd_create("kg-serve")
        self._opened.callback(os.close, self._memory)
        os.truncate(self._memory, self.size * NUMBER)
        self._giving, self._taking = self._opened.enter_context(giving), self._opened.enter_context(taking)
        self._at = self._opened.enter_context(mmap.mmap(self._memory, self.size * NUMBER))
        for place in range(self.size):
            self._hire(place, 0.0)

    async def close(self) -> None:
        """End all processes."""
        self._is_closed = True
        if self._watch is not None:
            self._watch.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for process in self._processes:
            _kill(process)
        while self._processes:
            await asyncio.sleep(0.01)
        self._opened.close()

    async def ask(self, job: bytes) -> tuple[Reply, bytes]:
        """Have a job done; raise `TooBusy`, `TooLong` or `Died` where it is not."""
        if len(job) > LONGEST_JOB - NUMBER:
            raise too_long(self.limits)
        if len(self._given) >= _AHEAD * self.size and len(self._waiting) >= self.limits.waiting:
            raise TooBusy(f"{len(self._waiting)} queries are waiting already; ask again in a while")
        loop, number = asyncio.get_running_loop(), next(self._numbers)
        future: asyncio.Future[tuple[Reply, bytes]] = loop.create_future()
        self._asked[number] = future
        self._waiting.append((number, job))
        self._give()
        overdue = loop.call_later(START, self._overdue, number)
        try:
            return await future
        finally:
            overdue.cancel()
            del self._asked[number]

    def pids(self) -> list[int]:
        """Return the ids of the processes."""
        return [process.transport.get_pid() or 0 for process in self._processes]

    def _give(self) -> None:
        while self._waiting and len(self._given) < _AHEAD * self.size:
            number, job = self._waiting[0]
            if number in self._asked:  # else its asker is gone
                try:
                    self._giving.send(number.to_bytes(NUMBER, "big") + job)
                except BlockingIOError:  # long ones; there is more room with the next reply
                    break
                self._given[number] = None
            self._waiting.popleft()
        if self._given and self._watch is None:
            self._watched = next(iter(self._given))
            self._watch = asyncio.get_running_loop().call_later(_LATE, self._look)

    def _look(self) -> None:
        """Call one more process where the job that was the first a moment ago still is."""
        self._watch = None
        if self._watched in self._given:
            idle = [one for one in self._processes if one.place and one.is_ready and not self._at_work(one.place)]
            if idle:
                min(idle, key=lambda one: one.place).call()
        self._give()

    def _at_work(self, place: int) -> int:
        """Return the number of the job that the process at that place is at, or 0."""
        return int.from_bytes(self._at[place * NUMBER : (place + 1) * NUMBER], "big")

    def replied(self, number: int, reply: Reply, content: bytes) -> None:
        """Pass a reply on to who waits for it."""
        self._done(number, lambda future: future.set_result((reply, content)))

    def begun(self, process: _Process) -> None:
        """Know a process from its first moment on, so that it is ended with the others."""
        self._processes.add(process)
        if self._is_closed:
            _kill(process)

    def ended(self, process: _Process) -> None:
        """Tell who waits for what the process was at, and put another one in its place."""
        self._processes.discard(process)
        place, status = process.place, process.transport.get_returncode() or 0
        process.transport.close()
        if self._is_closed:
            return
        number = self._at_work(place)
        self._at[place * NUMBER : (place + 1) * NUMBER] = bytes(NUMBER)
        error: KgError = too_long(self.limits) if -status in SPENT else died(self.limits)
        self._done(number, lambda future: future.set_exception(error))
        self._hire(place, 0.0 if process.is_ready else _longer(process.pause))

    def _overdue(self, number: int) -> None:
        """Give up a job that no process has taken, or that has not come back from one."""
        error = TooBusy("all processes are busy with other queries; ask again in a while")
        self._done(number, lambda future: future.set_exception(error))

    def _done(self, number: int, tell: Callable[[asyncio.Future[tuple[Reply, bytes]]], None]) -> None:
        self._given.pop(number, None)
        future = self._asked.get(number)
        if future is not None and not future.done():
            tell(future)
        self._give()

    def _hire(self, place: int, pause: float) -> None:
        task = asyncio.ensure_future(self._start(place, pause))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self, place: int, pause: float) -> None:
        """Start one more process; try again, ever more rarely, where it cannot start."""
        await asyncio.sleep(pause)
        shared = (self._taking.fileno(), self._memory)
        settings = map(str, (*self._settings, *shared, place))
        try:
            await asyncio.get_running_loop().subprocess_exec(
                lambda: _Process(self, place, pause),
                *(sys.executable, "-m", "kg.web.worker", *settings),
                stderr=None,
                pass_fds=shared,
                start_new_session=True,  # Ctrl-C is for us, and we end them
            )
        except OSError:
            self._hire(place, _longer(pause))


def _longer(pause: float) -> float:
    return min(2 * pause + _PAUSE, START)


def _kill(process: _Process) -> None:
    if process.transport.get_returncode() is None:
        process.transport.kill()
