from kg.model import Judgement, Verdict
from kg.resolve import SAME, review
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
