"""Which of several formats a client wants: what it accepts, by media type and weight, or what the address names."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
"""Formats of the answers to SELECT and ASK, the preferred one first."""
GRAPHS = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "trig": "application/trig; charset=utf-8",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
}
"""Formats of the answers to CONSTRUCT and DESCRIBE, and of graphs."""
# What clients call formats in a query's `format`, where they do not use our names: SPARQLWrapper's, mostly.
_CALLED = {"turtle": "ttl", "n3": "ttl", "n-triples": "nt", "json-ld": "jsonld", "rdf+xml": "rdf", "n-quads": "nq"}
_CALLED_OF_GRAPHS = {"xml": "rdf", "json": "jsonld"}
HTML = "text/html; charset=utf-8"

_ALSO = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
    "nt": ("text/plain",),
    "jsonld": ("application/json",),
    "trig": ("application/x-trig",),
    "rdf": ("application/xml", "text/xml"),
    "ttl": ("application/x-turtle", "text/n3"),
}


def names(offers: Mapping[str, str], accept: str, format: str = "") -> str | None:
    """Return the format that a client wants most of those offered, or None where it wants none of them.

    A named `format` is asked for by its name or media type, and goes before what the client accepts.
    """
    return _best(tuple(offers.items()), accept, format)


@lru_cache(256)  # clients are few, and each says the same with every request
def _best(offers: tuple[tuple[str, str], ...], accept: str, format: str) -> str | None:
    named = format if "/" in format else _media(dict(offers), format)
    wanted = [(named, 1.0)] if format else accepted(accept)
    best, weight = None, 0.0
    for name, media in offers:
        media = media.partition(";")[0]
        found = 0.0 if (media, 0.0) in wanted else max(_weight(wanted, one) for one in (media, *_ALSO.get(name, ())))
        if found > weight:
            best, weight = name, found
    return best


def _media(offers: Mapping[str, str], format: str) -> str:
    name = _CALLED.get(format, format)
    if name not in offers:
        name = _CALLED_OF_GRAPHS.get(name, name)
    return offers.get(name, "-/-").partition(";")[0]


def accepted(accept: str) -> list[tuple[str, float]]:
    """Return the media ranges of an Accept header with their weights; everything, where it is empty."""
    found = []
    for part in accept.split(","):
        media, *parameters = (each.strip().lower() for each in part.split(";"))
        if media:
            found.append((media, _quality(parameters)))
    return found or [("*/*", 1.0)]


def _quality(parameters: Sequence[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _weight(wanted: Sequence[tuple[str, float]], media: str) -> float:
    """Return the weight of a media type: that of the most specific range that it is in, slightly less for a wider one.

    So of several that are wanted alike, one that is wanted by its own name is taken.
    """
    kind = media.partition("/")[0]
    for range_, less in ((media, 0.0), (f"{kind}/*", 1e-6), ("*/*", 2e-6)):
        found = [quality for name, quality in wanted if name == range_]
        if found:
            return max(found) - less if max(found) else 0.0
    return 0.0
