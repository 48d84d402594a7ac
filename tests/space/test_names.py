"""Entities are found by what they are called."""

from pathlib import Path

import pytest
from toy import Toy

import kg
from kg.model import Document, Extraction, Mention
from kg.space import Space

NAMES = (
    *("Ada Quill", "Adam Quist", "Zoë Ångström", "Merrow", "Tern Lines", "München", "Soyuz MS-19", "O'Hara"),
    *("北京大学", "Quill"),
)


@pytest.fixture
def named(tmp_path: Path) -> Space:
    """A space of one document for each name, and one more of Ada Quill."""
    sources: list[Document | Extraction] = []
    for number, name in enumerate([*NAMES, "Ada Quill"]):
        document = Document(id=f"d{number}", text=f"{name} slept.")
        mention = Mention(document=document.id, start=0, end=len(name), text=name, type="Organisation")
        sources += [document, Extraction(document=document.id, content=document.content, mentions=(mention,))]
    with Space.create(tmp_path / "named") as space:
        kg.add(sources, space, extractor=Toy())
        yield space


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Quill", ["Ada Quill"]),
        ("quill", ["Quill", "Ada Quill"]),
        ("qui", ["Ada Quill", "Adam Quist", "Quill"]),
        ("ad qui", []),
        ("angstrom", ["Zoë Ångström"]),
        ("ZOE", ["Zoë Ångström"]),
        ("munchen", ["München"]),
        ("merr", ["Merrow"]),
        ("lines ter", ["Tern Lines"]),
        ("ms-19", ["Soyuz MS-19"]),
        ("o'h", ["O'Hara"]),
        ("北京大学", ["北京大学"]),
        ('" OR names:*', []),
        ("", []),
        ("-", []),
    ],
)
def test_search_finds_names(named: Space, text: str, found: list[str]) -> None:
    assert [entity.name for entity in named.search(text)] == found


def test_search_stops_at_its_limit(named: Space) -> None:
    assert [entity.name for entity in named.search("qui", limit=1)] == ["Ada Quill"]
    assert named.search("qui", limit=0) == []


def test_search_forgets_what_is_gone(named: Space) -> None:
    named.remove("d0", "d10")
    assert named.search("ada quill") == []


def test_search_knows_aliases(tmp_path: Path) -> None:
    text = "International Space Station ISS"
    document = Document(id="a", text=text)
    ends = ((0, 27), (28, 31))
    mentions = tuple(Mention(document="a", start=s, end=e, text=text[s:e], type="Vehicle") for s, e in ends)
    kg.add(
        [document, Extraction(document="a", content=document.content, mentions=mentions)],
        tmp_path / "s",
        extractor=Toy(),
    )
    with Space.open(tmp_path / "s") as space:
        assert [entity.name for entity in space.search("iss")] == ["International Space Station"]
