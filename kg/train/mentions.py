"""Train the encoder to label names and their types: what the joint model starts from.

Labels are B and I of each type, and O. Each corpus marks only some types, so the loss is the marginal likelihood of
the labels that a corpus allows for a word: an unmarked word of a corpus without vehicles may be O or a vehicle
(Tsuboi et al. 2008; Greenberg et al. 2018).
"""

import logging
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from kg.extract.pieces import PAD, load_tokenizer, pieces
from kg.train import corpora, written
from kg.train.corpora import FREE, REFINING, TRAINING, TYPES, UNSURE, Passage, Sources
from kg.train.encoder import MentionModel, pretrained_folder, seeded
from kg.train.joint.split import kept
from kg.train.written import named

LABELS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
OWN = 2  # how often the passages written for kg are read in one epoch
LONGEST = 160  # pieces in one training row
logger = logging.getLogger(__name__)


class Options(Struct, frozen=True, kw_only=True):
    """What a training run can be told; the defaults made the shipped model."""

    seed: int = 1
    epochs: float = 2.5
    refining_epochs: float = 0.8
    refining_rate: float = 7e-5
    batch_pieces: int = 1024
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    threads: int = 2
    checkpoint_every: int = 100


class Row(Struct, frozen=True):
    """One training row: ids, shapes, and the labels allowed for each piece, (pieces, labels); none where not judged."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    allowed: NDArray[np.bool_]


def train(folder: Path, checkpoint: Path, options: Options) -> MentionModel:
    """Train on the corpora in `folder`, saving to `checkpoint` and resuming from it; the seed decides every choice.

    A second, shorter round at a lower rate adds EWT's tagged sentences and takes less of the silver data.
    """
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    source = pretrained_folder()
    model = MentionModel(len(LABELS))
    model.load_pretrained(source)
    rows = _Rows(folder, load_tokenizer(source / "tokenizer.json"))
    _round(model, rows, TRAINING, checkpoint, options)
    refining = replace(
        options, epochs=options.refining_epochs, rate=options.refining_rate, head_rate=3e-4, seed=options.seed + 1
    )
    _round(model, rows, REFINING, checkpoint.with_suffix(".refined.pt"), refining)
    model.eval()
    return model


class _Rows(Struct, frozen=True):
    """What training rows are made from."""

    corpora: Path
    tokenizer: Tokenizer


def _round(model: MentionModel, rows: _Rows, sources: Sources, checkpoint: Path, options: Options) -> None:
    own = [named(text) for text in kept(written.passages("train"))]
    passages = [*corpora.load(rows.corpora, sources, seed=options.seed), *own * OWN]
    steps = list(batches(passages, rows.tokenizer, options))
    optimiser, schedule = _optimiser(model, len(steps), options)
    done = resume(checkpoint, model, optimiser, schedule)
    model.train()
    began = time.monotonic()
    for step, batch in enumerate(steps[done:], done + 1):
        seeded(options.seed, step)
        lost = loss(model, batch)
        optimiser.zero_grad()
        lost.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % options.checkpoint_every == 0 or step == len(steps):
            logger.info("step %d of %d, loss %.4f, %.0f s", step, len(steps), lost.item(), time.monotonic() - began)
            save(checkpoint, step, model, optimiser, schedule)


def _optimiser(
    model: MentionModel, steps: int, options: Options
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    new = ("head", "hidden", "shapes")
    named = [(name, value) for name, value in model.named_parameters() if value.requires_grad]
    groups = [
        {"params": [value for name, value in named if not name.startswith(new)], "lr": options.rate},
        {"params": [value for name, value in named if name.startswith(new)], "lr": options.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rise = max(1, int(steps * options.warmup))

    def factor(step: int) -> float:
        return min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


def save(path: Path, step: int, model: MentionModel, *parts: object) -> None:
    """Write a checkpoint that `resume` goes on from; the old one is whole until the new one is."""
    state = {"step": step, "model": model.state_dict(), "parts": [p.state_dict() for p in parts]}  # type: ignore[attr-defined]
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def resume(path: Path, model: MentionModel, *parts: object) -> int:
    """Fill the model and what trains it from a checkpoint, and return how many steps it has done; 0 without one."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    for part, saved in zip(parts, state["parts"], strict=True):
        part.load_state_dict(saved)  # type: ignore[attr-defined]
    return int(state["step"])


