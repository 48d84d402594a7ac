import pickle

import pytest

from kg.errors import InputError, KgError, MissingExtra, SchemaError, SpaceError, StageError, UnknownPlugin

ERRORS = [
    KgError("no"),
    InputError("empty", path="a.txt", line=3),
    SchemaError("twice", path="mine.toml"),
    UnknownPlugin("exporter", "xyz", ["ttl", "nt"]),
    MissingExtra("gliner", "gliner"),
    StageError("d", "extract", ValueError("told to")),
    SpaceError("no space"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_travels_between_processes_whole(error: KgError) -> None:
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is type(error)
    assert str(other) == str(error)
    assert vars(other) == vars(error)
