"""Whatever clients do in whatever order, hub and rooms behave like a naive model of them."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection

from servers.chat_names import clean_name
from servers.chat_protocol import ChatKind, ChatMessage
from servers.settings import Mode
from tests.conftest import run_on, until
from tests.servers.websocket.clients import Bench, ask_for, chat, heard, read, say, serving

ROOMS = ("/", "/rooms/tea", "/rooms/Tea")
NAMES = ("Ann", "ann", "ANN 2", "Bob", "Ｂｏｂ", "", "\u202e")

Told = tuple[str, ...]
"""A kind, and what a client is to read of it."""


@dataclass
class Person:
    """One connected client, as it should be."""

    client: ClientConnection
    name: str
    room: str
    told: list[Told] = field(default_factory=list)


class Model:
    """Hub and rooms at their simplest: a list of people, searched for everything."""

    def __init__(self, server: Bench) -> None:
        self.server = server
        self.people: list[Person] = []
        self._stacks: dict[int, AsyncExitStack] = {}
        self._ever = 0

    async def connect(self, room: str, asked: str) -> None:
        stack = AsyncExitStack()
        client = await stack.enter_async_context(chat(self.server, asked, room))
        self._ever += 1
        person = Person(client, self._free(clean_name(asked) or f"Client {self._ever}"), room)
        self._stacks[id(person)] = stack
        for other in self._room(person):
            other.told.append(("join", person.name))
        self.people.append(person)
        person.told.append(("welcome", person.name))
        await self.listen(person)

    async def say(self, person: Person, text: str) -> None:
        await say(person.client, text)
        for one in self._room(person):
            one.told.append(("broadcast", person.name, text))
        person.told.append(("reply", person.name, text))

    async def rename(self, person: Person, asked: str) -> None:
        await ask_for(person.client, ChatKind.NAME, asked)
        if not clean_name(asked):
            person.told.append(("error",))
            return
        was, person.name = person.name, ""
        person.name = self._free(clean_name(asked))
        for one in self._room(person):
            one.told.append(("name", person.name, was))

    async def whisper(self, person: Person, to: str) -> None:
        await ask_for(person.client, ChatKind.PRIVATE, "psst", to=to)
        receivers = [one for one in self._room(person) if one is not person and one.name == clean_name(to)]
        for one in (person, *receivers) if receivers else ():
            one.told.append(("private", person.name, to, "psst"))
        if not receivers:
            person.told.append(("error",))

    async def list_all(self, person: Person) -> None:
        await ask_for(person.client, ChatKind.LIST)
        person.told.append(("clients", *sorted(one.name for one in self._room(person))))

    async def leave(self, person: Person) -> None:
        self.people.remove(person)
        await self._stacks.pop(id(person)).aclose()
        await until(lambda: len(self.server.names) == len(self.people))
        for one in self._room(person):
            one.told.append(("leave", person.name))

    async def listen(self, person: Person) -> None:
        """Read what somebody is to be told by now; so its last wish is done."""
        for expected in person.told:
            assert _read(await read(person.client)) == expected
        person.told.clear()

    async def settle(self) -> None:
        """Compare what everybody was told, and who is where, with the server."""
        for person in self.people:
            assert [_read(one) for one in await heard(self.server, person.client)] == person.told
            person.told.clear()
        assert sorted(self.server.names) == sorted(one.name for one in self.people)
        assert self.server.hub.rooms() == {"/": 0} | Counter(one.room for one in self.people)

    async def end(self) -> None:
        for person in list(self.people):
            await self.leave(person)

    def _room(self, person: Person) -> list[Person]:
        return [one for one in self.people if one.room == person.room]

    def _free(self, wanted: str) -> str:
        """``wanted`` or the first numbered one; all the names in this test are alike in lower case and plain width."""
        taken = {one.name.translate(PLAIN).lower() for one in self.people}
        tried = (wanted if number == 1 else f"{wanted} {number}" for number in range(1, 1000))
        return next(one for one in tried if one.translate(PLAIN).lower() not in taken)


PLAIN = str.maketrans("Ｂｏｂ", "Bob")


def _read(message: ChatMessage | str | bytes) -> Told:
    assert isinstance(message, ChatMessage)
    kind, sender = message.kind, message.sender
    rest: dict[ChatKind, Told] = {
        ChatKind.BROADCAST: (sender, message.text),
        ChatKind.REPLY: (sender, message.text),
        ChatKind.NAME: (sender, message.was),
        ChatKind.PRIVATE: (sender, message.to, message.text),
        ChatKind.CLIENTS: tuple(sorted(message.clients)),
        ChatKind.ERROR: (),
    }
    return (kind.value, *rest.get(kind, (sender,)))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["connect", "connect", "say", "rename", "whisper", "list", "leave"]),
        st.integers(0, 5),
        st.sampled_from(ROOMS),
        st.sampled_from(NAMES),
    ),
    min_size=4,
    max_size=25,
)


async def _step(model: Model, what: str, which: int, room: str, name: str) -> None:
    if what == "connect" or not model.people:
        await model.connect(room, name)
        return
    person = model.people[which % len(model.people)]
    other = model.people[-1 - which % len(model.people)]
    match what:
        case "say":
            await model.say(person, f"{name} {which}")
        case "rename":
            await model.rename(person, name)
        case "whisper":
            await model.whisper(person, other.name if room == person.room else name)
        case "list":
            await model.list_all(person)
        case "leave":
            await model.leave(person)
            return
    await model.listen(person)


@settings(max_examples=40)
@given(STEPS)
def test_one_after_the_other_everything_is_as_in_the_model(steps: list[tuple[str, int, str, str]]) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST_REPLY) as server:
            model = Model(server)
            for step in steps:
                await _step(model, *step)
            await model.settle()
            await model.end()

    run_on(asyncio.new_event_loop, scenario(), 60)


SCRIPTS = st.lists(
    st.lists(st.sampled_from(["say", "name", "list", "nonsense"]), min_size=3, max_size=12), min_size=2, max_size=6
)


async def _perform(client: ClientConnection, number: int, script: list[str]) -> None:
    for turn, what in enumerate([*script, "list"]):
        if what == "nonsense":
            await client.send(what)
        else:
            await ask_for(client, ChatKind(what), f"{what} {number} {turn}")
        await asyncio.sleep(0)


async def _told(client: ClientConnection, lists: int) -> list[ChatMessage]:
    """What a client is told until it has got so many lists."""
    found = list[ChatMessage]()
    while sum(one.kind is ChatKind.CLIENTS for one in found) < lists:
        found.append(await read(client))
    return found


@settings(max_examples=20)
@given(SCRIPTS)
def test_all_at_once_everybody_is_told_the_same_in_the_same_order(scripts: list[list[str]]) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.BROADCAST))
            clients = [await stack.enter_async_context(chat(server, f"{number}")) for number in range(len(scripts))]
            for client in clients:
                await heard(server, client)
            listening = [
                _told(client, script.count("list") + 1) for client, script in zip(clients, scripts, strict=True)
            ]
            talking = [_perform(client, number, scripts[number]) for number, client in enumerate(clients)]
            everything = (await asyncio.gather(*listening, *talking))[: len(clients)]
            told = []
            for client, first in zip(clients, everything, strict=True):
                rest = [one for one in await heard(server, client) if isinstance(one, ChatMessage)]
                told.append([one for one in [*(first or ()), *rest] if one.kind in (ChatKind.BROADCAST, ChatKind.NAME)])
            assert all(one == told[0] for one in told)
            assert len(told[0]) == sum(script.count("say") + script.count("name") for script in scripts)
            ids = [one.id for one in told[0] if one.id is not None]
            assert ids == sorted(ids)

    run_on(asyncio.new_event_loop, scenario(), 60)
