"""The joint model in PyTorch: the mention model's encoder and labels, with heads for spans, coreference and relations.

Spans are scored by their ends, as a biaffine classifier (Yu et al. 2020); antecedents from span ends alone, without
building every span (Kirstain et al. 2021); relations from a thing's mentions pooled by logsumexp, with the context
that both ends attend to, and grouped bilinear products (ATLOP, Zhou et al. 2021).
"""

import torch
from torch import Tensor, nn

from kg.extract.pairs import FEATURES
from kg.model import Modality
from kg.train.encoder import WIDTH, Dropout, MentionModel

SPAN_TYPES = ("Person", "Organisation", "Vehicle", "Place", "Work", "Time", "Other")
WIDEST = 40  # words of a span
MODALITIES = tuple(Modality)
_SPAN, _JOIN, _PAIR, _GROUPS, _DISTANCES = 48, 192, 256, 16, 16


class RelationHead(nn.Module):
    """Two things and their shared context, each (pairs, WIDTH), and a bucket of distance to labels and modalities."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.subject = nn.Linear(2 * WIDTH, _PAIR)
        self.object = nn.Linear(2 * WIDTH, _PAIR)
        self.distance = nn.Embedding(_DISTANCES, 32)
        self.mixed = nn.Linear(3 * _PAIR + 32, _PAIR)
        self.bilinear = nn.Linear(_PAIR * _GROUPS, labels, bias=False)
        self.labels = nn.Linear(_PAIR, labels)
        self.manner = nn.Linear(3 * _PAIR + 32, _PAIR)
        self.modality = nn.Linear(_PAIR, len(MODALITIES))
        self.dropout = Dropout(0.1)
        nn.init.constant_(self.labels.bias, -4.0)
        nn.init.normal_(self.bilinear.weight, std=0.01)

    def forward(self, first: Tensor, second: Tensor, context: Tensor, distance: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits of every label, (pairs, labels), and of the modalities, (pairs, 6)."""
        subject = torch.tanh(self.subject(torch.cat((first, context), -1)))
        thing = torch.tanh(self.object(torch.cat((second, context), -1)))
        both = self.dropout(torch.cat((subject, thing, subject * thing, self.distance(distance)), -1))
        groups = (
            subject.view(-1, _GROUPS, _PAIR // _GROUPS, 1) * thing.view(-1, _GROUPS, 1, _PAIR // _GROUPS)
        ).reshape(-1, _PAIR * _GROUPS)
        mixed = self.dropout(nn.functional.gelu(self.mixed(both)))
        manner = self.dropout(nn.functional.gelu(self.manner(both)))
        return self.bilinear(self.dropout(groups)) + self.labels(mixed), self.modality(manner)


class CoreferenceHead(nn.Module):
    """Whether a mention takes up an earlier one, from their vectors, (pairs, 192), and FEATURES numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(_JOIN, _JOIN)
        self.second = nn.Linear(_JOIN, _JOIN)
        self.both = nn.Linear(_JOIN + FEATURES, _JOIN)
        self.score = nn.Linear(_JOIN, 1)
        self.dropout = Dropout(0.2)

    def forward(self, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        """Return a logit a pair, (pairs,)."""
        both = self.both(torch.cat((first * second, features), -1))
        hidden = self.dropout(torch.relu(self.first(first) + self.second(second) + both))
        result: Tensor = self.score(hidden).squeeze(-1)
        return result


class JointModel(MentionModel):
    """The mention model with heads for arguments, spans, coreference and relations on the same encoder."""

    def __init__(self, labels: int, relations: int) -> None:
        super().__init__(labels)
        self.argument = nn.Linear(WIDTH, 3)
        self.span_start = nn.Linear(WIDTH, _SPAN * len(SPAN_TYPES))
        self.span_end = nn.Linear(WIDTH, _SPAN * len(SPAN_TYPES))
        self.span_width = nn.Embedding(WIDEST + 1, len(SPAN_TYPES))
        self.join = nn.Linear(2 * WIDTH, _JOIN)
        self.coreference = CoreferenceHead()
        self.pool = nn.Linear(3 * WIDTH, WIDTH)
        self.relation = RelationHead(relations)
        nn.init.constant_(self.span_width.weight, -4.0)

    def spans(self, starts: Tensor, ends: Tensor) -> Tensor:
        """Score spans from words' first and last pieces' vectors, (words, WIDTH), to (words, words, types).

        The second axis is the last word; what is not 0 to WIDEST words after the first is far below 0.
        """
        count = len(starts)
        first = self.span_start(self.dropout(starts)).view(count, len(SPAN_TYPES), _SPAN)
        last = self.span_end(self.dropout(ends)).view(count, len(SPAN_TYPES), _SPAN)
        scores = torch.einsum("itd,jtd->ijt", first, last) / _SPAN**0.5
        places = torch.arange(count)
        width = places[None, :] - places[:, None]
        outside = (width < 0) | (width >= WIDEST)
        scores = scores + self.span_width(width.clamp(0, WIDEST))
        result: Tensor = scores.masked_fill(outside[:, :, None], -1e4)
        return result

    def joined(self, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Return what coreference is read from, (mentions, 192), of the mentions' first and last pieces' vectors."""
        result: Tensor = self.dropout(nn.functional.gelu(self.join(torch.cat((firsts, lasts), -1))))
        return result

    def mention(self, firsts: Tensor, lasts: Tensor, means: Tensor) -> Tensor:
        """Return what relations are read from, (mentions, WIDTH)."""
        result: Tensor = self.pool(torch.cat((firsts, lasts, means), -1))
        return result
