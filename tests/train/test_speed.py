from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.train import speed
from kg.train.speed import CNN, ROBERTA, WHOLE, ratios, stages, strided


def test_the_ratios_are_of_the_whole_pipeline() -> None:
    rates = {WHOLE: 3000, "kg_encoder": 9000, CNN: 9000, ROBERTA: 700}
    assert ratios(rates) == {f"{WHOLE} / {CNN}": 0.33, f"{WHOLE} / {ROBERTA}": 4.29}


@pytest.mark.parametrize(
    ("count", "windows"),
    [
        (1, [(0, 1)]),
        (128, [(0, 128)]),
        (129, [(0, 128), (96, 129)]),
        (224, [(0, 128), (96, 224)]),
        (225, [(0, 128), (96, 224), (192, 225)]),
    ],
)
def test_windows_overlap_and_end_with_the_text(count: int, windows: list[tuple[int, int]]) -> None:
    assert list(strided(count)) == windows


@given(st.integers(1, 2000))
def test_windows_leave_no_word_out(count: int) -> None:
    assert {word for start, end in strided(count) for word in range(start, end)} == set(range(count))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that stands still until it is told otherwise."""
    now = [0.0]
    monkeypatch.setattr(speed.time, "perf_counter", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def test_every_part_has_its_time(clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "read", lambda doc, document: clock(8))
    parts = (("kg_encoder", 1), ("tagger", 2), ("parser", 4))
    nlp = SimpleNamespace(make_doc=str, pipeline=[(name, waiting(clock, seconds)) for name, seconds in parts])
    assert stages(nlp, [Document(id="a", text="Ada left."), Document(id="b", text="Ben left.")]) == {
        "syntax (CNN)": 12,
        "kg_encoder": 2,
        "chains and relations": 16,
    }


def waiting(clock: Callable[[float], None], seconds: float) -> Callable[[str], str]:
    def component(doc: str) -> str:
        clock(seconds)
        return doc

    return component
