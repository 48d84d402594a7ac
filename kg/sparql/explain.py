"""What a query may ask, and what is wrong with one, in words for whoever wrote it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kg.errors import QueryError, QueryFailed, QueryRefused

_BLANK = r"(?:\s|#[^\n\r]*+)*+"
# Anywhere, even in a comment: a federated query would leave the machine, and only the engine's parser knows better.
_SERVICE = re.compile(
    rf"SERVICE{_BLANK}(?:SILENT{_BLANK})?(?:<[^>]*>|[?$]\w+|[^\s{{}}<>]*:[^\s{{}}<>]*){_BLANK}\{{", re.IGNORECASE
)
_PROLOGUE = rf"(?:{_BLANK}(?:PREFIX{_BLANK}[^\s:]*:{_BLANK}<[^>]*>|BASE{_BLANK}<[^>]*>))*{_BLANK}"
_UPDATE = re.compile(rf"{_PROLOGUE}(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_QUERY = re.compile(rf"{_PROLOGUE}(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ORDER = re.compile(rf"\bORDER{_BLANK}BY\b", re.IGNORECASE)
_OPAQUE = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""")
_PREFIX = re.compile(r"(?<![\w:?$@-])([A-Za-z][\w.-]*):")
_PLACE = re.compile(r"error at (\d+):(\d+)")  # the list of what it expected is of no use to a person


@contextmanager
def explaining(text: str, prefixes: Mapping[str, str]) -> Iterator[None]:
    """Run a query inside: what its engine raises is raised as a `QueryError` that tells line, column and remedy.

    Raises `QueryRefused` before it runs for a SERVICE clause, and for an update.
    """
    if _SERVICE.search(text):
        raise QueryRefused("SERVICE would ask another server; queries run offline, take the clause out")
    try:
        yield
    except SyntaxError as error:
        raise _mistake(str(error), text, prefixes) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryFailed(f"the query failed: {error}") from error


def is_ordered(text: str) -> bool:
    """Tell whether the query says in what order its answers come."""
    return _ORDER.search(text) is not None


def _mistake(reason: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    update = _UPDATE.match(text)
    if update:
        verb = update[1].upper()
        return QueryRefused(f"{verb} would change the graph, and a query only reads; build it from other sources")
    return QueryError(_explained(reason, text, prefixes))


def _explained(reason: str, text: str, prefixes: Mapping[str, str]) -> str:
    """Return what is wrong with the text and where."""
    if not _QUERY.match(text):
        return "not SPARQL: a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE"
    place = _PLACE.search(reason)
    if place is None:
        return f"not SPARQL: {reason}"
    line, column = int(place[1]), int(place[2])
    unknown = _unknown_prefix(text, prefixes)
    if unknown:
        return f"line {line}, column {column}: unknown prefix {unknown}:; declare it, or use {', '.join(prefixes)}"
    written = dict(enumerate(text.split("\n"), 1)).get(line, "")
    near = written[max(column - 21, 0) : column + 10].strip()
    return f"line {line}, column {column}: not SPARQL, near {near!r}; the mistake is there or shortly before"


def _unknown_prefix(text: str, prefixes: Mapping[str, str]) -> str | None:
    visible = _OPAQUE.sub(" ", text)
    declared = {*prefixes, "_", *re.findall(r"(?i)\bPREFIX\s+([^\s:]*):", visible)}
    return next((name for name in _PREFIX.findall(visible) if name not in declared), None)
