"""The JSON that the pages ask for, through the routes as a browser would."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from space.looked import HOSTILE, made
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kg.errors import SpaceError
from kg.space import Space
from kg.web.api import Settings, routes


def client_of(path: Path, settings: Settings | None = None) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/api", routes=routes(path, settings=settings))]))


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with client_of(path) as one:
        yield one


def test_the_space_tells_what_there_is(client: TestClient, path: Path) -> None:
    told = client.get("/api/space").json()
    assert told["name"] == path.name
    assert told["counts"] == {"documents": 2, "entities": 5, "facts": 7, "statements": 8}
    assert told["edit"] is False
    assert "token" not in told
    assert {
        key: value for key, value in next(one for one in told["types"] if one["name"] == "Ship").items() if key != "iri"
    } == {"name": "Ship", "label": "ship", "parent": "Vehicle", "count": 1}
    assert told["examples"]
    assert told["years"] == [1970, 2022]


def test_a_search_answers_in_the_shape_of_the_contract(client: TestClient) -> None:
    (found,) = client.get("/api/search", params={"q": "gannet", "type": "Ship,Person", "limit": 5}).json()["results"]
    context = found.pop("context")
    assert found == {
        "id": "gannet",
        "iri": "urn:kg:entity/gannet",
        "name": "Gannet",
        "type": "Vehicle",
        "subtype": "Ship",
        "aliases": [],
        "mentions": 3,
        "documents": 1,
        "degree": 3,
        "sameAs": [],
        "point": None,
        "country": None,
        "matched": "Gannet",
    }
    assert {"text": "Gannet", "quote": True} in context


@pytest.mark.parametrize("query", ["entity=ada-quill", "document=a", "most=connected", "entity=ada-quill,gannet", ""])
def test_a_scene_names_its_ends(client: TestClient, query: str) -> None:
    scene = client.get(f"/api/scene?{query}").json()
    ends = {end for edge in scene["edges"] for end in (edge["source"], edge["target"])}
    assert ends
    assert ends <= {node["id"] for node in scene["nodes"]}
    assert scene["omitted"] == {"nodes": 0, "edges": 0}


def test_each_answer_has_what_is_asked_of_it(client: TestClient) -> None:
    edge = client.get("/api/scene?entity=gannet&modality=planned").json()["edges"][0]
    assert edge["value"] is None
    claim = client.get(f"/api/why?edge={edge['id']}").json()["claims"][0]
    assert claim["edge"] == edge["id"]
    assert [piece for piece in claim["sentence"] if "role" in piece][0] == {
        **{"text": "Ada Quill", "quote": True, "role": "subject", "entity": "ada-quill", "type": "Person"}
    }
    assert client.get(f"/api/why?statement={claim['id']}").json()["claims"] == [claim]
    assert client.get("/api/why?pair=ada-quill,gannet").json()["claims"] == [claim]
    assert client.get("/api/why?entity=gannet&limit=1").json()["more"] == 2
    assert client.get("/api/neighbours?id=gannet&known=gannet,ada-quill").json()["nodes"][0]["id"] == "gannet"
    assert len(client.get("/api/path?from=merrow-lines&to=ben-oduya").json()["paths"]) == 1
    assert client.get("/api/entity?id=ada-quill").json()["places"]
    assert client.get("/api/documents?q=gannet").json()["total"] == 1
    pieces = client.get("/api/document", params={"id": "b c/ü.txt"}).json()["pieces"]
    assert pieces[0]["mention"] == {
        **{"id": "b c/ü.txt#char=0,9", "entity": "ada-quill", "type": "Person", "kind": "name"}
    }
    assert client.get("/api/map").json() == {"places": [], "things": [], "omitted": 0}
    assert client.get("/api/timeline?from=2000").json()["items"][0]["to"] == "2019-01-01"


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("scene?entity=nobody", 404, "no entity has the id 'nobody' now; search for its name"),
        ("scene?limit=0", 400, "/api/scene: limit is '0'; give a whole number from 1 to 2000"),
        ("scene?limit=1e9", 400, "/api/scene: limit is '1e9'"),
        ("scene?score=nan", 400, "/api/scene: score is 'nan'; give a number from 0 to 1"),
        ("scene?type=Shipp", 400, "no type 'Shipp' in the schema; there are: "),
        ("scene?from=soon", 400, "'soon' is no date"),
        ("scene?limt=5", 400, "/api/scene has no parameter 'limt'; there are: limit, "),
        ("scene?limit=5&limit=6", 400, "'limit' is given twice"),
        ("scene?entity=%ff", 400, "no UTF-8 text"),
        ("scene?most=liked", 400, "most is 'liked'; it can be 'connected'"),
        ("entity", 400, "/api/entity needs id=…"),
        ("why", 400, "/api/why needs one of edge=…"),
        ("why?edge=1&entity=2", 400, "/api/why needs one of"),
        ("why?pair=ada-quill", 400, "give two different ids"),
        ("path?from=a", 400, "/api/path needs to=…"),
        ("timeline?dated=never", 400, "it can be 'event' or 'any'"),
        ("document?id=../../etc/passwd", 404, "no document has the id '../../etc/passwd' now"),
        ("entity?id=%00", 404, "no entity has the id"),
    ],
)
def test_what_is_wrong_is_named_with_a_remedy(client: TestClient, address: str, status: int, message: str) -> None:
    answer = client.get(f"/api/{address}")
    assert answer.status_code == status
    assert message in answer.json()["error"]
    assert answer.headers["cache-control"] == "no-store"


def test_asking_again_costs_nothing_until_the_space_changes(tmp_path: Path) -> None:
    client = client_of(made(tmp_path / "space"))
    first = client.get("/api/scene?entity=gannet")
    known = {"if-none-match": first.headers["etag"]}
    again = client.get("/api/scene?entity=gannet", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/scene?entity=gannet&limit=9", headers=known).status_code == 200
    with Space.edit(tmp_path / "space") as space:
        space.remove("b c/ü.txt")
    changed = client.get("/api/scene?entity=gannet", headers=known)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_the_token_is_told_to_no_other_page(path: Path) -> None:
    client = client_of(path, Settings(name="mine", token="secret"))
    own = client.get("/api/space")
    assert (own.json()["token"], own.json()["edit"]) == ("secret", True)
    for foreign in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        told = client.get("/api/space", headers=foreign)
        assert "secret" not in told.text
        assert told.headers["etag"] != own.headers["etag"]
    assert client.get("/api/space", headers={"origin": "http://testserver"}).json()["token"] == "secret"


def test_only_reading_is_answered(client: TestClient) -> None:
    assert client.post("/api/scene").status_code == 405
    assert client.head("/api/scene").status_code == 200


def test_a_space_without_a_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpaceError, match="no such directory"):
        routes(tmp_path / "nowhere")
    Space.create(tmp_path / "empty").close()
    answer = client_of(tmp_path / "empty").get("/api/space")
    assert (answer.status_code, "run kg build again" in answer.json()["error"]) == (503, True)


@pytest.mark.parametrize("text", [*HOSTILE, "a" * 20_000])
def test_hostile_questions_are_only_text(client: TestClient, text: str) -> None:
    assert client.get("/api/search", params={"q": text}).status_code == 200
    for address in ("entity", "document"):
        assert client.get(f"/api/{address}", params={"id": text}).status_code == 404
    assert client.get("/api/documents", params={"q": text}).json()["total"] == 0


def test_many_ask_at_once(client: TestClient) -> None:
    statuses: list[int] = []
    threads = [
        Thread(target=lambda: statuses.append(client.get("/api/scene?entity=gannet").status_code)) for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 16
