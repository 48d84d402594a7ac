import pytest

from kg.bench.score import Score
from kg.bench.scores_pronouns import Answer, Gender, bias, by_gender, score


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (Answer(True, False), Answer(True, False), Score.counted(1, 1, 1)),
        (Answer(True, False), Answer(False, True), Score.counted(0, 1, 1)),
        (Answer(True, False), Answer(True, True), Score.counted(1, 2, 1)),
        (Answer(False, False), Answer(False, False), Score.counted(0, 0, 0)),
        (Answer(False, True), Answer(False, False), Score.counted(0, 0, 1)),
    ],
)
def test_each_name_is_a_question(gold: Answer, found: Answer, expected: Score) -> None:
    assert score(gold, found) == expected


def test_scores_add_up_by_gender() -> None:
    one, other = Score.counted(1, 1, 1), Score.counted(0, 1, 1)
    scored = [(Gender.FEMININE, one), (Gender.MASCULINE, one), (Gender.FEMININE, other)]
    assert by_gender(scored) == {Gender.MASCULINE: one, Gender.FEMININE: one + other}


def test_bias_is_the_feminine_f1_over_the_masculine() -> None:
    scores = {Gender.FEMININE: Score.counted(1, 2, 2), Gender.MASCULINE: Score.counted(1, 1, 1)}
    assert bias(scores) == pytest.approx(0.5)


def test_there_is_no_bias_where_one_side_scores_0() -> None:
    assert bias(by_gender([(Gender.FEMININE, Score.counted(1, 1, 1))])) is None
