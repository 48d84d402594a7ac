"""Train the joint model: every corpus on what it tells, all in one run, seeded and resumable."""

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch
from msgspec import Struct
from msgspec.structs import replace
from tokenizers import Tokenizer

from kg.bench.annotated import ANY, Annotated, Spot
from kg.extract.candidates import candidates
from kg.extract.pairs import Shape, shape
from kg.extract.pieces import load_tokenizer
from kg.train import corpora, mentions
from kg.train.coreference_corpora import gum, litbank
from kg.train.corpora import Passage, Sources
from kg.train.encoder import pretrained_folder, seeded
from kg.train.joint.items import Item, Maker
from kg.train.joint.losses import loss
from kg.train.joint.model import JointModel
from kg.train.joint.split import FOLDS, kept
from kg.train.phrases import ewt
from kg.train.relation_corpora import knowledgenet, redocred, tekgen
from kg.train.renaming import Renamer, countries
from kg.train.written import detailed, named

logger = logging.getLogger(__name__)
Names = Callable[[str], list[tuple[int, int]]]
Rename = Callable[[Annotated, random.Random], Annotated]
NAMES_WEIGHT = 2.0


# How often each corpus is read.
ROUNDS = MappingProxyType(
    {"knowledgenet": 7, "redocred": 28, "tekgen": 6, "written": 12, "gum": 26, "litbank": 3, "ewt": 3, "names": 3}
)


class Options(Struct, frozen=True, kw_only=True):
    """What a training run can be told; `renamed` is the share of times that a written passage bears other names."""

    seed: int = 1
    renamed: float = 0.0
    batch_pieces: int = 1024
    rate: float = 1.6e-4
    head_rate: float = 1e-3
    warmup: float = 0.04
    threads: int = 2
    checkpoint_every: int = 100
    rounds: Mapping[str, float] = ROUNDS


class Texts(Struct, frozen=True):
    """The training texts, by what they are read for, and what gives a written one other names."""

    related: dict[str, list[Annotated]]
    chained: dict[str, list[Annotated]]
    named: list[Passage]
    rename: Rename


def load(folder: Path, names: Names, *, sources: Sources, options: Options) -> Texts:
    """Return every training text; `names` finds the names that stand beside the ends marked in sentences."""
    told = kept(detailed("train"))
    written = [text for text, _ in told]
    rename = _sometimes(Renamer(told, countries(folder)), options.renamed) if options.renamed else _same
    rng = random.Random(options.seed)
    related = {
        "knowledgenet": [with_candidates(text, names) for text in kept(knowledgenet(folder, folds=FOLDS))],
        "redocred": kept(redocred(folder, held_out=False)),
        "tekgen": [with_candidates(text, names) for text in kept(tekgen(folder))],
        "written": written,
    }
    chained = {
        "gum": kept(gum(folder, split="train")),
        "litbank": list(litbank(folder)),
        "written": written,
        "ewt": list(ewt(folder)),
    }
    own = [named(rename(text, rng)) for text in written for _ in range(3)]
    return Texts(related, chained, [*corpora.load(folder, sources, seed=options.seed), *own], rename)


def _same(text: Annotated, _: random.Random) -> Annotated:
    return text


def _sometimes(rename: Rename, share: float) -> Rename:
    return lambda text, rng: rename(text, rng) if rng.random() < share else text


def with_candidates(text: Annotated, names: Names) -> Annotated:
    """Return the text with everything that may be an end of a relation as a thing of its own, beside what is told."""
    spots, things = list(text.spots), list(text.things)
    for scope in text.scopes:
        inside = text.text[scope.start : scope.end]
        for start, end in candidates(inside, names(inside)):
            a, b = start + scope.start, end + scope.start
            if all(b <= spot.start or a >= spot.end for spot in spots):
                things.append((len(spots),))
                spots.append(Spot(a, b, ANY))
    return replace(text, spots=tuple(spots), things=tuple(things))


def train(model: JointModel, texts: Texts, checkpoint: Path, options: Options, labels: tuple[str, ...]) -> None:
    """Train the model in place, saving to `checkpoint` and resuming from it; the seed decides every choice."""
    torch.set_num_threads(1)
    tokenizer = load_tokenizer(pretrained_folder() / "tokenizer.json")
    steps = _parted(_steps(texts, tokenizer, options, labels), options.threads)
    optimiser, schedule = _optimiser(model, len(steps), options)
    done = mentions.resume(checkpoint, model, optimiser, schedule)
    model.train()
    began, sums = time.monotonic(), dict[str, list[float]]()
    with ThreadPoolExecutor(options.threads) as pool:
        for number, parts in enumerate(steps[done:], done + 1):
            optimiser.zero_grad()
            run = partial(_learn, model, (options.seed, number), len(parts))
            for (kind, _), lost in zip(parts, pool.map(run, range(len(parts)), parts), strict=True):
                sums.setdefault(kind, []).append(lost)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            if number % options.checkpoint_every == 0 or number == len(steps):
                told = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(sums.items()))
                logger.info("step %d of %d, %.0f s: %s", number, len(steps), time.monotonic() - began, told)
                sums.clear()
                mentions.save(checkpoint, number, model, optimiser, schedule)
    model.eval()


