"""What the joint model loses on a batch of items: the sum over its heads, each masked to what is told."""

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.pairs import Shape, antecedents, features, shape
from kg.train.joint.items import Item, Pairs, Place, Words
from kg.train.joint.model import JointModel
from kg.train.mentions import padded

SPURIOUS = 0.3  # the odds at which a stretch is read as a mention, and so compared where it is none
MOST_SPURIOUS = 60  # of one window


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
        spurious: list[tuple[Place, Shape]] = []
        for index, words in enumerate(item.words):
            lost, odds = _span_loss(encoded, row + index, words)
            total = total + lost
            spurious += _spurious(item.text, words, odds, index) if item.mentions else []
        if item.mentions:
            total = total + _chain_loss(encoded, row, item, shapes, spurious)
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


def _span_loss(encoded: Encoded, row: int, words: Words) -> tuple[Tensor, Tensor]:
    """Return what the spans of a window lose, and the odds that each is a mention, (words, words)."""
    vectors = encoded.vectors[row]
    scores = encoded.model.spans(vectors[torch.from_numpy(words.firsts)], vectors[torch.from_numpy(words.lasts)])
    logits = torch.cat((torch.zeros_like(scores[..., :1]), scores), -1)
    normal = logits.logsumexp(-1)
    first, last, kind = torch.from_numpy(words.told).unbind(-1)
    total = torch.zeros(())
    if words.judged:
        allowed = torch.cat((logits[..., :1], *(logits[..., t + 1 : t + 2] for t in words.free)), -1)
        keep = torch.ones_like(normal)
        keep[first, last] = 0
        keep[tuple(torch.from_numpy(words.untold).unbind(-1))] = 0
        total = ((normal - allowed.logsumexp(-1)) * keep).sum()
    typed = kind >= 0
    a, b, t = first[typed], last[typed], kind[typed]
    total = total + (normal[a, b] - logits[a, b, t + 1]).sum()
    a, b = first[~typed], last[~typed]
    total = total + (normal[a, b] - logits[a, b, 1:].logsumexp(-1)).sum()
    return total / 60, 1 - (logits[..., 0] - normal).detach().exp()


def _spurious(text: str, words: Words, odds: Tensor, window: int) -> list[tuple[Place, Shape]]:
    """Return the stretches that would be read as mentions and are none, where every mention is marked."""
    if not words.judged or words.free:
        return []
    wrong = odds >= SPURIOUS
    wrong[tuple(torch.from_numpy(words.told[:, :2]).unbind(-1))] = False
    wrong[tuple(torch.from_numpy(words.untold).unbind(-1))] = False
    return [
        (
            Place(window, int(words.firsts[a]), int(words.lasts[b])),
            shape(text, int(words.starts[a]), int(words.ends[b])),
        )
        for a, b in wrong.nonzero().tolist()[:MOST_SPURIOUS]
    ]


def _chain_loss(
    encoded: Encoded, row: int, item: Item, marked: list[Shape], spurious: list[tuple[Place, Shape]]
) -> Tensor:
    told = list(zip(item.mentions, marked, item.clusters, strict=True))
    # What is no mention takes up nothing, and nothing takes it up: a cluster of its own.
    told += [(place, found, -1 - number) for number, (place, found) in enumerate(spurious)]
    told.sort(key=lambda one: (one[1].start, one[1].end))
    places, shapes = [place for place, _, _ in told], [found for _, found, _ in told]
    rows = torch.tensor([row + place.window for place in places])
    first = encoded.vectors[rows, torch.tensor([place.first for place in places])]
    last = encoded.vectors[rows, torch.tensor([place.last for place in places])]
    joined = encoded.model.joined(first, last)
    links = antecedents(shapes)
    own = [index for index, earlier in enumerate(links) for _ in earlier]
    other = [i for earlier in links for i in earlier]
    if not own:
        return torch.zeros(())
    between = [m - o - 1 for m, o in zip(own, other, strict=True)]
    rows_ = features([shapes[o] for o in other], [shapes[m] for m in own], between)
    scores = encoded.model.coreference(joined[other], joined[own], torch.from_numpy(rows_))
    clusters = torch.tensor([cluster for _, _, cluster in told])
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
