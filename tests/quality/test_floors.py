"""What the shipped pipeline makes of passages that nothing was trained on, against floors that only rise.

Where it has become better, `python tests/quality/pin.py` raises them.
"""

from pathlib import Path

import pytest
from quality.pin import FIGURES, below, measured, pinned, table

MODELS = Path(__file__).parents[2] / "kg" / "models" / "en"

pytestmark = pytest.mark.skipif(not list(MODELS.rglob("*.onnx")), reason="needs the model")


@pytest.fixture(scope="session")
def reached() -> dict[str, float]:
    return measured()


def test_every_figure_has_a_floor() -> None:
    assert set(pinned()) == set(FIGURES), "python tests/quality/pin.py gives every figure its floor"


def test_no_figure_is_below_its_floor(reached: dict[str, float]) -> None:
    low = below(pinned(), reached)
    assert not low, f"\n{table(pinned(), reached)}"
