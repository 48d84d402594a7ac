"""A small space, served on loopback by a thread of the tests' own process, and a client with no opinion of its own."""

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import uvicorn
from space.notes import Notes
from toy import DOCUMENTS, Toy

from kg import build
from kg.model import Document
from kg.space import Space
from kg.web import Limits, create_app

NASTY = "<script>alert(1)</script>"
LIMITS = Limits(seconds=2, memory=256 << 20, answer=2 << 20, text=100_000, patience=0.2)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    app: Any

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def __call__(
        self, path: str, *, method: str = "GET", body: bytes | str | None = None, timeout: float = 20, **headers: str
    ) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=named)
            found = connection.getresponse()
            content = found.read()
        finally:
            connection.close()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, content)

    def ask(self, query: str, *, accept: str = "", timeout: float = 20, **parameters: Any) -> Answer:
        """Send a query by GET."""
        text = urlencode({"query": query, **parameters}, doseq=True, quote_via=quote)
        return self(f"/sparql?{text}", timeout=timeout, **({"accept": accept} if accept else {}))

    def post(self, body: bytes | str, media: str, path: str = "/sparql", **headers: str) -> Answer:
        return self(path, method="POST", body=body, content_type=media, **headers)


@contextlib.contextmanager
def serving(path: Path, **how: Any) -> Iterator[Server]:
    app = create_app(path, limits=how.pop("limits", LIMITS), **how)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield Server("127.0.0.1", listener.getsockname()[1], app)
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive(), "the server did not end"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the toy reads."""
    path = tmp_path_factory.mktemp("served") / "space"
    with Space.create(path) as space:
        build(DOCUMENTS, into=space, extractor=Toy())
    return path


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A space of somebody who would like his names to be scripts."""
    path = tmp_path_factory.mktemp("nasty") / "space"
    text = f"Person:{NASTY} =leads= Organisation:<img src=x onerror=1> (asserted)"
    document = Document(id=f"{NASTY}/../x", text=text, title=f'"{NASTY}', source="a.txt")
    with Space.create(path) as space:
        build([document], into=space, extractor=Notes())
    return path


@pytest.fixture(scope="session")
def server(small: Path) -> Iterator[Server]:
    with serving(small) as server:
        server.ask("ASK {}")  # waits for the first process
        yield server
