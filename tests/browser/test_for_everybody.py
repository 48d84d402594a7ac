"""By keyboard alone, on a small screen, in the dark, and with what reads a screen aloud."""

import re
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
VIEWS = [
    "/", "/?focus=soyuz-ms-19", "/?focus=soyuz-ms-19&why=entity:soyuz-ms-19", "/?path=julija-peressild,kazakhstan",
    "/?view=map&place=kazakhstan", "/timeline", "/documents", "DOCUMENT", "/sparql",
    "/?view=sparql&query=SELECT * {?s a ?o}",
    "/?view=sparql&query=SELECT ?o (COUNT(*) AS ?n) {?s a ?o} GROUP BY ?o", "/entity/nobody-of-that-name", "/review",
]  # fmt: skip

# Controls that cannot be brought to where a finger reaches them: beside the screen, or under something else. The marks
# on the map are left out, which lie where their places are; the list has the same.
COVERED = """() => {
  const inside = (list) => [...list].find(({ width, height }) => width > 1 && height > 1);
  const controls = document.querySelectorAll("a[href], button, input, select, textarea, summary");
  return [...controls].filter((one) => {
    if (one.disabled || one.closest(".kg-map-marks, .CodeMirror, .kg-skip, dialog:not([open])")) return false;
    one.scrollIntoView({ block: "center", inline: "nearest" });
    const box = inside(one.getClientRects());
    if (!box || !one.checkVisibility({ visibilityProperty: true })) return false;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    const own = top !== null && (one.contains(top) || (one.closest("label")?.contains(top) ?? false));
    return !own || box.left < 0 || box.right > innerWidth;
  }).map((one) => `${one.outerHTML.slice(0, 120)} is under ${(() => {
    const box = one.getBoundingClientRect();
    return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.outerHTML.slice(0, 120);
  })()}`);
}"""


def opened(page: Page, server: Any, path: str) -> None:
    if path == "DOCUMENT":
        found = page.request.get(server.url("/api/documents")).json()["documents"][0]["id"]
        claim = page.request.get(server.url(f"/api/document?id={found}")).json()["statements"][0]["id"]
        path = f"/document/{found}?statement={claim}"
    page.goto(server.url(path), wait_until="networkidle")


def findings(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, as lines to read."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical") or one["id"].startswith("page-has")]
    return [f"{one['id']}: {node['html'][:160]}" for one in serious for node in one["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", VIEWS)
def test_nobody_is_kept_out(page: Page, watch: Any, server: Any, path: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    with watch.expecting("404"):
        opened(page, server, path)
    if "query" in path:
        page.get_by_role("region", name="Answer", exact=True).wait_for()
    assert findings(page) == []
    dark = page.evaluate(
        "getComputedStyle(document.getElementById('kg')).backgroundColor.match(/\\d+/g).every((one) => one < 60)"
    )
    assert dark == (theme == "dark")


@pytest.mark.parametrize("path", VIEWS)
def test_a_small_screen_shows_all_of_it(page: Page, watch: Any, server: Any, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    with watch.expecting("404"):
        opened(page, server, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "nothing is wider than the screen"
    assert page.evaluate(COVERED) == []
    grip = page.locator(".kg-grip")
    if grip.count():  # the sheet at the foot, small or whole
        grip.click()
        for tab in ("Filters", "List", "Details"):
            page.get_by_role("tab", name=tab).click()
            assert page.evaluate(COVERED) == []
    now = page.locator("[aria-current=page]")
    if now.count():
        expect(now).to_be_in_viewport(ratio=0.99)  # the view's own name
    assert findings(page) == []


def test_all_by_keyboard(page: Page, server: Any) -> None:
    page.goto(server.url())
    expect(page.locator(".kg-sum")).to_contain_text("19 things")
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="Skip to the graph")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("application")).to_be_focused()
    press("ArrowRight")
    expect(page.get_by_role("application")).to_have_accessible_name(re.compile("Chosen: Soyuz MS-19"))
    press("w")
    expect(page.get_by_role("article", name="Evidence")).to_be_visible()
    press("Escape")
    press("p")
    expect(page).to_have_url(re.compile("pin=soyuz-ms-19"))
    press("f")
    expect(page.get_by_text("A path from Soyuz MS-19 to …?")).to_be_visible()
    press("/")
    page.keyboard.type("kazakh")
    expect(page.get_by_role("option").first).to_contain_text("Kazakhstan")
    press("Enter")
    expect(page.get_by_role("article", name="Path")).to_contain_text("Baikonur spaceport")
    expect(page.get_by_role("tabpanel")).to_be_focused()
    reach(page, "button", "located in")
    press("Enter")
    expect(page.get_by_role("article", name="Evidence")).to_contain_text("Kazakhstan")
    reach(page, "link", "Film crew flies to the space station")
    press("Enter")
    expect(page.get_by_role("heading", name="Film crew flies to the space station")).to_be_visible()


def reach(page: Page, role: str, name: str) -> None:
    """Press Tab until that has the keyboard."""
    wanted = page.get_by_role(role, name=name).first
    expect(wanted).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to the {role} {name!r}")


def test_the_keys_are_told(page: Page, server: Any) -> None:
    page.goto(server.url())
    page.get_by_role("button", name="Keyboard help").click()
    expect(page.get_by_role("dialog", name="By keyboard")).to_contain_text("why? – the sentences behind it")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_theme_is_chosen_and_kept(page: Page, server: Any) -> None:
    page.goto(server.url())
    page.get_by_role("button", name="Dark theme").click()
    page.reload()
    expect(page.get_by_role("button", name="Light theme")).to_be_visible()


def test_reading_on_a_small_screen(page: Page, server: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server.url())
    page.get_by_role("combobox").fill("soyuz ms")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Why aboard Julija Peressild?").click()
    quote = page.locator("mark.kg-quote").first
    expect(quote).to_be_in_viewport()
    page.get_by_role("link", name="Film crew flies").click()
    expect(page.locator("mark.kg-said-chosen").first).to_be_in_viewport()
