"""Tests under load: thousands that come and go leave nothing behind, and hundreds that talk are sent away in order."""

import asyncio
import gc
import itertools
import socket
import struct
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial

import psutil
import pytest

from servers.listening import listen
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import Bench, ended, handshake, plain, serving
from tests.servers.websocket.raw_frames import frame

AT_ONCE = 100
GOING_AWAY = b"\x88\x02\x03\xe9"
CLOSE = frame(0x88, b"\x03\xe8")
SHAKE = handshake()
TALK = frame(0x81, b"and another thing")
ON_THEIR_WAY = 5


async def _connected(server: Bench) -> socket.socket:
    sock = socket.socket()
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", server.port))
    return sock


async def _shaken(server: Bench) -> socket.socket:
    sock = await _connected(server)
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(sock, SHAKE)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += await loop.sock_recv(sock, 4096)
    return sock


def _reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


async def _comes_and_goes_in_order(server: Bench) -> None:
    sock = await _shaken(server)
    await asyncio.get_running_loop().sock_sendall(sock, CLOSE)
    while await asyncio.get_running_loop().sock_recv(sock, 4096):
        pass
    _reset(sock)


async def _talks_and_is_gone(server: Bench) -> None:
    sock = await _shaken(server)
    await asyncio.get_running_loop().sock_sendall(sock, frame(0x81, b"hi") + frame(0x01, b"and more t"))
    _reset(sock)


async def _shakes_hands_and_is_gone(server: Bench) -> None:
    (await _shaken(server)).close()


async def _breaks_off_in_the_handshake(server: Bench) -> None:
    sock = await _connected(server)
    await asyncio.get_running_loop().sock_sendall(sock, SHAKE[:60])
    _reset(sock)


async def _says_nothing(server: Bench) -> None:
    (await _connected(server)).close()


KINDS: list[Callable[[Bench], Coroutine[None, None, None]]] = [
    _comes_and_goes_in_order,
    _talks_and_is_gone,
    _shakes_hands_and_is_gone,
    _breaks_off_in_the_handshake,
    _says_nothing,
]


async def _come_and_go(server: Bench, count: int) -> tuple[int, int, int]:
    """Let that many clients come and go; return what is left: descriptors, blocks of memory, bytes of it."""
    tasks = asyncio.all_tasks()
    kinds = itertools.cycle(KINDS)
    for number in range(count // AT_ONCE):
        await asyncio.gather(*(next(kinds)(server) for _ in range(AT_ONCE)))
        await until(lambda: not server.connections and asyncio.all_tasks() == tasks)
        server.recorder.clear()
        if number % 10 == 9:
            gc.collect()  # or the heap grows with what is waiting for that, and has gaps ever after
    assert not server.names
    assert server.hub.rooms() == {"/": 0}
    for _ in range(100):  # turns of the loop: what is closed is closed in one of the next
        await asyncio.sleep(0)
    gc.collect()
    process = psutil.Process()
    return process.num_fds(), sys.getallocatedblocks(), process.memory_info().rss


def test_ten_thousand_come_and_go(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST_REPLY) as server:
            files = psutil.Process().num_fds()
            _, blocks, memory = await _come_and_go(server, 1_000)
            after = await _come_and_go(server, 9_000)
            assert after[0] <= files  # as before the first of them; what other tests left may be closed meanwhile
            assert after[1] - blocks < 3 * 9_000  # the keys of some thousand names are remembered
            assert after[2] - memory < 8_000_000
            async with plain(server) as client:
                await client.send("still there?")
                assert await client.recv() == "BROADCAST! still there?"

    run(scenario(), deadline=240)


class _Talker(asyncio.Protocol):
    """A client that always has so many messages on their way, until it is told to go away."""

    def __init__(self, room: str, members: int) -> None:
        self.last = b""
        self.gone = asyncio.get_running_loop().create_future()
        self._room = room
        self._members = members
        self._answers = 0
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        transport.write(handshake(path=self._room))

    def begin(self) -> None:
        self._transport.write(TALK * ON_THEIR_WAY)

    def data_received(self, data: bytes) -> None:
        self.last = (self.last + data)[-len(GOING_AWAY) :]
        if self.last == GOING_AWAY:
            self._transport.write(CLOSE)
            return
        answers = self._answers + data.count(b"\x81")  # the first byte of a text frame, which is in no text of ours
        own, self._answers = divmod(answers, self._members)
        self._transport.write(TALK * own)

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set_result(None)


@pytest.mark.parametrize(("mode", "members"), [(Mode.ECHO, 1), (Mode.BROADCAST, 5)])
def test_stop_while_five_hundred_send(run: Run, mode: Mode, members: int) -> None:
    async def scenario() -> None:
        async with serving(mode) as server:
            loop, port = asyncio.get_running_loop(), server.port
            talkers = []
            for number in range(500):
                factory = partial(_Talker, f"/rooms/{number // members}", members)
                talkers.append((await loop.create_connection(factory, "127.0.0.1", port))[1])
            clients = server.hub.clients
            await until(lambda: len(clients) == 500)
            for talker in talkers:
                talker.begin()
            await until(lambda: min(client.messages_in for client in clients.values()) > ON_THEIR_WAY)
            await server.stop()
            for sock in listen("localhost", port):
                sock.close()
            assert not server.names
            assert not server.connections
            await asyncio.wait([talker.gone for talker in talkers])
            assert {talker.last for talker in talkers} == {GOING_AWAY}

    run(scenario(), deadline=30)


def test_stop_while_a_message_is_handed_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.websocket.hub._SLICE", 0)  # others have their turn after each client

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving())
            clients = [await stack.enter_async_context(plain(server)) for _ in range(50)]
            sending = asyncio.get_running_loop().create_task(server.hub.send("to all"))
            await until(lambda: sum(client.messages_out for client in server.hub.clients.values()) > 5)
            await server.stop()
            assert await sending == 50
            texts = [[str(message) async for message in client] for client in clients]
            assert {client.close_code for client in clients} == {1001}
            assert all(one in ([], ["to all"]) for one in texts)
            assert texts[0] == ["to all"]

    run(scenario())


@pytest.mark.parametrize("turns", range(6))
def test_stop_while_connections_arrive(run: Run, turns: int) -> None:
    async def scenario() -> None:
        async with serving() as server:
            sockets = [socket.socket() for _ in range(20)]
            for sock in sockets:
                sock.setblocking(False)
                with suppress(BlockingIOError):
                    sock.connect(("127.0.0.1", server.port))
            for _ in range(turns):
                await asyncio.sleep(0)
            await server.stop()
            assert not server.connections
            for sock in sockets:
                sock.close()

    run(scenario())


def test_a_restart_takes_the_same_port_and_the_clients_can_come_again(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server:
            server.change(port=server.port)
            for _ in range(3):
                async with plain(server, "/?name=Ann") as client, plain(server, "/rooms/tea") as other:
                    await client.send("hi")
                    assert await client.recv() == "BROADCAST! hi"
                    assert server.names[0] == "Ann"
                    restarting = asyncio.get_running_loop().create_task(server.restart())
                    assert await ended(client) == await ended(other) == 1001
                    await restarting
                    assert server.hub.rooms() == {"/": 0}

    run(scenario())
