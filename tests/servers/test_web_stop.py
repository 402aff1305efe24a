"""Tests of stopping the HTTP and the REST server: in time, whatever clients do, and again and again."""

import asyncio
import socket
from time import monotonic

import psutil
import pytest
from aiohttp import web

from servers.listening import CannotListen, PortInUse, listen
from servers.server import ServerState
from tests.conftest import Run, until
from tests.servers.probe_web import ProbeServer, running
from tests.servers.wire import hang_up, parse, raw, request

IN_TIME = 2.0


async def _stop_in_time(server: ProbeServer) -> None:
    port = server.port
    before = monotonic()
    await server.stop()
    assert monotonic() - before < IN_TIME
    for sock in listen("localhost", port):
        sock.close()


def test_both_loopback_addresses_answer_on_one_port(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            assert server.address
            assert [host for host, _ in server.address.bound] == ["127.0.0.1", "::1"]
            for host in ("127.0.0.1", "::1"):
                reader, writer = await asyncio.open_connection(host, server.port)
                writer.write(request("GET", "/"))
                assert parse(await reader.read()).text == "hello"
                await hang_up(writer)

    run(scenario())


def test_stop_with_an_idle_connection(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b"hello")
            await _stop_in_time(server)
            assert await reader.read() == b""
            await hang_up(writer)

    run(scenario())


def test_stop_when_a_client_has_gone_whose_body_never_came(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n")
            await reader.readuntil(b"hello")
            await hang_up(writer)
            assert server._manager is not None
            crowd = server._manager.crowd
            await until(lambda: not crowd.alive)
            await _stop_in_time(server)

    run(scenario())  # which fails where a task is left


def test_stop_loses_no_connection_that_the_system_has_accepted_already(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            clients = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
            await asyncio.sleep(0)
            await _stop_in_time(server)
            for client in clients:
                with client:
                    client.settimeout(5)
                    try:
                        assert client.recv(1) == b""
                    except ConnectionResetError:
                        continue

    run(scenario())


def test_stop_cuts_a_client_that_does_not_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(server: ProbeServer, request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=bytes(64 * 1024 * 1024))

    monkeypatch.setattr(ProbeServer, "answer", answer)

    async def scenario() -> None:
        async with running() as server:
            with socket.create_connection(("127.0.0.1", server.port)) as deaf:
                deaf.sendall(request("GET", "/"))
                assert await asyncio.get_running_loop().run_in_executor(None, deaf.recv, 1)
                before = psutil.Process().num_fds()
                await _stop_in_time(server)
                assert psutil.Process().num_fds() < before

    run(scenario())


def test_stop_with_a_connection_that_says_nothing(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            await _stop_in_time(server)
            assert await reader.read() == b""
            await hang_up(writer)

    run(scenario())


def test_stop_lets_a_request_in_progress_finish(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("GET", "/wait"))
            await server.entered.wait()
            stopping = asyncio.get_running_loop().create_task(server.stop())
            await asyncio.sleep(0)
            server.gate.set()
            await stopping
            assert parse(await reader.read()).text == "hello"
            await hang_up(writer)

    run(scenario())


def test_stop_cuts_a_request_that_does_not_finish(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("GET", "/wait"))
            await server.entered.wait()
            await _stop_in_time(server)
            assert await reader.read() == b""
            await hang_up(writer)

    run(scenario())


def test_stop_in_the_middle_of_an_upload(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("POST", "/body", "Content-Length: 100", "Expect: 100-continue"))
            await reader.readuntil(b"\r\n\r\n")
            await _stop_in_time(server)
            await reader.read()
            await hang_up(writer)

    run(scenario())


def test_a_cancelled_stop_frees_the_port_and_the_connections(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            port = server.port
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request("GET", "/wait"))
            await server.entered.wait()
            stopping = asyncio.get_running_loop().create_task(server.stop())
            await until(lambda: server.state is ServerState.STOPPING)
            stopping.cancel()
            await asyncio.wait([stopping])
            assert server.state is ServerState.STOPPED
            assert await reader.read() == b""
            server.gate.set()
            await hang_up(writer)
            for sock in listen("localhost", port):
                sock.close()

    run(scenario())


def test_a_hundred_lives_leave_no_descriptor(run: Run) -> None:
    async def scenario() -> None:
        server = ProbeServer()
        await server.start()
        await server.stop()
        before = psutil.Process().num_fds()
        for _ in range(100):
            await server.start()
            assert parse(await raw(server.port, request("GET", "/"))).text == "hello"
            await server.stop()
        assert psutil.Process().num_fds() == before

    run(scenario())


def test_restart_on_the_same_port_with_a_client_connected(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            port = server.port
            server.settings = type(server.settings)(port=port)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            await server.restart()
            assert server.port == port
            assert await reader.read() == b""
            await hang_up(writer)

    run(scenario())


def test_a_port_in_use(run: Run) -> None:
    async def scenario() -> None:
        async with running() as first:
            second = ProbeServer(first.port)
            before = psutil.Process().num_fds()
            with pytest.raises(PortInUse, match="another server of Portside"):
                await second.start()
            assert second.state is ServerState.FAILED
            assert isinstance(second.error, CannotListen)
            assert psutil.Process().num_fds() == before
            await second.stop()

    run(scenario())


def test_a_start_that_fails_half_way_leaves_no_socket(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> frozenset[str]:
        raise OSError("no names")

    monkeypatch.setattr("servers.guard.own_names", broken)

    async def scenario() -> None:
        server = ProbeServer()
        before = psutil.Process().num_fds()
        with pytest.raises(OSError, match="no names"):
            await server.start()
        assert psutil.Process().num_fds() == before

    run(scenario())


def test_a_start_cancelled_at_any_step_leaves_no_socket(run: Run) -> None:
    async def cancelled_after(steps: int) -> bool:
        server = ProbeServer()
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
        assert steps > 2
        assert psutil.Process().num_fds() == before

    run(scenario())


def test_one_taken_loopback_address_is_enough_to_fail(run: Run) -> None:
    async def scenario() -> None:
        with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
            server = ProbeServer(other.getsockname()[1])
            with pytest.raises(PortInUse):
                await server.start()

    run(scenario())
