"""Tests of the connected clients: their names, who hears of whom, and the one that does not read."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection

from servers.chat_protocol import NAME_LIMIT, ChatKind
from servers.settings import Mode
from tests.conftest import Run, run_on, until
from tests.servers.websocket.clients import chat, deaf_client, handshake, plain, read, read_until, say, serving
from tests.servers.wire import hang_up


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/?name=Ann", "Ann"),
        ("/rooms/any?x=1&name=Ann+Lee", "Ann Lee"),
        ("/?name=%C3%89mile%20%F0%9F%99%82", "Émile 🙂"),
        ("/", "Client 1"),
        ("/?name=", "Client 1"),
        ("/?name=%20%09%0d%0a", "Client 1"),
        ("/?name=%E2%80%AEgnp", "gnp"),
        ("/?name=%E2%80%AE%20x", "x"),
        ("/?name=a%0db%00c%1b", "a bc"),
        ("/?name=%ff", "\ufffd"),
        ("/?name=one&name=two", "one"),
        ("/?name=" + "x" * 100, "x" * NAME_LIMIT),
        ("/?name=" + "x" * (NAME_LIMIT - 1) + "+y", "x" * (NAME_LIMIT - 1)),
        ("/rooms/%5B?name=Ann", "Ann"),
    ],
)
def test_names_are_cleaned(run: Run, path: str, name: str) -> None:
    async def scenario() -> None:
        async with serving() as server:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(handshake(path=path))
            await until(lambda: server.names)
            assert server.names == [name]
            await hang_up(writer)

    run(scenario())


def test_names_are_unique_also_against_those_that_are_given_out(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving())
            for name in ("Ann", "Ann", "Ann", "Client 5", "", "Ann 2"):
                await stack.enter_async_context(chat(server, name))
            assert server.names == ["Ann", "Ann 2", "Ann 3", "Client 5", "Client 5 2", "Ann 2 2"]

    run(scenario())


def test_a_name_is_free_again_when_its_client_has_left(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            for _ in range(3):
                async with chat(server, "Ann") as client:
                    assert (await read(client)).sender == "Ann"
                await until(lambda: not server.names)

    run(scenario())


def test_welcome_join_and_leave(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann:
            welcome = await read(ann)
            assert (welcome.kind, welcome.sender) == (ChatKind.WELCOME, "Ann")
            assert welcome.text == "Welcome, Ann. You are the only client."
            async with chat(server, "Bob") as bob:
                joined, greeted = await read(ann), await read(bob)
                assert (joined.kind, joined.sender, joined.text) == (ChatKind.JOIN, "Bob", "Bob joined.")
                assert greeted.text == "Welcome, Bob. 2 clients are connected."
            left = await read(ann)
            assert (left.kind, left.sender, left.text) == (ChatKind.LEAVE, "Bob", "Bob left.")
            async with plain(server) as old:
                assert (await read(ann)).text == "Client 3 joined."
                await say(ann, "hi")
                assert await old.recv() == "BROADCAST! hi"

    run(scenario())


def test_a_client_that_is_killed_leaves_too(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann:
            _, writer = await deaf_client(server)
            await read_until(ann, ChatKind.JOIN)
            writer.transport.abort()
            assert (await read_until(ann, ChatKind.LEAVE)).sender == "Client 2"
            assert server.names == ["Ann"]
            await hang_up(writer)

    run(scenario())


def test_everybody_hears_everything_in_one_order(run: Run) -> None:
    async def hear(client: ClientConnection, count: int) -> list[str]:
        return [str(await client.recv()) for _ in range(count)]

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.BROADCAST))
            clients = [await stack.enter_async_context(plain(server)) for _ in range(8)]
            for number in range(20):
                for which, client in enumerate(clients):
                    await client.send(f"{which}:{number}")
            heard = await asyncio.gather(*(hear(client, 160) for client in clients))
            assert all(one == heard[0] for one in heard)
            for which in range(8):
                own = [text for text in heard[0] if text.startswith(f"BROADCAST! {which}:")]
                assert own == [f"BROADCAST! {which}:{number}" for number in range(20)]

    run(scenario())


def test_a_client_that_sends_without_pause_lets_the_others_be_heard(run: Run) -> None:
    async def flood(client: ClientConnection) -> None:
        while True:
            await client.send("flood")
            await asyncio.sleep(0)  # client and server share this loop

    async def drain(client: ClientConnection) -> None:
        async for _ in client:
            pass

    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server, plain(server) as loud, plain(server) as quiet:
            tasks = [asyncio.get_running_loop().create_task(one) for one in (flood(loud), drain(loud))]
            await quiet.send("may I?")
            while await quiet.recv() != "BROADCAST! may I?":
                pass
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    run(scenario())


@settings(max_examples=30)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_names_are_unique_printable_and_not_empty(wanted: list[str]) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving())
            for name in wanted:
                await stack.enter_async_context(chat(server, name))
            assert len(set(server.names)) == len(wanted)
            assert all(name and name.isprintable() and name == " ".join(name.split()) for name in server.names)

    run_on(asyncio.new_event_loop, scenario(), 20)
