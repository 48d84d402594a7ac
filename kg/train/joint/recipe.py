"""The one command that makes the joint model: names, then everything together, then 8 bit and calibration."""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import torch
from msgspec.structs import replace

from kg.extract.facts import names
from kg.extract.joint import GRAPHS, Joint
from kg.extract.labels import labels
from kg.extract.pipeline import joined
from kg.train import compress, corpora, mentions
from kg.train.encoder import MentionModel
from kg.train.joint.calibration import calibrate
from kg.train.joint.export import export
from kg.train.joint.model import JointModel
from kg.train.joint.training import Names, Options, load, train
from kg.train.mentions import LABELS


def make(corpus_folder: Path, output: Path, checkpoints: Path) -> None:
    """Train from the pretrained encoder to the folder that ships; what is in `checkpoints` is gone on from."""
    checkpoints.mkdir(parents=True, exist_ok=True)
    named = mentions.train(corpus_folder, checkpoints / "mentions.pt", mentions.Options())
    torch.manual_seed(1)
    model = JointModel(len(LABELS), len(labels()))
    model.load_state_dict(named.state_dict(), strict=False)
    finder = _names(named, checkpoints / "names")

    def made(name: str) -> JointModel:
        """Return the model of that name of `RUNS` or `MEANS`, and first what it is made of."""
        if name not in known:
            known[name] = deepcopy(model)
            if name in MEANS:
                known[name].load_state_dict(averaged({made(part): share for part, share in MEANS[name].items()}))
            else:
                start, options = RUNS[name]
                known[name].load_state_dict(made(start).state_dict())
                texts = load(corpus_folder, finder, sources=corpora.JOINT, options=options)
                train(known[name], texts, checkpoints / f"{name}.pt", options, labels())
        return known[name]

    known = {NAMES: model}
    finish(made(WHOLE), output, corpus_folder)


# The weights are the mean of runs that began from the same (soups: Wortsman et al. 2022) or from a mean of such (as
# cycles: Izmailov et al. 2018): what one learns by heart the others do not.
NAMES, WHOLE = "names", "mean-4"
MEANS: Mapping[str, Mapping[str, float]] = {
    "mean-1": {"long": 0.75, "short": 0.25},
    "mean-2": {"mean-1": 0.5, "last": 0.5},
    "mean-3": {"mean-2": 0.7, "third": 0.3},
    "mean-4": {"mean-2": 0.25, "mean-3": 0.25, "renamed": 0.5},
}
LONG = Options()
SHORT = Options(
    rounds={
        "knowledgenet": 5,
        "redocred": 12,
        "tekgen": 4,
        "written": 6,
        "gum": 16,
        "litbank": 2,
        "ewt": 1.5,
        "names": 0.8,
    }
)
LAST = Options(
    seed=2,
    rate=1.1e-4,
    head_rate=7e-4,
    rounds={
        "knowledgenet": 2,
        "redocred": 5,
        "tekgen": 1.5,
        "written": 6,
        "gum": 5,
        "litbank": 0.5,
        "ewt": 0.5,
        "names": 1,
    },
)
RENAMED = replace(LAST, seed=4, renamed=0.6, rounds={**LAST.rounds, "written": 10, "names": 1.5})
# What each run begins from, and what it is told.
RUNS: Mapping[str, tuple[str, Options]] = {
    "long": (NAMES, LONG),
    "short": (NAMES, SHORT),
    "third": (NAMES, replace(SHORT, seed=3)),
    "last": ("mean-1", LAST),
    "renamed": ("mean-3", RENAMED),
}


def averaged(parts: Mapping[JointModel, float]) -> dict[str, torch.Tensor]:
    """Return the mean of the models' weights, each counting for its share; the shares sum up to one."""
    states = [(model.state_dict(), share) for model, share in parts.items()]
    return {name: sum(share * state[name] for state, share in states) for name in states[0][0]}


def finish(model: JointModel, output: Path, corpus_folder: Path) -> None:
    """Write the trained model in 8 bit, with what makes its scores probabilities."""
    export(model, output, labels())
    for graph in GRAPHS:
        compress.compress(output / f"{graph}.onnx")
    calibrate(output, corpus_folder)


def _names(model: MentionModel, folder: Path) -> Names:
    # KnowledgeNet marks the ends of facts alone: what else is a name there, the first model says.
    whole = JointModel(len(LABELS), len(labels()))
    whole.load_state_dict(model.state_dict(), strict=False)
    export(whole, folder, labels())
    joint = Joint(folder)
    return lambda text: [(name.start, name.end) for name in joined(text, names(joint, joint.encode(text)))]
