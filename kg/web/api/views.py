"""Threads that look at a space: a connection belongs to its thread, and each thread has one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock, local
from typing import Any, TypeVar

from kg.space.view import View

THREADS = 6  # more would only wait for each other

Answer = TypeVar("Answer")


class Cache:
    """The last answers that are costly to make, one for each name, of the state of the space that they are of."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, Any]] = {}
        self._making: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, name: str, state: str, make: Callable[[], Answer]) -> Answer:
        """Return the answer of that name for that state, made once, whoever else asks for it meanwhile."""
        with self._lock:
            making = self._making.setdefault(name, Lock())
        with making:
            if name not in self._held or self._held[name][0] != state:
                self._held[name] = state, make()
            return self._held[name][1]  # type: ignore[no-any-return]


class Views:
    """A few threads, each with its view of one space."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cache = Cache()
        self._own = local()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="kg-view")

    async def run(self, work: Callable[[View], Answer]) -> Answer:
        """Return what the work makes of a view, in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._work, work)

    def _work(self, work: Callable[[View], Answer]) -> Answer:
        if not hasattr(self._own, "view"):
            self._own.view = View.open(self.path)
        return work(self._own.view)
