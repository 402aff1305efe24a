"""The clients connected to the WebSocket server, their rooms, and the ways to reach them without waiting for any."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter
from urllib.parse import parse_qs

from servers.chat_names import Names, clean_name
from servers.chat_protocol import ChatKind, ChatMessage, byte_count, encode, now
from servers.close_codes import SERVER_CODES, check_close
from servers.exchange import Record
from servers.recorder import Recorder
from servers.settings import WebSocketSettings
from servers.websocket.client import Client, Parts
from servers.websocket.connection import Connection, part
from servers.websocket.rooms import LOBBY

_SLICE = 0.004
"""Seconds for which a message is handed out without a pause for the window and the other clients."""


class Hub:
    """All connected clients by number.

    What goes to many is handed out in slices, one message after the other in each room, so that all clients of a room
    hear the same order. Nothing waits for a client that does not read.
    """

    def __init__(self, settings: Callable[[], WebSocketSettings], recorder: Recorder) -> None:
        self.clients: dict[int, Client] = {}
        self._settings = settings
        self._recorder = recorder
        self._names = Names()
        self._rooms: defaultdict[str, dict[int, Client]] = defaultdict(dict)
        self._numbers = itertools.count(1)
        self._messages = itertools.count(1)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._silent = False

    def rooms(self) -> dict[str, int]:
        """How many clients each room has, the lobby first; a room without clients does not exist."""
        counts = {room: len(clients) for room, clients in self._rooms.items() if clients}
        return {LOBBY: counts.pop(LOBBY, 0)} | dict(sorted(counts.items()))

    async def send(self, content: str | bytes, *, client: int | None = None, room: str | None = None) -> int:
        """Send what the server's user says to one client, to a room, or to all; return how many clients there were."""
        notice = ChatMessage(ChatKind.NOTICE, _label(content), time=now())
        reached = 0
        for name, clients in list(self._rooms.items()):
            chosen = [one for one in clients.values() if client in (None, one.id) and room in (None, name)]
            await self._tell(chosen, notice, content, content)
            reached += len(chosen)
        return reached

    def close(self, client: int, code: int, reason: str) -> bool:
        """Begin to close a client's connection; False when it is gone. Raises ValueError with a sentence."""
        check_close(code, reason, SERVER_CODES)
        chosen = self.clients.get(client)
        if chosen is None:
            return False
        chosen.close(code, reason)
        return True

    def open(self) -> None:
        """Begin to tell clients of one another."""
        self._silent = False

    def silence(self) -> None:
        """Stop telling clients of one another, because all of them are about to go."""
        self._silent = True

    def admit(self, connection: Connection) -> Client:
        """Add a client under the name it asked for (``?name=``), and welcome it."""
        number = next(self._numbers)
        name = self._names.take(_wanted_name(connection) or f"Client {number}")
        client = Client(connection, number, name, connection.room, self._settings)
        self.clients[number] = self._rooms[client.room][number] = client
        if client.speaks_chat:
            count = len(self._others(client)) + 1
            connected = "You are the only client." if count == 1 else f"{count} clients are connected."
            self.tell_one(client, ChatMessage(ChatKind.WELCOME, f"Welcome, {name}. {connected}", name, now()))
        return client

    async def introduce(self, client: Client) -> None:
        """Tell the others of its room of a client that was admitted."""
        message = ChatMessage(ChatKind.JOIN, f"{client.name} joined.", client.name, now())
        await self._announce(self._others(client), message)

    async def remove(self, client: Client) -> None:
        """Take out a client whose connection has ended and tell the others of its room."""
        client.forget()
        self._names.free(client.name)
        del self.clients[client.id], self._rooms[client.room][client.id]
        others = self._others(client)
        if not others:
            del self._rooms[client.room]
            self._turns.pop(client.room, None)
        await self._announce(others, ChatMessage(ChatKind.LEAVE, f"{client.name} left.", client.name, now()))

    async def rename(self, client: Client, asked: str) -> None:
        """Give a client the name it asks for, or one like it that is free, and tell its room. Raises ValueError."""
        wanted = clean_name(asked)
        if not wanted:
            raise ValueError("A name needs at least one printable character.")
        was = client.name
        self._names.free(was)
        client.name = self._names.take(wanted)
        text = f"{was} is now {client.name}." if was != client.name else f"{was} keeps this name."
        message = ChatMessage(ChatKind.NAME, text, client.name, now(), was=was)
        await self._announce([client, *self._others(client)], message)

    def list_clients(self, client: Client) -> None:
        """Tell a client who is in its room."""
        names = sorted([client.name, *(one.name for one in self._others(client))], key=str.casefold)
        text = "You are the only client." if len(names) == 1 else f"{len(names)} clients are connected."
        self.tell_one(client, ChatMessage(ChatKind.CLIENTS, text, time=now(), clients=tuple(names)))

    async def broadcast(self, sender: Client, content: str | bytes, label: str = "") -> int:
        """Send to the sender's room, the sender included if the settings say so.

        The number returned identifies the message in the reply to it. ``label`` stands for bytes in their announcement.
        """
        number = next(self._messages)
        clients = self._others(sender)
        if self._settings().to_sender:
            clients.insert(0, sender)
        message = ChatMessage(ChatKind.BROADCAST, label or _label(content), sender.name, now(), number)
        plain = f"BROADCAST! {content}" if isinstance(content, str) else content
        await self._tell(clients, message, content, plain)
        return number

    def whisper(self, sender: Client, to: str, content: str | bytes, label: str = "") -> None:
        """Send to one client of the sender's room, and back to the sender. Raises ValueError where there is none."""
        name = clean_name(to)
        receiver = next((one for one in self._others(sender) if one.name == name), None)
        if receiver is None:
            raise ValueError(f"There is no other client named “{name}” here.")
        number = next(self._messages)
        message = ChatMessage(ChatKind.PRIVATE, label or _label(content), sender.name, now(), number, to=receiver.name)
        chat, plain = _parts(message, content), (part(f"PRIVATE! {content}" if isinstance(content, str) else content),)
        for client in (receiver, sender):
            client.post(chat if client.speaks_chat else plain)

    def reply(self, client: Client, content: str | bytes, number: int) -> None:
        """Send the special reply to the sender of broadcast ``number``."""
        shown = _label(content)
        if client.speaks_chat:
            self.tell_one(client, ChatMessage(ChatKind.REPLY, shown, client.name, now(), number))
        else:
            client.post((part(f"SPECIAL! {shown}"),))

    def complain(self, client: Client, sentence: str) -> None:
        """Tell one chat client what was wrong with its message."""
        self.tell_one(client, ChatMessage(ChatKind.ERROR, sentence, time=now()))

    def tell_one(self, client: Client, message: ChatMessage) -> None:
        """Send a message of the chat subprotocol to one client."""
        client.post((part(encode(message)),))

    async def _tell(self, to: list[Client], message: ChatMessage, content: str | bytes, plain: str | bytes) -> None:
        """Send a message to those of one room who use the chat subprotocol, and ``plain`` to the others."""
        await self._hand_out(to, _parts(message, content), (part(plain),))

    async def _announce(self, to: list[Client], message: ChatMessage) -> None:
        if not self._silent:
            parts = (part(encode(message)),)
            await self._hand_out([one for one in to if one.speaks_chat], parts, parts)

    async def _hand_out(self, to: list[Client], chat: Parts, plain: Parts) -> None:
        if not to:
            return
        async with self._turns[to[0].room]:
            rest = iter(to)
            for _ in iter(lambda: self._hand_out_slice(rest, chat, plain), False):
                await asyncio.sleep(0)

    def _hand_out_slice(self, to: Iterator[Client], chat: Parts, plain: Parts) -> bool:
        """Send to as many as time allows, and record it all at once; whether there may be others."""
        sent: list[Record] = []
        pause_at = perf_counter() + _SLICE
        try:
            for client in to:
                client.post(chat if client.speaks_chat else plain, sent.append)
                if perf_counter() > pause_at:
                    return True
            return False
        finally:
            self._recorder.extend(sent)

    def _others(self, client: Client) -> list[Client]:
        return [one for one in self._rooms[client.room].values() if one is not client]


def _parts(message: ChatMessage, content: str | bytes) -> Parts:
    """What a chat client gets: the message itself, for bytes as their announcement."""
    if isinstance(content, str):
        return (part(encode(replace(message, text=content))),)
    return (part(encode(replace(message, size=len(content)))), part(content))


def _label(content: str | bytes) -> str:
    return content if isinstance(content, str) else byte_count(len(content))


def _wanted_name(connection: Connection) -> str:
    query = connection.request.path.partition("?")[2] if connection.request is not None else ""
    return clean_name(parse_qs(query).get("name", [""])[0])
