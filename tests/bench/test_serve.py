"""The load benchmark, on a space that is as small as can be."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from kg.bench.serve import QUERIES, Measured, main, measure
from kg.space import Space


class Slow(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status = 200 if "name" not in self.path else 500
        self.send_response(status)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"3\r\nabc\r\n0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    server.shutdown()
    server.server_close()


def test_answers_and_errors_are_counted(address: str) -> None:
    found = measure(address, ["$x", "$name"], ["name"], clients=2, seconds=0.2)
    assert len(found.waits) > 2
    assert abs(len(found.waits) - 2 * found.errors) <= 2


def test_a_line_tells_rate_and_waits() -> None:
    line = str(Measured(2.0, [0.001] * 99 + [0.5], errors=1))
    assert line.split() == "50.0 /s p50 1.0 ms p99 500.0 ms 1 errors".split()


def test_every_query_of_a_space_is_measured(space: Space, capsys: pytest.CaptureFixture[str]) -> None:
    space.close()
    main(["--space", str(space.path), "--clients", "2", "--seconds", "0.2"])
    lines = capsys.readouterr().out.splitlines()
    assert "'documents': 3" in lines[0]
    assert [name for line in lines for name in (*QUERIES, "mixed") if f" {name} " in line] == [*QUERIES, "mixed"]
    assert "errors" not in "".join(lines)
