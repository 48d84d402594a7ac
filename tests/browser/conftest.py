"""A real server and a real browser; every page is watched for what must never happen."""

import contextlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
IS_BUILT = (ROOT / "kg" / "web" / "static" / "index.html").exists()
# Without a sandbox as CI is root; WebGL in software, for no test may need a graphics card.
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "no Chromium found: apt-get install chromium" if not CHROMIUM else "kg/web/static is not built: make front"
    if CHROMIUM and IS_BUILT:
        return
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.skip(reason=reason))


@dataclass
class Server:
    """A `kg serve` of its own process."""

    address: str
    space: Path

    def url(self, path: str = "/") -> str:
        return self.address + path


@contextlib.contextmanager
def serving(space: Path, *options: str) -> Iterator[Server]:
    """Serve the space on a free port, until the block ends."""
    command = [*KG, "serve", str(space), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            found = None
            while found is None:
                line = process.stdout.readline()
                assert line, "kg serve ended before it told its address"
                found = re.search(r"http://[\d.:]+", line)
            with urlopen(found[0] + "/api/space", timeout=60) as answer:
                assert answer.status == 200
            yield Server(found[0], space)
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def serve() -> Callable[..., contextlib.AbstractContextManager[Server]]:
    """For a space of a test's own."""
    return serving


@pytest.fixture(scope="session")
def seed_space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The space of the seed article, read by the shipped model."""
    space = tmp_path_factory.mktemp("browser") / "space"
    subprocess.run([*KG, "build", "seeds", "-o", str(space)], cwd=ROOT, check=True)
    return space


@pytest.fixture(scope="session")
def server(seed_space: Path) -> Iterator[Server]:
    with serving(seed_space) as served:
        yield served


@pytest.fixture
def editable(seed_space: Path, tmp_path: Path) -> Iterator[Server]:
    """A copy of the space, open to edit."""
    copy = tmp_path / "space"
    shutil.copytree(seed_space, copy)
    with serving(copy, "--edit") as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of one file: while there is one, its event loop is that of everybody."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that no page may do."""

    faults: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def over(self, page: Any) -> None:
        page.on("console", lambda said: self._console(said))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda request: self._request(request.url))

    @contextlib.contextmanager
    def expecting(self, words: str) -> Iterator[None]:
        """Forgive what the console says with these words: an address that is not there is told there too."""
        self.forgiven.append(words)  # for good: the console tells it when it likes
        yield
        self.faults = [fault for fault in self.faults if words not in fault]

    def _console(self, said: Any) -> None:
        if any(words in said.text for words in self.forgiven):
            return
        if said.type in ("error", "warning") and "GPU stall" not in said.text:  # the software renderer's own complaint
            self.faults.append(f"{said.type}: {said.text}")

    def _request(self, url: str) -> None:
        if not re.match(r"(http://127\.0\.0\.1[:/]|data:|blob:|file:)", url):
            self.faults.append(f"request: {url}")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def context(browser: Any, watch: Watch) -> Iterator[Any]:
    """A browser context whose pages must cause no console error, no policy violation, no request off this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.on("page", watch.over)
    yield context
    context.close()
    assert not watch.faults


@pytest.fixture
def page(context: Any) -> Any:
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page
