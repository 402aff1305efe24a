"""Tests of rooms: which paths lead to one, and that what happens in a room stays there."""

import unicodedata
from contextlib import AsyncExitStack, suppress
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servers.chat_names import clean_name
from servers.chat_protocol import NAME_LIMIT, ChatKind
from servers.guard import Refusal
from servers.settings import Mode
from servers.websocket.rooms import LOBBY, room_of
from tests.conftest import Run, until
from tests.servers.websocket.clients import (
    ask_for,
    chat,
    handshake,
    heard,
    obeyed,
    plain,
    read,
    read_until,
    say,
    serving,
)
from tests.servers.wire import parse, raw

WHERE = "There are WebSockets at / and, for rooms of their own, at /rooms/NAME."
NAMES = f"The name of a room has up to {NAME_LIMIT} printable characters."


@pytest.mark.parametrize(
    ("target", "room"),
    [
        ("/", LOBBY),
        ("/?name=Ann", LOBBY),
        ("/?", LOBBY),
        ("/rooms/tea", "/rooms/tea"),
        ("/rooms/tea?name=/rooms/coffee", "/rooms/tea"),
        ("/rooms/Tea", "/rooms/Tea"),
        ("/rooms/%74ea", "/rooms/tea"),
        ("/rooms/tea%20time", "/rooms/tea time"),
        ("/rooms/a+b", "/rooms/a+b"),
        ("/rooms/%C3%89mile%20%F0%9F%99%82", "/rooms/Émile 🙂"),
        ("/rooms/E%CC%81mile", "/rooms/Émile"),
        ("/rooms/%3Fname=x", "/rooms/?name=x"),
        ("/rooms/..", "/rooms/.."),
        ("/rooms/%2525", "/rooms/%25"),
        ("/rooms/100%", "/rooms/100%"),
        ("/rooms/" + "x" * NAME_LIMIT, "/rooms/" + "x" * NAME_LIMIT),
    ],
)
def test_paths_of_rooms(target: str, room: str) -> None:
    assert room_of(target) == room


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        *(
            (target, WHERE)
            for target in ("", "?", "//", "/rooms", "/rooms/", "/Rooms/tea", "/rooms/a/b", "/rooms/tea/")
        ),
        *((target, WHERE) for target in ("/rooms/a%2Fb", "/rooms//tea", "/chat", "/%72ooms/tea", "rooms/tea", "*")),
        *((target, WHERE) for target in ("/rooms/%ff", "/rooms/%C3", "/rooms/%ED%A0%80", "/%2F", "/%ff")),
        *(
            (f"/rooms/{name}", NAMES)
            for name in ("%00", "a%0Ab", "%20tea", "tea%20", "%20", "a%20%20b", "%E2%80%AEaet")
        ),
        *((f"/rooms/{name}", NAMES) for name in ("tea%EF%B8%8F", "%E3%85%A4", "tea%C2%A0", "%CC%81", "x" * 41)),
    ],
)
def test_paths_of_none(target: str, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        room_of(target)
    assert (caught.value.status, caught.value.detail) == (404, sentence)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
@example("/rooms/%CC%81")
def test_any_target_is_a_readable_room_or_refused(text: str) -> None:
    for target in (text, f"/rooms/{text}"):
        with suppress(Refusal):
            room = room_of(target)
            name = room.removeprefix("/rooms/")
            assert room == LOBBY or (clean_name(name) == name == unicodedata.normalize("NFC", name) != "")
            assert room_of(quote(room)) == room
            assert quote(room).isascii()


def test_a_wrong_path_is_answered_with_the_sentence_and_recorded(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            for target, sentence in (("/nowhere", WHERE), ("/rooms/%20", NAMES)):
                reply = parse(await raw(server.port, handshake(path=target)))
                assert (reply.status, reply.text) == (404, f"{sentence}\n")
                record = server.exchanges[-1]
                assert (record.status, record.target, record.response_body) == (404, target, reply.body)
            assert not server.messages
            assert not server.names

    run(scenario())


def test_what_is_said_stays_in_its_room(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.BROADCAST_REPLY))
            ann = await stack.enter_async_context(chat(server, "Ann", "/rooms/tea"))
            old = await stack.enter_async_context(plain(server, "/rooms/te%61?name=Old"))
            outside = [await stack.enter_async_context(chat(server, "Bob", room)) for room in ("/", "/rooms/Tea")]
            pipe = await stack.enter_async_context(plain(server))
            await say(ann, "in here")
            assert (await read_until(ann, ChatKind.REPLY)).text == "in here"
            assert await heard(server, old) == ["BROADCAST! in here"]
            await old.send(b"\x01")
            assert [await old.recv(), await old.recv()] == [b"\x01", "SPECIAL! 1 byte"]
            assert (await read_until(ann, ChatKind.BROADCAST)).sender == "Old"
            assert await heard(server, ann) == [b"\x01"]
            await pipe.send("out there")
            assert [await pipe.recv(), await pipe.recv()] == ["BROADCAST! out there", "SPECIAL! out there"]
            assert [one.text for one in await heard(server, outside[1]) if not isinstance(one, str | bytes)] == [
                "Welcome, Bob 2. You are the only client."
            ]
            assert await heard(server, ann) == await heard(server, old) == []

    run(scenario())


def test_who_comes_and_goes_is_told_to_the_room_alone(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann", "/rooms/tea") as ann, chat(server, "Bob") as bob:
            assert (await read(ann)).text == "Welcome, Ann. You are the only client."
            assert (await read(bob)).text == "Welcome, Bob. You are the only client."
            async with chat(server, "Cy", "/rooms/tea") as cy:
                assert (await read(cy)).text == "Welcome, Cy. 2 clients are connected."
                assert (await read(ann)).kind is ChatKind.JOIN
                await ask_for(cy, ChatKind.NAME, "Dee")
                assert (await read(ann)).was == "Cy"
            left = await read(ann)
            assert (left.kind, left.sender) == (ChatKind.LEAVE, "Dee")
            assert await heard(server, bob) == []

    run(scenario())


def test_lists_private_messages_and_names_over_several_rooms(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving())
            ann = await stack.enter_async_context(chat(server, "Ann", "/rooms/tea"))
            bob = await stack.enter_async_context(chat(server, "Bob", "/rooms/tea"))
            other = await stack.enter_async_context(chat(server, "ANN"))
            assert server.names == ["Ann", "Bob", "ANN 2"]
            await ask_for(ann, ChatKind.LIST)
            assert (await read_until(ann, ChatKind.CLIENTS)).clients == ("Ann", "Bob")
            await ask_for(other, ChatKind.LIST)
            assert (await read_until(other, ChatKind.CLIENTS)).clients == ("ANN 2",)
            await ask_for(bob, ChatKind.PRIVATE, "psst", to="ANN 2")
            complaint = await read_until(bob, ChatKind.ERROR)
            assert complaint.text == "There is no other client named “ANN 2” here."
            assert await heard(server, other) == []
            await ask_for(other, ChatKind.NAME, "bob")
            assert (await read(other)).sender == "bob 2"

    run(scenario())


def test_rooms_are_counted_and_those_without_clients_are_gone(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            assert server.hub.rooms() == {"/": 0}
            async with chat(server, "", "/rooms/tea") as ann, plain(server, "/rooms/b"), plain(server, "/rooms/b"):
                assert list(server.hub.rooms().items()) == [("/", 0), ("/rooms/b", 2), ("/rooms/tea", 1)]
                assert await server.hub.send("you there", room="/rooms/tea") == 1
                assert (await read_until(ann, ChatKind.NOTICE)).text == "you there"
                assert await server.hub.send("anybody", room="/rooms/none") == 0
                await obeyed(ann)
            await until(lambda: server.hub.rooms() == {"/": 0})

    run(scenario())


@pytest.mark.parametrize("names", [("tea", "Tea"), ("a", "\N{CYRILLIC SMALL LETTER A}"), ("x y", "x+y")])
def test_rooms_that_differ_are_apart(run: Run, names: tuple[str, str]) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server:
            paths = [quote(f"/rooms/{name}") for name in names]
            async with plain(server, paths[0]) as one, plain(server, paths[1]) as other:
                await one.send("x")
                assert await one.recv() == "BROADCAST! x"
                assert await heard(server, other) == []

    run(scenario())
