"""Small spaCy pipelines, made on the spot and saved like anybody's."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.extract import PipelineExtractor, pipeline
from kg.model import Document, Extraction

RULES = {
    "ORG": ["Northern Lines", "Oldmark"],
    "PERSON": ["Ada Quill"],
    "PRODUCT": ["Gannet", "Zapp 3"],
    "NORP": ["Russian"],
    "GPE": ["Port Merrow"],
}


def ruled(folder: Path, rules: dict[str, list[str]] | None = None, *, name: str = "ruled") -> str:
    """Save a pipeline that finds these names by their label; return its path."""
    nlp = spacy.blank("en", meta={"name": name, "version": "1.2"})
    add_ruler(nlp, RULES if rules is None else rules)
    nlp.to_disk(folder)
    return str(folder)


def add_ruler(nlp: Language, rules: dict[str, list[str]]) -> None:
    """Let the pipeline find these names by their label."""
    patterns = [{"label": label, "pattern": name} for label, names in rules.items() for name in names]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]


class Silent:
    """Stands where the joint model does, and reads nothing."""

    def __init__(self, joint: object, *, ahead: bool = False) -> None:
        self.joint = joint
        self.ahead = ahead

    def __call__(self, doc: Doc) -> Doc:
        return doc


class Isolated(PipelineExtractor, frozen=True, kw_only=True, dict=True):
    """Extracts without the shipped model, in whatever process it is asked."""

    models: str

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        pipeline.MODELS, pipeline.Joint, pipeline.Encoder = Path(self.models), joint, Silent  # type: ignore[misc, assignment]
        yield from super().extract(documents)


def joint(folder: Path, *, threads: int) -> tuple[Path, int]:
    """Tell what the joint model would have been loaded with."""
    return folder, threads


def shipped(folder: Path) -> Path:
    """Make a models folder in the place of the shipped one: its parser finds sentences and nothing else."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(folder / "syntax")
    (folder / "VERSION").write_text("en-0\n")
    return folder


def parser(folder: Path, *, object: str = "obj", rules: dict[str, list[str]] | None = None) -> str:
    """Save a pipeline that tags, lemmatises and parses, hardly trained, and finds names by rules; return its path."""
    nlp = spacy.blank("en", meta={"name": "parser", "version": "1.2"})
    # What is seen once counts, in the one sentence that there is to train on.
    rare = {"trainable_lemmatizer": {"min_tree_freq": 1}, "parser": {"min_action_freq": 1}}
    for component in ("tagger", "morphologizer", "trainable_lemmatizer", "parser"):
        nlp.add_pipe(component, config={"model": {"tok2vec": TINY}, **rare.get(component, {})})
    gold = Doc(
        nlp.vocab,
        words=["Ada", "met", "crews", "of", "ships", "in", "port"],
        tags=["NNP", "VBD", "NNS", "IN", "NNS", "IN", "NN"],
        pos=["PROPN", "VERB", "NOUN", "ADP", "NOUN", "ADP", "NOUN"],
        morphs=[""] * 7,
        lemmas=["Ada", "meet", "crew", "of", "ship", "in", "port"],
        heads=[1, 1, 1, 4, 2, 6, 1],
        deps=["nsubj", "ROOT", object, "case", "nmod", "case", "obl"],
    )
    nlp.initialize(lambda: [Example(nlp.make_doc(gold.text), gold)])
    if rules is not None:
        add_ruler(nlp, rules)
    nlp.to_disk(folder)
    return str(folder)


TINY = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 8,
    "depth": 1,
    "embed_size": 50,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
}
