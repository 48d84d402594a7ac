from pathlib import Path

import pytest
from msgspec.structs import replace
from toy import Toy

from kg.bench.passages import parse_passages
from kg.bench.predict import Records
from kg.bench.run import Options
from kg.bench.written import documents, measure, run
from kg.model import Extraction, Kind, Literal, Mention, Modality, Relation
from kg.schema import load

PASSAGES = """\
[1:Person|Ada Quill] boarded [2:Vehicle:Ship:individual|Gannet]. [2|The ship] is in [3:Place:City|Elm].
1 aboard 2
2 locatedAt 3 possible

[1:Person|Ben Oduya] will board [2:Vehicle:Ship:individual|Gannet].
1 aboard 2 planned
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(PASSAGES, encoding="utf-8")
    return str(tmp_path)


@pytest.fixture
def records(toy: Toy) -> Records:
    return Records(toy, load())


def test_everything_is_in_one_table(path: str, records: Records) -> None:
    result = run(path, records, Options())
    assert (result.benchmark, result.measured_on, result.by) == ("passages", "2 passages, 3 facts", "toy-1")
    assert result.columns == ("what", "marked", "found", "P", "R", "F1", "score")
    rows = {row[0]: row[1:] for row in result.rows}
    assert rows["names, Vehicle"] == (2, 2, 100, 100, 100, None)
    assert rows["names, Place"] == (1, 0, 0, 0, 0, None)
    assert rows["facts, aboard"] == (2, 2, 100, 100, 100, None)
    assert rows["facts, all"] == (3, 2, 100, 66.67, 80, None)
    assert rows["modalities, planned"] == (1, 1, 100, 100, 100, None)
    assert rows["anaphora, descriptions"] == (1, 0, 0, 0, 0, None)
    assert rows["scores, 0.9-1.0"] == (None, 2, 100, None, None, 100)


def test_the_figures_sum_it_up(path: str, records: Records) -> None:
    assert run(path, records, Options()).figures == {
        "Person F1": 100,
        "Place F1": 0,
        "Vehicle F1": 100,
        "facts P": 100,
        "facts R": 66.67,
        "facts F1": 80,
        "modality accuracy": 100,
        "anaphora P": 0,
        "anaphora R": 0,
        "anaphora F1": 0,
        "calibration error": 0,
    }


def test_a_limit_counts_passages(path: str, records: Records) -> None:
    assert run(path, records, Options(limit=1)).measured_on == "1 passages, 2 facts"


def test_what_cannot_be_measured_is_no_figure() -> None:
    record = next(parse_passages(["[1:Person|Ada] slept."]))
    figures = measure([record], [Extraction(document="d", content="")]).figures()
    assert (figures["modality accuracy"], figures["calibration error"]) == (None, None)


TEXT = "The Norwegian ship [1:Vehicle|Gannet] left. [1|It] is [2:Organisation|Fjord Lines]'s."
(RECORD,) = parse_passages([TEXT, "1 ownedBy 2"])
(DOCUMENT,) = documents([RECORD])


def mention(text: str, type: str, cluster: int, *, kind: Kind = Kind.NAME, name: str | None = None) -> Mention:
    start = DOCUMENT.text.index(text)
    place = {"document": DOCUMENT.id, "start": start, "end": start + len(text), "text": text}
    return Mention(**place, type=type, kind=kind, name=name, cluster=cluster)


GANNET, LINES = mention("Gannet", "Vehicle", 0), mention("Fjord Lines", "Organisation", 1)
IT = mention("It", "Vehicle", 0, kind=Kind.PRONOUN)
NORWAY = mention("Norwegian", "Place", 2, kind=Kind.DESCRIPTION, name="Norway")


def relation(subject: Mention, predicate: str, object: Mention | Literal, **more: float | Modality) -> Relation:
    end = object.id if isinstance(object, Mention) else object
    return Relation(subject=subject.id, predicate=predicate, object=end, start=0, end=9, **more)  # type: ignore[arg-type]


def found(*relations: Relation) -> Extraction:
    return Extraction(
        document=DOCUMENT.id, content="", mentions=(NORWAY, GANNET, IT, LINES), relations=tuple(relations)
    )


def test_any_mention_of_a_thing_stands_for_it() -> None:
    measures = measure([RECORD], [found(relation(IT, "ownedBy", LINES, score=0.7))])
    assert measures.figures()["facts F1"] == 100
    assert measures.judged == ((0.7, True),)


def test_an_adjective_that_stands_for_a_country_is_left_out() -> None:
    measures = measure([RECORD], [found(relation(GANNET, "countryOf", NORWAY))])
    assert measures.facts.keys() == {"ownedBy"}
    assert measures.figures()["anaphora P"] == 100


def test_what_is_said_in_words_is_left_out() -> None:
    measures = measure([RECORD], [found(relation(GANNET, "foundedOn", Literal(value="1990", datatype="date")))])
    assert measures.judged == ()


def test_a_modality_that_is_not_the_marked_one_is_wrong() -> None:
    measures = measure([RECORD], [found(relation(GANNET, "ownedBy", LINES, modality=Modality.PAST))])
    assert measures.figures()["modality accuracy"] == 0
    assert measures.figures()["facts F1"] == 100


def test_a_symmetric_fact_is_the_same_both_ways() -> None:
    (record,) = parse_passages(["[1:Person|Ada] wed [2:Person|Ben].", "1 spouseOf 2"])
    ada, ben = (
        Mention(document=record.id, start=start, end=start + 3, text=text, type="Person", cluster=start)
        for text, start in (("Ada", 0), ("Ben", 8))
    )
    said = replace(found(relation(ben, "spouseOf", ada)), mentions=(ada, ben))
    assert measure([record], [said]).figures()["facts F1"] == 100
