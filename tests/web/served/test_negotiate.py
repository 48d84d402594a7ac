import pytest

from kg.web.negotiate import GRAPHS, RESULTS, names


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "xml"),  # text/xml is one of its names
        ("text/*, text/csv;q=0.9", "xml"),
        ("application/json", "json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "xml"),
        ("text/csv;q=0, */*;q=0.1", "json"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("*/*;q=0.8, text/tab-separated-values", "tsv"),
        ("text/csv; charset=utf-8; q=0.9", "csv"),
        ("text/csv;q=much", None),
        ("image/png", None),
        ("text/turtle", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"),
        (", ,", "json"),
    ],
)
def test_results_are_chosen_by_weight_and_then_by_our_order(accept: str, name: str | None) -> None:
    assert names(RESULTS, accept) == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "ttl"),
        ("text/turtle, application/rdf+xml;q=0.9", "ttl"),
        ("application/rdf+xml, text/turtle;q=0.9", "rdf"),
        ("application/ld+json", "jsonld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("text/plain", "nt"),
        ("text/csv", None),
    ],
)
def test_graphs_are_chosen_so_too(accept: str, name: str | None) -> None:
    assert names(GRAPHS, accept) == name


@pytest.mark.parametrize(
    ("format", "result", "graph"),
    [
        ("csv", "csv", None),
        ("ttl", None, "ttl"),
        ("turtle", None, "ttl"),
        ("json", "json", "jsonld"),
        ("xml", "xml", "rdf"),
        ("text/csv", "csv", None),
        ("nonsense", None, None),
    ],
)
def test_a_named_format_goes_before_what_is_accepted(format: str, result: str | None, graph: str | None) -> None:
    assert names(RESULTS, "text/tab-separated-values", format) == result
    assert names(GRAPHS, "application/trig", format) == graph
