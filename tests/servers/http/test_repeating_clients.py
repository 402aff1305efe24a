"""Clients that send nothing but the same request: they live as long as others, and fill no memory."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from servers.connections.connection import Connection
from servers.exchange import Endpoint, endpoint
from servers.http.files import memory
from servers.web import KEEP_ALIVE
from tests.conftest import Run, until
from tests.servers.http.site import Site, make_folder, serving
from tests.servers.http.test_repeating import ASKED, Client, connected

TIMES = 20_000


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of files that count as old enough to be kept."""
    monkeypatch.setattr(memory, "SETTLED", -1)
    return make_folder(tmp_path)


def _connections(server: Site) -> set[Connection]:
    assert server._manager is not None
    return set(server._manager.crowd.alive)


def _only_connection(server: Site) -> Connection:
    (connection,) = _connections(server)
    return connection


def _name(client: Client) -> Endpoint | None:
    return endpoint(client.writer.get_extra_info("sockname"))


def test_an_active_one_lives_and_an_idle_one_is_cut(run: Run, root: Path) -> None:
    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            for _ in range(5):
                await client.ask()
            connection = _only_connection(server)
            last = connection._next_keepalive_close_time - KEEP_ALIVE
            connection.look(last + KEEP_ALIVE - 1)
            assert (await client.ask()).text == "page"
            asked_again = connection._next_keepalive_close_time - KEEP_ALIVE
            assert asked_again > last
            connection.look(asked_again + KEEP_ALIVE - 0.001)
            assert (await client.ask()).text == "page"
            connection.look(connection._next_keepalive_close_time)
            with pytest.raises(asyncio.IncompleteReadError):
                await client.reply()

    run(scenario())


def test_an_idle_one_is_cut_that_never_sent_anything_else(run: Run, root: Path) -> None:
    async def scenario() -> None:
        async with serving(root) as server:
            async with connected(server) as client:
                for _ in range(5):
                    await client.ask()
            async with connected(server) as client:
                await until(lambda: [one.remote for one in _connections(server) if one.is_idle] == [_name(client)])
                assert (await client.ask()).text == "page"
                connection = _only_connection(server)
                connection.look(connection._next_keepalive_close_time)
                with pytest.raises(asyncio.IncompleteReadError):
                    await client.reply()

    run(scenario())


@pytest.mark.parametrize("at_once", [1, 40])
def test_one_that_never_reads_fills_no_memory(run: Run, root: Path, at_once: int) -> None:
    (root / "sub" / "page.html").write_bytes(b"x" * 5000)

    async def scenario() -> None:
        async with serving(root) as server, connected(server) as other:
            for _ in range(5):
                await other.ask()
            client = socket.create_connection(("127.0.0.1", server.port))
            client.setblocking(False)
            try:
                most = 0
                for _ in range(TIMES // at_once):
                    with suppress(BlockingIOError):
                        client.send(ASKED * at_once)
                    await asyncio.sleep(0)
                    most = max(most, *map(_kept_for, _connections(server)))
                assert most < 512 * 1024
                assert (await other.ask()).status == 200
            finally:
                client.close()

    run(scenario())


def _kept_for(connection: Connection) -> int:
    """About how many bytes wait to be sent or answered."""
    waits = connection._wire.get_write_buffer_size() if connection._wire else 0
    return waits + len(connection._messages) * 1024
