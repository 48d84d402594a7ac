"""A page that was sent: opened from a disk, it shows what it carries, runs nothing of it, and asks for nothing."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from sample import Text, graph_of

from kg.model import Modality

LINES = ("Merrow Lines", "Northern Lines")
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    text = Text("a", title=HOSTILE, source="javascript:alert(3)", published=date(2021, 10, 4))
    text.say("Ada Quill", "leads", "Merrow Lines")
    text.say("Ada Quill", "leads", "Merrow Lines", modality=Modality.PLANNED)
    text.say("Ada Quill", "spouseOf", HOSTILE, source=HOSTILE)
    text.say("Ben Oduya", "leads", "Northern Lines")  # not around her
    names = ("Ada Quill", "Ben Oduya", HOSTILE)
    things = {**dict.fromkeys(names, ("Person", None)), **dict.fromkeys(LINES, ("Organisation", None))}
    path = tmp_path_factory.mktemp("sent") / "graph.html"
    graph_of([text], things).export(path, title="Ferries", around="Ada Quill")
    return path.as_uri()


def test_it_opens_from_a_disk_and_asks_for_nothing(page: Any, file: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file)
    page.get_by_role("heading", name="Ferries", level=2).wait_for()
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [file]


def test_it_counts_what_it_holds_and_draws_each_fact_once(page: Any, file: str) -> None:
    page.goto(file)
    expect(page.locator(".kg-sum")).to_have_text("3 things · 2 facts")  # and not that a spouse has a spouse
    expect(page.locator(".kg-lead")).to_contain_text("2 facts about 3 things, in 3 statements of 1 document.")
    page.get_by_role("tab", name="Filters").click()
    page.get_by_role("checkbox", name="works for").check()
    expect(page.locator(".kg-sum")).to_contain_text("2 things · 1 fact")  # what follows is drawn where it is asked for


def test_a_card_tells_all_ways_in_which_a_fact_is_held(page: Any, file: str) -> None:
    page.goto(file)
    page.get_by_placeholder("Search names").fill("ada")
    page.get_by_role("option").first.click()
    fact = page.get_by_role("definition").filter(has=page.get_by_role("button", name="Why leads Merrow Lines?"))
    expect(fact).to_contain_text("asserted")
    expect(fact).to_contain_text("planned")
    expect(page.get_by_role("article", name="Ada Quill")).to_contain_text("2 facts · connected with 2 others")
    expect(page.locator(".kg-legend")).to_contain_text("planned")
    assert page.get_by_role("button", name="Why spouse of").count() == 1


def test_a_thing_is_found_and_says_why(page: Any, file: str) -> None:
    page.goto(file)
    page.get_by_placeholder("Search names").fill("merrow")
    page.get_by_role("option").first.click()
    page.get_by_role("heading", name="Merrow Lines").wait_for()
    page.get_by_role("button", name="Why leads Ada Quill?").click()
    claim = page.locator(".kg-claim").first
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
