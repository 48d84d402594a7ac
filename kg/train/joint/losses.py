"""What the joint model loses on a batch of items: the sum over its heads, each masked to what is told."""

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.pairs import FEATURES, Shape, antecedents, features
from kg.train.joint.items import Item, Pairs, Place, Words
from kg.train.joint.model import JointModel
from kg.train.mentions import padded

SPURIOUS = 0.25  # how many stretches that are no mention are compared beside those that are


class Encoded:
    """A batch of windows after the encoder: vectors (windows, pieces, WIDTH) and attention."""

    def __init__(self, model: JointModel, items: list[Item]) -> None:
        windows = [window for item in items for window in item.windows]
        self.model = model
        ids = torch.from_numpy(padded([window.ids for window in windows]))
        shapes = torch.from_numpy(padded([window.shapes for window in windows]))
        self.vectors, self.shapes, self.attention = model.encode(ids, shapes)
        sums = torch.cumsum(self.vectors, 1)
        self.sums = torch.cat((torch.zeros_like(sums[:, :1]), sums), 1)

    def mentions(self, row: int, found: list[Place]) -> Tensor:
        """Return the relation head's vectors of mentions in one window, (mentions, WIDTH)."""
        first = torch.tensor([place.first for place in found])
        last = torch.tensor([place.last for place in found])
        means = (self.sums[row, last + 1] - self.sums[row, first]) / (last - first + 1).unsqueeze(-1)
        return self.model.mention(self.vectors[row, first], self.vectors[row, last], means)


def loss(model: JointModel, items: list[Item], texts: list[list[Shape]]) -> Tensor:
    """Return the loss of a batch; `texts` holds the shapes of each item's mentions."""
    encoded = Encoded(model, items)
    total = torch.zeros(())
    row = 0
    related: list[Tensor] = []
    positives = 0
    for item, shapes in zip(items, texts, strict=True):
        for pairs in item.pairs:
            labels, manner = relation_logits(encoded, row, pairs)
            related.append(_relation_loss(labels, pairs))
            positives += int((pairs.target == 1).sum())
            total = total + 0.3 * _modality_loss(manner, pairs)
        for index, target in enumerate(item.arguments):
            total = total + 0.02 * _argument_loss(encoded, row + index, target)
        total = total + sum(
            (_span_loss(encoded, row + i, words) for i, words in enumerate(item.words)), torch.zeros(())
        )
        if item.mentions:
            total = total + _chain_loss(encoded, row, item, shapes)
        row += len(item.windows)
    if related:
        total = total + torch.stack(related).sum() / (positives + 8)
    return total


def relation_logits(encoded: Encoded, row: int, pairs: Pairs) -> tuple[Tensor, Tensor]:
    """Return the logits of labels and of modalities of each pair of one window."""
    places = [place for thing in pairs.things for place in thing]
    vectors = encoded.mentions(row, places)
    attention = encoded.attention[row][:, torch.tensor([place.first for place in places])]
    pooled, heads, begin = [], [], 0
    for thing in pairs.things:
        end = begin + len(thing)
        pooled.append(torch.logsumexp(vectors[begin:end], 0))
        heads.append(attention[:, begin:end].mean(1))
        begin = end
    things, looked = torch.stack(pooled), torch.stack(heads)  # (things, WIDTH), (things, heads, pieces)
    subject, thing_ = torch.from_numpy(pairs.subject), torch.from_numpy(pairs.object)
    context = shared_context(looked[subject], looked[thing_], encoded.vectors[row])
    distance = torch.from_numpy(pairs.distance)
    result: tuple[Tensor, Tensor] = encoded.model.relation(things[subject], things[thing_], context, distance)
    return result


def shared_context(first: Tensor, second: Tensor, vectors: Tensor) -> Tensor:
    """Return what both ends attend to, (pairs, WIDTH): localized context pooling (Zhou et al. 2021)."""
    shared = (first * second).sum(1)
    return (shared / (shared.sum(-1, keepdim=True) + 1e-6)) @ vectors


