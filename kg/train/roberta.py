"""A RoBERTa-base (Liu et al. 2019) with random weights, whose work is real and whose words are not: to be timed beside.

Weights change nothing about how long it takes. Embeddings and a plain PyTorch encoder, in inference mode, with what
PyTorch makes fast by itself.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from kg.extract.pieces import CLS, PAD, SEP

POSITIONS = 512  # word pieces of one window, the marks at both ends among them


class Roberta(nn.Module):
    """Word pieces (windows, pieces), padded by 0, to vectors (windows, pieces, width); by default of base size."""

    def __init__(
        self, vocabulary: int, *, layers: int = 12, width: int = 768, heads: int = 12, inner: int = 3072
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width, padding_idx=PAD)
        self.positions = nn.Embedding(POSITIONS, width)
        self.norm = nn.LayerNorm(width)
        layer = nn.TransformerEncoderLayer(width, heads, inner, activation="gelu", batch_first=True)
        self.layers = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.eval()

    def forward(self, ids: Tensor) -> Tensor:
        """Return a vector of each piece."""
        x = self.norm(self.words(ids) + self.positions(torch.arange(ids.shape[1]))[None])
        vectors: Tensor = self.layers(x, src_key_padding_mask=ids == PAD)
        return vectors

    def read(self, windows: Sequence[Sequence[int]]) -> Tensor:
        """Return the vectors of windows of word pieces, between marks, all in one batch."""
        rows = [torch.tensor([CLS, *window[: POSITIONS - 2], SEP]) for window in windows]
        with torch.inference_mode():
            vectors: Tensor = self(nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PAD))
        return vectors
