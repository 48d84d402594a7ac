"""The graph is worked with: filtered, grown, tidied, walked through, and given to somebody else as an address."""

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

PINK, GREEN = (204, 121, 167), (0, 158, 115)  # a place, a vehicle


def expect_drawn(page: Page, things: int, facts: int | None = None) -> None:
    tail = "" if facts is None else f" · {facts} fact"
    expect(page.locator(".kg-sum")).to_contain_text(f"{things} thing" + ("s" if things != 1 else "") + tail)


def places_of(page: Page, colour: tuple[int, int, int]) -> list[tuple[float, float]]:
    """Where on the page things of that colour are drawn: the middles of their patches, from left to right."""
    box = page.locator(".kg-canvas").bounding_box()
    picture = Image.open(BytesIO(page.locator(".kg-canvas").screenshot())).convert("RGB")
    legend, patches = picture.height - 60, []
    for x in range(60, picture.width):
        for y in range(60, legend):
            if max(abs(a - b) for a, b in zip(picture.getpixel((x, y)), colour, strict=True)) > 6:
                continue
            near = next((one for one in patches if abs(one[0] - x) < 30 and abs(one[1] - y) < 30), None)
            if near is None:
                patches.append([x, y, x, y])
            else:
                near[2:] = [max(near[2], x), (near[3] + y) / 2 if near[2] == x else y]
    return [(box["x"] + (one[0] + one[2]) / 2, box["y"] + one[1]) for one in patches]


@pytest.fixture
def soyuz(page: Page, server: Any) -> Page:
    page.goto(server.url("/?focus=soyuz-ms-19"))
    expect_drawn(page, 6, 5)
    return page


def test_only_what_is_planned(page: Page, server: Any) -> None:
    page.goto(server.url())
    expect_drawn(page, 19, 18)
    page.get_by_role("tab", name="Filters").click()
    page.get_by_role("checkbox", name="planned").check()
    expect_drawn(page, 6, 4)
    expect(page).to_have_url(re.compile("modality=planned"))
    page.get_by_role("tab", name="List").click()
    facts = page.get_by_role("tabpanel").get_by_role("listitem").filter(has_text="(planned)")
    expect(facts).to_have_count(4)
    expect(facts.filter(has_text="Soyuz MS-19 departs from Baikonur spaceport")).to_have_count(1)
    page.get_by_role("tab", name="Filters").click()
    page.get_by_role("button", name="Clear all").click()
    expect_drawn(page, 19, 18)


