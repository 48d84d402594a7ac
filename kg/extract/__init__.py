"""A document to an extraction: the only room that touches spaCy and the model."""

from kg.extract.pipeline import extract, load, version

__all__ = ["extract", "load", "version"]
