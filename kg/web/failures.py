"""Errors as answers: the status that says whose fault it is, and the message that names the remedy."""

from starlette.responses import Response

from kg.errors import KgError, SpaceBusy, SpaceError
from kg.jsonl import encode
from kg.space.view import NotFound


class Forbidden(KgError):
    """A request that is understood and refused."""


class NotJson(KgError):
    """A body that is not what was asked for."""


class TooLong(KgError):
    """A body of more than is read."""


_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (NotJson, 415),
    (TooLong, 413),
    (SpaceBusy, 409),
    (SpaceError, 503),
    (KgError, 400),
)


def failure(error: KgError) -> Response:
    """Return an error as an answer that nobody keeps."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    headers = {"cache-control": "no-store"}
    return Response(encode({"error": str(error)}), status, media_type="application/json", headers=headers)
