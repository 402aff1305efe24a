"""Tests of the WebSocket server with opening handshakes that break HTTP or RFC 6455, section 4."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import Bench, handshake, serving
from tests.servers.websocket.raw_frames import close_code, frame, frames_in, goes_on
from tests.servers.wire import Reply, hang_up, parse, raw, request

KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
VERSION = b"Sec-WebSocket-Version: 13\r\n"
SHAKE = handshake()


def _asks(run: Run, data: bytes) -> tuple[Reply, Bench]:
    """The answer to a handshake and the server with its records, after others were served as before."""

    async def scenario() -> tuple[Reply, Bench]:
        async with serving(Mode.ECHO) as server:
            reply = parse(await raw(server.port, data))
            await until(lambda: len(server.exchanges) == 1)
            await goes_on(server)
            return reply, server

    return run(scenario())


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (SHAKE.replace(KEY, b""), 400),
        (SHAKE.replace(KEY, KEY * 2), 400),
        (SHAKE.replace(KEY, b"Sec-WebSocket-Key: not base64 at all !!\r\n"), 400),
        (SHAKE.replace(KEY, b"Sec-WebSocket-Key:\r\n"), 400),
        (SHAKE.replace(VERSION, b""), 400),
        (SHAKE.replace(VERSION, VERSION * 2), 400),
        (SHAKE.replace(b"Upgrade: websocket\r\n", b""), 426),
        (SHAKE.replace(b"Upgrade: websocket\r\n", b"Upgrade: websocket, h2c\r\n"), 426),
        (SHAKE.replace(b"Connection: Upgrade\r\n", b""), 426),
        (SHAKE.replace(b"Connection: Upgrade\r\n", b"Connection: keep-alive\r\n"), 426),
        (SHAKE.replace(b"GET", b"POST"), 405),
        (SHAKE.replace(b"GET", b"HEAD"), 405),
        (SHAKE.replace(b"GET", b"get"), 405),
        (SHAKE.replace(b"HTTP/1.1", b"HTTP/1.0"), 505),
        (handshake("Sec-WebSocket-Extensions: permessage-deflate; =;"), 400),
        (handshake("Sec-WebSocket-Protocol: ,;"), 400),
        (request("GET", "/") * 2, 426),
    ],
    ids=range(17),
)
def test_handshakes_that_are_http(run: Run, data: bytes, status: int) -> None:
    reply, server = _asks(run, data)
    (record,) = [one for one in server.exchanges if one.status != 101]
    assert reply.status == record.status == status
    assert record.method.encode() == data.split(b" ", 1)[0]
    assert record.error is None
    assert reply.headers["connection"] == "close"


def test_methods_that_are_allowed(run: Run) -> None:
    reply, _ = _asks(run, SHAKE.replace(b"GET", b"POST"))
    assert reply.headers["allow"] == "GET"


@pytest.mark.parametrize("version", ["0", "8", "12", "14", "130", "thirteen"])
def test_other_versions_are_told_which_one_is_spoken(run: Run, version: str) -> None:
    """RFC 6455, section 4.4."""
    reply, _ = _asks(run, SHAKE.replace(b"Version: 13", f"Version: {version}".encode()))
    assert reply.status == 426
    assert reply.headers["sec-websocket-version"] == "13"


def _client_hello() -> bytes:
    context = ssl.create_default_context()
    sent = ssl.MemoryBIO()
    connection = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        connection.do_handshake()
    return sent.read()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (SHAKE.replace(b"\r\n", b"\n"), 400),
        (SHAKE.replace(b"HTTP/1.1", b"HTTP/2.0"), 400),
        (SHAKE.replace(b"GET / ", b"GET  / "), 400),
        (SHAKE.replace(b"Host: ", b"Host : "), 400),
        (SHAKE.replace(b"Host: ", b"H\x00st: "), 400),
        (handshake("X: a\r\n folded"), 400),
        (handshake("X: a\x00b"), 400),
        (handshake("X: a\rb"), 400),
        (handshake("Content-Length: 5") + b"hello", 400),
        (handshake("Transfer-Encoding: chunked") + b"0\r\n\r\n", 400),
        (handshake("X: " + "y" * 100_000), 431),
        (handshake(*[f"X{number}: y" for number in range(500)]), 431),
        (handshake(path="/" + "a" * 100_000), 414),
        (bytes(range(256)) * 100, 400),
        (b"\r\n" + SHAKE, 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9), 400),
        (frame(0x81, b"no handshake\r\n"), 400),
    ],
    ids=range(17),
)
def test_what_is_no_handshake(run: Run, caplog: pytest.LogCaptureFixture, data: bytes, status: int) -> None:
    caplog.set_level(logging.INFO, "portside.ws")
    reply, server = _asks(run, data)
    (record,) = [one for one in server.exchanges if one.status != 101]
    assert reply.status == record.status == status
    assert record.error
    assert data.startswith(record.request_body)
    lines = [one.getMessage() for one in caplog.records if one.name == "portside.ws" and "open" not in one.getMessage()]
    assert all(len(line) < 400 and line.isprintable() for line in lines)


@pytest.mark.parametrize("data", [b"\x00", b"GET", SHAKE[:-2], b"\xff" * 100], ids=range(4))
def test_a_handshake_that_ends_early_is_recorded(run: Run, data: bytes) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(data)
            writer.write_eof()
            await reader.read()
            await hang_up(writer)
            await until(lambda: len(server.exchanges) == 1)
            (record,) = server.exchanges
            assert record.error
            assert record.request_body == data
            await goes_on(server)

    run(scenario())


def test_tls_on_a_plain_port(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(_client_hello())
            writer.write_eof()
            assert not (await reader.read()).startswith(b"HTTP/1.1 101")
            await hang_up(writer)
            await until(lambda: len(server.exchanges) == 1)
            assert server.exchanges[0].error
            await goes_on(server)

    run(scenario())


def test_a_connection_without_a_byte_leaves_no_record(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            for _ in range(10):
                _, writer = await asyncio.open_connection("127.0.0.1", server.port)
                await hang_up(writer)
            await goes_on(server)
            assert [one.status for one in server.exchanges] == [101]

    run(scenario())


@asynccontextmanager
async def _shaken_with(server: Bench, *chunks: bytes) -> AsyncIterator[asyncio.StreamReader]:
    """A connection whose handshake, and what follows it, was sent in these chunks; the response is read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        for chunk in chunks:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(0)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        yield reader
    finally:
        await hang_up(writer)


