"""What the server answers to each message of a client, by its mode and by the chat subprotocol."""

import asyncio
from collections.abc import Callable
from time import perf_counter

from servers.chat_protocol import FROM_CLIENTS, ChatKind, ChatMessage, decode, encode, now
from servers.close_codes import POLICY
from servers.exchange import Kind
from servers.settings import Mode, WebSocketSettings
from servers.websocket.client import Client
from servers.websocket.connection import part_of
from servers.websocket.hub import Hub

_ECHO = "ECHO! "
_SLICE = 0.002
"""Seconds for which messages are answered without a pause for the window and the other clients."""


async def converse(hub: Hub, client: Client, settings: Callable[[], WebSocketSettings]) -> None:
    """Answer a client's messages until its connection ends. Raises ConnectionClosed where that was not clean."""
    spent = 0.0
    client.connection.on_message = at_once(client, settings)
    async for message in client.connection:
        if client.is_closing:
            continue  # its answer to the close frame comes behind all that it has sent before
        began = perf_counter()
        now_in_force = settings()
        if not client.allowance.take(now_in_force.max_rate):
            client.close(POLICY, f"more than {now_in_force.max_rate} messages a second")
        elif now_in_force.mode is Mode.VERBATIM:
            await client.send(message)
        else:
            await _answer(hub, client, message, now_in_force.mode)
        client.connection.done()
        spent += perf_counter() - began
        if spent > _SLICE:
            await asyncio.sleep(0)  # what is buffered already would not let others have their turn
            spent = 0.0


def at_once(client: Client, settings: Callable[[], WebSocketSettings]) -> Callable[[Kind, bytes], bool]:
    """Answers what needs neither the hub nor a look into the message; False where it does, or is not UTF-8."""
    connection, speaks_chat = client.connection, client.speaks_chat

    def answer(kind: Kind, data: bytes) -> bool:
        in_force = settings()
        is_echo = in_force.mode is Mode.ECHO and not speaks_chat
        if in_force.max_rate or not (is_echo or in_force.mode is Mode.VERBATIM):
            return False
        if kind is Kind.TEXT:
            try:
                data.decode()
            except UnicodeDecodeError:
                return False
            if is_echo:
                data = _ECHO.encode() + data
        connection.write(part_of(kind, data))
        return True

    return answer


async def _answer(hub: Hub, client: Client, message: str | bytes, mode: Mode) -> None:
    if not client.speaks_chat:
        await _say(hub, client, message, mode)
        return
    try:
        if isinstance(message, str):
            await _obey(hub, client, message, mode)
        else:
            await _take_bytes(hub, client, message, mode)
    except ValueError as error:
        hub.complain(client, str(error))


async def _obey(hub: Hub, client: Client, message: str, mode: Mode) -> None:
    """Do what a chat client asks for. Raises ValueError with a sentence."""
    unsent = client.announced
    client.announced = None
    if unsent is not None:
        hub.complain(client, f"The {unsent.size} bytes that were announced did not come.")
    asked = decode(message)
    if asked.kind not in FROM_CLIENTS:
        kinds = ", ".join(kind.value for kind in FROM_CLIENTS)
        raise ValueError(f"Clients send {kinds}; {asked.kind.value} is for the server.")
    if asked.kind is ChatKind.NAME:
        await hub.rename(client, asked.text)
    elif asked.kind is ChatKind.LIST:
        hub.list_clients(client)
    elif asked.size is not None:
        client.announced = asked
    elif asked.kind is ChatKind.PRIVATE:
        hub.whisper(client, asked.to, asked.text)
    else:
        await _say(hub, client, asked.text, mode)


async def _take_bytes(hub: Hub, client: Client, data: bytes, mode: Mode) -> None:
    """Take bytes for what announced them; without an announcement they are said. Raises ValueError with a sentence."""
    asked = client.announced
    client.announced = None
    if asked is not None and asked.size != len(data):
        raise ValueError(f"{asked.size} bytes were announced, but {len(data)} came. They were not passed on.")
    label = asked.text if asked is not None else ""
    if asked is not None and asked.kind is ChatKind.PRIVATE:
        hub.whisper(client, asked.to, data, label)
    else:
        await _say(hub, client, data, mode, label)


async def _say(hub: Hub, client: Client, content: str | bytes, mode: Mode, label: str = "") -> None:
    if mode is Mode.ECHO:
        await client.send(_echo(client, content))
        return
    number = await hub.broadcast(client, content, label)
    if mode is Mode.BROADCAST_REPLY:
        hub.reply(client, content, number)


def _echo(client: Client, content: str | bytes) -> str | bytes:
    """The answer of the course's echo server; bytes come back as they came."""
    if isinstance(content, bytes):
        return content
    text = f"{_ECHO}{content}"
    return encode(ChatMessage(ChatKind.ECHO, text, time=now())) if client.speaks_chat else text
