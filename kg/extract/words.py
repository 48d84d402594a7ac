"""The word lists of `modality.toml`."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("kg.extract").joinpath("modality.toml").read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in table.items()}


def words(name: str) -> frozenset[str]:
    """Return the list of that name."""
    return _table()[name]
