"""What takes time, held to bounds that a busy machine keeps as well; the front end's dev/bench.mjs times drawing."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page


def test_the_first_page_is_there_at_once(
    page: Page, server: Any, record_property: Callable[[str, object], None]
) -> None:
    page.goto(server.url())
    page.locator(".kg-sum", has_text="19 things").wait_for()
    page.locator("canvas.sigma-nodes").wait_for(state="attached")
    shown = page.evaluate("performance.now()")
    record_property("first page, ms", f"{shown:.0f}")
    assert shown < 3_000
