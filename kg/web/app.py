"""The application: which address is answered by what."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from kg.web import api, linked
from kg.web.desk import Desk
from kg.web.graphstore import graph
from kg.web.limits import Limits
from kg.web.protocol import sparql
from kg.web.security import LOOPBACK, Security
from kg.web.static import Files, page, static

_VIEWS = ("/", "/map", "/timeline", "/documents", "/document/", "/review")


def create_app(
    space: str | Path, *, limits: Limits | None = None, edit: bool = False, any_host: bool = False
) -> Starlette:
    """Return the application for the space at that path; what it serves is there while it runs.

    It answers to the names of this machine alone, and with `any_host` to all. With `edit` its pages change the space.
    """
    limits, token = limits or Limits(), secrets.token_urlsafe() if edit else None
    hosts = None if any_host else LOOPBACK

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        desk = app.state.desk = Desk(Path(space), limits)
        try:
            await desk.open()
            yield
        finally:
            await desk.close()

    app = Starlette(
        routes=_routes(Path(space), limits, token),
        middleware=[Middleware(Security, hosts=hosts, token=token)],
        exception_handlers={404: _missing},
        lifespan=running,
    )
    app.state.files = Files()
    return app


def _routes(space: Path, limits: Limits, token: str | None) -> list[BaseRoute]:
    return [
        Route("/sparql", sparql, methods=["GET", "POST"]),  # first, for it is asked most
        *(Route(path, page) for path in _VIEWS),
        Route("/graph", graph),
        Route("/graph/{iri:path}", graph),
        Route("/entity/{id:path}", linked.entity),
        Route("/document/{id:path}", linked.document),
        Route("/resource", linked.resource),
        Mount("/api", routes=_api(space, limits, token)),
        Route("/static/{name:path}", static),
    ]


def _api(space: Path, limits: Limits, token: str | None) -> list[BaseRoute]:
    """Return the routes of what the pages ask for."""
    told = {"seconds": limits.seconds, "bytes": limits.answer}
    return api.routes(space, settings=api.Settings(name=space.resolve().name, limits=told, token=token))


async def _missing(request: Request, error: Exception) -> Response:
    message = f"there is nothing at {request.url.path!r}; / is the explorer, /sparql the endpoint"
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, 404)
    return PlainTextResponse(message + "\n", 404)
