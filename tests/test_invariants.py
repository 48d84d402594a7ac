"""What never holds: every export of every corpus at hand fulfils it, and each check finds what breaks it."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse
from toy import DOCUMENTS, MANY, Toy

import kg
from kg.graph import Graph
from kg.invariants import checks, violations
from kg.model import Document, Literal, Modality
from kg.resolve import resolve
from tests.sample import THINGS, Text, complete, graph_of, small

SEEDS = Path(__file__).parent.parent / "seeds"
MODEL = Path(kg.__file__).parent / "models" / "en" / "joint"
BOTH = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "trig12": RdfFormat.TRIG,
    "nq12": RdfFormat.N_QUADS,
}
FACTS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}


def exported(graph: Graph, format: str) -> list[Quad]:
    """Read an export back; where it holds only facts, with the evidence of another beside them."""
    out = BytesIO()
    graph.export(out, format=format)
    if format in BOTH:
        return list(parse(out.getvalue(), format=BOTH[format]))
    evidence = [quad for quad in exported(graph, "nq") if "DEFAULT" not in str(quad.graph_name)]
    assert evidence or not graph.documents
    return [*parse(out.getvalue(), format=FACTS[format]), *evidence]


def built(documents: Iterable[Document]) -> Graph:
    return kg.build(documents, extractor=Toy())


def mentioned(graph: Graph) -> Graph:
    """Return the graph without the things that no text names: no resolution makes such."""
    named = [entity for entity in graph.entities() if entity.mentions]
    return Graph(
        graph.statements(),
        documents=graph.documents,
        extractions=graph.extractions,
        entities=named,
        schema=graph.schema,
        refused={},
    )


@pytest.mark.parametrize("format", [*BOTH, *FACTS])
@pytest.mark.parametrize(
    "make",
    [
        lambda: mentioned(small()),
        lambda: mentioned(complete()),
        lambda: built(DOCUMENTS),
        lambda: built(MANY),
        lambda: built([]),
    ],
    ids=["small", "complete", "toy", "many", "empty"],
)
def test_every_export_fulfils_every_check(format: str, make) -> None:
    graph = make()
    assert violations(exported(graph, format), graph.documents) == []


@pytest.mark.skipif(not any(MODEL.glob("*.onnx")), reason="needs the model")
def test_every_export_of_the_seeds_fulfils_every_check() -> None:
    graph = kg.build(SEEDS)
    assert len(graph.statements()) > 20
    for format in (*BOTH, *FACTS):
        assert violations(exported(graph, format), graph.documents) == []


NAMES = st.sampled_from(sorted(THINGS))
SAID = st.tuples(NAMES, st.sampled_from(["leads", "aboard", "spouseOf", "ownedBy", "occupation"]), NAMES)
HOW = st.fixed_dictionaries(
    {"modality": st.sampled_from(list(Modality)), "score": st.floats(0, 1)},
    optional={"source": st.text(max_size=4), "time": st.sampled_from(["2021", "2021-10-05T10:55", "../2019"])},
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), SAID, HOW, st.text(max_size=6)), max_size=12))
def test_any_graph_fulfils_every_check(said: list) -> None:
    texts = [Text(f"{number}#char=0,1 é") for number in range(3)]
    for number, (subject, predicate, thing), how, between in said:
        texts[number].text += between
        texts[number].say(subject, predicate, Literal(value=thing) if predicate == "occupation" else thing, **how)
    extractions = [text.extraction() for text in texts]
    documents = [text.document() for text in texts]
    graph = Graph.of(documents, extractions, resolve(extractions), kg.load_schema())
    for format in ("nq", "trig12"):
        assert violations(exported(graph, format), graph.documents) == []


def broken(graph: Graph, change) -> set[str]:
    """Name the checks that find what a change to the N-Quads of the graph breaks."""
    before = exported(graph, "nq")
    lines = [str(quad) + " ." for quad in before]
    after = [line for old in lines for line in change(old)]
    assert after != lines
    quads = parse("\n".join(after).encode(), format=RdfFormat.N_QUADS)
    return {one.check for one in violations(quads, graph.documents)}


def only(part: str, new):
    return lambda line: new(line) if part in line else [line]


FACT = "<urn:kg:entity/ada-quill> <https://w3id.org/kg/schema#leads> <urn:kg:entity/merrow-lines> ."
DENIED = "<urn:kg:entity/ben-oduya> <https://w3id.org/kg/schema#aboard> <urn:kg:entity/gannet> ."


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (only(FACT, lambda line: [line, line.replace("#leads", "#acquired")]), {"unsupported"}),
        (only(FACT, lambda line: [line, DENIED]), {"hypothetical"}),
        (only(FACT, lambda line: []), {"unstated"}),
        (only("#quote>", lambda line: []), {"incomplete"}),
        (only("#modality>", lambda line: []), {"incomplete"}),
        (only("#confidence>", lambda line: []), {"incomplete"}),
        (only('#quote> "Ada Quill leads', lambda line: [line.replace("Quill leads", "Quill led")]), {"misquoted"}),
        (only("#char=0,29>", lambda line: [line.replace("#char=0,29", "#char=1,29")]), {"misquoted"}),
        (only("#char=0,29>", lambda line: [line.replace("#char=0,29", "")]), {"misquoted"}),
        (only("#char=0,29>", lambda line: [line.replace("document/a#", "document/b#", 1)]), {"misquoted"}),
        (only("entity/gannet> <http://www.w3.org/ns/prov#", lambda line: []), {"unmentioned"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value) if isinstance(value, set) else "",
)
def test_each_check_finds_what_breaks_it(change, found: set[str]) -> None:
    assert broken(mentioned(small()), change) == found


def test_every_check_is_shown_to_find_something() -> None:
    assert list(checks()) == ["unsupported", "unmentioned", "hypothetical", "unstated", "incomplete", "misquoted"]


def test_quotes_of_unknown_documents_are_no_quotes() -> None:
    assert {one.check for one in violations(exported(mentioned(small()), "nq"))} == {"misquoted"}


def test_a_graph_can_be_checked_as_it_is() -> None:
    assert violations(mentioned(small())) == []


def test_a_violation_says_what_and_where() -> None:
    graph = graph_of([Text("a").say("Ada Quill", "leads", "Merrow Lines")], THINGS)
    [first, *_] = violations(graph)
    assert str(first) == "a thing that no document speaks of: ent:ben-oduya"
