"""desktop.chat.session against the application's server and a plain one."""

import asyncio

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from desktop.chat.closing import CloseFrame
from desktop.chat.entry import EntryKind
from desktop.chat.session import SendFailed, State
from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, encode
from servers.exchange import Direction, End, Exchange, Kind, Message, header
from servers.settings import Mode
from tests.conftest import Run
from tests.desktop.chat.peers import Client, app_server, until

pytestmark = pytest.mark.without_qt


def test_broadcast_goes_to_all_and_the_special_reply_to_the_sender(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            ann = await Client(server.address.url, "Ann").opened()
            ben = await Client(server.address.url, "Ben").opened()
            await ann.session.send("hello\n<b>all</b>")
            await until(lambda: ann.of(EntryKind.REPLY) and ben.of(EntryKind.BROADCAST))
            own, seen, reply = ann.of(EntryKind.OWN)[0], ann.of(EntryKind.BROADCAST)[0], ann.of(EntryKind.REPLY)[0]
            assert own.text == seen.text == reply.text == "hello\n<b>all</b>"
            assert seen.mine
            assert reply.id == seen.id
            assert ann.entries.index(own) < ann.entries.index(seen)
            other = ben.of(EntryKind.BROADCAST)[0]
            assert (other.sender, other.mine) == ("Ann", False)
            await ben.session.close(3001, "au revoir é")
            assert ben.session.closure
            assert ben.session.closure.received == CloseFrame(3001, "au revoir é")
            assert not ben.of(EntryKind.REPLY)
            await until(lambda: ann.of(EntryKind.LEAVE))
            await ann.session.leave()
            await asyncio.gather(ann.ended(), ben.ended())

    run(scenario())


@pytest.mark.parametrize(
    ("mode", "kind", "text"), [(Mode.ECHO, EntryKind.ECHO, "ECHO! hi"), (Mode.VERBATIM, EntryKind.ECHO, "hi")]
)
def test_what_comes_back_is_an_echo(run: Run, mode: Mode, kind: EntryKind, text: str) -> None:
    async def scenario() -> None:
        async with app_server(mode) as server:
            assert server.address
            ann = await Client(server.address.url).opened()
            await ann.session.send("hi")
            await ann.session.send(b"\x00\xff")
            await until(lambda: len(ann.of(EntryKind.BINARY)) == 2)
            assert [entry.text for entry in ann.of(kind)] == [text]
            sent, received = ann.of(EntryKind.BINARY)
            assert sent.data == received.data == b"\x00\xff"
            assert (sent.direction, received.direction) == (Direction.SENT, Direction.RECEIVED)
            await ann.session.close()
            await ann.ended()

    run(scenario())


def test_broadcast_mode_sends_no_reply_and_announces_binaries(run: Run) -> None:
    async def scenario() -> None:
        async with app_server(Mode.BROADCAST) as server:
            assert server.address
            ann = await Client(server.address.url, "Ann").opened()
            ben = await Client(server.address.url, "Ben").opened()
            await ann.session.send(b"pixels")
            await ann.session.send("after")
            await until(lambda: ben.of(EntryKind.BROADCAST) and ann.of(EntryKind.BROADCAST))
            (binary,) = ben.of(EntryKind.BINARY)
            assert (binary.sender, binary.data, binary.mine) == ("Ann", b"pixels", False)
            assert [entry.text for entry in ben.of(EntryKind.BROADCAST)] == ["after"]
            assert not ann.of(EntryKind.REPLY)
            for client in (ann, ben):
                await client.session.close()
                await client.ended()

    run(scenario())


def test_the_handshake_and_all_messages_are_recorded(run: Run) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            ann = await Client(f"{server.address.url}/rooms/one?x=1", "Ann Ö&").opened()
            await ann.session.send("hi")
            await until(lambda: ann.of(EntryKind.ECHO))
            await ann.session.close(1000, "done")
            await ann.ended()
            exchange, *messages = ann.records()
            assert isinstance(exchange, Exchange)
            assert (exchange.source, exchange.end, exchange.status, exchange.error) == ("chat", End.CLIENT, 101, None)
            assert exchange.target == "/rooms/one?x=1&name=Ann%20%C3%96%26"
            assert header(exchange.request_headers, "Sec-WebSocket-Protocol") == "portside.chat.v1"
            assert header(exchange.response_headers, "Sec-WebSocket-Protocol") == "portside.chat.v1"
            assert exchange.remote
            assert exchange.remote[1] == server.address.port
            assert exchange.started_ns < exchange.responded_ns <= exchange.finished_ns
            sent, received = Direction.SENT, Direction.RECEIVED
            passed = {
                way: [one.kind for one in messages if isinstance(one, Message) and one.direction is way]
                for way in (sent, received)
            }
            assert passed == {sent: [Kind.TEXT, Kind.CLOSE], received: [Kind.TEXT, Kind.TEXT, Kind.CLOSE]}
            assert ann.session.name == "Ann Ö&"

    run(scenario())


def test_a_name_in_use_becomes_what_the_server_makes_of_it(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            one = await Client(server.address.url, "Ann").opened()
            two = await Client(server.address.url, "Ann").opened()
            assert (one.session.name, two.session.name) == ("Ann", "Ann 2")
            for client in (one, two):
                await client.session.leave()
                await client.ended()

    run(scenario())


def test_what_the_servers_user_says_is_a_notice(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            ann = await Client(server.address.url, "Ann").opened()
            assert await server.hub.send("soon") == 1
            assert await server.hub.send(b"abc") == 1
            await until(lambda: ann.of(EntryKind.BINARY))
            assert [entry.text for entry in ann.of(EntryKind.NOTICE)] == ["soon"]
            assert ann.of(EntryKind.BINARY)[0].announced is EntryKind.NOTICE
            await ann.session.leave()
            await ann.ended()

    run(scenario())


def test_a_session_follows_its_own_renaming_only(run: Run) -> None:
    async def rename(connection: ServerConnection) -> None:
        for message in (
            ChatMessage(ChatKind.WELCOME, "Welcome, Ann.", "Ann"),
            ChatMessage(ChatKind.NAME, "Ben is now Bob.", "Bob", was="Ben"),
            ChatMessage(ChatKind.NAME, "Ann is now Anna.", "Anna", was="Ann"),
            ChatMessage(ChatKind.PRIVATE, "hi", "Anna", to="Bob"),
        ):
            await connection.send(encode(message))
        await connection.wait_closed()

    async def scenario() -> None:
        async with serve(rename, "127.0.0.1", 0, subprotocols=[Subprotocol(SUBPROTOCOL)]) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            ann = Client(f"ws://127.0.0.1:{port}", "Ann")
            await until(lambda: ann.of(EntryKind.PRIVATE))
            assert [entry.mine for entry in ann.of(EntryKind.NAME)] == [False, True]
            assert ann.of(EntryKind.PRIVATE)[0].mine
            assert ann.session.name == "Anna"
            assert ann.states.count(State.CLOSED) == 0
            await ann.session.close()
            await ann.ended()

    run(scenario())


def test_a_server_without_the_subprotocol_is_understood_by_prefix(run: Run) -> None:
    async def answer(connection: ServerConnection) -> None:
        async for message in connection:
            for prefix in ("BROADCAST! ", "SPECIAL! ", "ECHO! ", "PRIVATE! ", ""):
                await connection.send(f"{prefix}{message!s}")

    async def scenario() -> None:
        async with serve(answer, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            ann = await Client(f"ws://127.0.0.1:{port}").opened()
            await ann.session.send("hi")
            await until(lambda: ann.of(EntryKind.PLAIN))
            prefixed = [EntryKind.BROADCAST, EntryKind.REPLY, EntryKind.ECHO, EntryKind.PRIVATE]
            assert [entry.kind for entry in ann.entries[1:]] == [EntryKind.OWN, *prefixed, EntryKind.PLAIN]
            assert [entry.kind for entry in ann.entries if entry.round_trip_ns] == [EntryKind.REPLY]
            assert "plain client" in ann.entries[0].text
            await ann.session.close()
            await ann.ended()

    run(scenario())


def test_a_stopping_server_is_told_as_going_away(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            ann = await Client(server.address.url).opened()
        await ann.ended()
        closure = ann.session.closure
        assert closure
        assert (closure.code, closure.was_clean, closure.by_server) == (1001, True, True)
        assert ann.session.outcome == "Closed by the server: 1001 (going away). Clean."
        assert list(dict.fromkeys(ann.states)) == [State.OPEN, State.CLOSING, State.CLOSED]
        with pytest.raises(SendFailed, match="Connect first"):
            await ann.session.send("too late")

    run(scenario())


@pytest.mark.parametrize("text", ["one \ud800 half", "\udfff"])
def test_text_that_utf8_cannot_carry_is_not_sent(run: Run, text: str) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            ann = await Client(server.address.url).opened()
            with pytest.raises(SendFailed, match="UTF-8"):
                await ann.session.send(text)
            await ann.session.close()
            await ann.ended()

    run(scenario())


@pytest.mark.parametrize(("code", "reason"), [(1001, ""), (999, ""), (2999, ""), (5000, ""), (1000, "é" * 62)])
def test_a_code_or_reason_that_clients_may_not_send_changes_nothing(run: Run, code: int, reason: str) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            ann = await Client(server.address.url).opened()
            with pytest.raises(ValueError, match=r"not to be sent here|allowed"):
                await ann.session.close(code, reason)
            assert ann.session.state is State.OPEN
            await ann.session.close(4999, "x" * 123)
            await ann.ended()

    run(scenario())


def test_giving_up_before_it_began_or_by_cancelling_ends_closed(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            early = Client(server.address.url)
            await early.session.close()
            await early.ended()
            assert early.session.outcome == "Connecting was given up."
            assert not early.records()
            cut = await Client(server.address.url).opened()
            cut.life.cancel()
            await cut.ended()
            assert cut.session.state is State.CLOSED
            assert cut.session.closure
            assert not cut.session.closure.was_clean

    run(scenario())
