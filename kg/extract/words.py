"""Words by their base forms, and the word lists of `modality.toml`."""

import tomllib
from collections.abc import Container, Iterator
from functools import cache
from importlib.resources import files

from spacy.tokens import Token


@cache
def _table() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("kg.extract").joinpath("modality.toml").read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in table.items()}


def words(name: str) -> frozenset[str]:
    """Return the list of that name."""
    return _table()[name]


def among(verb: Token, name: str) -> bool:
    """Tell whether the verb's lemma, or the base form where that is the lemmatiser's slip, is in the list."""
    known = words(name)
    return verb.lemma_.lower() in known or lemma_of(verb, known) in known


def lemma_of(verb: Token, known: Container[str] = ()) -> str:
    """Return the verb's lemma with its particle ("take off").

    Where neither is `known`, the regular base form that is ("collid" is the lemmatiser's slip for "collide").
    """
    particle = next((child for child in verb.children if child.dep_ == "compound:prt"), None)
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    if particle is None and after.tag_ == "RP":
        particle = after
    lemma = verb.lemma_.lower()
    if lemma not in known:
        lemma = next((base for base in _bases(verb.lower_) if base in known), lemma)
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def _bases(form: str) -> Iterator[str]:
    for ending in ("ed", "ing", "es", "s", "d"):
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            yield from (stem, f"{stem}e")
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
