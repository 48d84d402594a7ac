"""What the one command puts together: runs from where the names end or from where others meet, and their means."""

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from kg.train.encoder import MentionModel  # noqa: E402
from kg.train.joint import recipe  # noqa: E402
from kg.train.joint.model import JointModel  # noqa: E402
from kg.train.joint.training import Options  # noqa: E402
from kg.train.mentions import LABELS  # noqa: E402

LEARNS = {"long": 4.0, "short": 8.0, "last": 6.0, "third": 10.0, "renamed": 2.0}


def test_the_weights_are_the_mean_of_the_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished: list[JointModel] = []
    begun: list[float] = []

    def train(model: JointModel, _: object, checkpoint: Path, options: Options, __: Any) -> None:
        bias = next(value for name, value in model.named_parameters() if name == "head.bias")
        begun.append(float(bias.detach()[0]))
        with torch.no_grad():
            bias += LEARNS[checkpoint.stem]
        assert recipe.RUNS[checkpoint.stem][1] is options
        assert not checkpoint.exists()

    named = MentionModel(len(LABELS))
    with torch.no_grad():
        named.head.bias[:] = 1.0
    monkeypatch.setattr(recipe.mentions, "train", lambda *_: named)
    monkeypatch.setattr(recipe, "_names", lambda *_: None)
    monkeypatch.setattr(recipe, "load", lambda *_, **__: None)
    monkeypatch.setattr(recipe, "train", train)
    monkeypatch.setattr(recipe, "finish", lambda model, *_: finished.append(model))
    recipe.make(tmp_path, tmp_path, tmp_path / "checkpoints")
    # Two from the names, one from their mean (6), a third from the names; then from 9.6.
    assert begun == pytest.approx([1.0, 1.0, 6.0, 1.0, 9.6])
    assert float(finished[0].head.bias.detach()[0]) == pytest.approx(10.45)


def test_shares_sum_up_to_one() -> None:
    for shares in recipe.MEANS.values():
        assert sum(shares.values()) == pytest.approx(1)
        assert all(name in {recipe.NAMES, *recipe.RUNS, *recipe.MEANS} for name in shares)


def test_the_mean_is_taken_of_every_weight() -> None:
    one, other = JointModel(len(LABELS), 3), JointModel(len(LABELS), 3)
    for name, value in recipe.averaged({one: 0.25, other: 0.75}).items():
        torch.testing.assert_close(value, 0.25 * one.state_dict()[name] + 0.75 * other.state_dict()[name])
