"""Tests of the connection itself: keepalive, a network that takes nothing, and frames from the first byte on."""

import asyncio
import socket

import pytest
from websockets.exceptions import ConnectionClosed

from desktop.chat.connecting import connection as connections
from desktop.chat.connecting import opening
from desktop.chat.connecting.connection import STALLED
from desktop.chat.connecting.handshake import open_connection
from desktop.chat.frames.wire import WireFrame
from desktop.chat.target import Target
from servers.exchange import Direction, Kind, Message
from tests.conftest import Run
from tests.desktop.chat.connecting.stage import opened
from tests.desktop.chat.peers import accept, raw_server, surroundings, until

pytestmark = pytest.mark.without_qt


def test_the_limits_of_the_keepalive_are_those_that_are_told(run: Run) -> None:
    async def scenario() -> None:
        async with raw_server(_hold) as url, opened(Target(url)) as connection:
            assert (connection.ping_interval, connection.ping_timeout) == (20, 20)
            assert connection.keepalive_task is not None
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                sock = connection.transport.get_extra_info("socket")
                assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == STALLED * 1000

    run(scenario())


def test_a_server_that_answers_no_ping_is_left_with_1011(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PING_INTERVAL", 0.02)
    monkeypatch.setattr(opening, "PING_TIMEOUT", 0.02)

    async def scenario() -> None:
        messages: list[Message] = []
        async with raw_server(_hold) as url, opened(Target(url)) as connection:
            connection.hand_to(messages.append)
            await until(lambda: connection.protocol.close_sent)
            assert connection.protocol.close_sent is not None
            assert connection.protocol.close_sent.code == 1011
            assert connection.protocol.close_sent.reason == "keepalive ping timeout"
            assert [message.kind for message in messages] == [Kind.PING, Kind.CLOSE]

    run(scenario())


def test_frames_that_come_with_the_response_are_not_lost(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, _Gathering(writer))  # type: ignore[arg-type] # all that is used of one
        await reader.read()

    async def scenario() -> None:
        messages: list[Message] = []
        frames: list[WireFrame] = []
        async with raw_server(script) as url:
            connection = await open_connection(Target(url), surroundings(), frames.append)
            connection.hand_to(messages.append)
            assert await connection.recv() == "hi"
            connection.transport.abort()
            await connection.wait_closed()
        assert [(message.direction, message.data) for message in messages] == [(Direction.RECEIVED, b"hi")]
        assert [(frame.direction, frame.data) for frame in frames] == [(Direction.RECEIVED, b"hi")]

    run(scenario())


def test_too_large_a_message_ends_with_1009(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_SIZE", 10)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(b"\x82\x0b" + bytes(11))
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url, opened(Target(url)) as connection:
            await until(lambda: connection.protocol.close_sent)
            assert connection.protocol.close_sent is not None
            assert connection.protocol.close_sent.code == 1009
            connection.transport.abort()
            with pytest.raises(ConnectionClosed):
                await connection.recv()

    run(scenario())


def test_only_the_beginning_of_the_answer_is_kept(run: Run) -> None:
    async def scenario() -> None:
        async with raw_server(_hold) as url, opened(Target(url)) as connection:
            assert connection.said.startswith(b"HTTP/1.1 101 ")
            assert len(connection.said) <= connections._SAID

    run(scenario())


class _Gathering:
    """A writer that sends a frame together with the response."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def write(self, data: bytes) -> None:
        self._writer.write(data + b"\x81\x02hi")

    async def drain(self) -> None:
        await self._writer.drain()


async def _hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await accept(reader, writer)
    await reader.read()
