"""desktop.chat.session against the servers that it meets: the application's own, websockets, aiohttp."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from http import HTTPStatus
from itertools import chain

import pytest
from aiohttp import WSMsgType, web
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from desktop.chat.target import Target
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import Direction, Kind, Message
from servers.recorder import Recorder
from servers.settings import Mode, WebSocketSettings
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peer_checks import CHECKS, CHOSEN, Check, Peer
from tests.desktop.chat.peers import Client, app_server, until

pytestmark = pytest.mark.without_qt


class OnWebsockets:
    """A peer whose connections are those of websockets."""

    def __init__(self) -> None:
        self.url = ""
        self.offered, self.chosen = f"tea, {', '.join(reversed(CHOSEN))}", CHOSEN[0]
        self.pongs: list[bytes] = []
        self._gone: list[int] = []
        self._connection: ServerConnection | None = None

    @property
    def codes(self) -> list[int]:
        return self._gone

    @property
    def refused(self) -> Target:
        return Target(f"{self.url}/secret")

    async def converse(self, connection: ServerConnection) -> None:
        self._connection = connection
        with suppress(ConnectionClosed):
            async for message in connection:
                await connection.send(message)
        await connection.wait_closed()
        self._gone.append(connection.close_code or 0)

    async def ping(self, data: bytes) -> None:
        await (await (await self.connected()).ping(data))
        self.pongs.append(data)

    async def fragment(self, parts: Sequence[str]) -> None:
        await (await self.connected()).send(parts)

    async def close(self, code: int, reason: str) -> None:
        await (await self.connected()).close(code, reason)

    async def connected(self) -> ServerConnection:
        await until(lambda: self._connection)
        assert self._connection
        return self._connection


@asynccontextmanager
async def on_websockets() -> AsyncIterator[Peer]:
    peer = OnWebsockets()

    def refuse(connection: ServerConnection, request: Request) -> Response | None:
        return connection.respond(HTTPStatus.FORBIDDEN, "No.\n") if request.path == "/secret" else None

    def choose(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
        return next((Subprotocol(one) for one in CHOSEN if one in offered), None)

    options = {"process_request": refuse, "select_subprotocol": choose}
    async with serve(peer.converse, "127.0.0.1", 0, **options) as server:  # type: ignore[arg-type] # of either
        peer.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield peer


class App(OnWebsockets):
    """The application's own server, which refuses foreign origins, and knows one subprotocol."""

    def __init__(self, server: WebSocketServer, recorder: Recorder) -> None:
        super().__init__()
        assert server.address
        self.url, self._server, self._recorder = server.address.url, server, recorder
        self.offered, self.chosen = "tea, soup", ""

    @property
    def codes(self) -> list[int]:
        closes = (one for one in self._recorder if isinstance(one, Message) and one.kind is Kind.CLOSE)
        return [int.from_bytes(one.data[:2]) for one in closes if one.direction is Direction.RECEIVED]

    @property
    def refused(self) -> Target:
        return Target(self.url, origin="http://evil.example")

    async def connected(self) -> ServerConnection:
        await until(lambda: self._server.hub.clients)
        (client,) = self._server.hub.clients.values()
        return client.connection


@asynccontextmanager
async def app() -> AsyncIterator[Peer]:
    recorder = Recorder()
    server = WebSocketServer(WebSocketSettings(port=0, mode=Mode.VERBATIM), recorder)
    await server.start()
    try:
        yield App(server, recorder)
    finally:
        await server.stop()


class OnAiohttp:
    """A peer on aiohttp, which has no fragments of its own."""

    def __init__(self) -> None:
        self.url, self.offered, self.chosen = "", f"tea, {', '.join(reversed(CHOSEN))}", CHOSEN[-1]
        self.pongs: list[bytes] = []
        self.codes: list[int] = []
        self._request: web.BaseRequest | None = None
        self._socket: web.WebSocketResponse | None = None

    @property
    def refused(self) -> Target:
        return Target(f"{self.url}/secret")

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/secret":
            return web.Response(status=403, text="No.\n")
        socket = web.WebSocketResponse(protocols=CHOSEN, autoping=False)
        await socket.prepare(request)
        self._request, self._socket = request, socket
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await socket.send_str(message.data)
            elif message.type is WSMsgType.BINARY:
                await socket.send_bytes(message.data)
            elif message.type is WSMsgType.PING:
                await socket.pong(message.data)
            elif message.type is WSMsgType.PONG:
                self.pongs.append(bytes(message.data))
        self.codes.append(socket.close_code or 0)
        return socket

    async def ping(self, data: bytes) -> None:
        await until(lambda: self._socket)
        assert self._socket
        await self._socket.ping(data)

    async def fragment(self, parts: Sequence[str]) -> None:
        await until(lambda: self._request)
        assert self._request
        assert self._request.transport
        middle = [0] * (len(parts) - 2)
        for first, part in zip(chain([0x1], middle, [0x80]), parts, strict=True):
            data = part.encode()
            self._request.transport.write(bytes((first, len(data))) + data)

    async def close(self, code: int, reason: str) -> None:
        await until(lambda: self._socket)
        assert self._socket
        await self._socket.close(code=code, message=reason.encode())


@asynccontextmanager
async def on_aiohttp() -> AsyncIterator[Peer]:
    peer = OnAiohttp()
    runner = web.ServerRunner(web.Server(peer.handle))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    peer.url = f"ws://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield peer
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("server", [app, on_websockets, on_aiohttp])
def test_peers(run: Run, server: Callable[[], AbstractAsyncContextManager[Peer]], check: Check) -> None:
    async def scenario() -> None:
        async with server() as peer:
            await check(peer)

    run(scenario())


def test_the_own_server_chooses_its_own_subprotocol(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            client = await Client(Target(server.address.url, "Ann", subprotocols="soup")).opened()
            assert client.session.subprotocol == SUBPROTOCOL
            await client.session.leave()
            await client.ended()

    run(scenario())
