"""A space to look at and to ask: the explorer, the SPARQL endpoint, and what is told of each thing as linked data."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.web.limits import Limits

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["Limits", "create_app"]


def create_app(space: str | Path, **how: Any) -> "Starlette":
    """Return the application for the space at that path: see `kg.web.app.create_app`."""
    from kg.web.app import create_app  # here, because the processes that answer queries need none of it

    return create_app(space, **how)
