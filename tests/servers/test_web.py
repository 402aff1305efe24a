"""Tests of the boundary that the HTTP and the REST server share: what is let in, limits, and faults."""

import asyncio
import logging
import re

import pytest

from servers.exchange import header
from tests.conftest import Run
from tests.servers.probe_web import LIMIT, running
from tests.servers.wire import ask, hang_up, parse, raw, request

CHUNKED = "Transfer-Encoding: chunked"


def _traces(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines of Portside's log, and whether a traceback hangs off them."""
    records = [record for record in caplog.records if record.name.startswith("portside.")]
    return [f"{one.levelname}{' with trace' if one.exc_info else ''}: {one.getMessage()}" for one in records]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (["Host: localhost"], 200),
        (["hOST: 127.0.0.1:8001"], 200),
        (["Host: evil.example"], 421),
        ([], 400),
        (["Host: localhost", "Host: localhost"], 400),
        (["Host: localhost", "host: evil.example"], 400),
        (["Host:"], 400),
        (["Host: ###"], 400),
        (["Host: user@localhost"], 400),
        (["Host: localhost/x"], 400),
        (["Host: localhost, evil.example"], 400),
    ],
)
def test_host(run: Run, fields: list[str], status: int) -> None:
    async def scenario() -> None:
        async with running() as server:
            reply = parse(await raw(server.port, request("GET", "/", *fields, host="")))
            assert reply.status == status
            assert server.exchanges[0].status == status

    run(scenario())


@pytest.mark.parametrize(
    ("method", "field", "status"),
    [
        ("POST", "Origin: http://evil.example", 403),
        ("POST", "Origin: null", 403),
        ("DELETE", "Sec-Fetch-Site: cross-site", 403),
        ("POST", "Origin: http://localhost:3000", 200),
        ("POST", "Sec-Fetch-Site: same-origin", 200),
        ("GET", "Origin: http://evil.example", 200),
    ],
)
def test_cross_site(run: Run, method: str, field: str, status: int) -> None:
    async def scenario() -> None:
        async with running() as server:
            reply = await ask(server.port, method, "/", field)
            assert reply.status == status
            assert not [name for name in reply.headers if name.startswith("access-control")]

    run(scenario())


def test_a_refusal_is_rendered_with_its_headers(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reply = await ask(server.port, "GET", "/refuse")
            assert (reply.status, reply.text, reply.headers["x-why"]) == (418, "No <coffee>.", "teapot")

    run(scenario())


def test_an_unhandled_error_is_an_incident_and_no_more_to_strangers(
    run: Run, caplog: pytest.LogCaptureFixture, expected_logs: list[str]
) -> None:
    expected_logs.append("ERROR portside.web: Request failed (incident ")

    async def scenario() -> str:
        async with running() as server:
            reply = await ask(server.port, "GET", "/bug?%1b[31m%0d", "Accept: text/html")
            assert reply.status == 500
            assert (await ask(server.port, "GET", "/")).status == 200
            assert server.exchanges[0].status == 500
            return reply.text

    text = run(scenario())
    incident = re.search(r"\b[0-9a-f]{8}\b", text)
    assert incident
    assert not re.search("secret|ZeroDivision|Traceback|/", text)
    record = next(record for record in caplog.records if incident[0] in record.getMessage())
    assert record.exc_info
    assert "\x1b" not in record.getMessage()


@pytest.mark.parametrize("size", [0, 1, LIMIT, LIMIT + 1, 50 * LIMIT])
@pytest.mark.parametrize("chunked", [False, True])
def test_body_limit(run: Run, size: int, chunked: bool) -> None:
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (size, b"x" * size) if chunked and size else b"x" * size
    data = request("POST", "/body", CHUNKED) + body if chunked and size else request("POST", "/body", body=body)

    async def scenario() -> None:
        async with running() as server:
            reply = parse(await raw(server.port, data))
            if size <= LIMIT:
                assert (reply.status, reply.body) == (200, b"x" * size)
            else:
                assert reply.status == 413
                assert reply.headers["connection"] == "close"
            if not chunked:
                assert server.exchanges[0].request_size == size

    run(scenario())


def test_an_announced_body_above_the_limit_is_refused_before_it_is_sent(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servers.web.LINGER", 0.05)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
            assert (await reader.read()).startswith(b"HTTP/1.1 413 Request Entity Too Large\r\n")
            await hang_up(writer)

    run(scenario())


def test_a_client_that_waits_to_be_asked_for_its_body_is_asked(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("POST", "/body", "Content-Length: 3", "Expect: 100-continue"))
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
            writer.write(b"abc")
            reply = parse(await reader.read())
            assert (reply.status, reply.body) == (200, b"abc")
            await hang_up(writer)

    run(scenario())


@pytest.mark.parametrize(
    ("coding", "status"), [("gzip", 415), ("br", 415), ("x", 415), ("identity", 200), ("IDENTITY", 200)]
)
def test_content_encoding(run: Run, coding: str, status: int) -> None:
    async def scenario() -> None:
        async with running() as server:
            reply = await ask(server.port, "POST", "/body", f"Content-Encoding: {coding}", body=b"abc")
            assert reply.status == status
            assert reply.headers.get("accept-encoding") == ("identity" if status == 415 else None)

    run(scenario())


@pytest.mark.parametrize(
    "data",
    [
        b"hello\r\n\r\n",
        b"\x00\xff\xfe\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\nHost: localhost\n\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x1b[31mred\r\n\r\n",
        b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /body HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=range(12),
)
def test_malformed_bytes_cost_one_short_line_and_the_server_goes_on(
    run: Run, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    caplog.set_level(logging.INFO, "portside")

    async def scenario() -> None:
        async with running() as server:
            assert parse(await raw(server.port, data)).status == 400
            assert (await ask(server.port, "GET", "/")).status == 200
            assert [one.status for one in server.exchanges] == [400, 200]

    run(scenario())
    lines = _traces(caplog)
    assert len(lines) <= 1
    assert all(line.startswith("INFO: ") and len(line) < 400 and line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 408), (b"4\r\nab", 408), (b"zz\r\n", 400)], ids=["nothing", "half", "malformed"]
)
def test_a_body_that_stalls_or_turns_out_malformed_is_given_up(
    run: Run, monkeypatch: pytest.MonkeyPatch, body: bytes, status: int
) -> None:
    monkeypatch.setattr("servers.request_body.BODY_DEADLINE", 0.05)
    monkeypatch.setattr("servers.web.LINGER", 0.05)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("POST", "/body", CHUNKED, "Expect: 100-continue"))
            await reader.readuntil(b"\r\n\r\n")
            writer.write(body)
            assert parse(await reader.read()).status == status
            await hang_up(writer)
            assert server.exchanges[0].status == status

    run(scenario())


def test_http_1_0_is_answered_and_closed(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reply = parse(await raw(server.port, b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"))
            assert (reply.status, reply.text) == (200, "hello")
            assert server.exchanges[0].version == "1.0"
            assert header(server.exchanges[0].request_headers, "host") == "localhost"

    run(scenario())