def test_filters_by_type_predicate_confidence_and_time(page: Page, server: Any) -> None:
    page.goto(server.url())
    page.get_by_role("tab", name="Filters").click()
    page.get_by_role("checkbox", name="aboard").check()
    expect_drawn(page, 4, 3)
    page.get_by_role("slider", name="Confidence").fill("99")
    expect(page.get_by_role("status").filter(has_text="passes the filters")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect_drawn(page, 19, 18)
    page.get_by_role("checkbox", name=re.compile("^place")).check()
    page.get_by_label("from", exact=True).fill("2021-10-05")
    page.get_by_label("from", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("from=2021-10-05"))
    expect(page.get_by_role("tab", name="set: 2")).to_be_visible()


def test_the_path_from_peressild_to_kazakhstan(page: Page, server: Any) -> None:
    page.goto(server.url())
    page.get_by_role("combobox").fill("peressild")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Path from here…").click()
    expect(page.get_by_text("A path from Julija Peressild to …?")).to_be_visible()
    page.get_by_role("combobox").fill("kazakhstan")
    page.get_by_role("option").first.click()
    path = page.get_by_role("article", name="Path")
    expect(path.get_by_role("heading")).to_contain_text("Julija Peressild to Kazakhstan")
    things = path.locator(".kg-row-name")
    expect(things).to_have_text(["Julija Peressild", "Soyuz MS-19", "Baikonur spaceport", "Kazakhstan"])
    expect(path.get_by_text("planned")).to_have_count(1)
    path.get_by_role("button", name="departs from").click()
    expect(page.get_by_role("article", name="Evidence")).to_contain_text("scheduled")
    page.get_by_role("button", name="Back").click()
    path.get_by_role("button", name="Close the path").click()
    expect(path).to_have_count(0)


def test_another_view_ends_the_choosing_of_a_path(soyuz: Page) -> None:
    soyuz.get_by_role("button", name="Path from here…").click()
    notice = soyuz.get_by_text("A path from Soyuz MS-19 to …?")
    expect(notice).to_be_visible()
    soyuz.get_by_role("link", name="Timeline").click()
    soyuz.get_by_role("heading", name="1 dated statement").wait_for()
    soyuz.get_by_role("link", name="Graph", exact=True).click()
    expect_drawn(soyuz, 6, 5)
    expect(notice).to_have_count(0)
    soyuz.get_by_role("tab", name="List").click()
    soyuz.get_by_role("button", name=re.compile("^Place Baikonur")).click()
    expect(soyuz.get_by_role("heading", name="Baikonur spaceport")).to_be_visible()


def test_what_is_planned_has_its_line_and_its_meaning(page: Page, server: Any) -> None:
    page.goto(server.url())
    expect_drawn(page, 19, 18)
    expect(page.locator(".kg-legend")).to_contain_text("planned")
    page.get_by_role("tab", name="Filters").click()
    expect(page.locator(".kg-choice").filter(has_text="planned")).to_contain_text("scheduled or intended")


def test_expanding_and_collapsing(soyuz: Page) -> None:
    soyuz.get_by_role("tab", name="List").click()
    soyuz.get_by_role("button", name="The Challenge").wait_for(state="detached")
    soyuz.get_by_role("button", name=re.compile("^Person Julija Peressild")).click()
    soyuz.get_by_role("button", name=re.compile("^Expand")).click()
    expect_drawn(soyuz, 7, 7)  # her film, and who else of those drawn is in it
    soyuz.get_by_role("button", name="Collapse").click()
    expect_drawn(soyuz, 6, 5)


def test_pinning_and_hiding(soyuz: Page) -> None:
    soyuz.get_by_role("button", name="Pin", exact=True).click()
    expect(soyuz.get_by_role("button", name="Pin", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(soyuz).to_have_url(re.compile("pin=soyuz-ms-19"))
    soyuz.get_by_role("tab", name="List").click()
    soyuz.get_by_role("button", name=re.compile("^Place Baikonur")).click()
    soyuz.get_by_role("button", name="Hide").click()
    expect_drawn(soyuz, 5, 4)
    expect(soyuz).to_have_url(re.compile("hide=baikonur"))
    soyuz.go_back()
    expect_drawn(soyuz, 6, 5)


def test_an_address_shows_another_what_i_see(soyuz: Page, browser: Any, server: Any) -> None:
    soyuz.get_by_role("tab", name="Filters").click()
    soyuz.get_by_role("checkbox", name="planned").check()
    expect_drawn(soyuz, 3, 2)
    soyuz.get_by_role("tab", name="Details").click()
    soyuz.get_by_role("button", name="Why destination International Space Station?").click()
    sentence = soyuz.locator(".kg-claim blockquote").first.inner_text()
    other = browser.new_context(viewport={"width": 1280, "height": 800})
    page = other.new_page()
    page.goto(soyuz.url)
    expect(page.locator(".kg-claim blockquote").first).to_have_text(re.compile(re.escape(sentence[:30])))
    expect_drawn(page, 3, 2)
    expect(page.get_by_role("tab", name="set: 1")).to_be_visible()
    other.close()


def test_things_and_lines_are_chosen_where_they_are_drawn(soyuz: Page) -> None:
    soyuz.wait_for_function("document.querySelector('canvas.sigma-nodes')")
    expect(soyuz.get_by_role("article", name="Soyuz MS-19")).to_be_visible()
    (x, y), *_ = settled(soyuz, PINK)
    soyuz.mouse.click(x, y)
    expect(soyuz.get_by_role("article", name="Baikonur spaceport")).to_be_visible()
    soyuz.go_back()
    (place, *_), vehicles = settled(soyuz, PINK), settled(soyuz, GREEN)
    ship = min(vehicles, key=lambda one: one[0])
    soyuz.mouse.click((place[0] + ship[0]) / 2, (place[1] + ship[1]) / 2)
    expect(soyuz.get_by_role("article", name="Evidence")).to_contain_text("Soyuz MS-19 departs from Baikonur spaceport")


def settled(page: Page, colour: tuple[int, int, int]) -> list[tuple[float, float]]:
    """The places once nothing moves any more."""
    before: list[tuple[float, float]] = []
    for _ in range(20):
        now = places_of(page, colour)
        if now and now == before:
            return now
        before = now
    raise AssertionError(f"nothing of the colour {colour} came to rest")


@pytest.mark.parametrize(
    ("view", "told"), [("map", "No place with a known position"), ("timeline", "No statement that")]
)
def test_a_view_that_the_filters_leave_empty_offers_to_clear_them(
    page: Page, server: Any, view: str, told: str
) -> None:
    page.goto(server.url(f"/?view={view}&predicate=crewOf"))
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=told)).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_role("heading", name=re.compile("3 places|1 dated"))).to_be_visible()
    expect(page).not_to_have_url(re.compile("predicate"))


def test_a_view_may_go_while_it_is_still_at_work(page: Page, server: Any) -> None:
    page.goto(server.url())
    for _ in range(3):
        expect_drawn(page, 19, 18)
        page.get_by_role("button", name="Zoom in").click()  # the camera flies
        page.get_by_role("link", name="Timeline").click()
        page.wait_for_timeout(120)
        page.get_by_role("link", name="Graph", exact=True).click()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", name="3 places")).to_be_visible()
    page.wait_for_timeout(400)  # what was begun has ended, and the page was told of no error


def test_the_map_opens_the_graph(page: Page, server: Any) -> None:
    page.goto(server.url("/map"))
    expect(page.get_by_role("heading", name="3 places")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Kazakhstan")).check()
    expect(page.get_by_role("list", name="At Kazakhstan")).to_contain_text("Baikonur spaceport located in")
    page.get_by_role("button", name="Show in the graph (1)").click()
    expect_drawn(page, 2, 1)


def test_the_timeline_opens_the_graph_and_filters_it(page: Page, server: Any) -> None:
    page.goto(server.url("/timeline"))
    expect(page.get_by_role("heading", name="1 dated statement")).to_be_visible()
    page.get_by_role("button", name="Show in the graph").click()
    expect_drawn(page, 7, 6)
    page.goto(server.url("/timeline?from=2022"))
    expect(page.get_by_text("Nothing in this span.")).to_be_visible()
    page.get_by_role("link", name="Graph", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="passes the filters")).to_be_visible()
