"""The word lists of `modality.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from kg.extract.clause import lemma_of


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
