"""The files of the pages."""

import gzip
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from kg.web.static import Files, shell
from web.served.conftest import Server

SCRIPT = b"export const answer = 42;\n" * 100


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "static"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "explorer-6UJDDWID.js").write_bytes(SCRIPT)
    (folder / "index.html").write_text("<!doctype html><title>kg</title>")
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return Files(folder)


def get(files: Files, name: str, **headers: str) -> Response:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return files.respond(Request({"type": "http", "method": "GET", "headers": named}), name)


def test_a_file_with_a_hash_in_its_name_is_kept_for_good(files: Files) -> None:
    response = get(files, "explorer-6UJDDWID.js")
    assert response.body == SCRIPT
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_another_file_is_asked_for_again_and_not_sent_again(files: Files) -> None:
    response = get(files, "index.html")
    assert response.headers["cache-control"] == "no-cache"
    again = get(files, "index.html", if_none_match=f'"x", {response.headers["etag"]}')
    assert (again.status_code, again.body) == (304, b"")


def test_who_accepts_gzip_gets_it(files: Files) -> None:
    response = get(files, "explorer-6UJDDWID.js", accept_encoding="gzip, br")
    assert gzip.decompress(response.body) == SCRIPT
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["etag"] != get(files, "explorer-6UJDDWID.js").headers["etag"]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "", "index.html/", "INDEX.HTML"])
def test_nothing_else_has_a_name(files: Files, name: str) -> None:
    assert get(files, name).status_code == 404


def test_a_checkout_that_was_never_built_says_so(tmp_path: Path, server: Server) -> None:
    class App:
        class state:
            files = Files(tmp_path / "nothing")

    response = shell(Request({"type": "http", "method": "GET", "headers": [], "app": App}))
    assert response.status_code == 200
    assert b"npm ci" in response.body


@pytest.mark.parametrize("path", ["/", "/map", "/timeline", "/review", "/entity/gannet", "/document/a", "/sparql"])
def test_every_page_is_the_same(server: Server, path: str) -> None:
    answer = server(path, accept="text/html")
    assert (answer.status, answer.media) == (200, "text/html")
    assert answer.body == server("/", accept="text/html").body
