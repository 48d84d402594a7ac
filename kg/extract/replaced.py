"""Names from elsewhere: a spaCy pipeline or a GLiNER model finds them, and the shipped model reads everything else.

A spaCy pipeline that also tags, lemmatises and parses as the shipped one does (Penn tags, Universal Dependencies) keeps
its own parse, and may leave the names to the shipped model; of any other only the names are taken, for the patterns
would match nothing on its labels.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_package_path, is_package, load_meta

from kg.errors import InputError, MissingExtra
from kg.extract import pipeline as shipped
from kg.extract.designations import designations
from kg.extract.gliner import GlinerNames
from kg.extract.nouns import noun_of
from kg.extract.tagger import Name
from kg.schema import Schema

GLINER = "gliner:"  # before the path or name of a model
SCORE = 0.9  # of a name whose pipeline tells no probability
_ARTICLES = frozenset({"the", "a", "an"})
# "Gannet, a car ferry", "Gannet is the tanker": the words that say what it is
_APPOSITION = re.compile(r"(?:,|\s+(?:is|was))\s+(?:an?|the)\s+([\w-]+)(?:\s+([\w-]+))?")
_BEFORE = re.compile(r"([\w-]+)\s+[\"'“‘]?$")
_AFTER = re.compile(r"[\"'”’]?\s+([\w-]+)")


def load(pipeline: str, schema: Schema, *, threads: int = 0) -> Language:
    """Return a pipeline with the names of an installed spaCy pipeline, given by name or path, or of `gliner:MODEL`.

    Raises `InputError` where there is none or it finds nothing that the schema has a type for, and `MissingExtra` where
    GLiNER is not installed.
    """
    if pipeline.startswith(GLINER):
        labels = {kind.label: name for name, kind in schema.types.items() if kind.parent is None}
        return _with_names(GlinerNames(pipeline.removeprefix(GLINER), labels), "gliner", threads=threads)
    theirs = _spacy(pipeline)
    theirs.max_length = shipped.LONGEST + 1
    types, own = meanings(schema), parses(theirs)
    finders = list(_finders(theirs))
    if not finders and not own:
        raise InputError(f"finds no names; its components: {', '.join(theirs.pipe_names) or 'none'}", path=pipeline)
    _check({label for name in finders for label in _labels(theirs, name)}, types, pipeline)
    if not own:
        return _with_names(SpacyNames(theirs, types), _name(theirs.meta), threads=threads)
    theirs.add_pipe("kg_paragraphs", first=True)
    if finders:
        theirs.add_pipe("kg_own_names", config={"types": types, "by": _name(theirs.meta)})
    else:
        theirs.add_pipe("kg_names", first=True)
    theirs.add_pipe("kg_encoder", first=True, config={"threads": threads})
    return theirs


def identity(pipeline: str) -> str:
    """Return the name and version of a pipeline, without loading it, and a hash of its files where it is a folder.

    Raises as `load` does where there is none.
    """
    if pipeline.startswith(GLINER):
        model = pipeline.removeprefix(GLINER)
        try:
            version = metadata.version("gliner")
        except metadata.PackageNotFoundError as error:
            raise MissingExtra("gliner", "gliner") from error
        return f"gliner-{version}:{model}{_fingerprint(Path(model))}"
    try:
        path = get_package_path(pipeline) if is_package(pipeline) else Path(pipeline)
        meta = load_meta(path / "meta.json")
    except OSError as error:
        raise InputError("not an installed spaCy pipeline, nor a folder that holds one", path=pipeline) from error
    return f"{_name(meta)}-{meta['version']}" + ("" if is_package(pipeline) else _fingerprint(path))


def parses(nlp: Language) -> bool:
    """Tell whether the pipeline gives what the patterns match: Penn tags, lemmas, and Universal Dependencies."""
    given = {what: name for name in nlp.pipe_names for what in nlp.get_pipe_meta(name).assigns}
    factories = {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    coarse = "token.pos" in given or "attribute_ruler" in factories
    if not coarse or not {"token.tag", "token.lemma", "token.dep"} <= given.keys():
        return False
    tags, relations = _labels(nlp, given["token.tag"]), _labels(nlp, given["token.dep"])
    universal = {"nsubj", "obj", "obl", "nmod"} <= relations and not relations & {"dobj", "pobj"}
    return universal and {"NN", "NNS", "NNP"} <= tags


def meanings(schema: Schema) -> dict[str, str]:
    """Return what each label means, by its case-folded form: a type of the schema, a type with `?`, or nothing."""
    return _table() | {name.casefold(): name for name in schema.types}


class SpacyNames:
    """The names that a spaCy pipeline finds in a text, by our types."""

    def __init__(self, nlp: Language, types: Mapping[str, str]) -> None:
        self.nlp = nlp
        self.types = types

    def __call__(self, text: str) -> list[Name]:
        """Return the names in the text, in its order."""
        return translated(self.nlp(text), self.types)


class OwnNames:
    """Gives the entities of a document our types, after its own pipeline has found them."""

    def __init__(self, types: Mapping[str, str], by: str) -> None:
        self.types = types
        self.by = by

    def __call__(self, doc: Doc) -> Doc:
        """Translate `doc.ents`."""
        return shipped.set_names(doc, translated(doc, self.types), by=self.by)


@Language.factory("kg_own_names")
def make_own_names(nlp: Language, name: str, types: dict[str, str], by: str) -> OwnNames:
    """Return the component that goes after a pipeline's own."""
    return OwnNames(types, by)


