"""Which store the space has now: a change of the space is seen by the next query, as soon as its store is there."""

import asyncio
import logging
from pathlib import Path

from kg.errors import KgError
from kg.schema import load
from kg.space import Space
from kg.sparql.vocabulary import Vocabulary

_log = logging.getLogger(__name__)
_LAG = 5.0  # seconds that whoever changed the records has to bring the store, before we do


class Current:
    """Follows one space; used by one thread, that of the event loop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = ""
        self.vocabulary = Vocabulary(load())
        self._space: Space | None = None
        self._generation = ""
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to follow, with a store that is as the records are; raise `SpaceError` where there cannot be one."""
        await asyncio.to_thread(_derive, self.path)
        self._space = Space.open(self.path)
        self.look()

    def close(self) -> None:
        """Let go of the files."""
        if self._task is not None:
            self._task.cancel()
        if self._space is not None:
            self._space.close()

    def look(self) -> str:
        """Return where the store is that the next query is for: until there is a newer one, the last that was."""
        assert self._space is not None
        generation = self._space.generation
        if generation != self._generation:
            found = self._space.store_path()
            if found is not None:
                self._generation, self.store = generation, str(found)
                self.vocabulary = self._space.vocabulary()
            elif self._task is None or self._task.done():
                self._task = asyncio.create_task(self._catch_up())
        return self.store

    def forget(self) -> None:
        """Look again: the store that was there is not any more."""
        self._generation = ""

    async def _catch_up(self) -> None:
        """Bring the store up to the records, if whoever changed them does not."""
        await asyncio.sleep(_LAG)
        if self._space is not None and self._space.store_path() is None:
            try:
                await asyncio.to_thread(_derive, self.path)
            except KgError as error:
                _log.warning("queries are answered as the space was before its last change: %s", error)


def _derive(path: Path) -> None:
    with Space.open(path) as space:
        space.catch_up()
