"""What a person decides on the page: which things are one, and which statements are wrong; each can be undone.

Nothing here changes a space for another page or another machine: a request has to come from this machine, by a name of
it, from a page that this server gave, as JSON, with the token that such a page knows. Anything else is refused and
logged, before its body is read.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from getpass import getuser
from ipaddress import ip_address
from pathlib import Path
from secrets import compare_digest
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.jsonl import encode
from kg.model import Anchor, Judgement, Refutation, Verdict, content_hash
from kg.space import Changes, Space
from kg.space.view import NotFound
from kg.web.failures import Forbidden, NotJson, TooLong, failure

LONGEST = 64 << 10  # bytes of a request
_LOCAL = frozenset({"localhost", "localhost.localdomain"})

_log = logging.getLogger(__name__)

Told = TypeVar("Told")


class Judge(Struct, frozen=True, forbid_unknown_fields=True):
    """Two things, each by the id of an entity or of a mention or by its anchor, and whether they are one."""

    verdict: Verdict
    left: str | Anchor
    right: str | Anchor
    note: str = ""


class Split(Struct, frozen=True, forbid_unknown_fields=True):
    """An entity by its id, and the ids of those of its mentions that are another thing."""

    entity: str
    mentions: tuple[str, ...]
    note: str = ""


class Refute(Struct, frozen=True, forbid_unknown_fields=True):
    """The id of a statement that is wrong."""

    statement: str
    note: str = ""


class Undo(Struct, frozen=True, forbid_unknown_fields=True):
    """The id of a decision to take back, or of several with commas between."""

    undo: str


class Done(Struct, frozen=True, kw_only=True):
    """How a decision is taken back, how much it changed, which entities went and came, and what the space is now."""

    undo: str
    changes: Mapping[str, int]
    gone: list[str]
    come: list[str]
    generation: str


class Decision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person decided, and how it is taken back."""

    undo: str
    kind: str
    who: str
    when: str
    note: str = ""
    verdict: str | None = None
    left: Anchor | None = None
    right: Anchor | None = None
    statement: str | None = None
    claim: str | None = None
    quote: str | None = None
    document: str | None = None


def routes(space: Path | str, *, token: str) -> list[BaseRoute]:
    """Return the routes by which the space at that path is edited, by whoever knows the token."""
    writer = ThreadPoolExecutor(1, thread_name_prefix="kg-edit")  # one change after the other
    works: tuple[Callable[[Path, bytes], Done], ...] = (judge, split, refute, undo)
    respond = partial(_respond, Path(space), writer, token)
    posts = [Route(f"/{work.__name__}", partial(respond, work), methods=["POST"]) for work in works]
    return [*posts, Route("/judgements", partial(_listed, Path(space), writer))]


def guard(request: Request, token: str) -> None:
    """Raise where a request may not change anything: `Forbidden` or `NotJson`, saying what is wrong with it."""
    check_local(request)
    origin = request.headers.get("origin")
    if origin != f"{request.url.scheme}://{request.headers.get('host', '')}":
        raise Forbidden(f"a page of {origin or 'unknown origin'} may not edit; use the page that this server gives")
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Forbidden("another site's page may not edit; use the page that this server gives")
    if not compare_digest(request.headers.get("x-kg-token", "").encode(), token.encode()):
        raise Forbidden("the X-KG-Token is not this server's; load the page again")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise NotJson(f"the body is {kind or 'of no type'}; send application/json")


def check_local(request: Request) -> None:
    """Raise `Forbidden` where a request comes from another machine, or names this one as the network knows it."""
    client = request.client.host if request.client else ""
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if not _is_loopback(client) or not _is_loopback(name):
        raise Forbidden(f"{client or 'who asks'} may not edit {name or 'this space'}; open the page on this machine")


def judge(path: Path, body: bytes) -> Done:
    """Let two things be one, or two, or in doubt."""
    told = _read(body, Judge)
    with Space.edit(path) as space:
        left, right = (one if isinstance(one, Anchor) else space.anchors(one)[0] for one in (told.left, told.right))
        if left == right:
            raise KgError(f"both are all that bears the name {left.name!r}; tell them apart by ids of their mentions")
        one = Judgement(left=left, right=right, verdict=told.verdict, who=getuser(), when=_now(), note=told.note)
        return _done(space, _id(one), space.judge(one))


