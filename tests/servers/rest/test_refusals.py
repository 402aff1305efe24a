"""Tests of the REST server's refusals over real sockets: each is a problem document, and none ends the server."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from servers.rest.bodies.documents import ACCEPT_POST
from servers.rest.files.sample import sample_data
from servers.rest.server import STORE_FILE
from servers.rest.storage.store import Store
from servers.status import MEANINGS, official_reason
from tests.conftest import Run
from tests.servers.rest.harness import JSON, Running, running

PLAYERS = len(sample_data().collections[1][1])


async def problem(response: ClientResponse, status: int) -> dict[str, Any]:
    """The problem document of a response, which must have this status and all that every problem has."""
    members: dict[str, Any] = json.loads(await response.read())
    assert response.status == members["status"] == status, members
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (members["type"], members["title"]) == ("about:blank", official_reason(status))
    assert response.reason == official_reason(status)
    assert members["detail"].endswith(".")
    assert members["meaning"] == MEANINGS[status]
    return members


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/players/",
        "/players/0",
        "/players/-1",
        "/players/1.5",
        "/players/abc",
        "/players/01",
        "/players/1/x",
        "/players/٣",
        "/players/9999999",
        "/players/99999999999999999999",
        "//players",
        "/Players",
    ],
)
def test_unknown_resources_are_404(tmp_path: Path, run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            assert rest.server.address is not None
            url = rest.server.address.url + path
            for response in (await rest.client.get(url), await rest.client.put(url, json={"name": "x"})):
                assert (await problem(response, 404))["instance"].startswith("/")

    run(scenario())


def test_a_path_of_wild_bytes_is_404_with_a_sound_instance(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            target = b"/%ff%zz%00%e2%80%ae%0d%0aX:1"
            answer = await rest.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 404 ")
            assert b"X:1" not in head
            assert json.loads(body)["instance"] == "/%ff%25zz%00%E2%80%AE%0D%0AX:1"
            await _still_serves(rest)

    run(scenario())


@pytest.mark.parametrize(("method", "path"), [("PATCH", "/players"), ("DELETE", "/players"), ("POST", "/")])
def test_a_method_that_the_resource_has_not_is_405_with_allow(tmp_path: Path, run: Run, method: str, path: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            response = await rest.client.request(method, path)
            assert (await problem(response, 405))["instance"] == path
            assert response.headers["Allow"] == (await rest.client.options(path)).headers["Allow"]

    run(scenario())


@pytest.mark.parametrize("method", ["PROPFIND", "PURGE", "LINK", "FOO", "get"])
def test_unknown_methods_are_501(tmp_path: Path, run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            tail = " /players HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            assert (await rest.raw((method + tail).encode())).split()[1] == b"501"

    run(scenario())


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "image/png", "application/json; charset=latin-1", "json", "a/b, c/d"]
)
def test_a_body_of_another_media_type_is_415(tmp_path: Path, run: Run, content_type: str | None) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            headers = {} if content_type is None else {"Content-Type": content_type}
            response = await rest.client.post(
                "/players", data=b'{"name": "x"}', headers=headers, skip_auto_headers=["Content-Type"]
            )
            await problem(response, 415)
            assert response.headers["Accept-Post"] == ACCEPT_POST

    run(scenario())


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "*/*;q=0", "text/csv, audio/*"])
def test_an_accept_that_excludes_all_is_406_before_anything_changes(tmp_path: Path, run: Run, accept: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for response in (
                await rest.client.get("/players/1", headers={"Accept": accept}),
                await rest.client.delete("/players/1", headers={"Accept": accept}),
            ):
                await problem(response, 406)
            assert (await rest.client.get("/players/1")).status == 200

    run(scenario())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"1",
        b'"\xff"',
        b"{}",
        b'{"name": "a", "name": "b"}',
        b'{"name": NaN}',
        b'{"name": "\\ud800"}',
        b'{"name": "a", "number": true}',
        b'{"name": "a", "number": 1e400}',
        b'{"name": "a", "number": 1e99999999999999999999}',
        b'{"name": "a", "number": ' + b"9" * 5000 + b"}",
        b'{"name": "a", "extra": 1}',
        b'{"name": "a", "id": 1.5}',
        b'{"name": "a", "id": ["x"]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_bad_document_is_400(tmp_path: Path, run: Run, body: bytes) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            members = await problem(await rest.client.post("/players", data=body, headers=JSON), 400)
            assert members["instance"] == "/players"
            await problem(await rest.client.put("/players/2", data=body, headers=JSON), 400)
            await _still_serves(rest)

    run(scenario())


def test_every_fault_is_named_with_its_pointer(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            sent = {"id": 2, "number": 0, "position": "left", "a/b": 1}
            members = await problem(await rest.client.put("/players/1", json=sent), 400)
            pointers = [error["pointer"] for error in members["errors"]]
            assert pointers == ["/id", "/name", "/number", "/position", "/a~1b"]
            assert all(error["detail"].endswith(".") for error in members["errors"])

    run(scenario())


def test_a_flood_of_faults_is_cut(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            flood = {str(number): 0 for number in range(5000)}
            members = await problem(await rest.client.post("/players", json=flood), 400)
            assert "at least 100 faults" in members["detail"]
            assert len(members["errors"]) == 100

    run(scenario())


def test_a_body_that_is_too_large_is_413(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, max_body=1000) as rest:
            fitting = json.dumps({"name": "x"}).ljust(1000).encode()
            assert (await rest.client.post("/players", data=fitting, headers=JSON)).status == 201
            await problem(await rest.client.post("/players", data=fitting + b" ", headers=JSON), 413)

    run(scenario())


def test_foreign_hosts_and_pages_of_other_sites_are_refused(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            await problem(await rest.client.get("/", headers={"Host": "evil.example"}), 421)
            for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                await problem(await rest.client.post("/players", json={"name": "x"}, headers=headers), 403)
                await problem(await rest.client.delete("/players/1", headers=headers), 403)
            await _still_serves(rest)

    run(scenario())


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
        b"GET /players HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /players HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET /players HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET /players HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"POST /players HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    ],
)
def test_a_malformed_request_is_400_and_the_server_lives(tmp_path: Path, run: Run, request_bytes: bytes) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            assert (await rest.raw(request_bytes)).split()[1] == b"400"
            await _still_serves(rest)

    run(scenario())


def test_options_for_the_server_and_connect(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            tail = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            options = await rest.raw(b"OPTIONS *" + tail)
            assert options.startswith(b"HTTP/1.1 204 ")
            assert b"Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n" in options
            assert (await rest.raw(b"CONNECT localhost:1" + tail)).startswith(b"HTTP/1.1 501 ")
            await _still_serves(rest)

    run(scenario())


def test_a_busy_store_is_503_with_retry_after(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            with closing(sqlite3.connect(tmp_path / STORE_FILE, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                response = await rest.client.post("/players", json={"name": "x"})
                await problem(response, 503)
                assert response.headers["Retry-After"] == "1"
                await _still_serves(rest)
                other.execute("ROLLBACK")
            assert (await rest.client.post("/players", json={"name": "x"})).status == 201

    run(scenario())


def test_a_fault_of_ours_is_500_without_a_trace_of_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str]
) -> None:
    expected_logs.append("ERROR portside.web: Request failed")

    def fail(*_: object) -> None:
        raise RuntimeError("secret of ours")

    async def scenario() -> None:
        async with running(tmp_path) as rest:
            with monkeypatch.context() as patched:
                patched.setattr(Store, "get", fail)
                members = await problem(await rest.client.get("/players/1"), 500)
            assert "secret" not in str(members)
            await _still_serves(rest)

    run(scenario())


def test_a_client_that_leaves_in_the_middle_of_its_body_harms_nobody(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            assert rest.server.address is not None
            _, writer = await asyncio.open_connection("127.0.0.1", rest.server.address.port)
            head = b"POST /players HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            writer.write(head + b'Content-Length: 100\r\n\r\n{"name"')
            await writer.drain()
            writer.close()
            await writer.wait_closed()
            await _still_serves(rest)
            assert len((await (await rest.client.get("/players")).json())["players"]) == PLAYERS

    run(scenario())


async def _still_serves(rest: Running) -> None:
    assert (await rest.client.get("/players/2")).status == 200
