"""A list that changes: what its entries may be is linked as if everything had been linked at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve import Entries, Entry, Judgements, Linkers, resolve
from kg.resolve.grow import change
from kg.resolve.relink import relink
from kg.resolve.rows import memory
from resolve.test_resolve import CHAINS, telling
from resolve.toys import extraction

NAMES = ("Ada Quill", "Ada Kuill", "Associated Press", "AP", "Apple", "US", "Georgia", "Soyuz MS-18", "Sojus MS-18")
ENTRIES = st.builds(
    lambda id, names, type: Entry(id=id, name=names[0], aliases=names[1:], type=type),
    st.sampled_from("abc"),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(("Person", "Organisation", "Place", "Vehicle")),
)
LISTS = st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id).map(Entries)
DOCUMENTS = st.lists(st.lists(CHAINS, max_size=4).flatmap(telling), max_size=4)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.lists(LISTS, min_size=1, max_size=4))
def test_changed_lists_end_as_linked_at_once(documents: list[tuple], lists: list[Entries]) -> None:
    extractions = [extraction(f"d{at}", *chains, told=told) for at, (chains, told) in enumerate(documents)]
    before, known, nobody = Entries(), memory(), Judgements()
    swaps = change(known, new=extractions, before=nobody, after=nobody)
    entities = {new.id: new for _, new in swaps if new is not None}
    for after in lists:
        for old, new in relink(known, {*before.all} ^ {*after.all}, Linkers(after)):
            assert entities.pop(old.id) == old
            entities[new.id] = new
        before = after
        assert [entities[id] for id in sorted(entities)] == resolve(extractions, linkers=Linkers(after))
