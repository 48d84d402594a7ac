"""What kg has wrong is put right from the page, and taken back."""

import json
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Page, expect


def edges(server: Any) -> set[str]:
    with urlopen(server.url("/api/scene?most=connected")) as answer:
        return {edge["id"] for edge in json.load(answer)["edges"]}


def test_two_things_are_merged_and_it_is_undone(page: Page, editable: Any) -> None:
    before = edges(editable)
    page.goto(editable.url("/?focus=pyotr-dubrov"))
    page.get_by_role("button", name="Merge with…").click()
    page.get_by_label("What is the same as Pyotr Dubrov?").fill("nowizki")
    page.get_by_role("region", name="Correct").get_by_role("button", name="Oleg Nowizki").click()
    toast = page.locator(".kg-toast")
    expect(toast).to_contain_text("Pyotr Dubrov and Oleg Nowizki are one")
    expect(page.locator(".kg-aliases")).to_contain_text("also ")  # the card is now that of the one thing
    assert edges(editable) != before
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("Undone")
    expect(page.get_by_role("article", name="Pyotr Dubrov")).to_be_visible()
    assert edges(editable) == before


def test_a_statement_is_wrong_and_it_is_undone(page: Page, editable: Any) -> None:
    before = edges(editable)
    page.goto(editable.url("/?focus=soyuz-ms-19"))
    page.get_by_role("button", name="Why aboard Klim Schipenko?").click()
    page.get_by_role("button", name="This statement is wrong").click()
    toast = page.locator(".kg-toast")
    expect(toast).to_contain_text("Statement marked as wrong")
    expect(page.get_by_role("article", name="Soyuz MS-19")).to_contain_text("aboard")  # nothing is left to ask why of
    assert len(before - edges(editable)) == 1
    page.get_by_role("link", name="Review").click()
    decided = page.get_by_role("region", name="Decisions")
    expect(decided.get_by_role("listitem")).to_contain_text("Klim Schipenko aboard Soyuz MS-19")
    decided.get_by_role("button", name="Undo").click()
    expect(decided).to_contain_text("Nothing yet.")
    assert edges(editable) == before


def test_without_edit_nothing_offers_to_change(page: Page, server: Any) -> None:
    page.goto(server.url("/?focus=soyuz-ms-19"))
    expect(page.get_by_role("article", name="Soyuz MS-19")).to_contain_text("aboard")
    expect(page.get_by_role("button", name="Merge with…")).to_have_count(0)
    expect(page.get_by_role("link", name="Review")).to_have_count(0)
