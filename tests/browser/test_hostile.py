"""Names, titles and sentences that are markup and script stay words on every page: nothing of them runs."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sample import Text
from space.looked import HOSTILE, made

SCRIPT, IMAGE = HOSTILE[:2]
VIEWS = ["/", "/map", "/timeline", "/documents", "/review", f"/?focus={{{SCRIPT}}}", "/document/<b>a</b>", "/sparql"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Iterator[Any]:
    text = Text("<b>a</b>", title=IMAGE, source="javascript:alert(3)", published=date(2021, 10, 4))
    text.text = f"{IMAGE} {SCRIPT} "
    for name in HOSTILE:
        text.say(name, "leads", "Merrow Lines", time="2021-10-05", source=SCRIPT)
    things = dict.fromkeys(HOSTILE, ("Person", SCRIPT)) | {"Merrow Lines": ("Organisation", None)}
    with serve(made(tmp_path_factory.mktemp("hostile") / "space", text, things=things), "--edit") as server:
        yield server


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page on which nothing that a text says may run."""
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    yield page
    assert said == []
    assert (
        page.locator("img, script:not([src]), b:not([class])").evaluate_all("all => all.map((one) => one.outerHTML)")
        == []
    )
    links = page.locator("a").evaluate_all("all => all.map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:"}


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_runs_in_any_view(quiet: Page, watch: Any, hostile: Any, path: str) -> None:
    with watch.expecting("404"):
        quiet.goto(hostile.url(path), wait_until="networkidle")
    expect(quiet.locator("main")).not_to_have_text("Opening…")


def test_it_is_found_read_and_asked_for_as_it_stands(quiet: Page, hostile: Any) -> None:
    quiet.goto(hostile.url())
    quiet.get_by_role("combobox").fill("<script>")
    found = quiet.get_by_role("option").first
    expect(found).to_contain_text(SCRIPT)
    found.click()
    expect(quiet.get_by_role("heading", name=SCRIPT)).to_be_visible()
    quiet.get_by_role("button", name="Why leads Merrow Lines?").click()
    expect(quiet.locator(".kg-claim blockquote")).to_contain_text(SCRIPT)
    quiet.get_by_role("link", name=IMAGE).click()
    expect(quiet.get_by_role("heading", name=IMAGE)).to_be_visible()
    expect(quiet.locator(".kg-text")).to_contain_text(f"{IMAGE} {SCRIPT}")


def test_an_answer_that_is_markup_is_text(quiet: Page, hostile: Any) -> None:
    query = f'SELECT ?x (1 AS ?n) {{ VALUES ?x {{ "{SCRIPT}" "<img src=x onerror=alert(1)>" <javascript:alert(1)> }} }}'
    quiet.goto(hostile.url("/sparql"))
    quiet.locator(".CodeMirror-lines").click()
    quiet.keyboard.press("ControlOrMeta+a")
    quiet.keyboard.insert_text(query)
    quiet.keyboard.press("Control+Enter")
    expect(quiet.get_by_role("cell", name=SCRIPT)).to_be_visible()
    expect(quiet.get_by_role("cell", name="javascript:alert(1)")).to_be_visible()
    quiet.get_by_role("tab", name="Chart").click()
    expect(quiet.get_by_role("tabpanel", name="Chart")).to_contain_text("<script>")
