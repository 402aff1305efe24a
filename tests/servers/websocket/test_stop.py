"""Tests of stopping the WebSocket server: in time, whatever clients do, and again and again."""

import asyncio
from time import monotonic

import psutil
import pytest
from websockets.exceptions import ConnectionClosed

from servers.listening import PortInUse, listen
from servers.server import ServerState
from servers.settings import Mode, WebSocketSettings
from tests.conftest import Run, until
from tests.servers.websocket.clients import Bench, deaf_client, plain, serving
from tests.servers.wire import hang_up

IN_TIME = 2.0


async def _stop_in_time(server: Bench) -> None:
    port = server.port
    before = monotonic()
    await server.stop()
    assert monotonic() - before < IN_TIME
    assert not server.names
    for sock in listen("localhost", port):
        sock.close()


def test_stop_closes_every_client_with_1001(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, plain(server) as one, plain(server) as other:
            stopping = asyncio.get_running_loop().create_task(_stop_in_time(server))
            for client in (one, other):
                with pytest.raises(ConnectionClosed):
                    await client.recv()
                assert client.close_code == 1001
            await stopping

    run(scenario())


def test_both_loopback_addresses_answer_on_one_port(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server:
            assert server.address
            assert server.address.url == f"ws://localhost:{server.port}"
            async with plain(server) as one, plain(server, host="::1") as other:
                await one.send("to both")
                assert await one.recv() == await other.recv() == "BROADCAST! to both"

    run(scenario())


def test_stop_with_a_connection_that_says_nothing(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            await _stop_in_time(server)
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readexactly(1)
            await hang_up(writer)

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.BROADCAST])
def test_stop_with_a_client_that_does_not_read(run: Run, mode: Mode) -> None:
    async def scenario() -> None:
        async with serving(mode, max_pending=100_000_000) as server:
            _, writer = await deaf_client(server)
            deaf = next(iter(server.hub.clients.values()))
            while deaf.pending < 1_000_000:
                await server.hub.broadcast(deaf, bytes(500_000))
            await _stop_in_time(server)
            writer.transport.abort()
            await hang_up(writer)

    run(scenario())


def test_a_cancelled_stop_frees_the_port_and_the_clients(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            port = server.port
            _, writer = await deaf_client(server)
            stopping = asyncio.get_running_loop().create_task(server.stop())
            await until(lambda: server.state is ServerState.STOPPING)
            stopping.cancel()
            await asyncio.wait([stopping])
            assert stopping.cancelled()
            assert server.state is ServerState.STOPPED
            await until(lambda: not server.names)
            for sock in listen("localhost", port):
                sock.close()
            await server.start()
            writer.transport.abort()
            await hang_up(writer)

    run(scenario())


def test_a_hundred_lives_leave_no_descriptor(run: Run) -> None:
    async def scenario() -> None:
        server = Bench(Mode.ECHO)
        await server.start()
        await server.stop()
        before = psutil.Process().num_fds()
        for number in range(100):
            await server.start()
            if number % 10 == 0:
                async with plain(server) as client:
                    await client.send("x")
                    assert await client.recv() == "ECHO! x"
            await server.stop()
        await until(lambda: psutil.Process().num_fds() == before)

    run(scenario())


def test_a_start_cancelled_at_any_step_leaves_no_socket(run: Run) -> None:
    async def cancelled_after(steps: int) -> bool:
        server = Bench(Mode.ECHO)
        starting = asyncio.get_running_loop().create_task(server.start())
        for _ in range(steps):
            await asyncio.sleep(0)
        starting.cancel()
        await asyncio.wait([starting])
        cut = starting.cancelled()
        assert server.state is (ServerState.STOPPED if cut else ServerState.RUNNING)
        await server.stop()
        return cut

    async def scenario() -> None:
        before = psutil.Process().num_fds()
        steps = 0
        while await cancelled_after(steps):
            steps += 1
        assert psutil.Process().num_fds() == before

    run(scenario())


def test_a_port_in_use(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as first:
            second = Bench(Mode.ECHO)
            second.settings = WebSocketSettings(port=first.port)
            with pytest.raises(PortInUse, match="another server of Portside"):
                await second.start()
            assert second.state is ServerState.FAILED
            second.settings = WebSocketSettings(port=0)
            await second.start()
            await second.stop()

    run(scenario())


def test_the_mode_outlives_a_restart(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            server.change(mode=Mode.VERBATIM)
            await server.restart()
            assert server.settings.mode is Mode.VERBATIM
            async with plain(server) as client:
                await client.send("same")
                assert await client.recv() == "same"

    run(scenario())
