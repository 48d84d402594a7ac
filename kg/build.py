"""The composition root: every stage in order, from sources to a graph, in memory or into a space."""

# Imported with the package itself, so whatever is heavy is imported inside the functions that use it.
from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict, Unpack

from msgspec.structs import replace

from kg.errors import InputError, KgError, StageError
from kg.jsonl import encode
from kg.model import Document, Extraction, Rejected

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.resolve import Entries
    from kg.resolve.link.reading import Lists
    from kg.schema import Schema
    from kg.space import Changes, Space

BATCH = 16  # documents between two commits: what a kill costs at most, or each worker process
BATCH_LENGTH = 20_000  # characters of a worker's batch: longer documents are batches of their own
BATCHES_EACH = 4  # for every worker at least, where there are as many documents, so that all end together
LONG_ENOUGH = 200  # characters: the language of less is a guess

Sources = str | Path | Iterable[str | Path | Document | Extraction]
Progress = Callable[[str, int, int | None], object]
OnError = Literal["raise", "skip"] | Callable[[Rejected], object]
OnDrop = Callable[[frozenset[str]], object]
Refuse = Callable[[Rejected, KgError | None], object]
Work = Callable[[list[Document]], Iterator[Iterable[Extraction]]]  # documents to extractions, a batch at a time

_log = logging.getLogger(__name__)


