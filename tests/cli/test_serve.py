"""`kg serve`."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_cli import fails

from kg.space import Space

MAIN = "from kg.cli import main; main()"


@pytest.fixture
def built(space: Space) -> Path:
    space.close()
    return space.path


def test_it_tells_its_address_answers_and_ends_cleanly(built: Path) -> None:
    command = [sys.executable, "-c", MAIN, "serve", str(built), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"at http://127\.0\.0\.1:(\d+)/ and answers SPARQL at \S+/sparql; Ctrl-C ends it", line)
        assert address, line
        connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=20)
        connection.request("GET", "/sparql?query=ASK%20%7B%20%3Fx%20kg%3Aaboard%20%3Fy%20%7D&format=json")
        assert b"true" in connection.getresponse().read()
        connection.close()
        workers = children(process.pid)
        assert len(workers) > 2
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")
        assert not any(map(is_running, workers))
    finally:
        process.kill()


def test_its_processes_end_with_it_however_it_ends(built: Path) -> None:
    command = [sys.executable, "-c", MAIN, "serve", str(built), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    patience = time.monotonic() + 20
    while len(workers := children(process.pid)) < 2 and time.monotonic() < patience:
        time.sleep(0.05)
    process.kill()
    process.communicate()
    while any(map(is_running, workers)):
        assert time.monotonic() < patience
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(each) for each in found.stdout.split()]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_port_that_is_in_use_is_named(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = fails("serve", built, "--port", port)
    assert message == f"port {port} on 127.0.0.1 is in use; --port names another one, 0 any that is free"


def test_edit_is_only_for_this_machine(built: Path) -> None:
    message = fails("serve", built, "--edit", "--host", "0.0.0.0")
    assert message == "--edit on 0.0.0.0 would let everybody there change the space; leave --host or --edit out"


def test_what_is_no_space_is_named(tmp_path: Path) -> None:
    assert "is not a space (no such directory)" in fails("serve", tmp_path / "none")


def test_a_space_without_a_build_is_named(tmp_path: Path) -> None:
    Space.create(tmp_path / "new").close()
    assert "holds no finished build; run kg build again" in fails("serve", tmp_path / "new")


@pytest.mark.parametrize("option", [("--port", "70000"), ("--time-limit", "0"), ("--port", "x")])
def test_a_wrong_option_is_named(built: Path, option: tuple[str, str]) -> None:
    assert option[0] in fails("serve", built, *option)
