"""A joint model of one layer and few words, and the small tokeniser where the pretrained one would be."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from wordpieces import saved

RELATIONS = ("P19", "P20", "kn:CEO", "kg:aboard")


@pytest.fixture(scope="session")
def made() -> Iterator[Callable[[], Any]]:
    """Make a tiny model, the same each time, whose relation labels are `RELATIONS`."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("safetensors")
    from kg.train import encoder
    from kg.train.joint.model import JointModel
    from kg.train.mentions import LABELS

    def make() -> Any:
        torch.manual_seed(7)
        return JointModel(len(LABELS), len(RELATIONS)).eval()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "WORDS", 200)
        patch.setattr(encoder, "LAYERS", 1)
        yield make


@pytest.fixture
def small(made: Callable[[], Any]) -> Any:
    """A tiny model of the test's own."""
    return made()


@pytest.fixture(scope="session")
def pretrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small tokeniser, in the place of the pretrained encoder's."""
    return saved(tmp_path_factory.mktemp("pretrained")).parent
