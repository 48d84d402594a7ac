"""Where a request becomes a job, and what came of it a response."""

import tempfile
from itertools import count
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, PlainTextResponse, Response

from kg.sparql.direct import Question
from kg.web.current import Current
from kg.web.lane import Died, TooBusy, TooLong
from kg.web.limits import MEGABYTE, Limits
from kg.web.negotiate import GRAPHS, RESULTS
from kg.web.pool import Answer, Left, Pool
from kg.web.worker import Job

# What SPARQL 1.1 Protocol says of refusals: 400 for what is no query, 500 for one that is not or cannot be answered.
_CODES = {"malformed": 400, "refused": 403, "failed": 500, "format": 406, "large": 500, "missing": 404, "gone": 503}
_ERRORS = {TooBusy: 503, TooLong: 504, Died: 500, Left: 503}


class Desk:
    """Has jobs done on the space as it is now."""

    def __init__(self, space: Path, limits: Limits) -> None:
        self.limits = limits
        self._current = Current(space)
        self._pool = Pool(limits)
        self._numbers = count()
        self._folder = tempfile.TemporaryDirectory(prefix="kg-serve-")

    async def open(self) -> None:
        """Begin; raise `SpaceError` where the space cannot be asked."""
        await self._current.open()
        self._pool.start()

    async def close(self) -> None:
        """End all processes and take away what they left."""
        await self._pool.close()
        self._current.close()
        self._folder.cleanup()

    def unknown(self, query: str) -> list[str]:
        """Return what is to be told of names in a query that are none of the space's vocabulary."""
        return self._current.vocabulary.unknown(query)

    async def ask(self, kind: str, **what: Any) -> Answer:
        """Have a job done; raise `TooBusy`, `TooLong` or `Died` where it is not."""
        question, is_gone = what.pop("question", Question("")), what.pop("is_gone", None)
        spool = f"{self._folder.name}/{next(self._numbers)}"
        answer = None
        for _ in range(2):  # a store may have gone since we looked where it is
            job = Job(
                kind=kind,  # type: ignore[arg-type]
                store=self._current.look(),
                question=Question(question.text, self._current.vocabulary.prefixes, question.default, question.named),
                longest=self.limits.answer,
                spool=spool,
                **what,
            )
            answer = await self._pool.ask(job, is_gone)
            if answer.reply.status != "gone":
                break
            self._current.forget()
        assert answer is not None
        return answer

    async def respond(self, kind: str, **what: Any) -> Response:
        """Return what came of a job, whatever that is."""
        try:
            answer = await self.ask(kind, **what)
        except (TooBusy, TooLong, Died, Left) as error:
            return problem(_ERRORS[type(error)], str(error))
        if answer.reply.status == "ok":
            return content(answer)
        return problem(_CODES[answer.reply.status], self._said(answer, what))

    def _said(self, answer: Answer, what: dict[str, Any]) -> str:
        status, message = answer.reply.status, answer.reply.message
        if status == "large":
            most = self.limits.answer // MEGABYTE
            return f"the answer is longer than the {most} MB that it may be; ask for less, with LIMIT and OFFSET"
        if status == "missing":
            return f"this space tells nothing of <{what.get('iri')}>"
        if status == "gone":
            return f"the store of this space cannot be read now: {message}; ask again in a while"
        if status == "format":
            return unacceptable(GRAPHS if message == "graph" else RESULTS)
        return message


def content(answer: Answer) -> Response:
    """Return the content of an answer, from its file where it is long."""
    media = RESULTS.get(answer.reply.format) or GRAPHS[answer.reply.format]
    headers = {"vary": "accept", "cache-control": "no-cache"}
    if answer.file is None:
        return Response(answer.content, headers={**headers, "content-type": media})
    gone = BackgroundTask(answer.file.unlink, missing_ok=True)
    return FileResponse(answer.file, headers={**headers, "content-type": media}, background=gone)


def problem(status: int, message: str, **headers: str) -> Response:
    """Return an error as a line of text."""
    if status == 503:
        headers["retry_after"] = "2"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return PlainTextResponse(message + "\n", status, {"cache-control": "no-store", **named})


def unacceptable(offers: dict[str, str]) -> str:
    """Say what there is, to who accepts none of it."""
    return f"this is not there in a format that is accepted; there are: {', '.join(offers.values())}"
