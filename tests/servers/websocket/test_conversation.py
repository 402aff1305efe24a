"""Tests of what is answered in each mode, and of what chat clients ask for: names, lists, private messages, bytes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from servers.chat_protocol import NAME_LIMIT, ChatKind, ChatMessage
from servers.settings import Mode
from tests.conftest import Run
from tests.servers.websocket.clients import (
    Bench,
    ask_for,
    chat,
    heard,
    obeyed,
    plain,
    read,
    read_until,
    say,
    serving,
)

ODD_TEXTS = ["hello", "", "grüße 🙂", "\0", "ECHO! x", "x" * 100_000, '{"kind": "say"}', "\ufeffx", "\u2028"]


@asynccontextmanager
async def _talking(
    mode: Mode = Mode.BROADCAST_REPLY, **options: Any
) -> AsyncIterator[tuple[Bench, ClientConnection, ClientConnection, ClientConnection]]:
    """A server, the chat clients Ann and Bob, and the plain client Old; all greetings are read."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serving(mode, **options))
        clients = [await stack.enter_async_context(chat(server, name)) for name in ("Ann", "Bob")]
        clients.append(await stack.enter_async_context(plain(server, "/?name=Old")))
        for client in clients[:2]:
            await obeyed(client)
        yield server, *clients  # type: ignore[misc] # there are three


def _summary(messages: list[ChatMessage | str | bytes]) -> list[Any]:
    """Kind, text and sender of what is chat, the rest as it is."""
    return [(one.kind, one.text, one.sender) if isinstance(one, ChatMessage) else one for one in messages]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_plain_clients_read_the_courses_words(run: Run, text: str) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server) as one, plain(server) as other:
            await one.send(text)
            assert await one.recv() == f"ECHO! {text}"
            server.change(mode=Mode.VERBATIM)
            await one.send(text)
            assert await one.recv() == text
            server.change(mode=Mode.BROADCAST)
            await one.send(text)
            assert await one.recv() == await other.recv() == f"BROADCAST! {text}"
            server.change(mode=Mode.BROADCAST_REPLY)
            await one.send(text)
            assert [await one.recv(), await one.recv()] == [f"BROADCAST! {text}", f"SPECIAL! {text}"]
            assert await other.recv() == f"BROADCAST! {text}"

    run(scenario())


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", bytes(200_000)], ids=len)
def test_plain_clients_get_binary_back_unchanged(run: Run, data: bytes) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server) as one, plain(server) as other:
            for mode in (Mode.ECHO, Mode.VERBATIM):
                server.change(mode=mode)
                await one.send(data)
                assert await one.recv() == data
            server.change(mode=Mode.BROADCAST_REPLY)
            await one.send(data)
            assert [await one.recv(), await one.recv()] == [data, f"SPECIAL! {len(data)} bytes"]
            assert await other.recv() == data

    run(scenario())


def test_fragments_come_back_as_one_message(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server) as one:
            await one.send(["frag", "men", "ted"])
            assert await one.recv() == "ECHO! fragmented"
            await one.send([b"\xff", b"", b"\x00"])
            assert await one.recv() == b"\xff\x00"

    run(scenario())


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_chat_clients_in_every_mode(run: Run, text: str) -> None:
    async def scenario() -> None:
        async with _talking(Mode.ECHO) as (server, ann, bob, _):
            await say(ann, text)
            echo = await read(ann)
            assert (echo.kind, echo.text, echo.id) == (ChatKind.ECHO, f"ECHO! {text}", None)
            server.change(mode=Mode.VERBATIM)
            await ann.send(text)
            assert await ann.recv() == text
            server.change(mode=Mode.BROADCAST)
            await say(ann, text)
            heard_by = [await read(ann), await read(bob)]
            assert {(one.kind, one.text, one.sender) for one in heard_by} == {(ChatKind.BROADCAST, text, "Ann")}
            server.change(mode=Mode.BROADCAST_REPLY)
            await say(bob, text)
            broadcast, reply = await read(bob), await read(bob)
            assert (broadcast.kind, reply.kind) == (ChatKind.BROADCAST, ChatKind.REPLY)
            assert (broadcast.id, broadcast.text, broadcast.sender) == (reply.id, reply.text, reply.sender)
            assert reply.time.endswith("Z")
            assert await read(ann) == broadcast

    run(scenario())


