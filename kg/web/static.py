"""The files of the pages, which are in the package: read once, sent compressed, and kept by who has them."""

import gzip
import mimetypes
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

FILES = Path(__file__).with_name("static")
_HASHED = re.compile(r"-[0-9A-Za-z]{8}\.\w+$")
_WORTH = 1024  # bytes from which on compressing is worth the while
_TEXT = re.compile(r"text/|application/(javascript|json)|image/svg")
_UNBUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>kg</title></head><body>
<h1>The pages are not built</h1>
<p>This is a checkout whose pages nobody has built: run <code>npm ci &amp;&amp; npm run build</code> in
<code>kg/web/front</code> and start again. Everything else works: SPARQL is at <a href="/sparql">/sparql</a>, and the
facts are at <a href="/graph?default">/graph?default</a>.</p>
</body></html>
"""


class File(Struct, frozen=True):
    """One file as it is sent."""

    content: bytes
    zipped: bytes | None
    media: str
    tag: str
    is_lasting: bool


class Files:
    """All files of one folder; nothing else on the disk has a name here."""

    def __init__(self, folder: Path = FILES) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
        self._files = {path.relative_to(folder).as_posix(): _read(path) for path in paths}

    def respond(self, request: Request, name: str) -> Response:
        """Return a file, or that the client has it already, or that there is none."""
        file = self._files.get(name)
        if file is None:
            return PlainTextResponse(f"there is no file {name!r} in the pages\n", 404)
        zipped = file.zipped is not None and "gzip" in request.headers.get("accept-encoding", "")
        tag = f'"{file.tag}{"-gzip" if zipped else ""}"'
        lasting = "public, max-age=31536000, immutable" if file.is_lasting else "no-cache"
        headers = {"etag": tag, "cache-control": lasting, "vary": "accept-encoding", "content-type": file.media}
        if tag in (each.strip() for each in request.headers.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["content-encoding"] = "gzip"
        return Response(file.zipped if zipped else file.content, headers=headers)

    def __contains__(self, name: str) -> bool:
        return name in self._files


async def static(request: Request) -> Response:
    """Return one of the files of the pages."""
    files: Files = request.app.state.files
    return files.respond(request, request.path_params["name"])


def shell(request: Request) -> Response:
    """Return the page that shows everything, or a plain one that says why there is none."""
    files: Files = request.app.state.files
    found = files.respond(request, "index.html") if "index.html" in files else HTMLResponse(_UNBUILT)
    found.headers["vary"] = "accept, accept-encoding"  # where it stands, there is RDF for others
    return found


async def page(request: Request) -> Response:
    """Return the page that shows everything."""
    return shell(request)


@cache
def _read(path: Path) -> File:
    content = path.read_bytes()
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media.startswith("text/"):
        media = "text/javascript; charset=utf-8" if path.suffix == ".js" else f"{media}; charset=utf-8"
    zipped = gzip.compress(content, mtime=0) if len(content) > _WORTH and _TEXT.match(media) else None
    return File(content, zipped, media, sha256(content).hexdigest()[:16], bool(_HASHED.search(path.name)))
