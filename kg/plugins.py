"""Names to callables: a built-in table of "module:attribute" strings, and entry points of other packages.

Nothing is imported before it is asked for, and registering has no side effects.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from kg.errors import MissingExtra, UnknownPlugin


class Registry:
    """The plug-ins of one kind: built-ins first, then the entry points of `group`."""

    def __init__(self, kind: str, *, group: str, builtin: Mapping[str, str]) -> None:
        self.kind = kind
        self.group = group
        self.builtin = dict(builtin)

    def names(self) -> list[str]:
        """Return every name that `get` knows, sorted."""
        return sorted({*self.builtin, *(point.name for point in _points(self.group))})

    def get(self, name: str) -> Any:
        """Import and return the callable of that name; raise `UnknownPlugin` with the names that exist."""
        for point in _points(self.group):
            if point.name == name and name not in self.builtin:
                return point.load()
        if name not in self.builtin:
            raise UnknownPlugin(self.kind, name, self.names())
        module, _, rest = self.builtin[name].partition(":")
        attribute, _, extra = rest.partition(" ")
        try:
            return getattr(import_module(module), attribute)
        except ModuleNotFoundError as error:
            if not extra:
                raise
            raise MissingExtra(error.name or module, extra) from error


@cache
def _points(group: str) -> tuple[Any, ...]:
    return tuple(entry_points(group=group))
