"""Tests of the WebSocket server: modes, who is let in, records."""

import itertools
import json
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from servers.chat_protocol import SUBPROTOCOL, ChatKind
from servers.exchange import Direction, End, Kind, header
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import chat, handshake, plain, read, read_until, say, serving
from tests.servers.wire import parse, raw

ODD_TEXTS = ["hello", "", "grüße 🙂", "\0", "ECHO! x", "x" * 100_000, '{"kind": "say"}']


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_plain_clients_read_the_courses_words(run: Run, text: str) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server) as one, plain(server) as other:
            await one.send(text)
            assert await one.recv() == f"ECHO! {text}"
            server.mode = Mode.VERBATIM
            await one.send(text)
            assert await one.recv() == text
            server.mode = Mode.BROADCAST
            await one.send(text)
            assert await one.recv() == await other.recv() == f"BROADCAST! {text}"
            server.mode = Mode.BROADCAST_REPLY
            await one.send(text)
            assert [await one.recv(), await one.recv()] == [f"BROADCAST! {text}", f"SPECIAL! {text}"]
            assert await other.recv() == f"BROADCAST! {text}"

    run(scenario())


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", bytes(200_000)], ids=len)
def test_plain_clients_get_binary_back_unchanged(run: Run, data: bytes) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server) as one, plain(server) as other:
            for mode in (Mode.ECHO, Mode.VERBATIM):
                server.mode = mode
                await one.send(data)
                assert await one.recv() == data
            server.mode = Mode.BROADCAST_REPLY
            await one.send(data)
            assert [await one.recv(), await one.recv()] == [data, f"SPECIAL! {len(data)} bytes"]
            assert await other.recv() == data

    run(scenario())


def test_fragments_come_back_as_one_message(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server) as one:
            await one.send(["frag", "men", "ted"])
            assert await one.recv() == "ECHO! fragmented"

    run(scenario())


async def _pass_greetings(one: ClientConnection, other: ClientConnection) -> None:
    assert (await read(one)).kind is ChatKind.WELCOME
    assert (await read(one)).kind is ChatKind.JOIN
    assert (await read(other)).kind is ChatKind.WELCOME


def test_chat_clients_in_every_mode(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.ECHO))
            ann = await stack.enter_async_context(chat(server, "Ann"))
            bob = await stack.enter_async_context(chat(server, "Bob"))
            await _pass_greetings(ann, bob)
            await say(ann, "hé")
            echo = await read(ann)
            assert (echo.kind, echo.text) == (ChatKind.ECHO, "ECHO! hé")
            server.mode = Mode.VERBATIM
            await ann.send("not even JSON")
            assert await ann.recv() == "not even JSON"
            server.mode = Mode.BROADCAST
            await say(ann, "to all")
            heard = [await read(ann), await read(bob)]
            assert {(one.kind, one.text, one.sender) for one in heard} == {(ChatKind.BROADCAST, "to all", "Ann")}
            server.mode = Mode.BROADCAST_REPLY
            await say(bob, "again")
            broadcast, reply = await read(bob), await read(bob)
            assert (broadcast.kind, reply.kind) == (ChatKind.BROADCAST, ChatKind.REPLY)
            assert (broadcast.id, broadcast.text, broadcast.sender) == (reply.id, reply.text, reply.sender)
            assert reply.time.endswith("Z")
            assert await read(ann) == broadcast

    run(scenario())


def test_chat_clients_and_binary(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving())
            ann = await stack.enter_async_context(chat(server, "Ann"))
            bob = await stack.enter_async_context(chat(server, "Bob"))
            await _pass_greetings(ann, bob)
            await ann.send(b"\x00\x01\x02")
            for client in (ann, bob):
                announcement = await read(client)
                assert (announcement.kind, announcement.size, announcement.text) == (ChatKind.BROADCAST, 3, "3 bytes")
                assert await client.recv() == b"\x00\x01\x02"
            reply = await read(ann)
            assert (reply.kind, reply.text, reply.size, reply.id) == (ChatKind.REPLY, "3 bytes", None, announcement.id)
            for mode in (Mode.ECHO, Mode.VERBATIM):
                server.mode = mode
                await ann.send(b"\xff")
                assert await ann.recv() == b"\xff"

    run(scenario())


