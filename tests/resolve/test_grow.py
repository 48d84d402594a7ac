"""A collection that grows, shrinks and is judged is resolved as if it had been there at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Anchor, Entity, Extraction, Judgement, Verdict
from kg.resolve import Judgements, chains, resolve
from kg.resolve.grow import change
from kg.resolve.rows import Memory, memory
from resolve.test_resolve import CHAINS, telling
from resolve.toys import extraction


class Collection:
    """Extractions and judgements that change, and what was resolved of them step by step."""

    def __init__(self) -> None:
        self.memory: Memory = memory()
        self.extractions: dict[str, Extraction] = {}
        self.judgements: tuple[Judgement, ...] = ()
        self.entities: dict[str, Entity] = {}

    def change(
        self, gone: set[str] = frozenset(), new: tuple[Extraction, ...] = (), judged: tuple[Judgement, ...] = ()
    ) -> None:
        before, self.judgements = self.judgements, (*self.judgements, *judged)
        self.extractions = {id: one for id, one in self.extractions.items() if id not in gone}
        self.extractions |= {one.document: one for one in new}
        swaps = change(self.memory, gone=gone, new=new, before=Judgements(before), after=Judgements(self.judgements))
        for old, _ in swaps:
            if old is not None:
                assert self.entities.pop(old.id) == old
        for _, entity in swaps:
            if entity is not None:
                self.entities[entity.id] = entity

    def check(self) -> None:
        at_once = resolve(self.extractions.values(), self.judgements)
        assert [self.entities[id] for id in sorted(self.entities)] == at_once


DOCUMENT = st.lists(CHAINS, max_size=4).flatmap(telling)
NAME = st.integers(0, 5).map("d{}".format)
WRITE = st.builds(lambda id, said: ("write", extraction(id, *said[0], told=said[1])), NAME, DOCUMENT)
REMOVE = st.sets(NAME, min_size=1, max_size=3).map(lambda ids: ("remove", ids))
JUDGE = st.tuples(
    st.just("judge"),
    st.tuples(st.integers(0, 99), st.integers(0, 99), st.booleans(), st.booleans()),
    st.sampled_from(list(Verdict)),
)
STEPS = st.lists(st.one_of(WRITE, WRITE, REMOVE, JUDGE), max_size=14)


def anchors(extractions: dict[str, Extraction]) -> list[tuple[Anchor, Anchor]]:
    """Return the chains that there are, each as its name everywhere and as this one chain."""
    return [
        (Anchor(type=chain.type, name=chain.name), Anchor(type=chain.type, name=chain.name, mention=chain.mentions[0]))
        for one in extractions.values()
        for chain in chains(one)
    ]


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_any_changes_end_as_everything_at_once(steps: list[tuple]) -> None:
    collection = Collection()
    for kind, *what in steps:
        if kind == "write":
            collection.change(new=(what[0],))
        elif kind == "remove":
            collection.change(gone=what[0])
        elif known := anchors(collection.extractions):
            (one, other, here, there), verdict = what
            left, right = known[one % len(known)][here], known[other % len(known)][there]
            if left != right:
                when = f"2024-01-01T00:00:{len(collection.judgements):02}+00:00"
                collection.change(judged=(Judgement(left=left, right=right, verdict=verdict, when=when),))
        collection.check()


@settings(max_examples=60, deadline=None)
@given(st.lists(DOCUMENT, max_size=5), DOCUMENT)
def test_what_is_added_and_removed_leaves_no_trace(documents: list[tuple], newcomer: tuple) -> None:
    collection = Collection()
    collection.change(
        new=tuple(extraction(f"d{at}", *chains, told=told) for at, (chains, told) in enumerate(documents))
    )
    before = traces(collection.memory)
    collection.change(new=(extraction("new", *newcomer[0], told=newcomer[1]),))
    collection.change(gone={"new"})
    assert traces(collection.memory) == before


def traces(memory: Memory) -> list[dict]:
    return [dict(sorted(table._rows.items())) for table in memory]
