"""What the readers of coreference corpora promise, on tiny archives in each corpus's own form."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.bench.annotated import ANY, OTHER, TIME, Annotated
from kg.model import Kind
from kg.train.coreference_corpora import gum, litbank


def conllu(*rows: str) -> str:
    """Return a sentence of rows "form tag head entity"; `_` where no entity opens or closes."""
    lines = []
    for number, row in enumerate(rows, 1):
        form, tag, head, entity = row.split()
        misc = "_" if entity == "_" else f"Entity={entity}"
        xpos = "POS" if form == "'s" else "X"
        lines.append("\t".join((str(number), form, form.lower(), tag, xpos, "_", head, "dep", "_", misc)))
    return "\n".join(lines) + "\n\n"


GUM = "# newdoc id = one\n# newpar\n" + conllu(
    "the DET 2 (1-object",
    "ferry NOUN 4 1)",
    "Oak PROPN 2 (1-object)",
    "left VERB 0 _",
    "Anna PROPN 7 (2-person",
    "'s PART 5 2)",
    "film NOUN 4 (3-abstract)",
    "Monday PROPN 4 (4-time)",
)
GUM += "# newpar\n" + conllu(
    "It PRON 2 (1-object)",
    "sank VERB 0 _",
    "in ADP 4 _",
    "Merrow PROPN 2 (5-place)",
    "with ADP 6 _",
    "Elm PROPN 2 (6-abstract)",
)


@pytest.fixture
def document(tmp_path: Path) -> Annotated:
    with ZipFile(tmp_path / "gum.zip", "w") as opened:
        opened.writestr("dev/GUM_one.conllu", GUM)
    (record,) = gum(tmp_path, split="dev")
    return record


def told(record: Annotated) -> list[list[tuple[str, str, Kind]]]:
    spots = [[record.spots[index] for index in thing] for thing in record.things]
    return [[(record.text[s.start : s.end], s.type, s.kind) for s in thing] for thing in spots]


def test_a_document_is_one_text_with_its_paragraphs(document: Annotated) -> None:
    assert document.text == "the ferry Oak left Anna 's film Monday\n\nIt sank in Merrow with Elm"


def test_a_chain_is_one_thing_across_sentences(document: Annotated) -> None:
    vehicle = [("the ferry", Kind.DESCRIPTION), ("Oak", Kind.NAME), ("It", Kind.PRONOUN)]
    assert told(document)[0] == [(words, "Vehicle", kind) for words, kind in vehicle]


def test_a_thing_named_once_is_one_too(document: Annotated) -> None:
    assert [("Merrow", "Place", Kind.NAME)] in told(document)


def test_a_genitive_ending_is_outside(document: Annotated) -> None:
    assert [("Anna", "Person", Kind.NAME)] in told(document)


def test_the_type_of_what_may_be_a_work_is_left_open(document: Annotated) -> None:
    assert [("film", OTHER, Kind.DESCRIPTION)] in told(document)
    assert [("Elm", ANY, Kind.NAME)] in told(document)


def test_times_are_marked(document: Annotated) -> None:
    assert [("Monday", TIME, Kind.NAME)] in told(document)


def test_everything_in_gum_is_told(document: Annotated) -> None:
    assert document.coreferent
    assert document.spotted >= {"Person", "Organisation", "Place", "Vehicle", TIME, OTHER}


TEXT = "Anna Vale , a sailor , left .\nShe saw the ship 's crew .\n"
ANN = """\
T0\tPROP_PER 0 9\tAnna Vale
T1\tNOM_PER 12 20\ta sailor
T2\tPRON_PER 30 33\tShe
T3\tNOM_VEH 38 46\tthe ship
T4\tNOM_PER 38 54\tthe ship 's crew
T5\tAnna_Vale-0 0 9\tAnna Vale
T6\tAnna_Vale-0 30 33\tShe
T7\tthe_ship-1 38 46\tthe ship
R1\tappos Arg1:T1 Arg2:T0
"""


@pytest.fixture
def novel(tmp_path: Path) -> Annotated:
    with ZipFile(tmp_path / "litbank.zip", "w") as opened:
        opened.writestr("coref/brat/1_sea_brat.txt", TEXT)
        opened.writestr("coref/brat/1_sea_brat.ann", ANN)
        opened.writestr("entities/brat/1_sea_brat.ann", "")
    (record,) = litbank(tmp_path)
    return record


def test_a_novel_is_written_without_spaces_between_its_tokens(novel: Annotated) -> None:
    assert novel.text == "Anna Vale, a sailor, left. She saw the ship's crew."


def test_a_chain_holds_what_an_apposition_equates(novel: Annotated) -> None:
    kinds = [("Anna Vale", Kind.NAME), ("a sailor", Kind.DESCRIPTION), ("She", Kind.PRONOUN)]
    assert told(novel)[0] == [(words, "Person", kind) for words, kind in kinds]


def test_a_mention_of_no_chain_is_a_thing_of_its_own(novel: Annotated) -> None:
    assert told(novel)[1:] == [
        [("the ship", "Vehicle", Kind.DESCRIPTION)],
        [("the ship's crew", "Person", Kind.DESCRIPTION)],
    ]


def test_everything_in_litbank_is_told_but_works(novel: Annotated) -> None:
    assert novel.coreferent
    assert novel.spotted == {"Person", "Organisation", "Vehicle", "Place"}