@pytest.mark.parametrize("order", [list(Mode), list(Mode)[::-1], [*Mode, *Mode][1::2]], ids=range(3))
def test_modes_are_switched_while_running_for_all_who_are_connected(run: Run, order: list[Mode]) -> None:
    answers = {
        Mode.ECHO: (["ECHO! hi"], ChatKind.ECHO, 0),
        Mode.VERBATIM: (["hi"], ChatKind.SAY, 0),
        Mode.BROADCAST: (["BROADCAST! hi"], ChatKind.BROADCAST, 1),
        Mode.BROADCAST_REPLY: (["BROADCAST! hi", "SPECIAL! hi"], ChatKind.REPLY, 1),
    }

    async def scenario() -> None:
        async with _talking() as (server, ann, _, old), plain(server) as other:
            await heard(server, ann)
            for mode in order:
                server.change(mode=mode)
                words, kind, heard_by_others = answers[mode]
                await old.send("hi")
                assert [await old.recv() for _ in words] == words
                assert len(await heard(server, ann)) == heard_by_others
                await say(ann, "hi")
                await read_until(ann, kind)
                assert await heard(server, ann) == []
                assert await heard(server, old) == ["BROADCAST! hi"] * heard_by_others
                assert await heard(server, other) == ["BROADCAST! hi"] * heard_by_others * 2

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.BROADCAST, Mode.BROADCAST_REPLY])
def test_a_sender_that_does_not_get_its_broadcast(run: Run, mode: Mode) -> None:
    async def scenario() -> None:
        async with _talking(mode, to_sender=False) as (server, ann, bob, old):
            special = mode is Mode.BROADCAST_REPLY
            await old.send("a")
            assert _summary([await read(bob)]) == [(ChatKind.BROADCAST, "a", "Old")]
            assert await heard(server, old) == (["SPECIAL! a"] if special else [])
            await ann.send(b"\x01")
            assert (await read_until(bob, ChatKind.BROADCAST)).size == 1
            assert await bob.recv() == await old.recv() == b"\x01"
            own = await heard(server, ann)
            assert _summary(own)[1:] == ([(ChatKind.REPLY, "1 byte", "Ann")] if special else [])
            server.change(to_sender=True)
            await old.send("b")
            assert await old.recv() == "BROADCAST! b"

    run(scenario())


