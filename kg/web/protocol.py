"""The SPARQL 1.1 Protocol for queries; updates are refused: https://www.w3.org/TR/sparql11-protocol/."""

from collections.abc import Mapping
from email.message import Message
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.sparql.describe import service
from kg.sparql.direct import Question
from kg.web.desk import Desk, problem, unacceptable
from kg.web.limits import Limits
from kg.web.negotiate import GRAPHS, HTML, RESULTS, names
from kg.web.static import shell

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_READS_ONLY = "this endpoint only reads; kg add, kg remove and kg merge change a space"
_FIELDS = 200  # in one request
_ACCEPT_POST = f"{FORM}, {QUERY}"
_UNKEPT = {"vary": "accept", "cache-control": "no-cache"}

Fields = Mapping[str, list[str]]


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers


async def sparql(request: Request) -> Response:
    """Answer a query, however it comes; without one, describe the service. A person's browser gets the editor."""
    desk: Desk = request.app.state.desk
    try:
        fields = await _asked(request, desk.limits)
        if fields is None:
            return _described(request)
        accept, format = request.headers.get("accept", ""), _one(fields, "format")
        if request.method != "POST" and _is_read(fields, accept, format):
            return RedirectResponse(f"/?view=sparql&query={quote(fields['query'][0])}", 303, _UNKEPT)
        wanted = {"results": names(RESULTS, accept, format), "graphs": names(GRAPHS, accept, format)}
        question = _question(fields)
        answer = await desk.respond("query", question=question, is_gone=request.is_disconnected, **wanted)
        return _hinting(answer, desk.unknown(question.text)) if answer.status_code == 200 else answer
    except Refused as error:
        return problem(error.status, str(error), **error.headers)


def _hinting(answer: Response, unknown: list[str]) -> Response:
    """Say beside the answer which names of the query mean nothing here; it is the answer all the same."""
    if unknown:
        answer.headers["kg-unknown"] = quote("\n".join(unknown), safe="/#<>:;,?= ")
    return answer


async def _asked(request: Request, limits: Limits) -> Fields | None:
    """Return the parameters of a request, the query among them, or None where a GET has none."""
    fields = fields_of(request.scope["query_string"])
    if request.method == "POST":
        media = _media(request)
        text = await _body(request, limits.text)
        if media == FORM:
            body = fields_of(text)
            fields = {name: [*fields.get(name, ()), *body.get(name, ())] for name in fields.keys() | body.keys()}
        else:
            fields = {**fields, "query": [*fields.get("query", ()), _text(text)]}
    if "update" in fields:
        raise Refused(403, _READS_ONLY)
    if request.method != "POST" and "query" not in fields:
        return None
    if len(fields.get("query", ())) != 1:
        raise Refused(400, f"a request has one query, and this one has {len(fields.get('query', ()))}")
    if len(fields["query"][0]) > limits.text:
        raise _too_long(limits.text)
    return fields


def _media(request: Request) -> str:
    """Return the media type of what was posted, if it is one that has a query."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "-/-")
    media = header.get_content_type() if "content-type" in request.headers else ""
    if media == UPDATE:
        raise Refused(403, _READS_ONLY)
    if media not in (FORM, QUERY):
        told = f"{media} is no query" if media else "there is no Content-Type"
        raise Refused(415, f"{told}; post one of {_ACCEPT_POST}", accept_post=_ACCEPT_POST)
    charset = str(header.get_param("charset", "utf-8")).lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"a query is in UTF-8, not in {charset}", accept_post=_ACCEPT_POST)
    return media


async def _body(request: Request, longest: int) -> bytes:
    """Return what was posted, of which no more is read than it may be long; a form may have every byte escaped."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > 3 * longest:
            raise _too_long(longest)
        parts.append(part)
    return b"".join(parts)


def _too_long(longest: int) -> Refused:
    return Refused(413, f"the query is longer than the {longest:,} bytes that it may be", connection="close")


def fields_of(text: bytes) -> dict[str, list[str]]:
    """Return the parameters of a query string or a form; raise `Refused` where they are not percent-encoded UTF-8."""
    found: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        ):
            found.setdefault(name, []).append(value)
    except ValueError as error:
        raise Refused(400, f"the parameters are not readable, as percent-encoded UTF-8: {error}") from error
    return found


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8: {error}") from error


def _one(fields: Fields, name: str) -> str:
    return fields.get(name, [""])[0]


def _is_read(fields: Fields, accept: str, format: str) -> bool:
    """Tell whether a page is wanted more than any answer; the editor asks the whole space, so it must do for that."""
    whole = fields.keys().isdisjoint(("default-graph-uri", "named-graph-uri"))
    return whole and "text/html" in accept and names({**RESULTS, **GRAPHS, "html": HTML}, accept, format) == "html"


def _question(fields: Fields) -> Question:
    """Return the query and its dataset, in which graphs are named that are there, or none."""
    default, named = fields.get("default-graph-uri"), fields.get("named-graph-uri")
    return Question(
        fields["query"][0],
        default=tuple(default) if default is not None else None,
        named=tuple(named) if named is not None else None,
    )


def _described(request: Request) -> Response:
    accept = request.headers.get("accept", "")
    format = names({**GRAPHS, "html": HTML}, accept)
    if format is None:
        return problem(406, unacceptable(GRAPHS))
    if format == "html":
        return shell(request)
    endpoint = str(request.url.replace(query=""))
    headers = {"vary": "accept", "content-type": GRAPHS[format]}
    return Response(service(endpoint, format), headers=headers)
