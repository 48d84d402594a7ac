"""How the parts are put together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from web.served.conftest import LIMITS, Server, serving


@dataclass
class Settings:
    name: str
    limits: Any
    token: str | None


def routes(space: Path, *, settings: Settings) -> list[BaseRoute]:
    async def told(request: Request) -> JSONResponse:
        return JSONResponse({"space": str(space), "name": settings.name, "limits": settings.limits})

    async def judge(request: Request) -> JSONResponse:
        return JSONResponse({"judged": await request.json()})

    async def secret(request: Request) -> JSONResponse:
        return JSONResponse({"token": settings.token})

    return [Route("/space", told), Route("/token", secret), Route("/judge", judge, methods=["POST"])]


@pytest.fixture
def edited(small: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a double in the place of what the pages ask."""
    double: Any = ModuleType("kg.web.api")
    double.routes, double.Settings = routes, Settings
    monkeypatch.setattr("kg.web.app.api", double)
    with serving(small, edit=True) as server:
        yield server


def test_what_the_pages_ask_is_under_api(edited: Server, small: Path) -> None:
    found = json.loads(edited("/api/space").body)
    assert found["space"] == str(small)
    assert found["limits"] == {"seconds": LIMITS.seconds, "bytes": LIMITS.answer}


def test_a_page_of_ours_that_has_the_token_may_change_the_space(edited: Server) -> None:
    token = json.loads(edited("/api/token").body)["token"]
    headers = {"content_type": "application/json", "x_kg_token": token, "origin": edited.url}
    answer = edited("/api/judge", method="POST", body='{"verdict": "same"}', sec_fetch_site="same-origin", **headers)
    assert (answer.status, json.loads(answer.body)) == (200, {"judged": {"verdict": "same"}})