def test_plain_and_chat_clients_hear_each_other(run: Run) -> None:
    async def scenario() -> None:
        async with _talking() as (server, ann, bob, old):
            await old.send("from old")
            assert [await old.recv(), await old.recv()] == ["BROADCAST! from old", "SPECIAL! from old"]
            for client in (ann, bob):
                assert _summary([await read_until(client, ChatKind.BROADCAST)]) == [
                    (ChatKind.BROADCAST, "from old", "Old")
                ]
            await say(ann, "from new")
            assert await old.recv() == "BROADCAST! from new"
            assert await heard(server, old) == []

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.BROADCAST, Mode.BROADCAST_REPLY])
@pytest.mark.parametrize(
    "text", ["", "hello", "[" * 50_000, '{"kind":"say","text":"\\ud800"}', '{"text":""}', '{"kind":"reply","text":"x"}']
)
def test_a_chat_client_is_told_what_was_wrong_and_stays(run: Run, mode: Mode, text: str) -> None:
    async def scenario() -> None:
        async with _talking(mode) as (server, ann, _, old):
            await ann.send(text)
            complaint = await read_until(ann, ChatKind.ERROR)
            assert complaint.text.endswith(".")
            assert len(complaint.text) < 200
            await say(ann, "better")
            assert (await read(ann)).text in ("better", "ECHO! better")
            assert await heard(server, old) == ([] if mode is Mode.ECHO else ["BROADCAST! better"])

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.BROADCAST, Mode.BROADCAST_REPLY])
def test_private_messages_in_every_mode_but_the_verbatim(run: Run, mode: Mode) -> None:
    async def scenario() -> None:
        async with _talking(mode, to_sender=False) as (server, ann, bob, old):
            await ask_for(ann, ChatKind.PRIVATE, "psst 🤫", to="Bob")
            one, other = await read_until(ann, ChatKind.PRIVATE), await read_until(bob, ChatKind.PRIVATE)
            assert one == other
            assert (one.sender, one.to, one.text) == ("Ann", "Bob", "psst 🤫")
            assert one.id
            assert one.time.endswith("Z")
            await ask_for(ann, ChatKind.PRIVATE, "you too", to="Old")
            assert await old.recv() == "PRIVATE! you too"
            assert await heard(server, bob) == await heard(server, old) == []

    run(scenario())


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("Cy", "Cy"),
        ("bob", "bob"),
        ("Ann", "Ann"),
        ("B\u202eob\x1b[31m", "Bob[31m"),
        ("x" * 10_000, "x" * NAME_LIMIT),
    ],
)
def test_private_messages_to_nobody(run: Run, to: str, shown: str) -> None:
    async def scenario() -> None:
        async with _talking() as (server, ann, bob, old):
            await ask_for(ann, ChatKind.PRIVATE, "psst", to=to)
            assert (await read_until(ann, ChatKind.ERROR)).text == f"There is no other client named “{shown}” here."
            await heard(server, bob)
            assert await heard(server, old) == []

    run(scenario())


def test_a_private_message_finds_a_name_in_another_form_of_unicode(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Zoé") as zoe, chat(server) as client:
            await ask_for(client, ChatKind.PRIVATE, "hi", to="Zoe\u0301")
            assert (await read_until(zoe, ChatKind.PRIVATE)).to == "Zoé"

    run(scenario())


@pytest.mark.parametrize(
    ("asked", "name"),
    [("Cy", "Cy"), (" Cy\t Dee\n", "Cy Dee"), ("Bob", "Bob 2"), ("BOB", "BOB 2"), ("old", "old 2"), ("Ann", "Ann")],
)
def test_another_name_is_made_unique_and_told_to_all(run: Run, asked: str, name: str) -> None:
    async def scenario() -> None:
        async with _talking() as (server, ann, bob, old):
            await ask_for(ann, ChatKind.NAME, asked)
            told = await read_until(ann, ChatKind.NAME)
            assert (told.sender, told.was) == (name, "Ann")
            assert told.text == ("Ann keeps this name." if name == "Ann" else f"Ann is now {name}.")
            assert await read_until(bob, ChatKind.NAME) == told
            assert server.seen(ann).name == name
            await say(ann, "hi")
            assert (await read(bob)).sender == name
            assert await old.recv() == "BROADCAST! hi"

    run(scenario())


@pytest.mark.parametrize("asked", ["", " ", "\x1b", "\u202e", "\u3164", "\u0301"])
def test_a_name_of_which_nothing_is_left(run: Run, asked: str) -> None:
    async def scenario() -> None:
        async with _talking() as (server, ann, bob, _):
            await ask_for(ann, ChatKind.NAME, asked)
            assert (await read_until(ann, ChatKind.ERROR)).text == "A name needs at least one printable character."
            assert server.seen(ann).name == "Ann"
            await ask_for(bob, ChatKind.NAME, "ann")
            assert (await read_until(bob, ChatKind.NAME)).sender == "ann 2"

    run(scenario())


def test_the_list_of_clients(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "bob") as bob:
            await ask_for(bob, ChatKind.LIST)
            listed = await read_until(bob, ChatKind.CLIENTS)
            assert (listed.text, listed.clients) == ("You are the only client.", ("bob",))
            async with chat(server, "Zoe"), plain(server, "/?name=ann"):
                await ask_for(bob, ChatKind.LIST)
                listed = await read_until(bob, ChatKind.CLIENTS)
                assert (listed.text, listed.clients) == ("3 clients are connected.", ("ann", "bob", "Zoe"))

    run(scenario())
