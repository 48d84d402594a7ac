import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from tasks import die, obey

from kg.errors import KgError, StageError
from kg.workers import cpus, spread

SOON = 60  # seconds, on a machine that may be busy


def spread_out(orders: Iterable[list[str]], *, jobs: int = 2) -> list[tuple[list[str], list[str] | None]]:
    return sorted(spread(obey, orders, jobs=jobs), key=lambda pair: pair[0])


def answers(orders: Iterable[list[str]], *, jobs: int = 2) -> list[str]:
    return [answer for _, result in spread_out(orders, jobs=jobs) for answer in result or ["nothing"]]


def test_every_batch_comes_with_its_result() -> None:
    assert spread_out([["a", "b"], ["c"], ["d"]]) == [(["a", "b"], ["A", "B"]), (["c"], ["C"]), (["d"], ["D"])]


def test_nothing_to_do_starts_nothing() -> None:
    assert spread_out([]) == []


def test_there_are_no_more_processes_than_jobs() -> None:
    assert len(set(answers([["who"]] * 6))) <= 2


def test_the_work_is_done_elsewhere() -> None:
    assert str(os.getpid()) not in answers([["who"]])


def test_a_worker_makes_itself_ready_once() -> None:
    assert answers([["calls"], ["calls"]], jobs=1) == ["[0, 1]", "[0, 1, 1]"]


def test_a_worker_has_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert answers([["threads"]]) == ["1"]


def test_who_asks_for_more_threads_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert answers([["threads"]]) == ["3"]


def test_only_the_item_that_kills_its_worker_has_no_result() -> None:
    found = spread_out([["a", "die", "b"], ["c"], ["d"], ["e"]])
    assert found == [
        *((["a"], ["A"]), (["b"], ["B"]), (["c"], ["C"]), (["d"], ["D"])),
        (["die"], None),
        (["e"], ["E"]),
    ]


def test_every_worker_may_die() -> None:
    assert answers([["die"], ["die"], ["die"], ["a"]]) == ["A", "nothing", "nothing", "nothing"]


def test_a_worker_that_was_killed_by_chance_costs_nothing(tmp_path: Path) -> None:
    order = f"die once {tmp_path / 'marker'}"
    assert answers([[order]]) == [order.upper()]


def test_what_the_task_raises_is_raised_here() -> None:
    with pytest.raises(StageError, match="d: extract failed: told to") as caught:
        spread_out([["raise"], *[["sleep"]] * 2])
    assert caught.value.stage == "extract"


def test_workers_that_cannot_start_end_it() -> None:
    with pytest.raises(KgError, match="a worker process died while it started"):
        list(spread(die, [["a"]], jobs=1))


def test_a_task_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(KgError, match="cannot be sent to worker processes"):
        list(spread(lambda batch: batch, [["a"]], jobs=1))


def test_closing_ends_the_workers_at_once() -> None:
    began = time.monotonic()
    with closing(spread(obey, [["a"], ["sleep"], ["sleep"]], jobs=2)) as results:
        assert next(results) == (["a"], ["A"])
    assert time.monotonic() - began < SOON


def test_there_is_at_least_one_cpu() -> None:
    assert cpus() >= 1


PARENT = """
from tasks import obey
from kg.workers import spread

if __name__ == "__main__":
    for _ in spread(obey, [["a"], ["sleep"], ["sleep"]], jobs=2):
        print("ready", flush=True)
"""


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent(blow: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, tmp_path / "parent.py"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"ready\n"
        parent.send_signal(blow)
        out, _ = parent.communicate(timeout=SOON)  # to its end, which comes when nobody holds it any more
    assert out == b""
    assert parent.returncode == -blow


UNGUARDED = PARENT.replace('if __name__ == "__main__":', "if True:")


def test_a_script_without_its_guard_is_told(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(UNGUARDED)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, tmp_path / "parent.py"]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=SOON, check=False)
    assert b"if __name__ == '__main__':" in done.stderr.splitlines()[-1]