def loss(model: MentionModel, rows: list[Row]) -> Tensor:
    """Return the mean marginal loss of the labels that each piece may have."""
    ids, shapes = padded([row.ids for row in rows]), padded([row.shapes for row in rows])
    allowed = np.zeros((*ids.shape, len(LABELS)), dtype=np.bool_)
    for index, row in enumerate(rows):
        allowed[index, : len(row.allowed)] = row.allowed
    scores = model(torch.from_numpy(ids), torch.from_numpy(shapes))
    mask = torch.from_numpy(allowed)
    judged = mask.any(-1)
    scores, mask = scores[judged], mask[judged]
    result: Tensor = (scores.logsumexp(-1) - scores.masked_fill(~mask, -1e4).logsumexp(-1)).mean()
    return result


def padded(rows: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the rows as one array, each filled up with `PAD` to the longest."""
    result = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
    for index, row in enumerate(rows):
        result[index, : len(row)] = row
    return result


def batches(passages: list[Passage], tokenizer: Tokenizer, options: Options) -> Iterator[list[Row]]:
    """Yield the training steps' rows, drawn anew in every epoch."""
    rng = random.Random(options.seed)
    for epoch in range(int(np.ceil(options.epochs))):
        rows = [_row(_recased(chunk, rng), tokenizer) for chunk in _chunks(passages, rng)]
        rng.shuffle(rows)
        rows = rows[: int(len(rows) * min(1.0, options.epochs - epoch))]
        # Sorting within stretches keeps rows of one length together, so that little is padding.
        stretches = [sorted(rows[i : i + 1000], key=lambda r: len(r.ids)) for i in range(0, len(rows), 1000)]
        batches = [batch for stretch in stretches for batch in _filled(stretch, options.batch_pieces)]
        rng.shuffle(batches)
        yield from batches


def _filled(rows: list[Row], most: int) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        if batch and (len(batch) + 1) * len(row.ids) > most:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _chunks(passages: list[Passage], rng: random.Random) -> Iterator[Passage]:
    # Documents are read in long windows, so training must not see single sentences alone.
    index = 0
    while index < len(passages):
        group, size = [passages[index]], rng.choice((80, 200, 400))
        while (
            index + len(group) < len(passages)
            and passages[index + len(group)].types == group[0].types
            and sum(len(p.text) for p in group) < size
        ):
            group.append(passages[index + len(group)])
        index += len(group)
        yield _joined(group, rng.choice((" ", " ", "\n", "\n\n")))


def _joined(group: list[Passage], space: str) -> Passage:
    text, names = "", []
    for passage in group:
        names += [(start + len(text), end + len(text), kind) for start, end, kind in passage.names]
        text += passage.text + space
    return Passage(text, tuple(names), group[0].types)


def _recased(passage: Passage, rng: random.Random) -> Passage:
    draw = rng.random()
    text = passage.text.upper() if draw < 0.04 else passage.text.lower() if draw < 0.08 else passage.text
    return Passage(text, passage.names, passage.types) if len(text) == len(passage.text) else passage


def _row(passage: Passage, tokenizer: Tokenizer) -> Row:
    found = pieces(tokenizer, passage.text)
    size = min(len(found.ids), LONGEST)
    allowed = np.zeros((size + 2, len(LABELS)), dtype=np.bool_)
    free = [0, *(i for i, label in enumerate(LABELS) if label[2:] and label[2:] not in passage.types)]
    for index in range(size):
        if found.first[index]:
            allowed[index + 1, _labels(passage, int(found.starts[index]), free)] = True
    ids, shapes = found.window(0, size)
    return Row(ids, shapes, allowed)


def _labels(passage: Passage, place: int, free: list[int]) -> list[int]:
    for start, end, kind in passage.names:
        if start <= place < end and kind == FREE:
            return list(range(len(LABELS)))
        if start <= place < end and kind == UNSURE:
            return [
                0,
                *(
                    LABELS.index(f"{m}-{k}")
                    for k in TYPES
                    if k not in ("Person", "Organisation", "Place")
                    for m in "BI"
                ),
            ]
        if start <= place < end:
            return [LABELS.index(f"{'B' if place == start else 'I'}-{kind}")]
    return free
