"""The one command that makes the joint model: names, then everything together, then 8 bit and calibration."""

from pathlib import Path

import torch

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
    options = Options()
    texts = load(corpus_folder, finder, sources=corpora.JOINT, seed=options.seed)
    train(model, texts, checkpoints / "joint.pt", options, labels())
    finish(model, output, corpus_folder)


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
