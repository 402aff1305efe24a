"""Tests of the REST server over real sockets: the resources, their links, and what the recorder keeps."""

import json
from pathlib import Path

import pytest
from aiohttp import ClientResponse

from servers.exchange import End, Exchange
from servers.rest.server import STORE_FILE, RestServer
from servers.rest.storage.store import Store
from servers.server import ServerState
from tests.conftest import Run
from tests.servers.rest.harness import JSON, running


async def links(response: ClientResponse) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in (await response.json())["links"]}


def test_a_client_that_knows_only_the_entry_reaches_every_player(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            entry = await links(await rest.client.get("/"))
            players = await (await rest.client.get(entry["players"])).json()
            assert players["links"] == [
                {"rel": "self", "href": "/players"},
                {"rel": "up", "href": "/", "title": "One level up"},
            ]
            for player in players["players"]:
                own = {link["rel"]: link["href"] for link in player["links"]}
                assert await (await rest.client.get(own["self"])).json() == player
                assert own["collection"] == "/players"
            assert players["players"][0]["name"] == "Wilfred Bony"

    run(scenario())


def test_create_read_replace_delete(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            created = await rest.client.post("/players", json={"name": "Joe Allen", "number": 24})
            player = await created.json()
            path = created.headers["Location"]
            assert (created.status, path) == (201, f"/players/{player['id']}")
            assert player["links"][0] == {"rel": "self", "href": path}
            assert await (await rest.client.get(path)).json() == player

            replaced = await rest.client.put(path, json={**player, "name": "Joseph Allen"})
            assert replaced.status == 200
            assert await replaced.json() == {**player, "name": "Joseph Allen"}
            whole = await (await rest.client.put(path, json={"name": "Joe"})).json()
            assert set(whole) == {"id", "name", "links"}

            deleted = await rest.client.delete(path)
            assert (deleted.status, await deleted.json()) == (200, whole)
            assert (await rest.client.get(path)).status == 404
            assert (await rest.client.delete(path)).status == 404
            assert (await rest.client.put(path, json={"name": "Joe"})).status == 404
            again = await rest.client.post("/players", json={"name": "Joe"})
            assert again.headers["Location"] == f"/players/{player['id'] + 1}"

    run(scenario())


def test_numbers_come_back_as_they_were_written(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for text in (b"10.0", b"1e1", b"1.0E+1"):
                body = b'{"name":"Joe","number":' + text + b"}"
                created = await rest.client.post("/players", data=body, headers=JSON)
                assert b'"number": ' + text + b"," in await created.read()
                assert b'"number": ' + text + b"," in await (await rest.client.get(created.headers["Location"])).read()

    run(scenario())


def test_head_and_options_and_the_common_headers(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            item = await rest.client.get("/players/1")
            head = await rest.client.head("/players/1")
            assert (head.status, await head.read()) == (200, b"")
            assert head.headers["Content-Length"] == item.headers["Content-Length"]
            allowed = {"/": "GET, HEAD, OPTIONS", "/players": "GET, HEAD, POST, OPTIONS"}
            for path, allow in {**allowed, "/players/1": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"}.items():
                options = await rest.client.options(path)
                assert (options.status, options.headers["Allow"], await options.read()) == (204, allow, b"")
            missing = await rest.client.get("/nothing")
            for response in (item, head, options, missing):
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.headers["Cache-Control"] == "no-cache"
            assert item.headers["Content-Type"] == "application/json; charset=utf-8"
            assert (await item.read()).endswith(b"}\n")

    run(scenario())


def test_a_structured_suffix_is_json_too(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            media_type = {"Content-Type": 'application/vnd.player+json; charset="UTF-8"'}
            response = await rest.client.post("/players", data='{"name": "é"}'.encode(), headers=media_type)
            assert response.status == 201

    run(scenario())


def test_the_data_outlives_a_restart_of_the_server(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        data_dir = tmp_path / "not" / "there yet"
        async with running(data_dir) as rest:
            path = (await rest.client.post("/players", json={"name": "Joe"})).headers["Location"]
            await rest.server.restart()
        async with running(data_dir) as rest:
            assert (await (await rest.client.get(path)).json())["name"] == "Joe"
        assert {one.name for one in data_dir.iterdir()} == {STORE_FILE}

    run(scenario())


def test_a_newer_store_makes_the_server_fail_in_words_and_leaves_no_socket(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            server = rest.server
        store = Store(tmp_path / STORE_FILE)
        store._main.run("PRAGMA user_version = 99")
        store.close()
        with pytest.raises(OSError, match="newer Portside"):
            await server.start()
        assert (server.state, server.address) == (ServerState.FAILED, None)
        assert str(server.error).startswith("The REST data in")

    run(scenario())


def test_a_data_directory_that_cannot_be_made_is_a_sentence(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("in the way")

    async def scenario() -> None:
        with pytest.raises(OSError, match=r"The data directory .* cannot be made"):
            async with running(tmp_path / "file" / "data"):
                pass

    run(scenario())


def test_the_notice_of_a_damaged_store_is_on_the_server(tmp_path: Path, run: Run, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.rest: The REST data was damaged")
    (tmp_path / STORE_FILE).write_bytes(b"damaged" * 1000)

    async def scenario() -> RestServer:
        async with running(tmp_path) as rest:
            assert (await rest.client.get("/players/1")).status == 200
            return rest.server

    assert "damaged" in str(run(scenario()).notice)


def test_every_exchange_is_recorded_whole(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            body = b'{"name": "Joe"}'
            response = await rest.client.post("/players?x=1", data=body, headers={**JSON, "X-Mixed-Case": "Yes"})
            sent = await response.read()
            await rest.client.post("/players", data=b"[", headers=JSON)
            assert rest.server.address is not None
            bound = rest.server.address.bound
        created, refused = (record for record in rest.recorder if isinstance(record, Exchange))
        assert (created.source, created.end, created.method) == ("rest", End.SERVER, "POST")
        assert (created.target, created.version) == ("/players?x=1", "1.1")
        assert (created.status, created.reason, created.error) == (201, "Created", None)
        assert (created.request_body, created.request_size) == (body, len(body))
        assert (created.response_body, created.response_size) == (sent, len(sent))
        assert ("X-Mixed-Case", "Yes") in created.request_headers
        assert ("Location", response.headers["Location"]) in created.response_headers
        assert created.started_ns <= created.responded_ns <= created.finished_ns
        assert created.local in bound
        assert created.remote is not None
        assert created.remote[1] != created.local[1]
        assert (refused.status, refused.request_body) == (400, b"[")
        assert b'"instance": "/players"' in refused.response_body

    run(scenario())


@pytest.mark.parametrize("line", [b"GET /players HTTP/1.1\r\nA : b", b"GET /a b HTTP/1.1"])
def test_malformed_http_is_a_problem_document_too(tmp_path: Path, run: Run, line: bytes) -> None:
    async def scenario() -> bytes:
        async with running(tmp_path) as rest:
            return await rest.raw(line + b"\r\nHost: localhost\r\n\r\n")

    head, _, body = run(scenario()).partition(b"\r\n\r\n")
    assert b" 400 Bad Request\r\n" in head
    assert b"Content-Type: application/problem+json" in head
    assert json.loads(body)["detail"] == "The request is not well-formed HTTP."
