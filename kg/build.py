"""The composition root: every stage in order, from sources to a graph, in memory or into a space."""

# Imported with the package itself, so whatever is heavy is imported inside the functions that use it.
from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from kg.errors import InputError, KgError, StageError
from kg.jsonl import encode
from kg.model import Document, Extraction, Rejected

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.schema import Schema
    from kg.space import Space

BATCH = 16  # documents between two commits: what a kill costs at most
LONG_ENOUGH = 200  # characters: the language of less is a guess

Sources = str | Path | Iterable[str | Path | Document]
Progress = Callable[[str, int, int | None], object]
OnError = Literal["raise", "skip"] | Callable[[Rejected], object]

_log = logging.getLogger(__name__)


class Extractor(Protocol):
    """What finds mentions and relations, one extraction for each document; the module `kg.extract` is one."""

    def version(self) -> str:
        """Name the model and the rules: extractions of another version are not reused."""

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says."""


def build(
    sources: Sources = "seeds",
    *,
    into: Space | None = None,
    extractor: Extractor | None = None,
    schema: Schema | None = None,
    progress: Progress | None = None,
    on_error: OnError = "raise",
) -> Graph:
    """Read the sources and return the graph of all they say: the same documents in any order give the same graph.

    Into a space, each batch of extractions is committed when it is done and found again by the next run, and the
    space's documents and graph are replaced at the end, at once. `progress` is told the stage, how many documents are
    done, and of how many. What cannot be read or extracted raises; with `on_error="skip"` it is logged and set aside,
    and a callable is given each `Rejected` instead.
    """
    from kg.graph import Graph
    from kg.resolve import resolve
    from kg.schema import load

    tell = progress or _silent
    refuse = _Policy(on_error)
    extractor = extractor or default_extractor()
    schema = schema or load()
    documents = _distinct(_read(sources, refuse, tell), refuse)
    extractions = list(_extract(documents, extractor, into, refuse, tell))
    extracted = {extraction.document for extraction in extractions}
    documents = [document for document in documents if document.id in extracted]
    tell("resolving", 0, None)
    entities = resolve(extractions)
    graph = Graph.of(documents, extractions, entities, schema)
    if into is not None:
        tell("storing", 0, None)
        into.replace(documents, entities, schema=schema, version=extractor.version(), rejected=refuse.rejected)
        into.derive(graph)
    return graph


def default_extractor() -> Extractor:
    """Return the extractor of the shipped model."""
    from kg import extract

    return extract


class _Policy:
    """What happens to something that failed, and all that was set aside so far."""

    def __init__(self, on_error: OnError) -> None:
        self.on_error = on_error
        self.rejected: list[Rejected] = []

    def __call__(self, item: Rejected, error: KgError | None = None) -> None:
        if self.on_error == "raise":
            raise error or InputError(item.reason, path=item.source, line=item.line)
        self.rejected.append(item)
        if self.on_error == "skip":
            _log.warning("%s: set aside: %s", item.source, item.reason)
        else:
            self.on_error(item)


def _silent(stage: str, done: int, total: int | None) -> None:
    """Show no progress."""


def _read(sources: Sources, refuse: _Policy, tell: Progress) -> Iterator[Document]:
    from kg.read import read

    for count, item in enumerate(read(sources, text_ok=True), 1):
        if isinstance(item, Rejected):
            refuse(item)
        elif reason := _fault(item):
            refuse(_rejected(item, reason))
        else:
            yield item
        tell("reading", count, None)


def _fault(document: Document) -> str | None:
    """Say why the document cannot be built, if it cannot."""
    if document.language != "en" and len(document.text) > LONG_ENOUGH:
        return f"language {document.language}; kg reads English"
    try:
        encode(document)
    except UnicodeEncodeError as error:
        return f"half a character at offset {error.start}: not Unicode text"
    return None


def _distinct(documents: Iterable[Document], refuse: _Policy) -> list[Document]:
    """Return one document per id, by id. The longest text wins, whatever the order; another text is set aside."""
    distinct = []
    in_order = sorted(documents, key=lambda document: (document.id, -len(document.text), encode(document)))
    for _, same_id in groupby(in_order, key=lambda document: document.id):
        first, *others = same_id
        distinct.append(first)
        for other in others:
            if other.content != first.content:
                refuse(_rejected(other, f"another document has the id {other.id!r} and another text or date"))
    return distinct


def _extract(
    documents: list[Document], extractor: Extractor, into: Space | None, refuse: _Policy, tell: Progress
) -> Iterator[Extraction]:
    """Yield the extraction of each document in order, from the space where it has it."""
    version = extractor.version() if into is not None else ""
    for start in range(0, len(documents), BATCH):
        tell("extracting", start, len(documents))
        batch = documents[start : start + BATCH]
        found = into.extracted(batch, version) if into is not None else {}
        fresh = []
        for extraction in _extract_batch([each for each in batch if each.id not in found], extractor, refuse):
            fresh.append(extraction)
            tell("extracting", start + len(found) + len(fresh), len(documents))
        if into is not None:
            into.keep(fresh, version)
        found.update((extraction.document, extraction) for extraction in fresh)
        yield from (found[document.id] for document in batch if document.id in found)
    tell("extracting", len(documents), len(documents))


def _extract_batch(batch: list[Document], extractor: Extractor, refuse: _Policy) -> Iterator[Extraction]:
    """Extract the batch together; where that fails, what is left one by one, to set only the one at fault aside."""
    done = set()
    try:
        for extraction in extractor.extract(batch) if batch else ():
            done.add(extraction.document)
            yield extraction
    except Exception as error:  # any component of a pipeline can fail in any way: the policy decides
        if isinstance(error, KgError) and not isinstance(error, StageError):
            raise  # no fault of a document: a model that is not there
        if len(batch) == 1:
            failure = error if isinstance(error, StageError) else StageError(batch[0].id, "extract", error)
            reason = str(failure).removeprefix(f"{batch[0].id}: ")
            refuse(_rejected(batch[0], reason, stage=failure.stage), failure)
            return
        for document in batch:
            if document.id not in done:
                yield from _extract_batch([document], extractor, refuse)


def _rejected(document: Document, reason: str, *, stage: str = "build") -> Rejected:
    return Rejected(source=document.source or document.id, reason=reason, stage=stage)
