"""Who means harm, or is clumsy, gets an error; nobody else notices."""

import http.client
import json
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.space import Space
from kg.web import Limits
from web.served.conftest import LIMITS, NASTY, Answer, Server, serving

CROSS = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} ?b{n} ?c{n} .' for n in range(50))} }}"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} (!<urn:x>|^!<urn:x>)* ?b{n} .' for n in range(6))} }}"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?a ?f ?i"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUICK = "SELECT ?name { ?x kg:aboard ?y ; rdfs:label ?name }"


def quickest(server: Server, times: int = 5) -> float:
    """The shortest of some waits for an easy answer: this machine may be busy with other things."""
    waits = []
    for _ in range(times):
        started = time.perf_counter()
        assert server.ask(QUICK).status == 200
        waits.append(time.perf_counter() - started)
    return min(waits)


@pytest.mark.parametrize("query", [CROSS, ENDLESS], ids=["cross join", "property path"])
def test_an_endless_query_ends_and_others_are_answered(server: Server, query: str) -> None:
    with ThreadPoolExecutor(1) as threads:
        started = time.monotonic()
        endless = threads.submit(server.ask, query)
        waits = []
        while not endless.done():
            waits.append(quickest(server, 2))
            time.sleep(0.1)
        answer = endless.result()
    assert answer.status == 504, answer.text
    assert answer.text == f"the query ran longer than the {LIMITS.seconds:g} s that it may; ask for less at once\n"
    assert time.monotonic() - started < LIMITS.seconds + 5
    assert len(waits) > 3
    assert sorted(waits)[len(waits) // 2] < 0.2


def test_many_endless_queries_leave_the_others_alone(server: Server) -> None:
    with ThreadPoolExecutor(4) as threads:
        endless = [threads.submit(server.ask, f"{CROSS} LIMIT {n}") for n in range(1, 5)]
        time.sleep(2)
        assert quickest(server) < 0.2
        assert {each.result().status for each in endless} <= {503, 504}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a memory limit")
def test_a_query_that_takes_too_much_memory_is_ended(small: Path) -> None:
    with serving(small, limits=Limits(seconds=60, memory=48 << 20)) as server:
        answer = server.ask(HUNGRY, timeout=90)
        assert answer.status == 500
        assert "the query took more memory than the 48 MB that it may" in answer.text
        assert server.ask(QUICK).status == 200


def test_an_answer_that_is_too_long_is_an_error_and_never_cut(server: Server) -> None:
    answer = server.ask(LONG, accept="text/csv")
    assert answer.status == 500
    assert answer.text.startswith("the answer is longer than the 2 MB that it may be; ask for less, with LIMIT")


def test_a_long_answer_is_whole(server: Server) -> None:
    answer = server.ask(f"{LONG} LIMIT 4000", accept="text/csv")
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["content-length"]) > 1 << 20
    assert len(answer.body.splitlines()) == 4001


