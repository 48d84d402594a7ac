"""Somebody who knows SPARQL asks: with completion, as table, graph and chart, to keep and to send on."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

PERSON, VEHICLE = (0, 114, 178), (0, 158, 115)
COUNT = """SELECT ?class (COUNT(*) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"""


@pytest.fixture
def editor(page: Page, server: Any) -> Page:
    page.goto(server.url("/sparql"))
    expect(page.locator(".CodeMirror")).to_be_visible()
    return page


def write(page: Page, query: str) -> None:
    """Write a query in the place of what is there."""
    page.locator(".CodeMirror-lines").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(query)


def test_an_example_fits_the_space_and_runs(editor: Page) -> None:
    expect(editor.locator(".cm-sp-error")).to_have_count(0)  # ent: needs no declaration, and is no mistake
    editor.get_by_role("button", name="Everything that is said of Soyuz MS-19").click()
    answer = editor.get_by_role("region", name="Answer")
    expect(answer.get_by_role("cell", name="Soyuz MS-19", exact=True)).to_be_visible()
    expect(answer.get_by_role("link", name="ent:baikonur-spaceport")).to_be_visible()


def test_a_query_is_run_as_table_chart_and_file(editor: Page, tmp_path: Path) -> None:
    write(editor, COUNT)
    editor.keyboard.press("Control+Enter")
    answer = editor.get_by_role("region", name="Answer")
    expect(answer.get_by_role("columnheader", name="class")).to_be_visible()
    expect(answer.get_by_role("row").filter(has_text="schema:Person")).to_contain_text("11")
    answer.get_by_role("tab", name="Chart").click()
    expect(answer.get_by_role("tabpanel").locator("svg rect").first).to_be_visible()
    with editor.expect_download() as kept:
        answer.get_by_role("button", name="CSV").click()
    path = tmp_path / "answer.csv"
    kept.value.save_as(path)
    assert path.read_text().splitlines()[0] == "class,n"


def test_a_query_opened_at_the_endpoint_is_in_the_editor_and_run(page: Page, server: Any) -> None:
    page.goto(server.url(f"/sparql?query={quote(COUNT)}"))
    expect(page.locator(".CodeMirror")).to_contain_text("GROUP BY ?class")
    expect(page.get_by_role("region", name="Answer").get_by_role("columnheader", name="class")).to_be_visible()


def test_triples_are_drawn(editor: Page) -> None:
    write(editor, "CONSTRUCT { ?s kg:aboard ?o } WHERE { ?s kg:aboard ?o }")
    editor.get_by_role("button", name="Run", exact=True).click()
    answer = editor.get_by_role("region", name="Answer")
    expect(answer.get_by_role("tab", name="Graph")).to_have_attribute("aria-selected", "true")
    drawing = answer.get_by_role("img", name="Graph of 4 things and 3 links")
    expect(drawing).to_be_in_viewport(ratio=0.5)
    editor.wait_for_timeout(500)  # a frame of the software renderer
    colours = {colour for _, colour in Image.open(BytesIO(drawing.screenshot())).convert("RGB").getcolors(1 << 20)}
    assert {PERSON, VEHICLE} <= colours
    answer.get_by_role("tab", name="Table").click()
    expect(answer.get_by_role("row")).to_have_count(4)


def test_a_predicate_and_a_thing_are_completed(editor: Page) -> None:
    write(editor, "SELECT ?who WHERE { ?who ")
    editor.keyboard.type("kg:abo")
    hint = editor.get_by_role("option").filter(has_text="kg:aboard")
    expect(hint).to_contain_text("aboard · 3")
    editor.keyboard.press("Enter")
    editor.keyboard.type(" soy")
    expect(editor.get_by_role("option").filter(has_text="ent:soyuz-ms-19")).to_be_visible()
    editor.get_by_role("option").filter(has_text="ent:soyuz-ms-19").click()
    expect(editor.get_by_role("textbox", name="SPARQL query")).to_be_focused()
    editor.keyboard.type(" }")
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_role("link", name="ent:julija-peressild")).to_be_visible()


def test_a_mistake_is_told_where_it_is(editor: Page, watch: Any) -> None:
    write(editor, "SELECT ?a WHERE {\n ?a ?b }}")
    with watch.expecting("400"):
        editor.keyboard.press("Control+Enter")
        expect(editor.get_by_role("alert")).to_contain_text(re.compile("line 2", re.IGNORECASE))
    expect(editor.locator(".kg-mistake")).to_have_count(1)


def test_a_name_that_means_nothing_is_told(editor: Page) -> None:
    write(editor, "SELECT ?who { ?who kg:abord ?ship ; a kg:Persn }")
    editor.keyboard.press("Control+Enter")
    told = editor.get_by_role("alert").get_by_role("paragraph")
    expect(told).to_have_text(
        [
            "kg:abord is not in the vocabulary; did you mean kg:aboard?",
            "kg:Persn is not in the vocabulary; did you mean schema:Person?",
        ]
    )
    expect(editor.get_by_text("the query is right")).to_have_count(0)
    write(editor, "SELECT ?who { ?who kg:aboard ?ship }")
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_role("link", name="ent:julija-peressild")).to_be_visible()
    expect(told).to_have_count(0)


def test_on_a_narrow_screen_rows_are_scrolled_and_words_stay_whole(page: Page, server: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    query = "SELECT ?who ?name ?quote { GRAPH ?d { ?s rdf:subject ?who ; kg:quote ?quote } ?who rdfs:label ?name }"
    page.goto(server.url(f"/?view=sparql&query={quote(query)}"))
    rows = page.get_by_role("region", name="Rows of the answer")
    link = rows.get_by_role("link", name="ent:julija-peressild").first
    link.wait_for()
    assert link.evaluate("link => link.getClientRects().length") == 1
    assert rows.evaluate("rows => rows.scrollWidth > rows.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_query_is_an_address(editor: Page, browser: Any, server: Any) -> None:
    write(editor, "ASK { ent:julija-peressild kg:aboard ent:soyuz-ms-19 }")
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_text("Yes", exact=True)).to_be_visible()
    expect(editor).to_have_url(re.compile("query=ASK"))
    other = browser.new_page()
    other.goto(editor.url)
    expect(other.get_by_text("Yes", exact=True)).to_be_visible()
    other.close()
