"""Tests of bytes between chat clients: announced by a JSON message, then sent as one binary message."""

import pytest
from websockets.asyncio.client import ClientConnection

from servers.chat_protocol import ChatKind
from servers.settings import Mode
from tests.conftest import Run
from tests.servers.websocket.clients import Bench, ask_for, chat, heard, plain, read, read_until, say, serving


async def _greet(server: Bench, *clients: ClientConnection) -> None:
    for client in clients:
        await heard(server, client)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", bytes(300_000)], ids=len)
def test_bytes_that_nothing_announced_are_said(run: Run, data: bytes) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann, chat(server, "Bob") as bob:
            await _greet(server, ann, bob)
            await ann.send(data)
            for client in (ann, bob):
                announcement = await read(client)
                assert (announcement.kind, announcement.size) == (ChatKind.BROADCAST, len(data))
                assert (announcement.text, announcement.sender) == (f"{len(data)} bytes", "Ann")
                assert await client.recv() == data
            reply = await read(ann)
            assert (reply.kind, reply.text, reply.size) == (ChatKind.REPLY, f"{len(data)} bytes", None)
            assert reply.id == announcement.id
            for mode in (Mode.ECHO, Mode.VERBATIM):
                server.change(mode=mode)
                await ann.send(data)
                assert await ann.recv() == data
            assert await heard(server, bob) == []

    run(scenario())


def test_announced_bytes_keep_their_label(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann, chat(server, "Bob") as bob, plain(server) as old:
            await _greet(server, ann, bob)
            await ask_for(ann, ChatKind.SAY, "owl 🦉.png", size=3)
            await ann.send(b"owl")
            heard_by_bob = await read(bob)
            assert (heard_by_bob.kind, heard_by_bob.text, heard_by_bob.size) == (ChatKind.BROADCAST, "owl 🦉.png", 3)
            assert await bob.recv() == await old.recv() == b"owl"
            assert (await read(ann)).id == heard_by_bob.id
            assert await ann.recv() == b"owl"
            assert (await read(ann)).kind is ChatKind.REPLY
            assert await heard(server, old) == []

    run(scenario())


def test_an_announcement_without_a_label_gets_the_size_for_one(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann:
            await ask_for(ann, ChatKind.SAY, "", size=1)
            await ann.send(b"x")
            assert (await read_until(ann, ChatKind.BROADCAST)).text == "1 byte"

    run(scenario())


def test_private_bytes(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann, chat(server, "Bob") as bob, plain(server) as old:
            await _greet(server, ann, bob)
            await ask_for(ann, ChatKind.PRIVATE, "a key", to="Bob", size=2)
            await ann.send(b"\x01\x02")
            for client in (ann, bob):
                announcement = await read(client)
                assert (announcement.kind, announcement.text, announcement.size) == (ChatKind.PRIVATE, "a key", 2)
                assert (announcement.sender, announcement.to) == ("Ann", "Bob")
                assert await client.recv() == b"\x01\x02"
            await ask_for(ann, ChatKind.PRIVATE, "for you", to=server.seen(old).name, size=1)
            await ann.send(b"\x03")
            assert await heard(server, bob) == []
            assert await old.recv() == b"\x03"
            assert await heard(server, old) == []

    run(scenario())


@pytest.mark.parametrize("to", ["Bob", "Ann", "nobody"])
def test_private_bytes_for_somebody_who_is_gone_are_not_passed_on(run: Run, to: str) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann, plain(server) as old:
            async with chat(server, "Bob"):
                await ask_for(ann, ChatKind.PRIVATE, "a key", to=to, size=2)
                await read_until(ann, ChatKind.JOIN)
            await read_until(ann, ChatKind.LEAVE)
            await ann.send(b"\x01\x02")
            complaint = await read(ann)
            assert (complaint.kind, complaint.text) == (ChatKind.ERROR, f"There is no other client named “{to}” here.")
            assert await heard(server, old) == []

    run(scenario())


@pytest.mark.parametrize(("size", "data"), [(3, b"\x01\x02"), (0, b"\x01"), (2**53 - 1, b""), (1, bytes(100_000))])
def test_bytes_of_another_size_than_announced(run: Run, size: int, data: bytes) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann, plain(server) as old:
            await _greet(server, ann)
            await ask_for(ann, ChatKind.SAY, "label", size=size)
            await ann.send(data)
            complaint = await read(ann)
            assert complaint.kind is ChatKind.ERROR
            assert complaint.text == f"{size} bytes were announced, but {len(data)} came. They were not passed on."
            await ann.send(data)
            assert (await read(ann)).size == len(data)
            assert await old.recv() == data
            assert await heard(server, old) == []

    run(scenario())


@pytest.mark.parametrize("between", ["say", "list", "name", "announce", "nonsense"])
def test_text_in_place_of_the_announced_bytes(run: Run, between: str) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server, chat(server, "Ann") as ann, plain(server) as old:
            await _greet(server, ann)
            await ask_for(ann, ChatKind.SAY, "first", size=5)
            if between == "nonsense":
                await ann.send("nonsense")
            elif between == "announce":
                await ask_for(ann, ChatKind.SAY, "second", size=1)
            else:
                await ask_for(ann, ChatKind(between), "x")
            complaint = await read(ann)
            assert complaint.kind is ChatKind.ERROR
            assert complaint.text == "The 5 bytes that were announced did not come."
            await ann.send(b"x")
            announcement = await read_until(ann, ChatKind.BROADCAST)
            if announcement.size is None:
                announcement = await read_until(ann, ChatKind.BROADCAST)
            assert announcement.text == ("second" if between == "announce" else "1 byte")
            received = await heard(server, old)
            assert received[-1] == b"x"
            assert len(received) == 1 + (between == "say")

    run(scenario())


def test_an_announcement_is_of_its_sender_alone(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server, chat(server, "Ann") as ann, chat(server, "Bob") as bob:
            await _greet(server, ann, bob)
            await ask_for(ann, ChatKind.SAY, "owl", size=3)
            await say(bob, "meanwhile")
            await bob.send(b"bob")
            for client in (ann, bob):
                assert (await read(client)).text == "meanwhile"
                assert ((await read(client)).text, await client.recv()) == ("3 bytes", b"bob")
            await ann.send(b"ann")
            assert ((await read(bob)).text, await bob.recv()) == ("owl", b"ann")

    run(scenario())
