import subprocess
import sys
import time

import pytest

import kg

HEAVY = ("spacy", "numpy", "onnxruntime", "tokenizers", "pyoxigraph", "networkx", "rdflib", "trafilatura", "rich")
LIMIT = 0.5  # seconds, interpreter included, on a machine that may be busy: the best of three


def loaded(code: str) -> list[str]:
    code += f"\nimport sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return list(eval(answer.stdout.splitlines()[-1]))


HELP = "from kg.cli import main; main(['--help'], standalone_mode=False)"


@pytest.mark.parametrize("code", ["import kg", "import kg; dir(kg)", HELP])
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert loaded(code) == []


@pytest.mark.parametrize("code", ["import kg", HELP])
def test_starting_is_quick(code: str) -> None:
    def took() -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - started

    assert min(took() for _ in range(3)) < LIMIT


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(kg, name) is not None
    assert name in dir(kg)


def test_the_public_names_are_these() -> None:
    assert sorted(kg.__all__) == [
        "Document",
        "Entity",
        "Entry",
        "Extraction",
        "Graph",
        "KgError",
        "Literal",
        "Mention",
        "Modality",
        "Relation",
        "Schema",
        "Space",
        "Statement",
        "add",
        "build",
        "load_schema",
        "open",
    ]


def test_build_stays_the_function() -> None:
    import kg.build
    import kg.cli

    assert callable(kg.build)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing
