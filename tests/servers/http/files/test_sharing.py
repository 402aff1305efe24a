"""Many clients who are sent big files at once: each gets less in its turn, and none of them takes much memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from servers.http.files import sending
from servers.http.files.opened import PIECE, Opened
from tests.conftest import Run, until
from tests.servers.http.files.harness import file_server
from tests.servers.wire import hang_up, parse, raw, request

SIZE = 24 * 1024 * 1024
TURN = 8 * sending.LEAST


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes were to be read at once."""
    monkeypatch.setattr(sending, "TURN", TURN)
    counts: list[int] = []
    read = Opened.read

    async def noted(self: Opened, position: int, count: int) -> bytes | memoryview:
        counts.append(count)
        return await read(self, position, count)

    monkeypatch.setattr(Opened, "read", noted)
    return counts


@asynccontextmanager
async def _deaf(port: int) -> AsyncIterator[None]:
    """A client that reads no more than the head of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
    writer.write(request("GET", "/big.bin"))
    await reader.readuntil(b"\r\n\r\n")
    yield
    await hang_up(writer)


def test_the_more_they_are_the_less_is_each_ones_turn(run: Run, tmp_path: Path, pieces: list[int]) -> None:
    (tmp_path / "big.bin").write_bytes(bytes(SIZE))

    async def scenario() -> None:
        async with file_server(tmp_path) as server, AsyncExitStack() as clients:
            for _ in range(20):
                await clients.enter_async_context(_deaf(server.port))
            pieces.clear()
            assert parse(await raw(server.port, request("GET", "/big.bin"))).body == bytes(SIZE)
            assert set(pieces) == {sending.LEAST}
            await clients.aclose()
            await until(lambda: len(server.exchanges) == 21)
            pieces.clear()
            assert parse(await raw(server.port, request("GET", "/big.bin"))).body == bytes(SIZE)
            assert set(pieces) == {min(PIECE, TURN)}

    run(scenario())
