"""The extractor that a build uses: which pipeline, which schema, and in how many threads, before anything is loaded."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from spacy.language import Language

from kg.extract import pipeline as shipped
from kg.extract import replaced
from kg.model import Document, Extraction
from kg.schema import Schema
from kg.schema import load as load_schema


class PipelineExtractor(Struct, frozen=True, kw_only=True, dict=True):
    """Extracts by the shipped pipeline, or with the names of another, in terms of a schema.

    It travels to another process as these settings, and loads there when it is first asked for an extraction.
    """

    pipeline: str | None = None
    schema: Schema | None = None
    threads: int = 0

    def version(self) -> str:
        """Name the rules, the models and the schema; raise as `load` does where there is no such pipeline."""
        model = replaced.identity(self.pipeline) if self.pipeline else ""
        return shipped.version(model=model, schema=self.schema)

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """Yield what each document says, in their order."""
        yield from shipped.extract(documents, nlp=self._nlp, schema=self.schema)

    @cached_property
    def _nlp(self) -> Language:
        if self.pipeline is None and not self.threads:
            return shipped.loaded()
        return load(self.pipeline, schema=self.schema, threads=self.threads)


def load(pipeline: str | None = None, *, schema: Schema | None = None, threads: int = 0) -> Language:
    """Return the shipped pipeline, or another in the place of a part of it: see `replaced.load` for what may be named.

    The shipped model runs in so many threads; with 0, one for each core.
    """
    if pipeline is not None:
        return replaced.load(pipeline, schema or load_schema(), threads=threads)
    return shipped.load(config={"threads": threads})
