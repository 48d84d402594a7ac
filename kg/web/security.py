"""What every response says to a browser, and which requests are refused before anything else sees them.

A page may load nothing that does not come from here, and run no script that stands in it: so a name that is markup
stays a name. Anything else than a page is in a sandbox, for a query decides what an answer looks like.
"""

import logging
from hmac import compare_digest

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
# What any page anywhere may read: the graph, as RDF and by SPARQL. Not the rest, where the token for edits is.
_OPEN = ("/sparql", "/graph", "/entity/", "/document/", "/resource")
_CORS = {"access-control-allow-origin": "*", "access-control-expose-headers": "kg-unknown, link, retry-after"}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "accept, content-type",
    "access-control-max-age": "86400",
}
_LONGEST = 32 << 10  # bytes of an address; uvicorn's parser takes 64


class Security:
    """Stands before all routes."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] | None = None, token: str | None = None) -> None:
        self.app, self.hosts, self.token = app, hosts, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_open = scope["path"].startswith(_OPEN)
        answer = self._refused(scope, is_open) or (_preflight(is_open) if scope["method"] == "OPTIONS" else None)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = headers = list(message.get("headers", ()))
                _tell(headers, is_open)
            await send(message)

        await (answer or self.app)(scope, receive, told)

    def _refused(self, scope: Scope, is_open: bool) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.hosts is not None and _name(host) not in self.hosts:
            # Another name that leads here is how a page from elsewhere would get around all the rest.
            return _refusal(
                scope, 421, f"this server is not {host!r}; ask for it by the address that it was started on"
            )
        if len(scope["query_string"]) + len(scope["path"]) > _LONGEST:
            return _refusal(scope, 414, f"the address is longer than {_LONGEST:,} bytes; POST long queries")
        if is_open or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return None
        return self._edit_refused(scope, headers, host)

    def _edit_refused(self, scope: Scope, headers: Headers, host: str) -> Response | None:
        """Let nobody change the space but a page of ours, which has read the token."""
        if self.token is None:
            return _refusal(scope, 403, "this server only shows the space; `kg serve --edit` lets it be changed")
        own = f"{scope['scheme']}://{host}"
        if headers.get("origin", own) != own or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _refusal(scope, 403, f"a page of {headers.get('origin', 'elsewhere')} may not change this space")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refusal(scope, 415, "a change comes as application/json")
        if not compare_digest(headers.get("x-kg-token", "").encode(), self.token.encode()):
            return _refusal(scope, 403, "the token is not that of this server; load the page again")
        return None


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0].lower()


def _refusal(scope: Scope, status: int, message: str) -> Response:
    client = (scope.get("client") or ("somebody",))[0]
    _log.warning("refused %s %r from %s: %s", scope["method"], scope["path"][:200], client, message)
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": message}, status)
    return PlainTextResponse(message + "\n", status)


def _preflight(is_open: bool) -> Response:
    allowed = {"allow": "GET, HEAD, OPTIONS" + (", POST" if is_open else "")}
    return Response(status_code=204, headers=allowed | _PREFLIGHT if is_open else allowed)


def _tell(headers: list[tuple[bytes, bytes]], is_open: bool) -> None:
    is_page = any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)
    headers += _TOLD[is_page, is_open]


def _told(is_page: bool, is_open: bool) -> list[tuple[bytes, bytes]]:
    headers = {**_HEADERS, "content-security-policy": PAGE_POLICY if is_page else DATA_POLICY}
    if not is_open:
        headers["cross-origin-resource-policy"] = "same-origin"
    elif not is_page:
        headers |= _CORS
    return [(name.encode(), value.encode()) for name, value in headers.items()]


_TOLD = {(is_page, is_open): _told(is_page, is_open) for is_page in (False, True) for is_open in (False, True)}
