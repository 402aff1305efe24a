"""Tests of sending: the very bytes that leave."""

import pytest

from desktop.explorer.model.request import Header, Request
from tests.conftest import Run
from tests.desktop.explorer.exchanges import ask, exchange
from tests.desktop.explorer.servers import OK, RawServer


def test_every_byte_is_as_typed(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            rows = (
                Header("X-b", "2"),
                Header("accept", "text/html"),
                Header("x-B", "é"),
                Header("X-b", ""),
                Header("hidden", "", enabled=False),
                Header("Content-Type", "application/json"),
            )
            body = '{"n": 1736184243098437392, "s": "\u00a0é"}\r\n'
            url = f"http://127.0.0.1:{server.port}/%7e/../a b//é?q=%2f&q=[x]&&e=#frag"
            reply = await exchange(Request("pOST", url, rows, body))
            assert server.requests == [
                b"pOST /%7e/../a%20b//%C3%A9?q=%2f&q=[x]&&e= HTTP/1.1\r\n"
                + f"Host: 127.0.0.1:{server.port}\r\n".encode()
                + b"X-b: 2\r\naccept: text/html\r\nx-B: \xc3\xa9\r\nX-b: \r\nContent-Type: application/json\r\n"
                + b"Accept-Encoding: gzip, deflate, br, zstd\r\nUser-Agent: Portside\r\nContent-Length: 41\r\n\r\n"
                + body.encode()
            ]
            sent = "".join(f"{name}: {value}\r\n" for name, value in reply.exchange.request_headers)
            assert sent.encode() in server.requests[0]

    run(scenario())


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_nothing_is_added_to_a_request_without_body(run: Run, method: str) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            await exchange(Request(method, f"{server.url}?"))
            length = "Content-Length: 0\r\n" if method == "POST" else ""
            assert server.requests[0].decode() == (
                f"{method} /? HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAccept: */*\r\n"
                f"Accept-Encoding: gzip, deflate, br, zstd\r\nUser-Agent: Portside\r\n{length}\r\n"
            )

    run(scenario())


@pytest.mark.parametrize("body", ["", "abc"])
def test_chunked_when_asked_for(run: Run, body: str) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            await exchange(Request("POST", server.url, (Header("Transfer-Encoding", "chunked"),), body))
            assert server.requests[0].endswith(b"\r\n\r\n3\r\nabc\r\n0\r\n\r\n" if body else b"\r\n\r\n0\r\n\r\n")
            assert b"content-length" not in server.requests[0].lower()

    run(scenario())


def test_two_hosts_can_be_sent(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            await exchange(Request("GET", server.url, (Header("host", "a"), Header("Host", "b"))))
            assert server.requests[0].startswith(b"GET / HTTP/1.1\r\nhost: a\r\nHost: b\r\nAccept")

    run(scenario())


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_responses_without_a_body_end_at_once(run: Run, answer: bytes) -> None:
    async def scenario() -> None:
        reply = await ask(RawServer(answer, hold=True))
        assert reply.exchange.status in (101, 204)
        assert (reply.body.read(), reply.exchange.error) == (b"", None)

    run(scenario())


def test_head_has_no_body(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", hold=True).running() as server:
            reply = await exchange(Request("HEAD", server.url))
        assert (reply.exchange.status, reply.body.read()) == (200, b"")

    run(scenario())
