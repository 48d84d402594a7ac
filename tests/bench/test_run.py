from kg.bench.run import Options, Result, limited, percent, prf, told
from kg.bench.score import Score


def test_shares_are_told_in_per_cent() -> None:
    assert percent(2 / 3) == 66.67
    assert prf(Score.counted(1, 2, 4)) == (50.0, 25.0, 33.33)


def test_without_a_limit_all_is_measured() -> None:
    assert limited([1, 2, 3], Options()) == [1, 2, 3]
    assert limited([1, 2, 3], Options(limit=2)) == [1, 2]


def test_progress_is_told_after_each_item() -> None:
    said: list[tuple[str, int, int | None]] = []
    assert list(told("ab", 2, lambda *one: said.append(one), stage="x")) == ["a", "b"]
    assert said == [("x", 1, 2), ("x", 2, 2)]


def test_a_table_aligns_its_numbers() -> None:
    result = Result(
        benchmark="gap", measured_on="", by="", columns=("pronoun", "F1", "marked"),
        rows=(("all", 50.0, 1200), ("none", None, 0)), figures={},
    )  # fmt: skip
    assert result.cells() == [["pronoun", "  F1", "marked"], ["all", "50.0", " 1,200"], ["none", "   -", "     0"]]


def test_a_result_is_one_object_with_its_rows_by_column() -> None:
    result = Result(
        benchmark="gap", measured_on="2 texts", by="toy", columns=("pronoun", "F1"), rows=(("all", 50.0),),
        figures={"F1": 50.0},
    )  # fmt: skip
    assert result.record() == {
        "benchmark": "gap", "measured_on": "2 texts", "by": "toy", "figures": {"F1": 50.0}, "notes": (),
        "rows": [{"pronoun": "all", "F1": 50.0}],
    }  # fmt: skip
