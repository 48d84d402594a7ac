"""Write the joint model for ONNX Runtime, as `kg.extract.joint` reads it: four graphs, the tokeniser and the labels."""

import json
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.extract.pairs import FEATURES
from kg.extract.pieces import CLS, SEP
from kg.train.encoder import WIDTH, pretrained_folder
from kg.train.joint.model import MODALITIES, SPAN_TYPES, WIDEST, JointModel
from kg.train.mentions import LABELS


class Encoder(nn.Module):
    """Ids and shapes, (windows, pieces), to all that the heads start from, piece by piece, and the attention."""

    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        """Return name labels, argument labels, vectors, span starts, span ends and attention."""
        x, shape, attention = self.model.encode(ids, shapes)
        tagged = self.model.tagged(x, shape)
        spans = self.model.span_start(x), self.model.span_end(x)
        return self.model.head(tagged), self.model.argument(tagged), x, *spans, attention


class Mention(nn.Module):
    """The vectors of mentions' first and last pieces and their means, to what relations and coreference read."""

    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, firsts: Tensor, lasts: Tensor, means: Tensor) -> tuple[Tensor, Tensor]:
        """Return (mentions, WIDTH) for relations and (mentions, 192) for coreference."""
        return self.model.mention(firsts, lasts, means), self.model.joined(firsts, lasts)


def export(model: JointModel, folder: Path, labels: tuple[str, ...]) -> None:
    """Write the folder's files; what is there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids = torch.tensor([[CLS, SEP, SEP]])  # any will do: the graphs are traced, not filled
    encoder = {name: {0: "windows", 1: "pieces"} for name in ("ids", "shapes", *_ENCODED)}
    encoder["attention"] = {0: "windows", 2: "pieces", 3: "pieces"}
    _write(
        Encoder(model), (ids, torch.tensor([[0, 4, 0]])), folder / "encoder.onnx", ("ids", "shapes"), _ENCODED, encoder
    )
    rows = torch.zeros(2, WIDTH)
    names = "firsts", "lasts", "means"
    _write(Mention(model), (rows, rows, rows), folder / "mention.onnx", names, ("related", "joined"), None)
    names_ = "first", "second", "context", "distance"
    pair = rows, rows, rows, torch.tensor([0, 1])
    _write(model.relation, pair, folder / "relation.onnx", names_, ("labels", "modality"), None)
    joined = torch.zeros(2, model.join.out_features)
    both = joined, joined, torch.zeros(2, FEATURES)
    _write(model.coreference, both, folder / "antecedent.onnx", ("first", "second", "features"), ("score",), None)
    (folder / "tokenizer.json").write_bytes((pretrained_folder() / "tokenizer.json").read_bytes())
    width = model.span_width.weight[:WIDEST].tolist()
    told = {
        "names": LABELS,
        "spans": SPAN_TYPES,
        "relations": labels,
        "modalities": MODALITIES,
        "widths": [[round(value, 5) for value in row] for row in width],
    }
    (folder / "labels.json").write_text(json.dumps(told), encoding="utf-8")


_ENCODED = ("names", "arguments", "vectors", "starts", "ends", "attention")


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    axes: dict[str, dict[int, str]] | None,
) -> None:
    torch.onnx.export(
        module.eval(), example, path, dynamo=False, input_names=list(inputs), output_names=list(outputs),
        dynamic_axes=axes or {name: {0: "rows"} for name in (*inputs, *outputs)}, opset_version=17,
    )  # fmt: skip
