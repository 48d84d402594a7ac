"""What is decided on the page: done, undone, and refused to everybody else."""

import logging
from pathlib import Path

import pytest
from sample import Text
from space.looked import made
from space.test_growth import exported, shown
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kg.space import Space
from kg.space.records import lock
from kg.web import api

TOKEN = "s3cret"
LED = ("Merrow Lines", "Gull Foods", "Tern Bank", "Drake Mills")
FIRMS = dict.fromkeys(LED, ("Organisation", None))
HOME = "http://127.0.0.1:8000"
OWN = {"origin": HOME, "x-kg-token": TOKEN}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "space")


def client_of(path: Path, *, base: str = HOME, client: tuple[str, int] = ("127.0.0.1", 5000)) -> TestClient:
    routes = api.routes(path, settings=api.Settings(name="mine", token=TOKEN))
    return TestClient(Starlette(routes=[Mount("/api", routes=routes)]), base_url=base, client=client)


@pytest.fixture
def client(path: Path) -> TestClient:
    return client_of(path)


def state(path: Path) -> tuple[object, ...]:
    with Space.open(path) as space:
        return exported(space), shown(space), space.generation


def test_two_are_merged_and_it_is_undone(client: TestClient, path: Path) -> None:
    before = state(path)
    told = {"verdict": "same", "left": "ada-quill", "right": "ben-oduya", "note": "her other name"}
    done = client.post("/api/judge", json=told, headers=OWN)
    assert done.status_code == 200
    assert done.json()["changes"]["entities"] == 2
    assert (done.json()["gone"], done.json()["come"]) == (["ben-oduya"], [])
    found = client.get("/api/search?q=ben oduya").json()["results"]
    assert [one["name"] for one in found] == ["Ada Quill"]
    (decided,) = client.get("/api/judgements").json()["judgements"]
    assert (decided["kind"], decided["verdict"], decided["note"]) == ("judgement", "same", "her other name")
    back = client.post("/api/undo", json={"undo": decided["undo"]}, headers=OWN)
    assert back.json()["generation"] == before[2]
    assert state(path) == before
    assert client.get("/api/judgements").json() == {"judgements": []}


def test_a_mention_or_an_anchor_is_judged(client: TestClient) -> None:
    anchors = [{"type": "Person", "name": name} for name in ("ada quill", "ben oduya")]
    told = {"verdict": "different", "left": anchors[0], "right": anchors[1]}
    assert client.post("/api/judge", json=told, headers=OWN).status_code == 200
    told = {"verdict": "different", "left": "a#char=0,9", "right": "b c/ü.txt#char=0,9"}
    assert client.post("/api/judge", json=told, headers=OWN).json()["changes"]["entities"] == 1
    assert len(client.get("/api/search?q=ada quill").json()["results"]) == 2


def test_some_mentions_are_split_off_and_it_is_undone(tmp_path: Path) -> None:
    texts = [Text(one).say("Jo Reed", "leads", led) for one, led in zip("abcd", LED, strict=True)]
    texts[3].say("Jo Reed", "spouseOf", "Ada Quill")
    path = made(tmp_path / "space", *texts, things=dict.fromkeys(("Jo Reed", "Ada Quill"), ("Person", None)) | FIRMS)
    client, before = client_of(path), state(path)
    places = client.get("/api/entity?id=jo-reed").json()["places"]
    first = {one["document"]["id"]: one["mention"] for one in places}
    assert first == {one: f"{one}#char=0,7" for one in "abcd"}
    told = {"entity": "jo-reed", "mentions": [first["b"], first["d"]]}
    done = client.post("/api/split", json=told, headers=OWN).json()
    found = client.get("/api/search?q=jo reed").json()["results"]
    pages = [client.get("/api/entity", params={"id": one["id"]}).json() for one in found]
    assert sorted(sorted({each["document"]["id"] for each in one["places"]}) for one in pages) == [
        ["a", "c"],
        ["b", "d"],
    ]
    assert {one["id"] for one in found} >= {*done["come"]}
    back = client.post("/api/undo", json={"undo": done["undo"]}, headers=OWN).json()
    assert (sorted(back["gone"]), state(path)) == (sorted(done["come"]), before)


def test_a_statement_is_refuted_and_it_is_undone(client: TestClient, path: Path) -> None:
    before = state(path)
    claim = client.get("/api/why?pair=ada-quill,ben-oduya").json()["claims"][0]
    done = client.post("/api/refute", json={"statement": claim["id"], "note": "never"}, headers=OWN).json()
    assert done["changes"]["statements"] == 2
    assert client.get(f"/api/why?statement={claim['id']}").status_code == 404
    (decided,) = client.get("/api/judgements").json()["judgements"]
    assert (decided["kind"], decided["claim"]) == ("refutation", "Ada Quill spouseOf Ben Oduya")
    client.post("/api/undo", json={"undo": done["undo"]}, headers=OWN)
    assert state(path) == before


