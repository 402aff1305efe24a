"""The endpoints that take their time, and what ends a wait."""

from time import monotonic

import pytest

from tests.conftest import Run, until
from tests.servers.rest.lab.lab_server import running


def test_a_delay_lasts_as_long_as_asked(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            before = monotonic()
            assert await lab.json("delay/0.15") == {"delay": 0.15}
            assert monotonic() - before >= 0.15
            assert await lab.json("delay/0") == {"delay": 0.0}

    run(scenario())


@pytest.mark.parametrize(
    "path",
    [
        "delay/x",
        "delay/60.1",
        "delay/-1",
        "delay/nan",
        "stream/1.5",
        "stream/10001",
        "stream/1?interval=x",
        "drip?bytes=-1",
        "drip?seconds=61",
        "drip?delay=1e1",
    ],
)
def test_nonsense_is_refused(run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            status, detail = await lab.refused(path)
            assert status == 400
            assert " must be a " in detail

    run(scenario())


def test_a_wait_ends_when_the_server_stops(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.sent("GET", "delay/60") as (reader, _):
            await lab.server.entered.wait()
            await lab.server.stop()
            assert (await reader.read()).startswith(b"HTTP/1.1 503 ")

    run(scenario())


def test_a_wait_ends_when_the_client_leaves(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.sent("GET", "delay/60"):
                await lab.server.entered.wait()
            await until(lambda: lab.server.exchanges)
            [exchange] = lab.server.exchanges
            assert exchange.status == 0
            assert "client went away" in (exchange.error or "")

    run(scenario())


def test_a_stream_that_the_stop_ends_says_so(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.sent("GET", "stream/2?interval=60") as (reader, _):
                await reader.readuntil(b"}\n")
                await lab.server.stop()
                assert not (await reader.read()).endswith(b"0\r\n\r\n")  # a client can tell that it is not whole
            [exchange] = lab.server.exchanges
            assert "The server was stopped." in (exchange.error or "")
            assert exchange.response_size == len(b'{"line": 1, "of": 2}\n')

    run(scenario())


def test_lines_are_sent_one_by_one(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get("/lab/stream/3?interval=0.01") as response:
            assert response.headers["Transfer-Encoding"] == "chunked"
            chunks = [chunk async for chunk, _ in response.content.iter_chunks()]
            assert chunks == [b'{"line": %d, "of": 3}\n' % number for number in (1, 2, 3)]

    run(scenario())


@pytest.mark.parametrize(("size", "seconds"), [(0, 0), (1, 0.05), (7, 0.2), (200_000, 0)])
def test_drops_make_up_the_size(run: Run, size: int, seconds: float) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get(f"/lab/drip?bytes={size}&seconds={seconds}&delay=0.01") as response:
                assert response.content_length == size
                assert await response.read() == b"*" * size
            async with lab.client.head("/lab/drip?bytes=5&seconds=60") as response:
                assert response.content_length == 5

    run(scenario())


def test_a_client_of_http_1_0_gets_a_stream_to_the_end_of_the_connection(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.sent("GET", "ip") as (reader, writer):
                await reader.readuntil(b"}\n")
                writer.write(b"GET /lab/stream/2 HTTP/1.0\r\nHost: localhost\r\n\r\n")
                answer = await reader.read()
            assert answer.endswith(b'\r\n\r\n{"line": 1, "of": 2}\n{"line": 2, "of": 2}\n')

    run(scenario())
