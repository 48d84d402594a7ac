"""What the pages ask of a space: JSON in the shapes of `kg.space.view.shapes`, under `/api`.

Every answer carries an ETag of the generation that it was made of, so that asking again costs next to nothing until
the space changes. An error is `{"error": …}`, naming the thing, the place and the remedy.
"""

from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import kg
from kg.errors import KgError
from kg.jsonl import encode
from kg.model import content_hash
from kg.space import Space
from kg.space.view import View
from kg.web import edit
from kg.web.api.answers import ANSWERS, Answer, Asked, Settings
from kg.web.api.parameters import Parameters
from kg.web.api.views import Views
from kg.web.failures import failure

__all__ = ["Settings", "routes"]

REVALIDATE = "no-cache"  # keep the answer, but ask each time whether it still holds


def routes(space: Path | str, *, settings: Settings | None = None) -> list[BaseRoute]:
    """Return the routes of all that can be read of the space at that path, an older format brought into this one.

    Where the settings have a token, they are also those by which whoever knows it edits the space.
    """
    with Space.open(space) as opened:
        settings = settings or Settings(name=opened.path.resolve().name)
    views = Views(Path(space))
    reading = [Route(f"/{name}", partial(_respond, views, settings, answer)) for name, answer in ANSWERS.items()]
    return [*reading, *(edit.routes(space, token=settings.token) if settings.token else ())]


async def _respond(views: Views, settings: Settings, answer: Answer, request: Request) -> Response:
    asked = Asked(settings=settings, cache=views.cache, trusted=is_own(request))
    work = partial(_answered, answer, asked, request.url.path, request.url.query, request.headers.get("if-none-match"))
    try:
        return await views.run(work)
    except KgError as error:
        return failure(error)


def _answered(answer: Answer, asked: Asked, path: str, query: str, known: str | None, view: View) -> Response:
    """Answer from one state of the space, or say that nothing has changed."""
    parameters = Parameters.of(query, where=path)
    with view.reading() as records:
        secret = asked.settings.token if asked.trusted else None
        tag = f'"{content_hash(kg.__version__, view.generation, path, query, secret or "")}"'
        headers = {"etag": tag, "cache-control": REVALIDATE, "vary": "origin, sec-fetch-site"}
        if known is not None and tag in {each.strip().removeprefix("W/") for each in known.split(",")}:
            return Response(status_code=304, headers=headers)
        found = answer(asked, records, view.schema, parameters)
        parameters.done()
    return Response(encode(found), media_type="application/json", headers=headers)


def is_own(request: Request) -> bool:
    """Tell whether the request comes from a page of this server, or from no page at all."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return site in ("none", "same-origin") and origin in (None, own)