def _relation_loss(logits: Tensor, pairs: Pairs) -> Tensor:
    target = torch.from_numpy(pairs.target).float()
    told = (target >= 0).float()
    losses = nn.functional.binary_cross_entropy_with_logits(logits, target.clamp(min=0), reduction="none")
    return (losses * told).sum()


def _modality_loss(logits: Tensor, pairs: Pairs) -> Tensor:
    target = torch.from_numpy(pairs.modality)
    if not (target >= 0).any():
        return torch.zeros(())
    return nn.functional.cross_entropy(logits, target, ignore_index=-1, reduction="sum") / 8


def _argument_loss(encoded: Encoded, row: int, target: np.ndarray) -> Tensor:
    told = torch.from_numpy(target)
    size = len(told)
    x = encoded.model.tagged(encoded.vectors[row, :size], encoded.shapes[row, :size])
    return nn.functional.cross_entropy(encoded.model.argument(x), told, ignore_index=-1, reduction="sum")


def _span_loss(encoded: Encoded, row: int, words: Words) -> Tensor:
    vectors = encoded.vectors[row]
    scores = encoded.model.spans(vectors[torch.from_numpy(words.firsts)], vectors[torch.from_numpy(words.lasts)])
    logits = torch.cat((torch.zeros_like(scores[..., :1]), scores), -1)
    normal = logits.logsumexp(-1)
    told = [(a, b, t) for a, b, t in words.told]
    total = torch.zeros(())
    if words.judged:
        allowed = torch.cat((logits[..., :1], *(logits[..., t + 1 : t + 2] for t in words.free)), -1)
        losses = normal - allowed.logsumexp(-1)
        keep = torch.ones_like(losses)
        for a, b, _ in told:
            keep[a, b] = 0
        total = (losses * keep).sum()
    for a, b, t in told:
        total = total + normal[a, b] - logits[a, b, t + 1]
    return total / 60


def _chain_loss(encoded: Encoded, row: int, item: Item, shapes: list[Shape]) -> Tensor:
    rows = torch.tensor([row + place.window for place in item.mentions])
    first = encoded.vectors[rows, torch.tensor([place.first for place in item.mentions])]
    last = encoded.vectors[rows, torch.tensor([place.last for place in item.mentions])]
    joined = encoded.model.joined(first, last)
    links = antecedents(shapes)
    own = [index for index, earlier in enumerate(links) for _ in earlier]
    other = [i for earlier in links for i in earlier]
    if not own:
        return torch.zeros(())
    rows_ = np.stack([features(shapes[o], shapes[m], m - o - 1) for m, o in zip(own, other, strict=True)])
    assert rows_.shape[1] == FEATURES
    scores = encoded.model.coreference(joined[other], joined[own], torch.from_numpy(rows_))
    clusters = torch.tensor(item.clusters)
    right = clusters[torch.tensor(own)] == clusters[torch.tensor(other)]
    column = torch.tensor([place for earlier in links for place in range(len(earlier))])
    return antecedent_loss(scores, (torch.tensor(own), column), right, len(shapes)) / 60


def antecedent_loss(scores: Tensor, places: tuple[Tensor, Tensor], right: Tensor, count: int) -> Tensor:
    """Return the marginal negative log-likelihood of the right antecedents, none counting 0 (Lee et al. 2017).

    `places` tells each score's mention and its number among the antecedents of that mention.
    """
    own, column = places
    width = int(column.max()) + 2
    every = torch.full((count, width), -1e4)
    every[:, 0] = 0
    every[own, column + 1] = scores
    good = torch.full((count, width), -1e4)
    good[own[right], column[right] + 1] = scores[right]
    good[:, 0] = torch.where((good > -1e4).any(1), -1e4, 0.0)
    return (every.logsumexp(1) - good.logsumexp(1)).sum()
