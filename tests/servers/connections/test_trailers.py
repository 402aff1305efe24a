"""Tests that the trailer section of one request stays out of the next one on its connection."""

import pytest

from servers.connections.trailers import Tail
from tests.conftest import Run
from tests.servers.probe_web import running
from tests.servers.wire import raw, request, statuses

HEAD = b"POST /body HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
BODY = b"1\r\nx\r\n0\r\n"


@pytest.mark.parametrize("trailer", [b"X: 1\r\n", b"X: 1\r\nY: 2\r\n", b"X: \r\n0: 1\r\n"])
def test_what_comes_behind_a_trailer_is_not_answered(run: Run, trailer: bytes) -> None:
    async def scenario() -> None:
        async with running() as server:
            data = HEAD + BODY + trailer + b"\r\n" + request("GET", "/")
            assert statuses(await raw(server.port, data)) == [200]
            assert [one.target for one in server.exchanges] == ["/body"]

    run(scenario())


def test_a_chunked_body_without_trailer_lets_the_connection_live(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            data = HEAD + BODY + b"\r\n"
            assert statuses(await raw(server.port, data, request("GET", "/"))) == [200, 200]

    run(scenario())


@pytest.mark.parametrize("size", range(1, 8))
def test_pieces_do_not_hide_the_end(size: int) -> None:
    for end, has_none in ((b"1\r\nx\r\n0\r\n\r\n", True), (b"1\r\nx\r\n0\r\nX: 0\r\n\r\n", False)):
        tail = Tail()
        for at in range(0, len(end), size):
            tail.add(end[at : at + size])
        assert tail.has_no_trailer is has_none
