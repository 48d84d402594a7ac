"""A document to an extraction: the only room that touches spaCy and the model."""

from kg.extract.extractor import PipelineExtractor, load
from kg.extract.pipeline import extract, version

__all__ = ["PipelineExtractor", "extract", "load", "version"]
