"""A short run of the crash test; the long one is `python -m kg.bench.crash --kills 200`."""

import subprocess
import sys


def test_processes_that_write_a_space_can_be_killed() -> None:
    command = [sys.executable, "-m", "kg.bench.crash", "--kills", "8", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("8 kills, 0 wrong")
