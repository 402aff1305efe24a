"""Bodies of any size, and that they cost no memory."""

import json

import pytest

from tests.conftest import Run, until
from tests.servers.rest.lab.lab_server import Running, running

MIB = 1024 * 1024


async def _bytes(lab: Running, path: str) -> bytes:
    async with lab.client.get(f"/lab/{path}") as response:
        assert response.status == 200
        data = await response.read()
        assert response.content_length == len(data)
        return data


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            first = await _bytes(lab, "bytes/100000?seed=a")
            assert len(first) == 100_000
            assert await _bytes(lab, "bytes/100000?seed=a") == first
            assert await _bytes(lab, "bytes/100000?seed=b") != first
            assert await _bytes(lab, "bytes/100000") != await _bytes(lab, "bytes/100000")
            assert await _bytes(lab, "bytes/0") == b""

    run(scenario())


def test_the_big_document_is_json_in_one_line(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            text = await _bytes(lab, "big/2")
            assert len(text) == 2 * MIB
            assert b"\n" not in text
            rows = json.loads(text)
            assert (len(rows), rows[0]["row"], rows[-1]["row"]) == (2 * MIB // 128, 0, 511)
            await until(lambda: lab.server.exchanges)
            assert lab.server.exchanges[0].response_size == 2 * MIB

    run(scenario())


def test_head_says_the_length_and_sends_nothing(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.head("/lab/big/2048") as response:
            assert response.content_length == 2048 * MIB

    run(scenario())


@pytest.mark.parametrize("path", ["bytes/x", "bytes/10485761", "bytes/-1", "big/0", "big/2049", "big/1.5"])
def test_nonsense_is_refused(run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.refused(path))[0] == 400

    run(scenario())


def test_a_client_that_does_not_read_fills_no_memory(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.sent("GET", "big/2048"):
                await until(lambda: any(one.writing_paused for one in lab.server.connections))
                [connection] = lab.server.connections
                assert connection.transport is not None
                assert connection.transport.get_write_buffer_size() <= 256 * 1024
            await until(lambda: lab.server.exchanges)
            [exchange] = lab.server.exchanges
            assert exchange.status == 200
            assert 0 < exchange.response_size < 64 * MIB
            assert "client went away" in (exchange.error or "")

    run(scenario())


def test_others_are_served_while_one_reads_a_big_document(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get("/lab/big/64") as response:
            async for _ in response.content.iter_chunked(8 * MIB):
                assert await lab.json("ip")

    run(scenario())