@Language.factory("kg_given_names")
def make_given_names(nlp: Language, name: str) -> shipped.Names:
    """Return a component that finds nothing before its `tagger` is set."""
    return shipped.Names(lambda text: [])


def translated(doc: Doc, types: Mapping[str, str]) -> list[Name]:
    """Return the entities of a document as names of our types, without those that are none."""
    told = [(types.get(ent.label_.casefold(), ""), trimmed(ent)) for ent in doc.ents]
    doubted = [(type, span) for type, span in told if span and type.endswith("?")]
    # What a text calls a ferry once is one wherever it is named.
    sure = {(type, span.text) for type, span in doubted if _says(doc.text, span, type.removesuffix("?"))}
    return [
        Name(span.start_char, span.end_char, type.removesuffix("?"), SCORE)
        for type, span in told
        if type and span and (not type.endswith("?") or (type, span.text) in sure)
    ]


def trimmed(ent: Span) -> Span:
    """Return the entity without a small article and a possessive, which OntoNotes has in its names."""
    start, end = ent.start, ent.end
    if ent[0].text in _ARTICLES:
        start += 1
    if end > start and ent[-1].text in ("'s", "’s", "'", "’"):
        end -= 1
    return ent.doc[start:end]


def _says(text: str, span: Span, type: str) -> bool:
    start, end = span.start_char, span.end_char
    if type == "Vehicle" and any(one.start < end and start < one.end for one in designations(text)):
        return True
    return any(noun is not None and noun.type == type for noun in map(noun_of, _words_about(text, start, end)))


def _words_about(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the words that may say what a name names: its own last, those on either side, those in apposition."""
    yield from text[start:end].split()[-1:]
    before, after = _BEFORE.search(text[max(0, start - 40) : start]), _AFTER.match(text, end)
    yield from (match[1] for match in (before, after) if match)
    if apposition := _APPOSITION.match(text, end):
        yield from filter(None, apposition.groups())


def _with_names(finder: SpacyNames | GlinerNames, by: str, *, threads: int) -> Language:
    nlp = shipped.load(names="kg_given_names", config={"threads": threads})
    component = nlp.get_pipe("kg_given_names")
    assert isinstance(component, shipped.Names)
    component.tagger, component.by = finder, by
    return nlp


def _name(meta: Mapping[str, Any]) -> str:
    return f"{meta['lang']}_{meta['name']}"


def _spacy(pipeline: str) -> Language:
    try:
        return spacy.load(pipeline)
    except OSError as error:
        raise InputError("not an installed spaCy pipeline, nor a folder that holds one", path=pipeline) from error
    except ValueError as error:  # a component that is not installed, a broken configuration
        raise InputError(f"cannot be loaded: {error}", path=pipeline) from error


def _finders(nlp: Language) -> Iterator[str]:
    """Yield the components that set entities, or may: a stranger's tells nothing of what it does."""
    for name in nlp.pipe_names:
        meta = nlp.get_pipe_meta(name)
        if "doc.ents" in meta.assigns or not (meta.assigns or meta.factory == "attribute_ruler"):
            yield name


def _check(labels: set[str], types: Mapping[str, str], pipeline: str) -> None:
    # Better now than an empty graph at the end.
    if labels and not any(types.get(label.casefold()) for label in labels):
        told = f"its labels mean no type here: {', '.join(sorted(labels))}"
        raise InputError(f"{told}; a schema file can add one as a type", path=pipeline)


def _labels(nlp: Language, component: str) -> set[str]:
    return set(getattr(nlp.get_pipe(component), "labels", ()))


@cache
def _table() -> dict[str, str]:
    tables = tomllib.loads(files("kg.extract").joinpath("ner_labels.toml").read_text(encoding="utf-8"))
    return {label.casefold(): type for table in tables.values() for label, type in table.items()}


def _fingerprint(folder: Path) -> str:
    """Return a hash of all files of a folder, so that one trained or edited anew is another; nothing where none is."""
    if not folder.is_dir():
        return ""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return f"-{digest.hexdigest()[:16]}"