@pytest.mark.parametrize("media", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_query_of_ten_megabytes_is_refused(server: Server, media: str) -> None:
    body = b"query=" + b"#" * 10_000_000
    try:
        answer = server.post(body, media)
    except (ConnectionError, http.client.HTTPException):
        return  # refused before it was all sent
    assert answer.status == 413
    assert answer.text == f"the query is longer than the {LIMITS.text:,} bytes that it may be\n"


def test_an_address_of_ten_megabytes_is_refused(server: Server) -> None:
    with suppress(ConnectionError, http.client.HTTPException):  # refused before it was all sent
        assert server(f"/sparql?query={'x' * 10_000_000}").status in (400, 414)
    assert server.ask(QUICK).status == 200


def test_two_hundred_clients_at_once_are_answered(server: Server) -> None:
    with ThreadPoolExecutor(200) as threads:
        answers = list(threads.map(lambda _: server.ask(QUICK), range(200)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


def test_a_client_that_sends_nothing_holds_nobody_up(server: Server) -> None:
    with socket.create_connection((server.host, server.port)) as idle:
        idle.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n")
        assert server.ask(QUICK).status == 200


def test_a_query_that_nobody_waits_for_is_ended(small: Path) -> None:
    with serving(small, limits=Limits(seconds=60, patience=0.1)) as server:
        lines = f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        slow = server.app.state.desk._pool._slow
        with socket.create_connection((server.host, server.port)) as leaving:
            leaving.sendall(lines.encode())
            wait_for(lambda: slow._idle.qsize() == slow.size - 1)
        wait_for(lambda: slow._idle.qsize() == slow.size)


def wait_for(condition: Callable[[], bool]) -> None:
    patience = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.02)


TRICKS = (
    *("/entity/../../etc/passwd", "/entity/%2e%2e/%2e%2e/etc/passwd", "/static/../app.py", "/static/%2e%2e/app.py"),
    *("/static/..%2fapp.py", "/static//etc/passwd", "/document/%00", "/entity/a%00.ttl", "/entity/%ff", "/entity/<>"),
    *("/resource?iri=%00", "/resource?iri=file:///etc/passwd", "/resource?iri=not%20an%20iri", "/entity/.ttl"),
    *("/graph?graph=file:///etc/passwd", "/graph?graph=%00", "/graph/..%2f..%2fetc", f"/entity/{'a' * 20_000}"),
    *("/entity/%25%32%65", "/document/\\..\\..\\x", "/api/../static/x"),
)


@pytest.mark.parametrize("path", TRICKS, ids=lambda path: path[:40])
def test_a_path_that_is_a_trick_leads_nowhere(server: Server, path: str) -> None:
    for accept in ("text/turtle", "text/html"):
        answer = server(quote(path, safe="/%?=&:.\\"), accept=accept)
        assert answer.status in (400, 404, 406), answer.text
        assert b"root:" not in answer.body
        assert b"Starlette" not in answer.body


def test_an_overlong_address_is_refused(server: Server) -> None:
    assert server(f"/entity/{'a' * 40_000}").status == 414


# Names, titles and sentences that are markup


@pytest.fixture(scope="module")
def nasty_server(nasty: Path) -> Iterator[Server]:
    with serving(nasty) as server:
        yield server


def harmless(answer: Answer) -> None:
    policy = answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in policy
    if answer.media == "text/html":
        assert "script-src 'self'" in policy
        assert NASTY.encode() not in answer.body
    else:
        assert "sandbox" in policy
        assert not answer.media.endswith("javascript")


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_markup_in_names_stays_text(nasty_server: Server, format: str) -> None:
    answer = nasty_server.ask("SELECT ?name { ?x rdfs:label ?name } ORDER BY DESC(?name)", format=format)
    assert b"alert(1)" in answer.body
    harmless(answer)
    if format == "xml":
        assert b"<script" not in answer.body


@pytest.mark.parametrize("format", ["ttl", "nt", "jsonld", "trig", "rdf", "nq"])
def test_markup_in_graphs_stays_text(nasty_server: Server, format: str) -> None:
    query = "CONSTRUCT { <urn:x> <http://www.w3.org/1999/xhtml#script> ?name } { ?x rdfs:label ?name }"
    harmless(nasty_server.ask(query, format=format))


@pytest.mark.parametrize(
    "path", [f"/entity/{quote(NASTY)}", f"/{quote(NASTY)}", f"/sparql?query={quote(NASTY)}", "/graph?default"]
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "*/*"])
def test_markup_in_addresses_stays_text(nasty_server: Server, path: str, accept: str) -> None:
    harmless(nasty_server(path, accept=accept))


def test_no_header_can_be_smuggled_in(nasty_server: Server) -> None:
    answer = nasty_server("/entity/x%0d%0aSet-Cookie:%20a=b", accept="text/html")
    assert "set-cookie" not in answer.headers
    assert answer.status == 404


# Changes


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, small: Path) -> Iterator[Server]:
    with serving(small, edit=True) as server:
        yield server


GOOD = {"content_type": "application/json", "sec_fetch_site": "same-origin"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:1"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"x_kg_token": "guessed"}, 403),
        ({"x_kg_token": "é"}, 403),
        ({}, 403),
        ({"host": "evil.example"}, 421),
    ],
)
def test_a_change_from_elsewhere_is_refused_and_logged(
    edited: Server, small: Path, headers: dict[str, str], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with Space.open(small) as space:
        before = space.generation, space.judgements()
    body = json.dumps({"verdict": "same", "left": "ada-quill", "right": "ben-oduya"})
    answer = edited("/api/judge", method="POST", body=body, **{**GOOD, **headers})
    assert answer.status == status
    assert answer.media in ("application/json", "text/plain")
    assert any("refused POST '/api/judge' from 127.0.0.1" in record.message for record in caplog.records)
    with Space.open(small) as space:
        assert (space.generation, space.judgements()) == before


def test_without_edit_nothing_changes(server: Server) -> None:
    answer = server("/api/judge", method="POST", body="{}", **GOOD)
    assert answer.status == 403
    assert "kg serve --edit" in json.loads(answer.body)["error"]


@pytest.mark.parametrize("path", ["/entity/gannet", "/graph?default", "/resource?iri=x"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_only_read_cannot_be_written(edited: Server, path: str, method: str) -> None:
    assert edited(path, method=method, body=urlencode({"a": 1})).status == 405


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]:80", ""])
def test_another_name_that_leads_here_is_refused(server: Server, host: str) -> None:
    assert server("/", host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:80", "LOCALHOST:80"])
def test_this_machine_is_known_by_its_names(server: Server, host: str) -> None:
    assert server("/", host=host).status == 200
