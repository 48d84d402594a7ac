from hypothesis import given
from hypothesis import strategies as st
from marked import marked

from kg.train.joint.split import ASIDE, FOLDS, aside, kept

TEXTS = [marked(f"Text {number}") for number in range(3 * ASIDE + 1)]


def test_every_twelfth_text_is_kept_aside() -> None:
    assert [text.text for text in aside(TEXTS)] == ["Text 0", "Text 12", "Text 24", "Text 36"]


def test_what_is_measured_on_is_no_fold_of_the_training() -> None:
    assert 3 not in FOLDS


@given(st.integers(0, len(TEXTS)))
def test_a_text_is_trained_on_or_kept_aside(count: int) -> None:
    both = kept(TEXTS[:count]), aside(TEXTS[:count])
    assert sorted([*both[0], *both[1]], key=TEXTS.index) == TEXTS[:count]
    assert not set(map(id, both[0])) & set(map(id, both[1]))