TALK = frame(0x81, b"hi") + frame(0x89, b"?")
LONG = handshake("X: " + "y" * 6000, "X: " + "y" * 6000)
LINE_ENDS = handshake("X: " + "y" * 4000, "X: " + "y" * (8192 - len(SHAKE) - 4000 - len("X: \r\nX: ")), "X: y")


@pytest.mark.parametrize(
    "chunks",
    [
        [SHAKE + TALK],
        [SHAKE[:20], SHAKE[20:] + TALK[:3], TALK[3:]],
        [bytes([one]) for one in SHAKE + TALK],
        [LONG[:-2], LONG[-2:] + TALK],
        [LINE_ENDS[:8192], LINE_ENDS[8192:-4], LINE_ENDS[-4:] + TALK],
    ],
    ids=["one packet", "three packets", "byte by byte", "long", "long, split at ends of lines"],
)
def test_frames_right_behind_the_handshake(run: Run, chunks: list[bytes]) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, _shaken_with(server, *chunks) as reader:
            answers = frames_in(await reader.readexactly(13))
            assert sorted(answers) == [(0x81, b"ECHO! hi"), (0x8A, b"?")]

    run(scenario())


@pytest.mark.parametrize("more", [SHAKE, frame(0x81, b"no mask", masked=False), frame(0x88, b"\x03\xea")])
def test_faults_and_the_end_right_behind_the_handshake(run: Run, more: bytes) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            async with _shaken_with(server, SHAKE + more) as reader:
                assert close_code(await reader.read()) == 1002
            assert [one.status for one in server.exchanges] == [101]
            await until(lambda: not server.names)
            await goes_on(server)

    run(scenario())
