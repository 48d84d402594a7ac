"""A task run on batches in worker processes, each with one batch at a time.

One executor of one process for each worker, and not one of them all: where a process dies, what it was working on is
known, and nobody else is disturbed. Processes are spawned, so that they inherit neither threads nor open databases.
A worker ends with whoever started it, however that ends: it watches a pipe whose other end only its parent holds.
"""

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kg.errors import KgError

Item = TypeVar("Item")
Result = TypeVar("Result")

# Libraries that would start a thread for each CPU, in each worker.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_pickled = b""  # the task, in a worker


def cpus() -> int:
    """Return how many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    task: Callable[[list[Item]], Result], batches: Iterable[list[Item]], *, jobs: int
) -> Generator[tuple[list[Item], Result | None], None, None]:
    """Run the task on each batch in at most so many processes, and yield each batch with its result when it is there.

    The task and what it returns must be picklable. Every process runs it on an empty batch first, to make it load what
    it needs. Where a process dies over a batch, its items are tried once more, one by one in a fresh process; None is
    the result of the one that kills that too. What the task raises is raised here, and ends all processes, as closing
    the iterator does. Raises `KgError` for what cannot be pickled, and where processes cannot even start.
    """
    queue = deque((batch, False) for batch in batches)
    pickled = _packed(task)
    workers = [_Worker(pickled) for _ in range(min(jobs, len(queue)))]
    running: dict[Future[Any], tuple[_Worker, list[Item], bool]] = {}
    try:
        for worker in workers:
            running[worker.start([])] = worker, [], False
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                worker, batch, again = running.pop(future)
                died = isinstance(future.exception(), BrokenProcessPool)
                result = None if died else future.result()
                if died and not batch:
                    raise KgError(_STILLBORN)
                if died:
                    worker.restart()
                    queue.extendleft(([item], True) for item in reversed(() if again else batch))
                if queue:
                    following = ([], False) if died else queue.popleft()
                    running[worker.start(following[0])] = worker, *following
                if batch and (again or not died):
                    yield batch, result
    finally:
        for worker in workers:
            worker.end()


_STILLBORN = (
    "a worker process died while it started (its own message may stand above); a script that uses jobs has to keep "
    "what it runs under `if __name__ == '__main__':`"
)


def _packed(task: object) -> bytes:
    try:
        return pickle.dumps(task)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise KgError(f"cannot be sent to worker processes: {error}") from error


class _Worker:
    """One process and the right to go on working, which it loses with us."""

    def __init__(self, task: bytes) -> None:
        self.task = task
        self._begin()

    def _begin(self) -> None:
        context = get_context("spawn")
        self.watched, self.held = context.Pipe(duplex=False)
        initargs = (self.task, self.watched)
        self.executor = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=initargs)

    def start(self, batch: list[Item]) -> "Future[Any]":
        return self.executor.submit(_run, batch)

    def restart(self) -> None:
        self.end()
        self._begin()

    def end(self) -> None:
        """End the process now, whatever it is doing."""
        self.held.close()
        self.executor.shutdown(cancel_futures=True)
        self.watched.close()


def _begin(task: bytes, watched: "Connection[Any, Any]") -> None:
    global _pickled
    _pickled = task
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    threading.Thread(target=_watch, args=(watched,), daemon=True).start()


def _watch(watched: "Connection[Any, Any]") -> None:
    try:
        watched.recv()
    except (EOFError, OSError):
        os._exit(1)


def _run(batch: list[Item]) -> Any:
    return _task()(batch)


@cache
def _task() -> Callable[[list[Any]], Any]:
    # Not in the initialiser, whose errors would only be logged.
    loaded: Callable[[list[Any]], Any] = pickle.loads(_pickled)
    return loaded
