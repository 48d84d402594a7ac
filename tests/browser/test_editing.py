"""What kg has wrong is put right from the page, and taken back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from sample import Text
from space.looked import made


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


FIRMS = ("Merrow Lines", "Gull Foods", "Tern Bank", "Drake Mills")


@pytest.fixture
def namesakes(tmp_path: Path, serve: Callable[..., Any]) -> Iterator[Any]:
    """Four texts of one Jo Reed, and one of a Jo P. Reed."""
    texts = [
        Text(one, title=f"Text {one}").say("Jo Reed", "leads", firm) for one, firm in zip("abcd", FIRMS, strict=True)
    ]
    texts.append(Text("e", title="Text e").say("Jo P. Reed", "leads", "Ada Bank"))
    people, firms = ("Jo Reed", "Jo P. Reed"), (*FIRMS, "Ada Bank")
    things = dict.fromkeys(people, ("Person", None)) | dict.fromkeys(firms, ("Organisation", None))
    with serve(made(tmp_path / "space", *texts, things=things), "--edit") as served:
        yield served


def test_namesakes_are_split_by_the_sentences_about_each(page: Page, namesakes: Any) -> None:
    before = edges(namesakes)
    page.goto(namesakes.url("/?focus=jo-reed"))
    page.get_by_role("button", name="Split from…").click()
    choice = page.get_by_role("group", name="Or choose what is said of another Jo Reed:")
    split = choice.get_by_role("button", name="Split off what is chosen")
    expect(split).to_be_disabled()
    for firm in FIRMS:
        choice.get_by_role("checkbox", name=firm).check()
    expect(split).to_be_disabled()  # nothing would be left
    for firm in FIRMS[:2]:
        choice.get_by_role("checkbox", name=firm).uncheck()
    split.click()
    toast = page.locator(".kg-toast")
    expect(toast).to_contain_text("Another Jo Reed has 2 texts now")
    page.get_by_role("tab", name="List").click()
    expect(page.get_by_role("button", name="Person Jo Reed 2")).to_have_count(2)
    toast.get_by_role("button", name="Undo").click()
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_role("article", name="Jo Reed", exact=True)).to_contain_text("4 facts")
    assert edges(namesakes) == before


def test_a_doubt_is_told_in_words_and_settled(page: Page, namesakes: Any) -> None:
    page.goto(namesakes.url("/review"))
    pair = page.get_by_role("region", name="Pair to judge")
    expect(pair.get_by_role("heading", name="Jo P. Reed")).to_be_visible()
    expect(pair).to_contain_text("Jo P. Reed leads Ada Bank.")
    expect(pair).to_contain_text("one name has a middle name more")
    assert not [word for word in ("_", "+", "short") if word in pair.inner_text()]
    page.keyboard.press("s")
    decided = page.get_by_role("region", name="Decisions")
    expect(decided.get_by_role("listitem")).to_contain_text("same")
    expect(pair).to_contain_text("No pair is in doubt.")
    page.keyboard.press("z")
    expect(decided).to_contain_text("Nothing yet.")
    expect(pair.get_by_role("heading", name="Jo P. Reed")).to_be_visible()


def test_without_edit_nothing_offers_to_change(page: Page, server: Any) -> None:
    page.goto(server.url("/?focus=soyuz-ms-19"))
    expect(page.get_by_role("article", name="Soyuz MS-19")).to_contain_text("aboard")
    expect(page.get_by_role("button", name="Merge with…")).to_have_count(0)
    expect(page.get_by_role("link", name="Review")).to_have_count(0)