def _learn(model: JointModel, seed: tuple[int, int], of: int, number: int, step: "Step") -> float:
    """Add to the gradients what one of so many parts of a step teaches, and return its loss."""
    seeded(*seed, number)
    lost = step[1](model)
    (lost / of).backward()  # type: ignore[no-untyped-call]
    return float(lost.detach())


def _optimiser(
    model: JointModel, steps: int, options: Options
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    old = ("positions", "shapes", "norm", "layers", "hidden", "head")
    named = [(name, value) for name, value in model.named_parameters() if value.requires_grad]
    groups = [
        {"params": [value for name, value in named if name.startswith(old)], "lr": options.rate},
        {"params": [value for name, value in named if not name.startswith(old)], "lr": options.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rise = max(1, int(steps * options.warmup))

    def factor(step: int) -> float:
        fall = (steps - step) / max(1, steps - rise)
        return min((step + 1) / rise, max(0.0, fall))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


Step = tuple[str, Callable[[JointModel], torch.Tensor]]
Told = tuple[Item, list[Shape]]


def _parted(steps: list[Step], threads: int) -> list[list[Step]]:
    """Return the steps by so many, which threads take at the same time: two gradients have one sum, more by chance."""
    return [steps[begin : begin + threads] for begin in range(0, len(steps), threads)]


def _steps(texts: Texts, tokenizer: Tokenizer, options: Options, labels: tuple[str, ...]) -> list[Step]:
    rng = random.Random(options.seed)
    maker = Maker(tokenizer, labels, seed=options.seed)
    steps: list[Step] = []
    for kind, group in texts.related.items():
        for chosen in _rounds(group, options.rounds.get(kind, 0), rng):
            chosen = [texts.rename(text, rng) for text in chosen] if kind == "written" else chosen
            told = [(item, list[Shape]()) for text in chosen for item in _related(maker, text, kind)]
            steps += [(kind, _Batch(batch)) for batch in _filled(told, options.batch_pieces)]
    for kind, group in texts.chained.items():
        for chosen in _rounds(group, options.rounds.get(kind, 0) * (0.5 if kind == "written" else 1), rng):
            chosen = [texts.rename(text, rng) for text in chosen] if kind == "written" else chosen
            told = [each for text in chosen for each in _chained(maker, text, kind)]
            steps += [(f"{kind} chains", _Batch(batch)) for batch in _filled(told, options.batch_pieces)]
    named = mentions.Options(seed=options.seed, epochs=options.rounds["names"], batch_pieces=options.batch_pieces)
    steps += [("names", _Rows(batch)) for batch in mentions.batches(texts.named, tokenizer, named)]
    rng.shuffle(steps)
    return steps


class _Batch(Struct, frozen=True):
    told: list[Told]

    def __call__(self, model: JointModel) -> torch.Tensor:
        return loss(model, [item for item, _ in self.told], [shapes for _, shapes in self.told])


class _Rows(Struct, frozen=True):
    rows: list[mentions.Row]

    def __call__(self, model: JointModel) -> torch.Tensor:
        return NAMES_WEIGHT * mentions.loss(model, self.rows)


def _rounds(texts: list[Annotated], rounds: float, rng: random.Random) -> Iterator[list[Annotated]]:
    while rounds > 0 and texts:
        chosen = texts[:]
        rng.shuffle(chosen)
        yield chosen[: int(len(chosen) * min(1.0, rounds))]
        rounds -= 1


def _related(maker: Maker, text: Annotated, kind: str) -> Iterable[Item]:
    return maker.relations(text, 510 if kind == "redocred" else 254, arguments=kind in ("knowledgenet", "tekgen"))


def _chained(maker: Maker, text: Annotated, kind: str) -> Iterator[Told]:
    # A written passage marks names and what takes them up, and leaves other noun phrases alone.
    whole = replace(text, spotted=frozenset()) if kind == "written" else text
    for _ in range(_stretches(whole, kind)):
        item = maker.chains(whole, 254, 4)
        if item is not None:
            yield item, [shape(whole.text, a, b) for a, b in item.stretches]


def _stretches(text: Annotated, kind: str) -> int:
    # A long document gives several stretches, so that about all of it is read in a round.
    return 1 if kind == "written" else max(1, len(text.text) // 4500)


def _filled(told: list[Told], most: int) -> Iterator[list[Told]]:
    # Texts of like length together, so that little is padding; each stretch of a thousand keeps them mixed.
    for begin in range(0, len(told), 1000):
        stretch = sorted(told[begin : begin + 1000], key=lambda each: _longest(each[0]))
        batch: list[Told] = []
        for each in stretch:
            rows = sum(len(item.windows) for item, _ in [*batch, each])
            if batch and rows * _longest(each[0]) > most:
                yield batch
                batch = []
            batch.append(each)
        if batch:
            yield batch


def _longest(item: Item) -> int:
    return max(len(window.ids) for window in item.windows)