class Extractor(Protocol):
    """What finds mentions and relations, one extraction for each document; picklable, to work in other processes."""

    def version(self) -> str:
        """Name the model and the rules: extractions of another version are not reused."""

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says."""


class Watching(TypedDict, total=False):
    """Who is told what while a build runs: each stage as it goes on, and what fails."""

    progress: Progress | None
    on_error: OnError


class Building(Watching, total=False):
    """And who is told, before anything is extracted, which documents of the space are not among the sources.

    The build takes them out; what is raised here ends it with the space as it was.
    """

    on_drop: OnDrop


def build(
    sources: Sources = "seeds",
    *,
    into: Space | None = None,
    extractor: Extractor | str | None = None,
    schema: Schema | None = None,
    jobs: int = 1,
    kb: Lists | None = None,
    **watching: Unpack[Building],
) -> Graph:
    """Read the sources and return the graph of all they say: the same documents in any order give the same graph.

    Into a space, each batch of extractions is committed when it is done and found again by the next run, and the
    space's documents and graph are replaced at the end, at once. An `extractor` by name is a spaCy pipeline whose names
    take the place of the shipped model's, or `gliner:MODEL`. Documents are extracted in as many worker processes as
    `jobs` says (0: one for each CPU), which changes nothing but the time that it takes; a script has to call it under
    `if __name__ == "__main__":` then. Things are linked to the entries of the lists in `kb`: files of CSV, JSON Lines
    or Turtle, or `kg.Entry`s. `progress` is told the stage, how many documents are done, and of how many. What
    cannot be read or extracted raises; with `on_error="skip"` it is logged and set aside, and a callable is given each
    `Rejected` instead.
    """
    from kg.graph import Graph
    from kg.resolve import Linkers, resolve
    from kg.resolve.link.reading import read_entries
    from kg.schema import load

    tell, refuse, on_drop = _watch(**watching)
    schema = schema or load()
    lists = read_entries(kb or (), schema)
    work, version = _work(extractor, schema, jobs, refuse)
    documents, given = _read(sources, refuse, tell)
    if on_drop and into is not None and (gone := _gone(into, documents)):
        on_drop(gone)
    extractions = given | _extract([one for one in documents if one.id not in given], work, into, version, tell)
    documents = [document for document in documents if document.id in extractions]
    tell("resolving", 0, None)
    if into is None:
        found = [extractions[document.id] for document in documents]
        return Graph.of(documents, found, resolve(found, linkers=Linkers(lists)), schema)
    drop = frozenset(into.ids()) - extractions.keys()
    to = _to(schema, version, extractor, lists)
    _store(into, documents, given, drop=drop, rejected=refuse.rejected, **to)
    into.tidy()
    tell("storing", 0, None)
    into.derive()
    return into.graph()


def add(
    sources: Sources,
    space: Space | str | Path,
    *,
    extractor: Extractor | str | None = None,
    schema: Schema | None = None,
    jobs: int = 1,
    kb: Lists | None = None,
    **watching: Unpack[Watching],
) -> Changes:
    """Read what is new or changed in the sources into a space, and return what that changed in it.

    A document takes the place of the one with its id, or where a file that is one document has changed, of the one
    that it was. What the space has read before is not read again, unless the extractor or the schema is another: then
    all its documents are. The space ends as if it had been built of all its documents at once. The options are those
    of `build`; the schema and the lists in `kb` are the space's own where none are given. Where they are others, what
    the space holds is derived again, and linked again, without being read again.
    """
    from kg.resolve.link.reading import read_entries
    from kg.space import Space

    if not isinstance(space, Space):
        with Space.create(space) as opened:
            return add(sources, opened, extractor=extractor, schema=schema, jobs=jobs, kb=kb, **watching)
    tell, refuse, _ = _watch(**watching)
    schema, extractor = schema or space.schema(), extractor or space.pipeline or None
    lists = None if kb is None else read_entries(kb, schema)
    work, version = _work(extractor, schema, jobs, refuse)
    documents, given = _read(sources, refuse, tell)
    drop = space.replaced(documents)
    settled = drop | {document.id for document in documents}
    documents = [*documents, *(one for one in space.stale(version) if one.id not in settled)]
    extractions = given | _extract([one for one in documents if one.id not in given], work, space, version, tell)
    documents = [document for document in documents if document.id in extractions]
    tell("resolving", 0, None)
    to = _to(schema, version, extractor, lists)
    changes = _store(space, documents, given, drop=drop, rejected=refuse.rejected, **to)
    tell("storing", 0, None)
    space.derive()
    return changes


def default_extractor(pipeline: str | None = None, *, schema: Schema | None = None, threads: int = 0) -> Extractor:
    """Return the extractor of the shipped model, or with the names of another pipeline."""
    from kg.extract import PipelineExtractor

    return PipelineExtractor(pipeline=pipeline, schema=schema, threads=threads)


def _watch(
    *, progress: Progress | None = None, on_error: OnError = "raise", on_drop: OnDrop | None = None
) -> tuple[Progress, _Policy, OnDrop | None]:
    return progress or _silent, _Policy(on_error), on_drop


def _work(extractor: Extractor | str | None, schema: Schema, jobs: int, refuse: Refuse) -> tuple[Work, str]:
    """Return what extracts documents, and the name of its version."""
    from kg.workers import cpus

    if jobs < 0:
        raise KgError(f"{jobs} jobs; say how many processes, or 0 for one on each CPU")
    jobs = jobs or cpus()
    if extractor is None or isinstance(extractor, str):
        extractor = default_extractor(extractor, schema=schema, threads=1 if jobs > 1 else 0)
    version = extractor.version()  # first, for it raises where there is no such pipeline
    work = partial(_in_workers, jobs=jobs) if jobs > 1 else _in_turn
    return partial(work, extractor=extractor, refuse=refuse), version


def _to(schema: Schema, version: str, extractor: Extractor | str | None, lists: Entries | None) -> dict[str, Any]:
    """Return the parts of a request that tell how the documents are read and linked."""
    pipeline = extractor if isinstance(extractor, str) else ""
    return {"schema": schema, "version": version, "pipeline": pipeline, "lists": lists}


def _store(
    space: Space, documents: list[Document], given: Mapping[str, Extraction], *, rejected: Iterable[Rejected], **to: Any
) -> Changes:
    """Put the documents into the space, with what was extracted from them."""
    from kg.space import GIVEN

    space.keep((given[document.id] for document in documents if document.id in given), GIVEN)
    put = {one.id: (one, GIVEN if one.id in given else to["version"]) for one in documents}
    return space.apply(space.request(put=put, **to), rejected=rejected)


def _gone(space: Space, documents: list[Document]) -> frozenset[str]:
    """Return the ids of the space's documents of which these are no version."""
    return frozenset(space.ids()) - {one.id for one in documents} - space.replaced(documents)


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


def _read(sources: Sources, refuse: _Policy, tell: Progress) -> tuple[list[Document], dict[str, Extraction]]:
    """Return one document for each id, and the extractions that came with some of them."""
    from kg.read import read

    documents: list[Document] = []
    given: list[Extraction] = []
    for count, item in enumerate(read(sources, text_ok=True), 1):
        if isinstance(item, Rejected):
            refuse(item)
        elif isinstance(item, Extraction):
            given.append(item)
        elif reason := _fault(item):
            refuse(_rejected(item, reason))
        else:
            documents.append(item)
        tell("reading", count, None)
    distinct = _distinct(documents, refuse)
    return distinct, _fitting(distinct, given, refuse)


def _fitting(documents: list[Document], given: list[Extraction], refuse: _Policy) -> dict[str, Extraction]:
    """Return the extractions of these very documents; of several always the same one."""
    known = {document.id: document for document in documents}
    found = {}
    for one in sorted(given, key=encode):
        if reason := _misfit(one, known.get(one.document)):
            refuse(Rejected(source=one.document, reason=reason, stage="read"))
        else:
            found[one.document] = one
    return found


