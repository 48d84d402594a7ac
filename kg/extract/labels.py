"""The relation labels of the joint model, and what each says in the vocabulary: `labels.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

INVERSE = "^"


def labels() -> tuple[str, ...]:
    """Return all labels in the order of the model's outputs: `P159` of Wikidata, `kn:CEO`, `kg:leads`."""
    return tuple(label for group in _tables().values() for label in group)


def group(name: str) -> frozenset[str]:
    """Return one table's labels: `redocred`, `tekgen` (those that it adds), `knowledgenet` or `vocabulary`."""
    return frozenset(_tables()[name])


def predicate_of(label: str) -> tuple[str, bool] | None:
    """Return the predicate that a label states and whether it runs from object to subject; None where there is none.

    Raise `KeyError` for what is no label.
    """
    told = _told()[label]
    return (told.removeprefix(INVERSE), told.startswith(INVERSE)) if told else None


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("kg.extract").joinpath("labels.toml").read_text(encoding="utf-8"))


@cache
def _told() -> dict[str, str]:
    return {label: told for table in _tables().values() for label, told in table.items()}
