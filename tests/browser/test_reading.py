"""Somebody looks for Soyuz MS-19, sees who is aboard, asks why, and reads the document that says so."""

from typing import Any

from playwright.sync_api import Page, expect


def find(page: Page, name: str) -> None:
    """Search a name as it is typed, and open the first thing found."""
    page.get_by_role("combobox").fill(name)
    page.get_by_role("option").first.click()


def card(page: Page, name: str) -> Any:
    return page.get_by_role("article", name=name)


def test_a_thing_is_searched_and_opened(page: Page, server: Any) -> None:
    page.goto(server.url())
    page.get_by_role("combobox").press_sequentially("soyuz m")
    found = page.get_by_role("option")
    expect(found.first).to_contain_text("Soyuz MS-19")
    expect(found.first).to_contain_text("Vehicle · connected with 5 others · 1 document")
    expect(found.first).to_contain_text("scheduled to take off")  # a line of context
    found.first.click()
    expect(page.get_by_role("heading", name="Soyuz MS-19")).to_be_visible()
    expect(page.get_by_role("application")).to_have_accessible_name(
        "Graph of 19 things, 18 facts. Chosen: Soyuz MS-19. Arrow keys move between things, Enter opens one."
    )


def test_no_name_is_found_and_it_says_so(page: Page, server: Any) -> None:
    page.goto(server.url())
    page.get_by_role("combobox").fill("zzzz")
    expect(page.get_by_role("option")).to_have_text("No name like “zzzz”.")


def test_who_is_aboard_and_why(page: Page, server: Any) -> None:
    page.goto(server.url())
    find(page, "soyuz ms")
    for name in ("Klim Schipenko", "Anton Schkaplerow", "Julija Peressild"):
        expect(card(page, "Soyuz MS-19").get_by_role("button", name=name, exact=True).first).to_be_visible()
    page.get_by_role("button", name="Why aboard Julija Peressild?").click()
    evidence = page.get_by_role("article", name="Evidence")
    expect(evidence.get_by_role("heading")).to_contain_text("Julija Peressild aboard Soyuz MS-19")
    expect(evidence.locator("mark.kg-quote").first).to_contain_text("Peressild")
    expect(evidence.locator(".kg-role-subject").first).to_contain_text("Peressild")
    expect(evidence.locator(".kg-role-word").first).to_contain_text("who")
    expect(evidence.get_by_text("asserted").first).to_be_visible()
    expect(evidence.locator(".kg-score").first).to_contain_text("%")


def test_the_sentence_leads_to_its_place_in_the_document(page: Page, server: Any) -> None:
    page.goto(server.url())
    find(page, "soyuz ms")
    page.get_by_role("button", name="Why departs from Baikonur spaceport?").click()
    page.get_by_role("link", name="Film crew flies to the space station").click()
    expect(page.get_by_role("heading", name="Film crew flies to the space station")).to_be_visible()
    expect(page).to_have_title("Film crew flies to the space station · space")
    said = page.locator("mark.kg-said-chosen")
    expect(said.first).to_be_in_viewport()
    expect(said.filter(has_text="Baikonur")).to_have_count(1)
    assert page.locator(".kg-mention").count() > 40, "the mentions are highlighted in the text"
    opened = page.get_by_role("button", expanded=True)
    expect(opened).to_contain_text("Soyuz MS-19 departs from Baikonur spaceport")
    opened.click()  # closes it: nothing is chosen now
    expect(said).to_have_count(0)
    page.locator("mark.kg-said").first.click(position={"x": 2, "y": 6})
    expect(page.get_by_role("button", expanded=True)).to_have_count(1)


def test_back_leads_through_what_was_looked_at(page: Page, server: Any) -> None:
    page.goto(server.url())
    find(page, "soyuz ms")
    page.get_by_role("button", name="Why aboard Klim Schipenko?").click()
    expect(page.get_by_role("article", name="Evidence")).to_be_visible()
    page.go_back()
    expect(card(page, "Soyuz MS-19")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Most connected here")).to_be_visible()


def test_linked_data_stands_at_the_same_address(page: Page, server: Any) -> None:
    page.goto(server.url("/entity/soyuz-ms-19"))
    expect(page.get_by_role("heading", name="Soyuz MS-19")).to_be_visible()
    answer = page.request.get(server.url("/entity/soyuz-ms-19"), headers={"accept": "text/turtle"})
    assert '"Soyuz MS-19"' in answer.text()