@pytest.mark.parametrize(
    ("headers", "status", "message"),
    [
        ({"origin": "http://evil.example"}, 403, "a page of http://evil.example may not edit"),
        ({"origin": "null"}, 403, "a page of null may not edit"),
        ({"origin": "https://127.0.0.1:8000"}, 403, "may not edit"),
        ({"origin": "http://127.0.0.1:8001"}, 403, "may not edit"),
        ({"origin": None}, 403, "a page of unknown origin"),
        ({"sec-fetch-site": "cross-site"}, 403, "another site's page"),
        ({"sec-fetch-site": "same-site"}, 403, "another site's page"),
        ({"x-kg-token": "other"}, 403, "X-KG-Token is not this server's; load the page again"),
        ({"x-kg-token": None}, 403, "X-KG-Token"),
        ({"x-kg-token": "é"}, 403, "X-KG-Token"),
        ({"content-type": "text/plain"}, 415, "the body is text/plain; send application/json"),
        ({"content-type": "application/x-www-form-urlencoded"}, 415, "send application/json"),
        ({"host": "evil.example", "origin": "http://evil.example"}, 403, "open the page on this machine"),
        ({"host": "127.0.0.1.evil.example", "origin": "http://127.0.0.1.evil.example"}, 403, "open the page"),
    ],
)
def test_a_foreign_request_is_refused_and_logged(
    path: Path, headers: dict[str, str | None], status: int, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = state(path)
    given = {**OWN, "content-type": "application/json", **headers}
    told = b'{"verdict": "same", "left": "ada-quill", "right": "ben-oduya"}'
    sent = {name: value.encode() for name, value in given.items() if value is not None}
    with caplog.at_level(logging.WARNING):
        answer = client_of(path).post("/api/judge", content=told, headers=sent)
    assert answer.status_code == status
    assert message in answer.json()["error"]
    assert message in caplog.text
    assert state(path) == before
    assert not (path / "judgements.jsonl").exists()


def test_another_machine_is_refused(path: Path) -> None:
    told = {"verdict": "same", "left": "ada-quill", "right": "ben-oduya"}
    answer = client_of(path, client=("192.0.2.7", 5000)).post("/api/judge", json=told, headers=OWN)
    assert (answer.status_code, "192.0.2.7 may not edit" in answer.json()["error"]) == (403, True)
    assert client_of(path, client=("192.0.2.7", 5000)).get("/api/judgements").status_code == 403
    home = "http://localhost:8000"
    own = client_of(path, base=home, client=("::1", 5000)).post(
        "/api/judge", json=told, headers={**OWN, "origin": home}
    )
    assert own.status_code == 200


def test_who_comes_while_another_writes_is_told_to_come_again(client: TestClient, path: Path) -> None:
    held = lock(path)
    told = {"verdict": "same", "left": "ada-quill", "right": "ben-oduya"}
    answer = client.post("/api/judge", json=told, headers=OWN)
    held.close()
    assert (answer.status_code, "try again" in answer.json()["error"]) == (409, True)
    assert client.post("/api/judge", json=told, headers=OWN).status_code == 200


@pytest.mark.parametrize(
    ("name", "body", "status", "message"),
    [
        ("judge", b"{", 400, "the body is not what is asked for"),
        ("judge", b"\xff\xfe", 400, "send an object with verdict, left, right, note"),
        ("judge", b'{"verdict": "perhaps", "left": "ada-quill", "right": "gannet"}', 400, "Invalid enum value"),
        ("judge", b'{"verdict": "same", "left": "ada-quill", "right": "nobody"}', 400, "no entity named 'nobody'"),
        ("judge", b'{"verdict": "same", "left": "gannet", "right": "gannet"}', 400, "tell them apart by ids"),
        ("judge", b'{"verdict": "same", "left": "a", "right": "b", "who": "x"}', 400, "unknown field `who`"),
        ("split", b'{"entity": "ada-quill", "mentions": []}', 400, "no mention: not of what has the id 'ada-quill'"),
        ("split", b'{"entity": "ada-quill", "mentions": ["a#char=0,1"]}', 400, "a#char=0,1: not of what has the id"),
        ("split", b'{"entity": "gannet", "mentions": ["a#char=47,53"]}', 400, "leave it those that are its own"),
        ("refute", b'{"statement": "0"}', 400, "no statement has the id '0'"),
        ("undo", b'{"undo": "0"}', 404, "nothing was decided under the id '0'"),
        ("undo", b'{"undo": "' + b"0" * 70_000 + b'"}', 413, "send less"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, name: str, body: bytes, status: int, message: str) -> None:
    answer = client.post(f"/api/{name}", content=body, headers={**OWN, "content-type": "application/json"})
    assert answer.status_code == status
    assert message in answer.json()["error"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_nothing_is_decided_but_by_post(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/judge", headers=OWN).status_code == 405


def test_without_edit_there_is_no_way_to_edit(path: Path) -> None:
    client = TestClient(Starlette(routes=[Mount("/api", routes=api.routes(path))]), base_url=HOME)
    assert client.post("/api/judge", json={}, headers=OWN).status_code == 404
    assert client.get("/api/judgements").status_code == 404
