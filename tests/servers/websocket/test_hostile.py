"""Tests of the WebSocket server against clients that break the protocol, the limits, or the line."""

import asyncio
import contextlib
import logging
import os

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode, Frame, Opcode

from servers.exchange import Direction, Kind
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import Bench, deaf_client, handshake, plain, serving
from tests.servers.wire import ask, hang_up, parse, raw, request


def _portside_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("portside.ws")]


async def _goes_on(server: Bench) -> None:
    async with plain(server) as client:
        await client.send("still there?")
        assert await client.recv() == "ECHO! still there?"


@pytest.mark.parametrize("data", ["x" * 1001, b"x" * 1001, ["x" * 600, "x" * 600], "x" * 1_000_000])
def test_a_message_over_the_limit(run: Run, data: str | bytes | list[str]) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, max_message=1000) as server:
            async with plain(server) as client:
                await client.send(data)
                with pytest.raises(ConnectionClosed):
                    await client.recv()
                assert client.close_code == CloseCode.MESSAGE_TOO_BIG
            async with plain(server) as client:
                await client.send("x" * 1000)
                assert await client.recv() == "ECHO! " + "x" * 1000

    run(scenario())


def test_a_message_that_inflates_over_the_limit(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, max_message=1000) as server:
            async with plain(server, compression="deflate") as client:
                await client.send(bytes(50_000_000))
                with pytest.raises(ConnectionClosed):
                    await client.recv()
                assert client.close_code == CloseCode.MESSAGE_TOO_BIG
            await _goes_on(server)

    run(scenario())


def _frame(opcode: Opcode, data: bytes, *, fin: bool = True, mask: bool = True) -> bytes:
    return Frame(opcode, data, fin=fin).serialize(mask=mask)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_frame(Opcode.TEXT, b"\xff\xfe"), 1007),
        (_frame(Opcode.TEXT, b"\xed\xa0\x80"), 1007),
        (_frame(Opcode.TEXT, b"\xc3", fin=False) + _frame(Opcode.CONT, b"\x28"), 1007),
        (_frame(Opcode.TEXT, b"unmasked", mask=False), 1002),
        (_frame(Opcode.CONT, b"of nothing"), 1002),
        (_frame(Opcode.TEXT, b"a", fin=False) + _frame(Opcode.TEXT, b"b"), 1002),
        (b"\x83\x80\0\0\0\0", 1002),
        (b"\x8b\x80\0\0\0\0", 1002),
        (b"\xf1\x80\0\0\0\0", 1002),
        (b"\x09\x80\0\0\0\0", 1002),
        (b"\x89\xfe\x00\x7e\0\0\0\0" + bytes(126), 1002),
        (b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 1009),
        (b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 1009),
        (b"\x88\x81\0\0\0\0\0", 1002),
        (b"\x88\x82\0\0\0\0" + (1005).to_bytes(2, "big"), 1002),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 1002),
    ],
    ids=range(16),
)
def test_malformed_frames(run: Run, caplog: pytest.LogCaptureFixture, data: bytes, code: int) -> None:
    caplog.set_level(logging.WARNING)

    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(handshake())
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
            writer.write(data)
            answer = await reader.read()
            assert (answer[0], answer[2:4]) == (0x88, code.to_bytes(2, "big"))
            await hang_up(writer)
            await until(lambda: not server.names)
            close = server.messages[-1]
            assert (close.direction, close.kind) == (Direction.SENT, Kind.CLOSE)
            await _goes_on(server)

    run(scenario())
    assert not _portside_lines(caplog)


def test_noise_after_the_handshake(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            for _ in range(50):
                _, writer = await asyncio.open_connection("127.0.0.1", server.port)
                writer.write(handshake() + os.urandom(200))
                writer.write_eof()
                await hang_up(writer)
            await until(lambda: not server.names and len(server.exchanges) == 50)
            await _goes_on(server)

    run(scenario())


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request("GET", "/"), 426),
        (request("GET", "/", "Upgrade: h2c"), 426),
        (handshake().replace(b"Version: 13", b"Version: 8"), 426),
        (handshake().replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"short"), 400),
        (handshake().replace(b"Sec-WebSocket-Key", b"X"), 400),
    ],
)
def test_a_request_that_is_no_handshake(run: Run, caplog: pytest.LogCaptureFixture, data: bytes, status: int) -> None:
    caplog.set_level(logging.INFO, "portside.ws")

    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            caplog.clear()
            assert parse(await raw(server.port, data)).status == status
            assert [one.status for one in server.exchanges] == [status]
            assert len(_portside_lines(caplog)) <= 1
            await _goes_on(server)

    run(scenario())


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 100_000,
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    ],
    ids=range(8),
)
def test_malformed_requests(run: Run, caplog: pytest.LogCaptureFixture, data: bytes) -> None:
    caplog.set_level(logging.INFO, "portside.ws")

    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            caplog.clear()
            answer = await raw(server.port, data)
            assert not answer.startswith(b"HTTP/1.1 101")
            assert b"Traceback" not in answer
            lines = _portside_lines(caplog)
            assert len(lines) <= 1
            assert all(len(line) < 400 and line.isprintable() for line in lines)
            await _goes_on(server)

    run(scenario())


def test_other_methods_are_not_answered_with_a_switch(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            assert (await ask(server.port, "GET", "/")).status == 426
            assert (await ask(server.port, "GET", "/", "Origin: http://evil.example")).status == 403

    run(scenario())


@pytest.mark.parametrize("mode", list(Mode))
def test_a_client_killed_in_the_middle_of_a_message(run: Run, mode: Mode) -> None:
    async def scenario() -> None:
        async with serving(mode) as server:
            for cut in (1, 3, 8, 50):
                _, writer = await deaf_client(server)
                writer.write(_frame(Opcode.TEXT, b"x" * 100)[:cut])
                await writer.drain()
                writer.transport.abort()
                await hang_up(writer)
                await until(lambda: not server.names)
            server.change(mode=Mode.ECHO)
            await _goes_on(server)

    run(scenario())


def test_an_echo_to_a_client_that_does_not_read_delays_no_other(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            _, writer = await deaf_client(server)
            deaf = next(iter(server.hub.clients.values()))
            message = _frame(Opcode.BINARY, bytes(500_000))
            sending = asyncio.get_running_loop().create_task(_pour(writer, message))
            await until(lambda: deaf.pending > 32_768)
            for _ in range(100):
                await _goes_on(server)
            sending.cancel()
            await asyncio.wait([sending])
            writer.transport.abort()
            await hang_up(writer)

    run(scenario())


async def _pour(writer: asyncio.StreamWriter, message: bytes) -> None:
    while True:
        writer.write(message)
        await writer.drain()


def test_connections_beyond_what_the_system_bears_are_cut_before_their_handshake(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servers.websocket.connection.SURPLUS", 2)

    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            server._most = 1
            pairs = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(5)]
            for reader, writer in pairs[3:]:
                with contextlib.suppress(ConnectionResetError):
                    assert await reader.read() == b""
                await hang_up(writer)
            await until(lambda: len(server._alive) == 3)
            for _, writer in pairs[:3]:
                writer.close()
                await hang_up(writer)
            await until(lambda: not server._alive)
            await _goes_on(server)

    run(scenario())
