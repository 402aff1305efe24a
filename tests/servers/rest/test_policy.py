"""Tests of the switches over real sockets: CORS, the token, latency, read-only, failures that were asked for."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from aiohttp import ClientError, ClientResponse

from servers.rest import policy
from servers.rest.policy import READABLE
from servers.settings import Cors, RestSettings
from tests.conftest import Run, until
from tests.servers.rest.harness import JSON, Running, running

LOCAL = "http://localhost:3000"
EVIL = "https://evil.example"
TOKEN = "correct-horse"
JOE = {"name": "Joe"}


def varies(response: ClientResponse) -> set[str]:
    return {name.strip() for value in response.headers.getall("Vary", []) for name in value.split(",")}


async def problem(response: ClientResponse, status: int) -> str:
    """The detail of the problem document, after a look at what every one has."""
    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return str((await response.json(content_type=None))["detail"])


@pytest.mark.parametrize(
    ("cors", "origin", "allowed"),
    [
        (Cors.OFF, LOCAL, None),
        (Cors.OFF, EVIL, None),
        (Cors.LOCAL, LOCAL, LOCAL),
        (Cors.LOCAL, "http://127.0.0.1", "http://127.0.0.1"),
        (Cors.LOCAL, "http://[::1]:8080", "http://[::1]:8080"),
        (Cors.LOCAL, EVIL, None),
        (Cors.LOCAL, "http://localhost.evil.example", None),
        (Cors.LOCAL, "null", None),
        (Cors.ANY, LOCAL, "*"),
        (Cors.ANY, EVIL, "*"),
        (Cors.ANY, "null", "*"),
    ],
)
def test_who_may_read_answers_and_send_changes(
    tmp_path: Path, run: Run, cors: Cors, origin: str, allowed: str | None
) -> None:
    async def scenario() -> None:
        async with running(tmp_path, cors=cors) as rest:
            headers = {"Origin": origin}
            for path, status in (("/players/1", 200), ("/players?_limit=1", 200), ("/lab/ip", 200), ("/nothing", 404)):
                response = await rest.client.get(path, headers=headers)
                assert response.status == status
                assert response.headers.get("Access-Control-Allow-Origin") == allowed
                assert response.headers.get("Access-Control-Expose-Headers") == (READABLE if allowed else None)
                assert "Access-Control-Allow-Credentials" not in response.headers
                assert ("Origin" in varies(response)) == (cors is Cors.LOCAL)
                assert path == "/lab/ip" or "Accept" in varies(response)
            preflight = headers | {"Access-Control-Request-Method": "PUT"}
            response = await rest.client.options("/players/1", headers=preflight)
            assert response.status == (204 if allowed else 403)
            assert response.headers.get("Access-Control-Allow-Origin") == allowed
            created = await rest.client.post("/players", json=JOE, headers=headers)
            own_computer = origin.startswith(("http://localhost:", "http://127", "http://["))
            assert created.status == (201 if allowed or own_computer else 403)

    run(scenario())


@pytest.mark.parametrize(("cors", "status"), [(Cors.OFF, 403), (Cors.LOCAL, 201), (Cors.ANY, 201)])
def test_the_other_name_of_this_computer_is_no_other_site_to_cors(
    tmp_path: Path, run: Run, cors: Cors, status: int
) -> None:
    async def scenario() -> None:
        async with running(tmp_path, cors=cors) as rest:
            headers = {"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "cross-site"}
            assert (await rest.client.post("/players", json=JOE, headers=headers)).status == status

    run(scenario())


def test_a_request_without_an_origin_gets_nothing_of_cors_but_the_vary(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, cors=Cors.LOCAL) as rest:
            response = await rest.client.get("/players/1")
            assert "Access-Control-Allow-Origin" not in response.headers
            assert varies(response) == {"Accept", "Origin"}
            twice = [("Origin", LOCAL), ("Origin", LOCAL)]
            assert "Access-Control-Allow-Origin" not in (await rest.client.get("/players/1", headers=twice)).headers

    run(scenario())


def test_a_preflight_is_told_what_may_be_sent(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, cors=Cors.LOCAL, token=TOKEN, read_only=True) as rest:
            asked = {"Origin": LOCAL, "Access-Control-Request-Method": "PATCH"}
            response = await rest.client.options(
                "/players/1", headers=asked | {"Access-Control-Request-Headers": "authorization, if-match"}
            )
            assert (response.status, await response.read()) == (204, b"")
            assert {"GET", "PUT", "PATCH", "DELETE"} <= set(
                response.headers["Access-Control-Allow-Methods"].split(", ")
            )
            assert response.headers["Access-Control-Allow-Headers"] == "authorization, if-match"
            assert int(response.headers["Access-Control-Max-Age"]) > 0
            assert "Origin" in varies(response)
            assert "Access-Control-Allow-Private-Network" not in response.headers
            private = await rest.client.options(
                "/players/1", headers=asked | {"Access-Control-Request-Private-Network": "true"}
            )
            assert private.headers["Access-Control-Allow-Private-Network"] == "true"
            assert "Access-Control-Allow-Headers" not in private.headers
            odd = await rest.client.options(
                "/players/1", headers=asked | {"Access-Control-Request-Headers": "a b, <c>"}
            )
            assert "Access-Control-Allow-Headers" not in odd.headers
            plain = await rest.client.options(
                "/players/1", headers={"Origin": LOCAL, "Authorization": f"Bearer {TOKEN}"}
            )
            assert "Allow" in plain.headers

    run(scenario())


def test_without_the_token_nothing_is_answered(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, token=TOKEN) as rest:
            for path in ("/", "/players/1", "/openapi.json", "/docs", "/lab", "/nothing"):
                missing = await rest.client.get(path)
                assert "token" in await problem(missing, 401)
                assert missing.headers["WWW-Authenticate"] == 'Bearer realm="Portside"'
            for value in (TOKEN, f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN.upper()}"):
                wrong = await rest.client.get("/", headers={"Authorization": value})
                await problem(wrong, 401)
                code = ', error="invalid_token"' if value.startswith("Bearer") else ""
                assert wrong.headers["WWW-Authenticate"] == f'Bearer realm="Portside"{code}'
            for value in (f"Bearer {TOKEN}", f"bearer   {TOKEN}"):
                assert (await rest.client.get("/", headers={"Authorization": value})).status == 200
            both = [("Authorization", f"Bearer {TOKEN}")] * 2
            await problem(await rest.client.get("/", headers=both), 400)
            await problem(await rest.client.post("/players", json=JOE), 401)
            rest.switch(token="")
            assert (await rest.client.get("/")).status == 200

    run(scenario())


@pytest.mark.parametrize("token", [TOKEN, "schön"])
def test_a_token_of_wild_bytes_is_a_wrong_one(tmp_path: Path, run: Run, token: str) -> None:
    async def scenario() -> tuple[bytes, bytes]:
        async with running(tmp_path, token=token) as rest:
            head = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
            return await rest.raw(head + b"\xff\xfe\r\n\r\n"), await rest.raw(head + token.encode() + b"\r\n\r\n")

    wild, right = run(scenario())
    assert wild.startswith(b"HTTP/1.1 401 ")
    assert right.startswith(b"HTTP/1.1 200 ")


def test_a_read_only_service_takes_no_changes(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, read_only=True) as rest:
            for method, path in (
                ("POST", "/players"),
                ("POST", "/teams/1/players"),
                ("PUT", "/players/1"),
                ("PATCH", "/players/1"),
                ("DELETE", "/players/1"),
                ("POST", "/players/1"),
            ):
                response = await rest.client.request(method, path, json=JOE)
                assert "read-only" in await problem(response, 403)
            for method in ("GET", "HEAD", "OPTIONS"):
                assert (await rest.client.request(method, "/players/1")).ok
            assert (await rest.client.post("/lab/anything", json=JOE)).status == 200
            await problem(await rest.client.put("/nothing", json=JOE), 404)
            rest.switch(read_only=False)
            assert (await rest.client.put("/players/1", json=JOE)).status == 200

    run(scenario())


def test_as_many_requests_fail_as_were_asked_for(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            rest.server.fail_next = 2
            assert "1 more" in await problem(await rest.client.post("/players", json=JOE), 500)
            assert "0 more" in await problem(await rest.client.get("/lab/ip"), 500)
            assert rest.server.fail_next == 0
            names = [player["name"] for player in (await (await rest.client.get("/players")).json())["players"]]
            assert "Joe" not in names

    run(scenario())


def test_every_answer_waits(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, latency=60) as rest:
            for path in ("/players/1", "/nothing", "/lab/ip"):
                start = monotonic()
                await (await rest.client.get(path)).read()
                assert monotonic() - start >= 0.059

    run(scenario())


@pytest.mark.parametrize(
    ("latency", "latency_to", "least", "most"),
    [(0, 0, None, None), (250, 0, 0.25, 0.25), (250, 100, 0.25, 0.25), (100, 500, 0.1, 0.5), (0, 500, 0.0, 0.5)],
)
def test_the_wait_lies_between_its_bounds(
    run: Run, monkeypatch: pytest.MonkeyPatch, latency: int, latency_to: int, least: float | None, most: float | None
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def scenario() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(asyncio, "sleep", sleep)
            for _ in range(50):
                await policy.wait(RestSettings(latency=latency, latency_to=latency_to))

    run(scenario())
    if least is None or most is None:
        assert waits == []
    else:
        assert least <= min(waits) <= max(waits) <= most
        assert (len(set(waits)) > 1) == (least < most)


def test_a_stop_does_not_wait_for_the_latency(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, latency=3_600_000) as rest:
            arrived = _arrivals(rest)
            async with asyncio.TaskGroup() as group:
                request = group.create_task(_get(rest))
                await until(lambda: arrived)
                await rest.server.stop()
            assert isinstance(request.result(), ClientError)

    run(scenario(), deadline=10)


def _arrivals(rest: Running) -> list[Any]:
    """Grows with each request that the server begins to answer."""
    arrived: list[Any] = []
    answer = rest.server.answer

    async def noted(request: Any) -> Any:
        arrived.append(request)
        return await answer(request)

    rest.server.answer = noted  # type: ignore[method-assign]
    return arrived


async def _get(rest: Running) -> ClientError | None:
    try:
        await rest.client.get("/players/1", headers=JSON)
    except ClientError as error:
        return error
    return None
