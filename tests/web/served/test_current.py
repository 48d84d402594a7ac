"""What the space becomes is what the next query finds."""

import shutil
import time
from pathlib import Path

import pytest
from toy import Toy

import kg
from kg.space import Space
from web.served.conftest import Server, serving

NEW = kg.Document(id="d", text="Ben Oduya leads Northern Lines.", source="d.txt")
LEADS = "SELECT ?name { ?x kg:leads ?y ; rdfs:label ?name } ORDER BY ?name"


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "space"))


def leaders(server: Server) -> list[str]:
    answer = server.ask(LEADS, accept="text/csv")
    assert answer.status == 200, answer.text
    return answer.text.split("\r\n")[1:-1]


def test_a_change_of_the_space_is_seen_at_once(copy: Path) -> None:
    with serving(copy) as server:
        assert leaders(server) == ["Ada Quill"]
        with Space.edit(copy) as space:
            for _ in range(3):  # more often than stores are kept
                kg.add([NEW], space, extractor=Toy())
                assert leaders(server) == ["Ada Quill", "Ben Oduya"]
                space.remove("d")
                assert leaders(server) == ["Ada Quill"]


def test_until_the_store_is_there_the_one_before_answers(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.current._LAG", 0.2)
    with serving(copy) as server:
        leaders(server)
        with Space.edit(copy) as space, monkeypatch.context() as patch:
            patch.setattr(Space, "derive", lambda _: None)  # killed between the records and the store
            kg.add([NEW], space, extractor=Toy())
            assert leaders(server) == ["Ada Quill"]
        patience = time.monotonic() + 20
        while leaders(server) == ["Ada Quill"]:
            assert time.monotonic() < patience
            time.sleep(0.05)
        assert leaders(server) == ["Ada Quill", "Ben Oduya"]


def test_a_space_without_a_store_gets_one(copy: Path) -> None:
    shutil.rmtree(copy / "graph")
    with serving(copy) as server:
        assert leaders(server) == ["Ada Quill"]
