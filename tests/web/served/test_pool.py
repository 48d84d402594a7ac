"""The processes that answer, and what stands before them."""

import asyncio
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.sparql.direct import Question
from kg.web.limits import Limits
from kg.web.pool import Died, Pool, TooBusy
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


def test_a_process_that_dies_is_replaced(small: Path) -> None:
    async def ask() -> tuple[object, str]:
        pool = Pool(Limits(seconds=3))
        pool.start()
        await pool.ask(job(small, "ASK {}"))
        lost = [worker for worker in pool._quick._workers if not worker.process.returncode]
        for worker in lost:
            worker.process.kill()
            await worker.process.wait()
        died = await asyncio.gather(*(pool.ask(job(small, "ASK {}")) for _ in lost), return_exceptions=True)
        answer = await pool.ask(job(small, "ASK {}"))
        await pool.close()
        return died[0], answer.reply.status

    died, status = asyncio.run(ask())
    assert isinstance(died, Died)
    assert status == "ok"


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
