"""Tests of a target's options with real servers: what they are asked, and what comes of it."""

import contextlib
import zlib
from collections.abc import AsyncIterator

import aiohttp.web
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from desktop.chat.connecting.handshake import open_connection
from desktop.chat.connecting.opening import MAX_SIZE
from desktop.chat.frames.wire import WireFrame
from desktop.chat.target import AuthKind, ChatWish, HeaderRow, Target
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import Direction, End, Exchange, Message, header
from tests.conftest import Run
from tests.desktop.chat.connecting.stage import Jar, asked, failure, opened
from tests.desktop.chat.peers import app_server, surroundings, until

pytestmark = pytest.mark.without_qt


async def _echo(connection: ServerConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for message in connection:
            await connection.send(message)


@contextlib.asynccontextmanager
async def plain_server(*subprotocols: str) -> AsyncIterator[str]:
    """The URL of an echo server on websockets, which compresses."""
    spoken = [Subprotocol(name) for name in subprotocols] or None
    async with serve(_echo, "127.0.0.1", 0, subprotocols=spoken, max_size=None) as server:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


@contextlib.asynccontextmanager
async def aiohttp_server() -> AsyncIterator[str]:
    """The URL of an echo server on aiohttp, which sets a cookie."""

    async def talk(request: aiohttp.web.Request) -> aiohttp.web.WebSocketResponse:
        response = aiohttp.web.WebSocketResponse(protocols=["mqtt"])
        response.set_cookie("sid", "1")
        await response.prepare(request)
        async for message in response:
            await response.send_str(message.data)
        return response

    app = aiohttp.web.Application()
    app.router.add_get("/", talk)
    runner = aiohttp.web.AppRunner(app, access_log=None)
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"ws://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def test_the_request_byte_for_byte(run: Run) -> None:
    async def scenario() -> None:
        typed = (HeaderRow("X-b", "1"), HeaderRow("x-B", "ü"), HeaderRow("X-Off", "1", enabled=False))
        wanted = Target(
            "ws://me:secret@SERVER/p?q", headers=typed, origin="http://o", chat=ChatWish.NEVER, compression=False
        )
        lines, exchange = await asked(wanted)
        host = header(exchange.request_headers, "Host")
        key = header(exchange.request_headers, "Sec-WebSocket-Key")
        assert lines == [
            "GET /p?q HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "X-b: 1",
            "x-B: ü",
            "User-Agent: Portside",
            "Origin: http://o",
            "Authorization: Basic bWU6c2VjcmV0",
        ]
        assert [f"{name}: {value}" for name, value in exchange.request_headers] == lines[1:]
        assert (exchange.source, exchange.end, exchange.target, exchange.status) == ("chat", End.CLIENT, "/p?q", 101)
        assert exchange.error is None
        assert exchange.started_ns < exchange.responded_ns <= exchange.finished_ns
        assert exchange.remote == (host.partition(":")[0], int(host.partition(":")[2])) if host else False

    run(scenario())


def test_a_host_that_is_typed_comes_first_and_alone(run: Run) -> None:
    async def scenario() -> None:
        typed = (HeaderRow("X-A", "1"), HeaderRow("host", "virtual.example:1"))
        lines, _ = await asked(Target("ws://SERVER", headers=typed))
        assert lines[1] == "host: virtual.example:1"
        assert sum(line.lower().startswith("host:") for line in lines) == 1

    run(scenario())


def test_user_agents_may_be_several(run: Run) -> None:
    async def scenario() -> None:
        typed = (HeaderRow("User-Agent", "a"), HeaderRow("User-Agent", "b"))
        lines, _ = await asked(Target("ws://SERVER", headers=typed))
        assert [line for line in lines if line.startswith("User-Agent")] == ["User-Agent: a", "User-Agent: b"]

    run(scenario())


def test_the_app_s_own_server_chats(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address is not None
            async with opened(Target(server.address.url, "Ann")) as connection:
                assert connection.subprotocol == SUBPROTOCOL
                assert connection.exchange.target == "/?name=Ann"
            async with opened(Target(server.address.url, "Ann", chat=ChatWish.NEVER)) as connection:
                assert connection.subprotocol is None
                assert connection.exchange.target == "/"

    run(scenario())


@pytest.mark.parametrize("compression", [True, False])
def test_a_plain_server_takes_a_subprotocol_and_compresses(run: Run, compression: bool) -> None:
    async def scenario() -> None:
        async with plain_server("mqtt") as url:
            target = Target(url, subprotocols="mqtt", compression=compression)
            async with opened(target) as connection:
                assert connection.subprotocol == "mqtt"
                assert bool(connection.protocol.extensions) is compression
                offered = header(connection.exchange.request_headers, "Sec-WebSocket-Extensions")
                assert (offered is not None) is compression
                await connection.send("hé")
                assert await connection.recv() == "hé"

    run(scenario())


def test_aiohttp_s_server(run: Run) -> None:
    async def scenario() -> None:
        async with aiohttp_server() as url:
            around, jar = surroundings(), Jar("a=b")
            around.cookies = jar
            async with opened(Target(url, "Ann", subprotocols="mqtt"), around) as connection:
                await connection.send("hé")
                assert await connection.recv() == "hé"
                assert connection.subprotocol == "mqtt"
            ((stored_url, headers),) = jar.stored
            assert stored_url == f"{url}?name=Ann"
            assert header(headers, "Set-Cookie") == "sid=1; Path=/"
            assert header(connection.exchange.request_headers, "Cookie") == "a=b"

    run(scenario())


def test_a_refusal_keeps_its_cookies_unless_there_are_to_be_none(run: Run) -> None:
    async def refuse(_: aiohttp.web.BaseRequest) -> aiohttp.web.Response:
        return aiohttp.web.Response(status=401, headers={"Set-Cookie": "sid=1"})

    async def scenario() -> None:
        runner = aiohttp.web.ServerRunner(aiohttp.web.Server(refuse, access_log=None))
        await runner.setup()
        await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"ws://127.0.0.1:{runner.addresses[0][1]}"
        for cookies in (True, False):
            around, jar = surroundings(), Jar("a=b")
            around.cookies = jar
            failed = await failure(Target(url, cookies=cookies, auth=AuthKind.BEARER, token="t"), around)
            assert "did not accept the user name and password, or the token (401" in str(failed)
            assert [header(headers, "Set-Cookie") for _, headers in jar.stored] == (["sid=1"] if cookies else [])
            assert len(jar.asked) == cookies
        await runner.cleanup()

    run(scenario())


def test_what_passes_is_recorded_and_every_frame_is_shown(run: Run) -> None:
    async def scenario() -> None:
        around, frames, messages = surroundings(), list[WireFrame](), list[Message]()
        async with app_server() as server:
            assert server.address is not None
            connection = await open_connection(Target(server.address.url, "Ann"), around, frames.append)
            await until(lambda: frames)
            connection.hand_to(messages.append)
            await connection.close(1000, "bye")
        assert list(around.recorder) == [connection.exchange]
        assert [message.direction for message in messages] == [frame.direction for frame in frames]
        assert messages[0].data == frames[0].data
        assert messages[0].exchange is connection.exchange
        assert (frames[-2].direction, frames[-2].data) == (Direction.SENT, b"\x03\xe8bye")
        assert frames[-2].mask

    run(scenario())


def test_large_messages_come(run: Run) -> None:
    async def scenario() -> None:
        async with plain_server() as url, opened(Target(url)) as connection:
            content = bytes(17 * 1024 * 1024)
            await connection.send(content)
            assert await connection.recv() == content
            assert connection.protocol.max_message_size == MAX_SIZE == 64 * 1024 * 1024
            assert len(zlib.compress(content)) < MAX_SIZE

    run(scenario())


def test_an_invalid_part_is_named_before_anything_is_sent(run: Run) -> None:
    async def scenario() -> None:
        for target, words in (
            (Target("http://h"), "is not a WebSocket URL"),
            (Target("ws://me:secret@\u00ad"), "is not a WebSocket URL"),
            (Target("ws://h", headers=(HeaderRow("Upgrade", "h2c"),)), "The handshake sends Upgrade itself"),
            (Target("ws://h", subprotocols="a b"), "not the name of a subprotocol"),
            (Target("ws://h", proxy="socks5://me:secret@h"), "of a kind that Portside does not speak"),
            (Target("wss://h", ca_file="/no/such.pem"), "“/no/such.pem” cannot be read"),
        ):
            failed = await failure(target)
            assert words in str(failed)
            assert "secret" not in str(failed)
            assert (failed.exchange, failed.retryable) == (None, False)

    run(scenario())


def test_files_for_tls_do_not_matter_without_it(run: Run) -> None:
    async def scenario() -> None:
        lines, exchange = await asked(Target("ws://SERVER", ca_file="/no/such.pem"))
        assert lines
        assert isinstance(exchange, Exchange)

    run(scenario())
