"""The processes that answer, and what stands before them."""

import asyncio
import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.sparql.direct import Question
from kg.web.lane import Died, TooBusy
from kg.web.limits import Limits
from kg.web.pool import Pool
from kg.web.queue import IS_SHARED
from kg.web.worker import Job
from web.served.conftest import LIMITS, serving
from web.served.test_hostile import CROSS, LONG

LIMIT = f"{LONG} LIMIT 4000"


def job(space: Path, text: str) -> Job:
    [store] = (space / "graph").iterdir()
    return Job(store=str(store), question=Question(text), results="json")


def test_more_than_may_wait_are_told_to_come_back(small: Path) -> None:
    async def ask() -> list[object]:
        pool = Pool(Limits(seconds=2, waiting=3, patience=0.2))
        pool.start()
        asked = (pool.ask(job(small, f"{CROSS} LIMIT {number}")) for number in range(1, 20))
        try:
            return await asyncio.gather(*asked, return_exceptions=True)
        finally:
            await pool.close()

    found = asyncio.run(ask())
    busy = [each for each in found if isinstance(each, TooBusy)]
    assert busy
    assert str(busy[0]).endswith("queries are waiting already; ask again in a while")


LANES = pytest.mark.parametrize("is_shared", [IS_SHARED, False], ids=["one queue", "a pipe for each"])


@LANES
def test_who_dies_over_a_query_is_replaced(small: Path, is_shared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.pool.IS_SHARED", is_shared)

    async def ask() -> tuple[object, set[str]]:
        pool = Pool(Limits(seconds=60, patience=15))
        pool.start()
        await pool.ask(job(small, "ASK {}"))
        asking = asyncio.ensure_future(pool.ask(job(small, CROSS)))
        await asyncio.sleep(0.5)
        for process in pool._quick.pids():
            os.kill(process, signal.SIGKILL)
        [died] = await asyncio.gather(asking, return_exceptions=True)
        for _ in range(pool._quick.size):  # who has a pipe to a process finds out that it is gone
            await asyncio.gather(pool.ask(job(small, "ASK {}")), return_exceptions=True)
        try:
            answers = await asyncio.gather(*(pool.ask(job(small, f"ASK {{}} #{number}")) for number in range(9)))
        finally:
            await pool.close()
        return died, {answer.reply.status for answer in answers}

    died, statuses = asyncio.run(ask())
    assert isinstance(died, Died)
    assert statuses == {"ok"}


@LANES
def test_nobody_waits_behind_a_slow_query(small: Path, is_shared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.pool.IS_SHARED", is_shared)

    async def ask() -> tuple[float, bool]:
        pool = Pool(Limits(seconds=60, patience=15))
        pool.start()
        await asyncio.gather(*(pool.ask(job(small, f"ASK {{}} #{number}")) for number in range(99)))
        await asyncio.sleep(1)  # all processes are there
        slow = asyncio.ensure_future(pool.ask(job(small, CROSS)))
        await asyncio.sleep(0.1)
        started, waits = time.perf_counter(), []
        for number in range(50):
            answers = await asyncio.gather(*(pool.ask(job(small, f"ASK {{}} #{number}.{n}")) for n in range(9)))
            waits.append(time.perf_counter() - started)
            started = time.perf_counter()
            assert {answer.content for answer in answers} == {b'{"head":{},"boolean":true}'}
        is_slow = not slow.done()
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        await pool.close()
        return sorted(waits)[len(waits) // 2], is_slow

    wait, is_slow = asyncio.run(ask())
    assert is_slow
    assert wait < 0.1


def test_a_long_query_is_asked_like_any_other(small: Path) -> None:
    async def ask() -> str:
        pool = Pool(Limits())
        pool.start()
        answer = await pool.ask(job(small, "ASK {} #" + "x" * 200_000))
        await pool.close()
        return answer.reply.status

    assert asyncio.run(ask()) == "ok"


def test_a_store_that_is_not_there_is_told(small: Path, tmp_path: Path) -> None:
    async def ask() -> str:
        pool = Pool(Limits())
        pool.start()
        answer = await pool.ask(Job(store=str(tmp_path / "none")))
        await pool.close()
        return answer.reply.status

    assert asyncio.run(ask()) == "gone"


def test_busy_is_503_with_a_time_to_come_back(small: Path) -> None:
    limits = Limits(seconds=2, waiting=0, patience=0.1)
    with serving(small, limits=limits) as server, ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda n: server.ask(f"{CROSS} LIMIT {n}"), range(1, 17)))
    busy = [answer for answer in answers if answer.status == 503]
    assert busy
    assert int(busy[0].headers["retry-after"]) > 0


def test_long_answers_leave_nothing_behind(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with serving(small, limits=LIMITS) as server:
        [folder] = tmp_path.iterdir()
        assert server.ask(LIMIT, accept="text/csv").status == 200
        assert server.ask(LONG).status == 500
        assert server(f"/sparql?format=csv&query={quote(LIMIT)}", method="HEAD").status == 200
        patience = time.monotonic() + 10
        while [*folder.iterdir()]:  # an answer goes when it is sent, and its client has it then
            assert time.monotonic() < patience
            time.sleep(0.01)
    assert list(tmp_path.iterdir()) == []
    shutil.rmtree(tmp_path)
