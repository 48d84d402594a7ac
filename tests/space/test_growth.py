"""However a space has grown, it is the space that a build of its documents and judgements makes."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kg
from kg.model import Anchor, Document, Judgement, Statement, Verdict
from kg.resolve import chains
from kg.space import Space
from space.notes import DOCUMENTS, IDS, Notes

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a disk would be waited for at every commit
UNSHRUNK = [phase for phase in Phase if phase is not Phase.shrink]  # shrinking would take minutes
FORMATS = ("nq", "ttl", "jsonl", "csv", "nodes.csv", "graphml")

ADD = st.tuples(st.just("add"), st.lists(DOCUMENTS, min_size=1, max_size=3))
REMOVE = st.tuples(st.just("remove"), st.sets(IDS, min_size=1, max_size=2))
JUDGE = st.tuples(
    st.just("judge"),
    st.tuples(st.integers(0, 99), st.integers(0, 99), st.booleans(), st.booleans(), st.sampled_from(list(Verdict))),
)
UNJUDGE = st.tuples(st.just("unjudge"), st.integers(0, 9))
REFUTE = st.tuples(st.just("refute"), st.integers(0, 99))
UNREFUTE = st.tuples(st.just("unrefute"), st.integers(0, 9))
STEPS = st.lists(st.one_of(ADD, ADD, REMOVE, JUDGE, UNJUDGE, REFUTE, UNREFUTE), min_size=1, max_size=7)


def exported(space: Space) -> dict[str, bytes]:
    """Return all that can be got out of a space."""
    graph, out = space.graph(), {}
    for format in FORMATS:
        target = BytesIO()
        graph.export(target, format=format)
        out[format] = target.getvalue()
    return out


def stored(space: Space) -> list[str]:
    """Return what the store on disk holds, as N-Quads."""
    space.query("ASK { ?s ?p ?o }")
    return sorted(
        f"{quad} .".encode() for quad in space._stores.open(space.generation).quads_for_pattern(None, None, None, None)
    )


def shown(space: Space) -> dict[str, list[tuple]]:
    """Return the rows that are kept for those who look, but for the numbers of entities, which tell nothing."""
    wanted = {"nodes": "SELECT * FROM nodes", "edges": "SELECT * FROM edges", "headings": "SELECT * FROM headings"}
    wanted["statements"] = "SELECT id, edge, first, last, precision FROM statements"
    rows = {table: space._records.rows(sql) for table, sql in wanted.items()}
    rows["nodes"] = [row[1:] for row in rows["nodes"]]
    assert not space._records.rows("SELECT number, id FROM nodes EXCEPT SELECT number, id FROM entities")
    return {table: sorted(found, key=repr) for table, found in rows.items()}


def direct_statements(space: Space) -> list[Statement]:
    return [one for one in space.graph().statements() if not one.inferred]


def check(space: Space, documents: dict[str, Document], folder: Path) -> None:
    with Space.create(folder) as scratch:
        for name in ("judgements.jsonl", "refutations.jsonl"):
            if (space.path / name).exists():
                (folder / name).write_bytes((space.path / name).read_bytes())
        kg.build(reversed(list(documents.values())), into=scratch, extractor=Notes())
        assert exported(space) == exported(scratch)
        assert stored(space) == stored(scratch) == sorted(exported(space)["nq"].splitlines())
        assert shown(space) == shown(scratch)
        assert space.contents() == scratch.contents()
        assert space.generation == scratch.generation


def judgement(space: Space, number: int, one: int, other: int, *how: object) -> Judgement | None:
    here, there, verdict = how
    known = [chain for extraction in space.extractions() for chain in chains(extraction)]
    if not known:
        return None
    left, right = known[one % len(known)], known[other % len(known)]
    ends = [
        Anchor(type=each.type, name=each.name, mention=each.mentions[0] if precise else "")
        for each, precise in ((left, here), (right, there))
    ]
    when = f"2024-01-01T00:00:{number:02}+00:00"
    return None if ends[0] == ends[1] else Judgement(left=ends[0], right=ends[1], verdict=verdict, when=when)


@settings(max_examples=25, phases=UNSHRUNK, deadline=None)
@given(STEPS)
def test_any_changes_end_as_a_build_from_scratch(steps: list[tuple]) -> None:
    with TemporaryDirectory(dir=MEMORY) as folder, Space.create(f"{folder}/space") as space:
        documents: dict[str, Document] = {}
        kg.build([], into=space, extractor=Notes())
        for number, (kind, what) in enumerate(steps):
            if kind == "add":
                kg.add([*{one.id: one for one in what}.values()], space, extractor=Notes())
                documents |= {one.id: one for one in what}
            elif kind == "remove" and (ids := what & documents.keys()):
                space.remove(*sorted(ids))
                documents = {id: one for id, one in documents.items() if id not in ids}
            elif kind == "judge" and (made := judgement(space, number, *what)):
                space.judge(made)
            elif kind == "unjudge" and (known := space.judgements()):
                space.rejudge(known[: what % len(known)] + known[what % len(known) + 1 :])
            elif kind == "refute" and (direct := direct_statements(space)):
                space.refute(space.refutation(direct[what % len(direct)].id, who="me", when=f"{number}"))
            elif kind == "unrefute" and (held := space.refutations()):
                space.unrefute(held[what % len(held)].id)
        check(space, documents, Path(folder) / "scratch")


@settings(max_examples=10, phases=UNSHRUNK, deadline=None)
@given(st.lists(DOCUMENTS, min_size=1, max_size=4, unique_by=lambda one: one.id), st.integers(0, 99))
def test_to_refute_and_to_take_it_back_is_nothing(documents: list[Document], number: int) -> None:
    with TemporaryDirectory(dir=MEMORY) as folder, Space.create(f"{folder}/space") as space:
        kg.build(documents, into=space, extractor=Notes())
        if direct := direct_statements(space):
            before = exported(space), stored(space), shown(space), space.contents(), space.generation
            one = space.refutation(direct[number % len(direct)].id, who="me", when="2024")
            assert one.statement in space.refute(one).statements
            assert one.statement not in {statement.id for statement in space.graph().statements()}
            assert space.unrefute(one.id)
            assert (exported(space), stored(space), shown(space), space.contents(), space.generation) == before
