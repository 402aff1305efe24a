"""The clients connected to the WebSocket server, and the ways to reach all of them without waiting for any."""

import asyncio
import itertools
from collections.abc import Iterable
from urllib.parse import parse_qs

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.frames import CloseCode

from servers.chat_protocol import NAME_LIMIT, SUBPROTOCOL, ChatKind, ChatMessage, encode, now

DROP_AFTER = 2.0
"""Seconds that a client which is closed for not reading gets to take what is waiting for it."""


class Client:
    """One connected client: its number, its unique name, and whether it speaks the chat subprotocol."""

    __slots__ = ("connection", "cut", "id", "name", "speaks_chat")

    def __init__(self, connection: ServerConnection, number: int, name: str) -> None:
        self.connection = connection
        self.id = number
        self.name = name
        self.speaks_chat = connection.subprotocol == SUBPROTOCOL
        self.cut: asyncio.TimerHandle | None = None

    def pending(self) -> int:
        """Bytes that wait for this client to read."""
        return self.connection.transport.get_write_buffer_size()

    def drop(self) -> None:
        """Close with 1013 and cut the connection if that is not read in time."""
        self.connection.protocol.fail(CloseCode.TRY_AGAIN_LATER, "too many messages were left unread")
        self.connection.send_data()
        self.cut = self.connection.loop.call_later(DROP_AFTER, self.connection.transport.abort)

    def forget(self) -> None:
        """Release what belongs to a connection that has ended."""
        if self.cut is not None:
            self.cut.cancel()


class Hub:
    """All connected clients. Sending never waits: a client with more than ``max_pending`` unread bytes is dropped."""

    def __init__(self, max_pending: int) -> None:
        self.max_pending = max_pending
        self.clients: dict[ServerConnection, Client] = {}
        self._numbers = itertools.count(1)
        self._messages = itertools.count(1)

    def admit(self, connection: ServerConnection) -> Client:
        """Add a client under the name it asked for (``?name=``), welcome it and tell the other chat clients."""
        number = next(self._numbers)
        client = Client(connection, number, self._unique(_wanted_name(connection) or f"Client {number}"))
        others = self._chat_clients()
        self.clients[connection] = client
        self._announce(others, ChatKind.JOIN, client.name, f"{client.name} joined.")
        count = len(self.clients)
        connected = "You are the only client." if count == 1 else f"{count} clients are connected."
        if client.speaks_chat:
            self._announce([client], ChatKind.WELCOME, client.name, f"Welcome, {client.name}. {connected}")
        return client

    def remove(self, client: Client) -> None:
        """Take out a client whose connection has ended and tell the other chat clients."""
        client.forget()
        del self.clients[client.connection]
        self._announce(self._chat_clients(), ChatKind.LEAVE, client.name, f"{client.name} left.")

    def broadcast(self, sender: Client, content: str | bytes) -> int:
        """Send to all clients, the sender included; the number returned identifies the message in the reply to it."""
        number = next(self._messages)
        clients = list(self.clients.values())
        plain = f"BROADCAST! {content}" if isinstance(content, str) else content
        self._post([one for one in clients if not one.speaks_chat], plain)
        chatting = [one for one in clients if one.speaks_chat]
        self._say(chatting, ChatKind.BROADCAST, sender.name, content, number)
        return number

    def reply(self, client: Client, content: str | bytes, number: int) -> None:
        """Send the special reply to the sender of broadcast ``number``."""
        shown = content if isinstance(content, str) else f"{len(content)} bytes"
        if client.speaks_chat:
            message = ChatMessage(ChatKind.REPLY, shown, client.name, now(), number)
            self._post([client], encode(message))
        else:
            self._post([client], f"SPECIAL! {shown}")

    def complain(self, client: Client, sentence: str) -> None:
        """Tell one chat client what was wrong with its message."""
        self._announce([client], ChatKind.ERROR, "", sentence)

    def _say(self, to: list[Client], kind: ChatKind, sender: str, content: str | bytes, number: int) -> None:
        if isinstance(content, str):
            self._post(to, encode(ChatMessage(kind, content, sender, now(), number)))
        else:
            announcement = ChatMessage(kind, f"{len(content)} bytes", sender, now(), number, len(content))
            self._post(to, encode(announcement))
            self._post(to, content)

    def _announce(self, to: list[Client], kind: ChatKind, sender: str, text: str) -> None:
        self._post(to, encode(ChatMessage(kind, text, sender, now())))

    def _post(self, to: Iterable[Client], data: str | bytes) -> None:
        """Write to all at once; the transports buffer, and whose buffer is over the limit is dropped."""
        reachable = [client for client in to if client.cut is None]
        broadcast([client.connection for client in reachable], data)
        for client in reachable:
            if client.pending() > self.max_pending:
                client.drop()

    def _chat_clients(self) -> list[Client]:
        return [client for client in self.clients.values() if client.speaks_chat]

    def _unique(self, name: str) -> str:
        taken = {client.name for client in self.clients.values()}
        candidates = itertools.chain([name], (f"{name} {number}" for number in itertools.count(2)))
        return next(candidate for candidate in candidates if candidate not in taken)


def _wanted_name(connection: ServerConnection) -> str:
    query = connection.request.path.partition("?")[2] if connection.request is not None else ""
    asked = parse_qs(query).get("name", [""])[0]
    shown = "".join(character for character in asked if character.isprintable() or character.isspace())
    return " ".join(shown.split())[:NAME_LIMIT].rstrip()
