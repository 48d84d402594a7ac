"""Shoots the pictures of the tour from the real pages: python tests/browser/tour.py [NAME …]

`kg serve` shows the seed article and the Wikinews articles of tests/quality/resolution; spaces that are not there yet
are built into notebooks/, where the notebooks make them too. Pictures are written to notebooks/pictures, each of few
colours and small. Look at them before they are committed.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "notebooks" / "pictures"
SOURCES = {"space": ROOT / "seeds", "wikinews": ROOT / "tests" / "quality" / "resolution" / "documents.jsonl"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Debian's Chromium draws WebGL in software: no graphics card is needed, and every machine shows the same.
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WIDE, NARROW = (1280, 800), (390, 800)
LARGEST = 120_000  # bytes of a picture
FOCUS = "soyuz-ms-19"


class Shot(NamedTuple):
    """A picture: of which space, at which address, of what size, in the dark or not, after which buttons."""

    name: str
    space: str
    address: str
    size: tuple[int, int] = WIDE
    dark: bool = False
    press: tuple[str, ...] = ()


# Between braces stands what is asked of the server first: see `addressed`.
SHOTS = (
    Shot("explorer", "space", f"?seeds={FOCUS}&focus={FOCUS}"),
    Shot("why", "space", f"?seeds={FOCUS}&why={{aboard}}"),
    Shot("document", "space", "document/{document}"),
    Shot("sparql", "space", "sparql", press=("planned, with the sentence", "Run")),
    Shot("mobile", "space", f"?seeds={FOCUS}&focus={FOCUS}", size=NARROW),
    Shot("explorer-dark", "wikinews", "", dark=True),
    Shot("map", "wikinews", "?view=map"),
    Shot("timeline", "wikinews", "?view=timeline"),
)


@contextmanager
def served(space: str) -> Iterator[str]:
    """Serve a space, and give the address; the server ends with the block."""
    path = ROOT / "notebooks" / space
    kg = [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')"]
    if not path.exists():
        subprocess.run([*kg, "build", str(SOURCES[space].relative_to(ROOT)), "-o", str(path)], check=True, cwd=ROOT)
    server = subprocess.Popen([*kg, "serve", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert server.stdout is not None
        words = server.stdout.readline().split()
        yield next(word for word in words if word.startswith("http://"))
    finally:
        server.terminate()
        server.wait(timeout=20)


def addressed(shot: Shot, base: str) -> str:
    """Return the shot's whole address, with the ids that this space has."""
    ids = {}
    if "{aboard}" in shot.address:
        edges = asked(f"{base}api/scene?entity={FOCUS}")["edges"]
        ids["aboard"] = next(edge["id"] for edge in edges if edge["predicate"] == "aboard")
    if "{document}" in shot.address:
        ids["document"] = quote(asked(f"{base}api/documents?limit=1")["documents"][0]["id"], safe="")
    return base + shot.address.format(**ids)


def asked(address: str) -> dict:
    with urlopen(address) as answer:
        return json.load(answer)


def shoot(browser: Browser, shot: Shot, base: str) -> bytes:
    """Return the page as it looks when it has come to rest."""
    width, height = shot.size
    page: Page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if shot.dark else "light"
    )
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(addressed(shot, base), wait_until="networkidle")
    for name in shot.press:
        page.get_by_role("button", name=name).first.click()
    page.wait_for_timeout(2_500)  # the layout has settled
    picture = page.screenshot()
    page.close()
    assert not wrong, f"{shot.name}: {wrong}"
    return picture


def small(picture: bytes) -> bytes:
    """Return the picture in its most frequent colours: what is flat stays as it is, edges of letters move a little."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    frequent = [colour for _, colour in sorted(image.getcolors(1 << 24) or (), reverse=True)]
    for colours in (256, 128, 64):
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in frequent[:colours] for part in colour])
        out = BytesIO()
        image.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if len(out.getvalue()) < LARGEST:
            return out.getvalue()
    raise ValueError(f"a picture of {len(out.getvalue()):,} bytes is too large; shoot less at once")


def main(*names: str) -> None:
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        sys.exit("no Chromium found; Debian, Ubuntu: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for space in dict.fromkeys(shot.space for shot in wanted):
            with served(space) as base:
                for shot in wanted:
                    if shot.space == space:
                        path = PICTURES / f"{shot.name}.png"
                        path.write_bytes(small(shoot(browser, shot, base)))
                        sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
