from kg.model import Judgement, Verdict
from kg.resolve import SAME, Entries, Entry, Linkers, resolve, review
from resolve.toys import extraction

DOCUMENTS = [
    extraction("d0", ("Person", "George Bush"), ("Organisation", "Merrow Docks")),
    extraction("d1", ("Person", "George W. Bush"), ("Organisation", "Merrow Docks")),
    extraction("d2", ("Person", "Klim Schipenko")),
    extraction("d3", ("Person", "Klim Shipenko"), told=[(0, "occupation", "director")]),
]


def test_the_least_certain_pair_comes_first_with_its_evidence() -> None:
    found = review(DOCUMENTS)
    distances = [abs(doubt.score - SAME) for doubt in found]
    assert distances == sorted(distances)
    bush = next(doubt for doubt in found if doubt.left.anchor.name == "george bush")
    assert (bush.left.documents, bush.left.near) == (("d0",), ("merrow docks",))
    assert dict(bush.comparisons)["short_middle"] == 1.0
    klim = next(doubt for doubt in found if doubt.right.names == ("Klim Shipenko",))
    assert klim.right.facts == (("position", "director"),)


def test_what_was_judged_is_not_asked_again() -> None:
    for verdict in Verdict:
        first = review(DOCUMENTS)[0]
        said = Judgement(left=first.right.anchor, right=first.left.anchor, verdict=verdict, when="2021-10-04")
        assert review(DOCUMENTS, [said]) == review(DOCUMENTS)[1:]


def test_only_so_many_are_listed_whatever_the_order() -> None:
    assert review(reversed(DOCUMENTS), limit=1) == review(DOCUMENTS)[:1]
    assert review([]) == []


def test_what_is_linked_to_the_same_comes_first() -> None:
    entry = Entry(id="g", name="Northern Lines", aliases=("Gannet Traffic",), type="Organisation")
    found = [*DOCUMENTS, extraction("d4", ("Organisation", "Northern Lines"), ("Organisation", "Gannet Traffic"))]
    entities = resolve(found, linkers=Linkers(Entries([entry])))
    first, *others = review(found, entities=entities)
    assert {first.left.anchor.name, first.right.anchor.name} == {"northern lines", "gannet traffic"}
    assert first.comparisons == (("same_link", 1.0),)
    assert others == review(found)
    ends = {"left": first.left.anchor, "right": first.right.anchor}
    for verdict in Verdict:
        said = Judgement(**ends, verdict=verdict, when="2021-10-04")
        assert review(found, [said], entities=entities) == others