def split(path: Path, body: bytes) -> Done:
    """Let some mentions of a thing be another: as many judgements as that takes, which are taken back together."""
    told = _read(body, Split)
    with Space.edit(path) as space:
        how = {"who": getuser(), "when": _now(), "note": told.note}
        parted = space.parting(told.entity, told.mentions)
        found = [Judgement(left=left, right=right, verdict=verdict, **how) for left, right, verdict in parted]
        return _done(space, ",".join(map(_id, found)), space.judge(*found))


def refute(path: Path, body: bytes) -> Done:
    """Let a statement be wrong."""
    told = _read(body, Refute)
    with Space.edit(path) as space:
        one = space.refutation(told.statement, who=getuser(), when=_now(), note=told.note)
        return _done(space, one.id, space.refute(one))


def undo(path: Path, body: bytes) -> Done:
    """Take a decision back, as if it had not been."""
    id = _read(body, Undo).undo
    wanted = {*id.split(",")}
    with Space.edit(path) as space:
        judgements = space.judgements()
        left = [one for one in judgements if _id(one) not in wanted]
        if len(left) < len(judgements):
            return _done(space, id, space.rejudge(left))
        if any(one.id == id for one in space.refutations()):
            return _done(space, id, space.unrefute(id))
    raise NotFound(f"nothing was decided under the id {id!r}; /api/judgements lists what was")


def decisions(path: Path) -> list[Decision]:
    """Return all that was decided, the latest first."""
    with Space.open(path) as space:
        found = [*map(_judged, space.judgements()), *map(_refuted, space.refutations())]
    return sorted(found, key=lambda one: (one.when, one.undo), reverse=True)


async def _respond(
    path: Path, writer: ThreadPoolExecutor, token: str, work: Callable[[Path, bytes], Done], request: Request
) -> Response:
    name = request.url.path.rpartition("/")[2]
    try:
        guard(request, token)
        body = await _body(request)
        done = await asyncio.get_running_loop().run_in_executor(writer, work, path, body)
    except KgError as error:
        who = request.client.host if request.client else "unknown"
        _log.warning("%s from %s refused: %s", name, who, error)
        return failure(error)
    _log.info("%s: %s; undo %s", name, body.decode(errors="replace"), done.undo)
    return Response(encode(done), media_type="application/json", headers={"cache-control": "no-store"})


async def _listed(path: Path, writer: ThreadPoolExecutor, request: Request) -> Response:
    try:
        check_local(request)
        found = await asyncio.get_running_loop().run_in_executor(writer, decisions, path)
    except KgError as error:
        return failure(error)
    body = encode({"judgements": found})
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise TooLong(f"the body has more than {LONGEST:,} bytes; send less")
    return body


def _read(body: bytes, kind: type[Told]) -> Told:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        fields = ", ".join(getattr(kind, "__struct_fields__", ()))
        raise KgError(f"the body is not what is asked for ({error}); send an object with {fields}") from error


def _done(space: Space, id: str, changes: Changes) -> Done:
    counts = {name: len(getattr(changes, name)) for name in ("documents", "entities", "statements")}
    gone = [id for id, (_, new) in changes.entities.items() if new is None]
    come = [id for id, (old, _) in changes.entities.items() if old is None]
    return Done(undo=id, changes=counts, gone=gone, come=come, generation=space.generation)


def _judged(one: Judgement) -> Decision:
    told: Any = {"who": one.who, "when": one.when, "note": one.note, "left": one.left, "right": one.right}
    return Decision(undo=_id(one), kind="judgement", verdict=one.verdict.value, **told)


def _refuted(one: Refutation) -> Decision:
    told: Any = {"who": one.who, "when": one.when, "note": one.note, "claim": one.claim, "quote": one.quote}
    return Decision(undo=one.id, kind="refutation", statement=one.statement, document=one.document, **told)


def _id(one: Judgement) -> str:
    return content_hash(encode(one).decode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _is_loopback(host: str) -> bool:
    if host in _LOCAL:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
