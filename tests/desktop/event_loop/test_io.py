"""The event loop's sockets, threads, signals and processes, on the batched loop and on stock qasync."""

import asyncio
import os
import signal
import socket
import sys
import threading

import aiohttp
import pytest
from aiohttp import web
from PySide6.QtCore import QAbstractEventDispatcher
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from tests.desktop.event_loop.conftest import Finish


@pytest.fixture
def finish(loop: asyncio.AbstractEventLoop) -> Finish:
    """Everything here holds on both loops."""
    return lambda awaitable: loop.run_until_complete(asyncio.wait_for(awaitable, 30))


def test_streams_echo_to_many_clients(finish: Finish) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()
        await writer.wait_closed()

    async def client(port: int, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for count in range(20):
            line = b"%d %d\n" % (number, count)
            writer.write(line)
            assert await reader.readline() == line
        writer.close()
        await writer.wait_closed()

    async def echo_all() -> None:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            await asyncio.gather(*(client(port, number) for number in range(50)))

    finish(echo_all())


def test_readers_and_writers(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        far.setblocking(False)
        seen = loop.create_future()

        def write() -> None:
            loop.remove_writer(near)
            near.send(b"through")

        loop.add_reader(far, lambda: seen.set_result(far.recv(100)))
        loop.add_writer(near, write)
        assert finish(seen) == b"through"
        assert loop.remove_reader(far)
        assert not loop.remove_reader(far)
        assert not loop.remove_writer(near)


def test_socket_methods(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    payload = os.urandom(3_000_000)  # more than the kernel takes at once

    async def pump(near: socket.socket, far: socket.socket) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(loop.sock_sendall(near, payload))
            received = bytearray()
            while len(received) < len(payload):
                received += await loop.sock_recv(far, 1 << 16)
        assert received == payload

    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        far.setblocking(False)
        finish(pump(near, far))


def test_calls_from_threads_wake_the_loop(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    calls: list[tuple[int, int]] = []
    done = loop.create_future()

    def note(number: int, count: int) -> None:
        assert threading.current_thread() is threading.main_thread()
        calls.append((number, count))
        if len(calls) == 1_600:
            done.set_result(None)

    def work(number: int) -> None:
        for count in range(200):
            loop.call_soon_threadsafe(note, number, count)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    finish(done)
    for thread in threads:
        thread.join()
    assert sorted(calls) == [(number, count) for number in range(8) for count in range(200)]


def test_executor_is_a_small_pool_of_threads(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    async def work() -> None:
        names = await asyncio.gather(
            *(loop.run_in_executor(None, lambda: threading.current_thread().name) for _ in range(50))
        )
        assert 1 <= len(set(names)) <= 4
        assert all(name.startswith("portside") for name in names)
        with pytest.raises(ZeroDivisionError):
            await loop.run_in_executor(None, divmod, 1, 0)
        addresses = await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)
        assert addresses[0][4] == ("127.0.0.1", 80)

    finish(work())


@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGTERM, signal.SIGINT])
def test_signal_wakes_an_idle_loop(loop: asyncio.AbstractEventLoop, finish: Finish, number: signal.Signals) -> None:
    about_to_wait = threading.Event()
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.aboutToBlock.connect(about_to_wait.set)
    caught = loop.create_future()
    loop.add_signal_handler(number, caught.set_result, "caught")

    def kill_when_idle() -> None:
        assert about_to_wait.wait(30)
        os.kill(os.getpid(), number)

    killer = threading.Thread(target=kill_when_idle)
    killer.start()
    try:
        assert finish(caught) == "caught"
    finally:
        killer.join()
        assert loop.remove_signal_handler(number)
        dispatcher.aboutToBlock.disconnect(about_to_wait.set)


def test_subprocess(finish: Finish) -> None:
    async def shout(word: bytes) -> tuple[bytes, int | None]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "import sys; print(input().upper()); sys.exit(3)",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate(word)
        return output, process.returncode

    async def shout_all() -> list[tuple[bytes, int | None]]:
        return [*await asyncio.gather(shout(b"one\n"), shout(b"two\n"))]

    assert finish(shout_all()) == [(b"ONE\n", 3), (b"TWO\n", 3)]


def test_aiohttp_server_and_client(finish: Finish) -> None:
    async def shout(request: web.Request) -> web.Response:
        return web.Response(text=(await request.text()).upper())

    async def exchange() -> None:
        application = web.Application()
        application.router.add_post("/", shout)
        runner = web.AppRunner(application, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        async with aiohttp.ClientSession(f"http://{host}:{port}") as session:
            for number in range(100):
                async with session.post("/", data=f"word {number}") as response:
                    assert await response.text() == f"WORD {number}"
        await runner.cleanup()

    finish(exchange())


def test_websockets_server_and_client(finish: Finish) -> None:
    async def echo(connection: ServerConnection) -> None:
        async for message in connection:
            await connection.send(message)

    async def exchange() -> None:
        async with serve(echo, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            async with connect(f"ws://127.0.0.1:{port}", proxy=None) as client:
                for number in range(100):
                    await client.send(f"message {number}")
                    assert await client.recv() == f"message {number}"

    finish(exchange())
