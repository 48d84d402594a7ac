"""The processes that answer queries, so that one of them can be killed and nobody but its asker notices.

Every query is tried by the quick ones first. What is not done in a moment is ended there and done again by the slow
ones, which give way to all else: so no query that takes long, however many there are of them, stands before the others.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from kg.errors import KgError
from kg.web.lane import Lane, TooLong
from kg.web.limits import Limits
from kg.web.queue import IS_SHARED, Queue
from kg.web.worker import Job, Reply
from kg.workers import cpus

_GLANCE = 0.5  # seconds between looks whether the asker of a slow query is still there
_REMEMBERED = 1000  # queries that are known to be slow


class Left(KgError):
    """A query that nobody waits for any more, and that has been ended."""


class Answer(Struct, frozen=True):
    """What a process replied, and the content, which is in a file where it is long."""

    reply: Reply
    content: bytes = b""
    file: Path | None = None


class Pool:
    """Answers jobs within the limits, quick ones at once and slow ones one after the other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        quick, slow = min(cpus() + 1, 8), min(cpus(), 4)
        self._quick = (Queue if IS_SHARED else Lane)(quick, limits, patience=limits.patience)
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
