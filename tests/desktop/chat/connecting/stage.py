"""What the tests of connecting share: attempts that succeed or fail, a cookie jar, and what a server was asked."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from desktop.chat.connecting.handshake import ConnectFailed, RecordedConnection, open_connection
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from servers.exchange import Exchange, Headers
from tests.desktop.chat.peers import accept, raw_server, surroundings


class Jar:
    """A cookie jar that always has the same cookie, and notes what it is given."""

    def __init__(self, cookie: str = "") -> None:
        self.cookie = cookie
        self.asked: list[str] = []
        self.stored: list[tuple[str, Headers]] = []

    def header_for(self, url: str) -> str:
        self.asked.append(url)
        return self.cookie

    def store(self, url: str, response_headers: Headers) -> None:
        self.stored.append((url, response_headers))


@contextlib.asynccontextmanager
async def opened(target: Target, around: Surroundings | None = None) -> AsyncIterator[RecordedConnection]:
    """A connection, closed at the end."""
    connection = await open_connection(target, around or surroundings())
    try:
        yield connection
    finally:
        connection.transport.abort()
        await connection.wait_closed()


async def failure(target: Target, around: Surroundings | None = None) -> ConnectFailed:
    """How an attempt fails, which is recorded as it says."""
    around = around or surroundings()
    with pytest.raises(ConnectFailed) as caught:
        await open_connection(target, around)
    records = list(around.recorder)
    assert records == ([] if caught.value.exchange is None else [caught.value.exchange])
    return caught.value


async def asked(target: Target, around: Surroundings | None = None) -> tuple[list[str], Exchange]:
    """The lines of the request that ``target`` sends, whose URL begins with SERVER, and the record of it."""
    heads: list[str] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        heads.append(head.decode())
        request = asyncio.StreamReader()
        request.feed_data(head)
        await accept(request, writer)
        await reader.read()

    async with raw_server(script) as url:
        there = replace(target, url=target.url.replace("SERVER", url.removeprefix("ws://")))
        async with opened(there, around) as connection:
            return heads[0].split("\r\n")[:-2], connection.exchange
