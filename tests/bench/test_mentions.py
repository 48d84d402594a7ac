from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.mentions import Names, flat, measure, run
from kg.bench.run import Options
from kg.bench.tagged import Name
from kg.model import Document

ADA, BAY = Name(0, 3, "Person"), Name(8, 11, "Place")
TYPES = {"Person", "Place"}


class Fixed:
    """Finds the same names in every text."""

    version = "fixed"

    def __init__(self, *names: Name) -> None:
        self.found = names

    def names(self, documents: Iterable[Document], /) -> Iterator[Names]:
        for _ in documents:
            yield self.found


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([ADA, BAY], (2, 2, 100.0, 100.0, 100.0)),
        ([ADA], (2, 1, 100.0, 50.0, 66.67)),
        ([Name(0, 3, "Place"), BAY], (2, 2, 50.0, 50.0, 50.0)),  # another type
        ([Name(0, 2, "Person"), BAY], (2, 2, 50.0, 50.0, 50.0)),  # another span
        ([Name(0, 3, "Work")], (2, 0, 0.0, 0.0, 0.0)),  # a type that is not marked
        ([], (2, 0, 0.0, 0.0, 0.0)),
    ],
)
def test_span_and_type_have_to_be_the_same(found: list[Name], expected: tuple[float, ...]) -> None:
    assert measure([[ADA, BAY]], [found], TYPES)["all"] == expected


def test_every_type_has_a_row() -> None:
    assert measure([[ADA]], [[ADA]], TYPES) == {
        "Person": (1, 1, 100.0, 100.0, 100.0),
        "Place": (0, 0, 0, 0, 0),
        "all": (1, 1, 100.0, 100.0, 100.0),
    }


def test_names_that_only_touch_do_not_take_each_other() -> None:
    assert measure([[Name(3, 6, "Person")]], [[Name(0, 3, "Place"), Name(3, 6, "Person")]], TYPES)["all"][2:] == (
        50.0,
        100.0,
        66.67,
    )


def test_of_names_that_overlap_the_longest_counts() -> None:
    assert flat([Name(0, 3, "Person"), Name(0, 9, "Place"), Name(12, 15, "Person")]) == [
        Name(0, 9, "Place"),
        Name(12, 15, "Person"),
    ]


name_lists = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 4), st.sampled_from(sorted(TYPES))).map(
        lambda one: Name(one[0], one[0] + one[1], one[2])
    ),
    max_size=6,
).map(flat)


@given(name_lists, name_lists)
def test_the_counts_are_those_of_sets(gold: list[Name], found: list[Name]) -> None:
    right = len({*gold} & {*found})
    marked, said, precision, recall, _ = measure([gold], [found], TYPES)["all"]
    assert (marked, said) == (len(gold), len(found))
    assert precision == pytest.approx(100 * right / len(found) if found else 0, abs=0.01)
    assert recall == pytest.approx(100 * right / len(gold) if gold else 0, abs=0.01)


@given(name_lists.filter(bool))
def test_a_perfect_prediction_scores_100(gold: list[Name]) -> None:
    assert measure([gold], [gold[::-1]], TYPES)["all"][-1] == 100


def test_a_file_is_measured(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("Ada B-PER\nleft O\n\nAda B-PER\n\nBay B-LOC\n", encoding="utf-8")
    result = run(str(tmp_path), Fixed(ADA), Options(limit=2))
    assert result.measured_on == "2 sentences, 2 names"
    assert result.rows == (
        ("Person", 2, 2, 100.0, 100.0, 100.0),
        ("Place", 0, 0, 0, 0, 0),
        ("all", 2, 2, 100.0, 100.0, 100.0),
    )
    assert result.figures == {"F1": 100.0}
