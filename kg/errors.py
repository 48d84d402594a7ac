"""Every error `kg` raises on purpose.

* KgError
  x InputError       a file or line we cannot read: path, line number
    + SchemaError    the schema contradicts itself
  x PluginError
    + UnknownPlugin  lists the names that exist
    + MissingExtra   names the extra to install
  x StageError       a document failed: document id, stage, cause
  x SpaceError       a directory that is not a space, or cannot be read or written
    + SpaceBusy      a space that another process is writing
  x QueryError       SPARQL refused or failed; the engine's own error never escapes
"""

from collections.abc import Iterable
from typing import Any


class KgError(Exception):
    """The root of all errors that `kg` raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as the message and the fields, which need not be what `__init__` takes."""
        return _error, (type(self), self.args, self.__dict__)


def _error(kind: type[KgError], args: tuple[Any, ...], fields: dict[str, Any]) -> KgError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


class InputError(KgError):
    """A file or a line that cannot be read; the message names it and the remedy."""

    def __init__(self, reason: str, *, path: str = "", line: int | None = None) -> None:
        self.reason = reason
        self.path = path
        self.line = line
        place = f"{path}:{line}" if line is not None else path
        super().__init__(f"{place}: {reason}" if place else reason)


class SchemaError(InputError):
    """A schema file that contradicts itself or the built-in schema."""


class PluginError(KgError):
    """A plug-in that cannot be used."""


class UnknownPlugin(PluginError):
    """A name that no plug-in of that kind has; the message lists those that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        super().__init__(f"no {kind} for {name!r}; there are: {', '.join(sorted(known))}")


class MissingExtra(PluginError):
    """A plug-in whose package is not installed; the message names the extra."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; run: pip install 'kg[{extra}]'")


class StageError(KgError):
    """One document failed in one stage; the cause is chained."""

    def __init__(self, document: str, stage: str, cause: BaseException) -> None:
        self.document = document
        self.stage = stage
        super().__init__(f"{document}: {stage} failed: {cause}")


class SpaceError(KgError):
    """A directory that is not a space, or one that cannot be read or written."""


class SpaceBusy(SpaceError):
    """A space that somebody else is writing just now; trying again helps."""


class QueryError(KgError):
    """A SPARQL query that was refused or failed."""
