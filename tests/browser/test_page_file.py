"""A page that was sent: opened from a disk, it shows what it carries, runs nothing of it, and asks for nothing."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from sample import Text, graph_of

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    text = Text("a", title=HOSTILE, source="javascript:alert(3)", published=date(2021, 10, 4))
    text.say("Ada Quill", "leads", "Merrow Lines")
    text.say("Ada Quill", "spouseOf", HOSTILE, source=HOSTILE)
    things = {"Ada Quill": ("Person", None), "Merrow Lines": ("Organisation", None), HOSTILE: ("Person", None)}
    path = tmp_path_factory.mktemp("sent") / "graph.html"
    graph_of([text], things).export(path, title="Ferries")
    return path.as_uri()


def test_it_opens_from_a_disk_and_asks_for_nothing(page: Any, file: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file)
    page.get_by_role("heading", name="Ferries", level=2).wait_for()
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [file]


def test_a_thing_is_found_and_says_why(page: Any, file: str) -> None:
    page.goto(file)
    page.get_by_placeholder("Search names").fill("merrow")
    page.get_by_role("option").first.click()
    page.get_by_role("heading", name="Merrow Lines").wait_for()
    page.get_by_role("button", name="Why leads Ada Quill?").click()
    claim = page.locator(".kg-claim")
    expect(claim).to_contain_text("Ada Quill")
    expect(claim).to_contain_text("asserted")


def test_nothing_that_a_text_says_runs(page: Any, file: str) -> None:
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(file)
    page.get_by_placeholder("Search names").fill("ada")
    page.get_by_role("option").first.click()
    page.get_by_role("heading", name="Ada Quill").wait_for()  # its card: the first "why?" of all is one of its own
    page.get_by_role("button", name="Why spouse of").first.click()
    expect(page.locator(".kg-claim")).to_contain_text(HOSTILE)
    page.wait_for_timeout(200)  # what would run has run
    assert said == []
    assert page.locator("img").count() == 0
    assert not [link for link in page.locator("a").all() if "javascript:" in (link.get_attribute("href") or "")]


def test_without_scripts_there_is_a_picture(browser: Any, file: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    assert page.locator("svg").count() == 1
    fact = page.get_by_role("listitem").filter(has_text="Ada Quill leads Merrow Lines")
    assert fact.bounding_box()["y"] > page.locator("svg").bounding_box()["y"] >= 0
    assert page.evaluate("document.documentElement.scrollHeight") >= fact.bounding_box()["y"]
    page.mouse.wheel(0, 10_000)
    page.wait_for_timeout(200)
    assert 0 <= fact.bounding_box()["y"] < 800
    context.close()