def test_plain_and_chat_clients_hear_each_other(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, plain(server, "/?name=Old") as old, chat(server, "New") as new:
            await old.send("from old")
            assert [await old.recv(), await old.recv()] == ["BROADCAST! from old", "SPECIAL! from old"]
            heard = await read_until(new, ChatKind.BROADCAST)
            assert (heard.sender, heard.text) == ("Old", "from old")
            await say(new, "from new")
            assert await old.recv() == "BROADCAST! from new"

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.BROADCAST, Mode.BROADCAST_REPLY])
@pytest.mark.parametrize(
    "text", ["", "hello", "[" * 50_000, '{"kind":"say","text":"\\ud800"}', '{"text":""}', '{"kind":"reply","text":"x"}']
)
def test_a_chat_client_is_told_what_was_wrong_and_stays(run: Run, mode: Mode, text: str) -> None:
    async def scenario() -> None:
        async with serving(mode) as server, chat(server) as client, plain(server) as bystander:
            await client.send(text)
            complaint = await read_until(client, ChatKind.ERROR)
            assert complaint.text.endswith(".")
            await say(client, "better")
            assert (await read(client)).text in ("better", "ECHO! better")
            server.mode = Mode.ECHO
            await bystander.send("unharmed")
            while await bystander.recv() != "ECHO! unharmed":
                pass

    run(scenario())


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], None),
        ([SUBPROTOCOL], SUBPROTOCOL),
        (["foreign.v1"], None),
        (["foreign.v1", SUBPROTOCOL], SUBPROTOCOL),
        ([SUBPROTOCOL, "foreign.v1"], SUBPROTOCOL),
        (["portside.chat.v2"], None),
        ([SUBPROTOCOL.upper()], None),
    ],
)
def test_subprotocol(run: Run, offered: list[str], chosen: str | None) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            subprotocols = [Subprotocol(one) for one in offered] or None
            async with plain(server, subprotocols=subprotocols) as client:
                assert client.subprotocol == chosen

    run(scenario())


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8001", 101),
        ("http://127.0.0.1", 101),
        ("http://[::1]:8001", 101),
        ("http://evil.example", 403),
        ("http://localhost.evil.example", 403),
        ("null", 403),
    ],
)
def test_origin(run: Run, origin: str, status: int) -> None:
    async def scenario() -> None:
        async with serving() as server:
            try:
                async with plain(server, origin=Origin(origin)):
                    seen = 101
            except InvalidStatus as refusal:
                seen = refusal.response.status_code
            assert seen == status
            assert [one.status for one in server.exchanges] == [status]
            await until(lambda: not server.names)

    run(scenario())


@pytest.mark.parametrize(
    ("host", "fields", "status"),
    [
        ("Host: evil.example", [], 421),
        ("Host: user@localhost", [], 400),
        ("Host:", [], 400),
        ("", [], 400),
        ("Host: localhost", ["Host: localhost"], 400),
        ("Host: localhost", ["Origin: http://localhost", "Origin: http://evil.example"], 403),
        ("Host: localhost", ["Origin: http://evil.example", "Origin: http://localhost"], 403),
    ],
)
def test_handshakes_that_are_refused(run: Run, host: str, fields: list[str], status: int) -> None:
    async def scenario() -> None:
        async with serving() as server:
            assert parse(await raw(server.port, handshake(*fields, host=host))).status == status
            assert [one.status for one in server.exchanges] == [status]
            assert not server.messages

    run(scenario())


def test_no_more_clients_than_the_setting_says(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.ECHO, max_clients=2))
            clients = [await stack.enter_async_context(plain(server)) for _ in range(2)]
            with pytest.raises(InvalidStatus) as caught:
                await stack.enter_async_context(plain(server))
            assert caught.value.response.status_code == 503
            await clients[0].close()
            await until(lambda: len(server.names) == 1)
            again = await stack.enter_async_context(plain(server))
            await again.send("in")
            assert await again.recv() == "ECHO! in"

    run(scenario())


def test_the_handshake_is_recorded(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as client:
            record = server.exchanges[0]
            assert (record.source, record.end, record.method, record.target) == ("ws", End.SERVER, "GET", "/?name=Ann")
            assert (record.status, record.reason, record.error) == (101, "Switching Protocols", None)
            assert (record.local, record.remote) == (("127.0.0.1", server.port), client.local_address)
            assert header(record.request_headers, "sec-websocket-protocol") == SUBPROTOCOL
            assert header(record.response_headers, "Sec-WebSocket-Accept")
            assert header(record.request_headers, "Sec-WebSocket-Key")
            assert record.started_ns <= record.responded_ns <= record.finished_ns

    run(scenario())


def test_messages_and_control_frames_are_recorded(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            async with plain(server) as client:
                await client.send("hi")
                await client.recv()
                await client.send(b"\xff")
                await client.recv()
                await (await client.ping(b"now"))
                await client.close(4000, "enough")
            await until(lambda: len(server.messages) == 8)
            record = server.exchanges[0]
            close = (4000).to_bytes(2, "big") + b"enough"
            assert [(one.direction, one.kind, one.data) for one in server.messages] == [
                (Direction.RECEIVED, Kind.TEXT, b"hi"),
                (Direction.SENT, Kind.TEXT, b"ECHO! hi"),
                (Direction.RECEIVED, Kind.BINARY, b"\xff"),
                (Direction.SENT, Kind.BINARY, b"\xff"),
                (Direction.RECEIVED, Kind.PING, b"now"),
                (Direction.SENT, Kind.PONG, b"now"),
                (Direction.RECEIVED, Kind.CLOSE, close),
                (Direction.SENT, Kind.CLOSE, close),
            ]
            assert all(one.exchange is record for one in server.messages)
            times = [record.finished_ns, *(one.at_ns for one in server.messages)]
            assert all(earlier <= later for earlier, later in itertools.pairwise(times))

    run(scenario())


def test_messages_on_the_wire_are_json_objects(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as client:
            welcome = json.loads(await client.recv())
            assert set(welcome) == {"kind", "sender", "text", "time"}
            assert (welcome["kind"], welcome["sender"]) == ("welcome", "Ann")

    run(scenario())
