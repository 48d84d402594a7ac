"""The fixtures that tests of the outer rooms share: the toy extractor, and what it builds."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from toy import DOCUMENTS, Toy

from kg.space import Space

settings.register_profile("any machine", deadline=None)  # a busy one is slow at times, and wrong at none
settings.load_profile("any machine")


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def shipped_toy(monkeypatch: pytest.MonkeyPatch, toy: Toy) -> Toy:
    """Put the toy in the place of the shipped model."""
    monkeypatch.setattr(sys.modules["kg.build"], "default_extractor", lambda *_, **__: toy)
    return toy


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A directory of files that say what `DOCUMENTS` say."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for document in DOCUMENTS:
        (folder / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
    return folder


@pytest.fixture
def space(tmp_path: Path, toy: Toy) -> Iterator[Space]:
    """A space with `DOCUMENTS` built into it, open to write."""
    from kg import build

    with Space.create(tmp_path / "space") as space:
        build(DOCUMENTS, into=space, extractor=toy)
        yield space
