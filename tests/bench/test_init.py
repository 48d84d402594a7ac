from pathlib import Path

import pytest
from toy import Toy

from kg.bench import BENCHMARKS, FOLDED, Options, bench
from kg.errors import InputError, KgError, UnknownPlugin


def test_the_benchmarks_are_these() -> None:
    assert BENCHMARKS.names() == [
        "coreference",
        "gap",
        "knowledgenet",
        "mentions",
        "passages",
        "redocred",
        "resolution",
        "text2kgbench",
    ]
    assert set(BENCHMARKS.names()) >= FOLDED


@pytest.mark.parametrize("name", BENCHMARKS.names())
def test_each_refuses_a_path_to_nothing(name: str, tmp_path: Path, shipped_toy: Toy) -> None:
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        bench(name, str(tmp_path / "nowhere"))


@pytest.mark.parametrize("name", BENCHMARKS.names())
def test_each_refuses_a_folder_of_other_files_with_a_remedy(name: str, tmp_path: Path, shipped_toy: Toy) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(InputError, match="holds nothing of this benchmark; give "):
        bench(name, str(tmp_path))


def test_an_unknown_name_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownPlugin, match="no benchmark for 'glue'; there are: coreference, gap"):
        bench("glue", str(tmp_path))


def test_a_fold_is_refused_where_there_are_none(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="gap comes in no folds"):
        bench("gap", str(tmp_path), options=Options(fold=1))
