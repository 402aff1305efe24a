"""Tests of the WebSocket server with aiohttp's client: another implementation of RFC 6455 and RFC 7692."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, decode, encode
from servers.exchange import Direction, Kind
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import Bench, serving


@asynccontextmanager
async def _peer(server: Bench, path: str = "/", **options: Any) -> AsyncIterator[ClientWebSocketResponse]:
    async with (
        ClientSession() as session,
        session.ws_connect(f"http://127.0.0.1:{server.port}{path}", **options) as client,
    ):
        yield client


async def _status(server: Bench, **options: Any) -> int:
    """The status of the answer to an opening handshake."""
    try:
        async with _peer(server, **options):
            return 101
    except WSServerHandshakeError as refusal:
        return refusal.status


async def _heard(client: ClientWebSocketResponse, kind: ChatKind) -> ChatMessage:
    """The next chat message of a kind."""
    while (message := decode(await client.receive_str())).kind is not kind:
        pass
    return message


@pytest.mark.parametrize("compress", [0, 15])
@pytest.mark.parametrize(
    ("mode", "replies"),
    [
        (Mode.ECHO, ["ECHO! {}"]),
        (Mode.VERBATIM, ["{}"]),
        (Mode.BROADCAST, ["BROADCAST! {}"]),
        (Mode.BROADCAST_REPLY, ["BROADCAST! {}", "SPECIAL! {}"]),
    ],
)
def test_text_in_every_mode(run: Run, mode: Mode, replies: list[str], compress: int) -> None:
    async def scenario() -> None:
        async with serving(mode) as server, _peer(server, compress=compress) as client:
            for text in ("", "hi", "grüße 🦉", "long " * 20_000):
                await client.send_str(text)
                assert [await client.receive_str() for _ in replies] == [one.format(text) for one in replies]

    run(scenario())


@pytest.mark.parametrize("compress", [0, 15])
@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.VERBATIM, Mode.BROADCAST])
def test_binary_comes_as_it_went(run: Run, mode: Mode, compress: int) -> None:
    async def scenario() -> None:
        async with serving(mode) as server, _peer(server, compress=compress) as client:
            for data in (b"", b"\x00\xff", bytes(range(256)) * 400):
                await client.send_bytes(data)
                assert await client.receive_bytes() == data

    run(scenario())


@pytest.mark.parametrize("window", [9, 10, 12, 15])
def test_deflate_is_negotiated_and_used(run: Run, window: int) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM) as server, _peer(server, compress=window) as client:
            assert client.compress
            (seen,) = server.hub.clients.values()
            assert seen.compressed
            for number in range(20):
                text = f"{number} repeats itself, " * 1000
                await client.send_str(text)
                assert await client.receive_str() == text

    run(scenario())


@pytest.mark.parametrize(("offered", "allowed"), [(0, True), (15, False)])
def test_no_deflate_where_one_end_does_not_want_it(run: Run, offered: int, allowed: bool) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM, compression=allowed) as server, _peer(server, compress=offered) as client:
            assert client.compress == 0
            (seen,) = server.hub.clients.values()
            assert not seen.compressed
            await client.send_str("plain")
            assert await client.receive_str() == "plain"

    run(scenario())


def test_its_pings_are_answered(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, _peer(server, autoping=False) as client:
            await client.ping(b"are you there")
            message = await client.receive()
            assert (message.type, message.data) == (WSMsgType.PONG, b"are you there")

    run(scenario())


def test_it_answers_pings_and_the_round_trip_is_known(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, ping_interval=1) as server, _peer(server, autoping=False) as client:
            (seen,) = server.hub.clients.values()
            assert seen.latency is None
            message = await client.receive()
            assert message.type is WSMsgType.PING
            await client.pong(message.data)
            await until(lambda: seen.latency)

    run(scenario())


def test_it_closes_with_code_and_reason(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, _peer(server) as client:
            await client.close(code=4001, message=b"seen enough")
            assert client.close_code == 4001
            await until(lambda: not server.names)
            closes = [one for one in server.messages if one.kind is Kind.CLOSE]
            assert [one.direction for one in closes] == [Direction.RECEIVED, Direction.SENT]
            assert {one.data for one in closes} == {(4001).to_bytes(2, "big") + b"seen enough"}

    run(scenario())


def test_it_is_closed_with_code_and_reason(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, _peer(server) as client:
            (seen,) = server.hub.clients
            assert server.hub.close(seen, 4002, "größer geht’s nicht")
            message = await client.receive()
            assert (message.type, message.data, message.extra) == (WSMsgType.CLOSE, 4002, "größer geht’s nicht")
            await until(lambda: not server.names)
            assert not server.hub.close(seen, 1000, "")

    run(scenario())


def test_it_is_sent_what_the_user_of_the_server_says(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, _peer(server) as plain, _peer(server, protocols=[SUBPROTOCOL]) as chat:
            assert await server.hub.send("to all") == 2
            assert await plain.receive_str() == "to all"
            assert (await _heard(chat, ChatKind.NOTICE)).text == "to all"
            assert await server.hub.send(b"\x01\x02") == 2
            assert await plain.receive_bytes() == b"\x01\x02"
            assert (await _heard(chat, ChatKind.NOTICE)).size == 2
            assert await chat.receive_bytes() == b"\x01\x02"

    run(scenario())


def test_it_chats(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving() as server,
            _peer(server, "/?name=Ann", protocols=["foreign.v1", SUBPROTOCOL]) as ann,
            _peer(server, "/?name=Bob", protocols=[SUBPROTOCOL], compress=15) as bob,
        ):
            assert ann.protocol == bob.protocol == SUBPROTOCOL
            assert (await _heard(ann, ChatKind.WELCOME)).sender == "Ann"
            await ann.send_str(encode(ChatMessage(ChatKind.SAY, "hello")))
            heard = await _heard(bob, ChatKind.BROADCAST)
            assert (heard.sender, heard.text) == ("Ann", "hello")
            assert (await _heard(ann, ChatKind.REPLY)).id == heard.id
            await bob.send_str(encode(ChatMessage(ChatKind.PRIVATE, "only you", to="Ann")))
            whispered = await _heard(ann, ChatKind.PRIVATE)
            assert (whispered.sender, whispered.to, whispered.text) == ("Bob", "Ann", "only you")
            assert (await _heard(bob, ChatKind.PRIVATE)).id == whispered.id

    run(scenario())


def test_a_room_keeps_what_is_said_in_it(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(Mode.BROADCAST) as server,
            _peer(server, "/rooms/tea") as one,
            _peer(server, "/rooms/tea") as other,
            _peer(server) as outside,
        ):
            await one.send_str("in the room")
            assert await one.receive_str() == await other.receive_str() == "BROADCAST! in the room"
            await outside.send_str("outside")
            assert await outside.receive_str() == "BROADCAST! outside"

    run(scenario())


@pytest.mark.parametrize(
    ("origin", "status"), [(None, 101), ("http://localhost:8001", 101), ("http://evil.example", 403), ("null", 403)]
)
def test_its_origin_is_checked(run: Run, origin: str | None, status: int) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            assert await _status(server, origin=origin) == status

    run(scenario())


@pytest.mark.parametrize("path", ["/nowhere", "/rooms/", "/rooms/a/b", "/rooms"])
def test_other_paths_are_not_found(run: Run, path: str) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            assert await _status(server, path=path) == 404

    run(scenario())


@pytest.mark.parametrize("compress", [0, 15])
def test_a_message_too_large(run: Run, compress: int) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, max_message=1000) as server, _peer(server, compress=compress) as client:
            await client.send_bytes(bytes(1000))
            assert await client.receive_bytes() == bytes(1000)
            await client.send_bytes(bytes(1001))
            message = await client.receive()
            assert (message.type, message.data) == (WSMsgType.CLOSE, 1009)

    run(scenario())


def test_one_client_too_many(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, max_clients=1) as server:
            async with _peer(server) as client:
                assert await _status(server) == 503
                await client.send_str("undisturbed")
                assert await client.receive_str() == "ECHO! undisturbed"
            await until(lambda: not server.names)
            assert await _status(server) == 101

    run(scenario())