def _misfit(one: Extraction, document: Document | None) -> str | None:
    """Say why the extraction is not one of the document, if it is not."""
    if document is None or document.content != one.content:
        return "an extraction without the document, text and date, that it was made of; give both"
    ids = set()
    for mention in one.mentions:
        ids.add(mention.id)
        if mention.document != document.id or document.text[mention.start : mention.end] != mention.text:
            return f"its text does not read {mention.text!r:.60} from {mention.start} to {mention.end}"
    for relation in one.relations:
        ends = {relation.subject, relation.object} if isinstance(relation.object, str) else {relation.subject}
        if not ends <= ids or not 0 <= relation.start <= relation.end <= len(document.text):
            return f"its relation {relation.predicate} has an end that is no mention, or a place outside of the text"
    return None


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
    documents: list[Document], work: Work, into: Space | None, version: str, tell: Progress
) -> dict[str, Extraction]:
    """Return the extraction of each document by its id, from the space where it has it."""
    tell("extracting", 0, len(documents))
    found = into.extracted(documents, version) if into is not None else {}
    for batch in work([document for document in documents if document.id not in found]):
        kept = []
        for extraction in batch:
            found[extraction.document] = replace(extraction, version=version)
            kept.append(found[extraction.document])
            tell("extracting", len(found), len(documents))
        if into is not None:
            into.keep(kept, version)
    tell("extracting", len(documents), len(documents))
    return found


def _in_turn(documents: list[Document], *, extractor: Extractor, refuse: Refuse) -> Iterator[Iterable[Extraction]]:
    for start in range(0, len(documents), BATCH):
        yield _extract_batch(documents[start : start + BATCH], extractor, refuse)


def _in_workers(
    documents: list[Document], *, extractor: Extractor, refuse: Refuse, jobs: int
) -> Iterator[Iterable[Extraction]]:
    from kg.workers import spread

    with closing(spread(partial(_attempt, extractor), _batches(documents, jobs), jobs=jobs)) as results:
        for batch, result in results:
            if result is None:
                cause = InputError("the process that read it died, killed or out of memory")
                failures = [_failure(batch[0], StageError(batch[0].id, "extract", cause))]
            else:
                yield result[0]
                failures = result[1]
            for item, failure in failures:
                refuse(item, failure)


def _batches(documents: list[Document], jobs: int) -> Iterator[list[Document]]:
    """Yield the documents in batches of about the same length, the longest documents first: what ends last is short."""
    limit = min(BATCH_LENGTH, sum(len(document.text) for document in documents) // (BATCHES_EACH * jobs))
    batch: list[Document] = []
    for document in sorted(documents, key=lambda document: (-len(document.text), document.id)):
        if batch and (len(batch) == BATCH or sum(len(each.text) for each in (*batch, document)) > limit):
            yield batch
            batch = []
        batch.append(document)
    if batch:
        yield batch


def _attempt(extractor: Extractor, batch: list[Document]) -> tuple[list[Extraction], list[tuple[Rejected, KgError]]]:
    """Extract a batch in a worker process, and hand back what failed."""
    failures: list[tuple[Rejected, KgError]] = []

    def keep(item: Rejected, failure: KgError | None) -> None:
        if failure is not None:
            failure.add_note(traceback.format_exc())  # the cause itself need not be picklable
            failures.append((item, failure))

    return list(_extract_batch(batch, extractor, keep)), failures


def _extract_batch(batch: list[Document], extractor: Extractor, refuse: Refuse) -> Iterator[Extraction]:
    """Extract the batch together; where that fails, what is left one by one, to set only the one at fault aside."""
    done = set()
    try:
        for extraction in extractor.extract(batch):
            done.add(extraction.document)
            yield extraction
    except Exception as error:  # any component of a pipeline can fail in any way: the policy decides
        if isinstance(error, KgError) and not isinstance(error, StageError):
            raise  # no fault of a document: a model that is not there
        if len(batch) == 1:
            failure = error if isinstance(error, StageError) else StageError(batch[0].id, "extract", error)
            refuse(*_failure(batch[0], failure))
            return
        for document in batch:
            if document.id not in done:
                yield from _extract_batch([document], extractor, refuse)


def _failure(document: Document, failure: StageError) -> tuple[Rejected, KgError]:
    reason = str(failure).removeprefix(f"{document.id}: ")
    return _rejected(document, reason, stage=failure.stage), failure


def _rejected(document: Document, reason: str, *, stage: str = "build") -> Rejected:
    return Rejected(source=document.source or document.id, reason=reason, stage=stage)
