from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.bench.gap import FIELDS, Chains, Question, answer, read, run
from kg.bench.run import Options
from kg.bench.scores_pronouns import Answer, Gender
from kg.errors import InputError
from kg.model import Document

TEXT = 'Ada Quill met Bea Oduya, "the second", and she waved.'
ADA, BEA, SHE = (0, 9), (14, 23), (43, 46)
QUESTION = Question(Document(id="1", text=TEXT), SHE, ADA, BEA, Gender.FEMININE, Answer(True, False))


def row(name: str = "1", *, pronoun: str = "she", offset: str = "43", a: str = "TRUE", text: str = TEXT) -> str:
    cells = [name, text, pronoun, offset, "Ada Quill", "0", a, "Bea Oduya", "14", "FALSE", "http://x"]
    return "\t".join(cells)


def write(folder: Path, *rows: str) -> str:
    path = folder / "gap-development.tsv"
    path.write_text("\n".join(["\t".join(FIELDS), *rows]) + "\n", encoding="utf-8")
    return str(path)


class Fixed:
    """Finds the same chains in every text."""

    version = "fixed"

    def __init__(self, *chains: list[tuple[int, int]]) -> None:
        self.found = chains

    def chains(self, documents: Iterable[Document], /) -> Iterator[Chains]:
        for _ in documents:
            yield self.found


def test_a_line_becomes_a_question(tmp_path: Path) -> None:
    assert read(write(tmp_path, row())) == [QUESTION]


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        ([[ADA, SHE], [BEA]], Answer(True, False)),
        ([[ADA], [BEA, SHE]], Answer(False, True)),
        ([[ADA, BEA, SHE]], Answer(True, True)),
        ([[ADA], [BEA], [SHE]], Answer(False, False)),
        ([[(4, 9), SHE]], Answer(True, False)),  # "Quill": more than half of the name
        ([[(0, 3), SHE]], Answer(False, False)),  # "Ada": less
        ([[(0, 46), SHE], [ADA]], Answer(False, False)),  # what only contains the name is another mention
        ([[ADA, (43, 47)]], Answer(False, False)),  # not the pronoun
        ([], Answer(False, False)),
    ],
)
def test_chains_answer_the_question(chains: list[list[tuple[int, int]]], expected: Answer) -> None:
    assert answer(QUESTION, chains) == expected


def test_f1_is_told_by_gender_with_the_bias(tmp_path: Path) -> None:
    man = row("2", pronoun="he", text=TEXT.replace("she", "he "), a="FALSE").replace("FALSE\thttp", "TRUE\thttp")
    result = run(write(tmp_path, row(), man, row("3")), Fixed([ADA, SHE, (43, 45)]), Options())
    assert result.rows[0] == ("overall", 66.67, 66.67, 66.67, 2, 3, 3)
    assert result.rows[1][:4] == ("masculine", 0.0, 0.0, 0.0)
    assert result.rows[2][:4] == ("feminine", 100.0, 100.0, 100.0)
    assert result.figures == {"F1": 66.67, "bias, feminine to masculine F1": None}


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row(offset="44"), "'she' does not stand at 44"),
        (row(offset="x"), "invalid literal"),
        (row(pronoun="the"), "does not stand"),
        (row(a="yes"), "'yes' is neither TRUE nor FALSE"),
        ("1\tshort", "is not a line of GAP"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, broken: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"gap-development.tsv:3: .*{reason}"):
        read(write(tmp_path, row(), broken))


def test_another_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("ID\tText\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.tsv:1: has not GAP's columns, ID, Text"):
        read(str(tmp_path))
