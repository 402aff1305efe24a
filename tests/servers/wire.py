"""Speaks to a server in raw bytes, as careful and as hostile clients do."""

import asyncio
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response; names of header fields are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def request(method: str, target: str, *fields: str, body: bytes = b"", host: str = "Host: localhost") -> bytes:
    """The bytes of a request that asks for the connection to be closed."""
    length = (f"Content-Length: {len(body)}",) if body else ()
    lines = [f"{method} {target} HTTP/1.1", *([host] if host else []), "Connection: close", *length, *fields, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def parse(answer: bytes) -> Reply:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines)
    return Reply(int(first.split(" ")[1]), {name.lower(): value for name, value in fields.items()}, body)


def statuses(answers: bytes) -> list[int]:
    """The status codes of all responses on a connection."""
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answers)]


async def raw(port: int, *data: bytes) -> bytes:
    """Everything that the server sends until it closes the connection; it answers each piece before the next."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = b""
    try:
        for piece in data[:-1]:
            writer.write(piece)
            received += await reader.readuntil(b"\r\n\r\n")
        writer.write(data[-1])
        return received + await reader.read()
    finally:
        await hang_up(writer)


async def ask(port: int, method: str, target: str, *fields: str, body: bytes = b"") -> Reply:
    """The response to one request on a connection of its own."""
    return parse(await raw(port, request(method, target, *fields, body=body)))


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close, whatever state the connection is in."""
    writer.close()
    try:
        await writer.wait_closed()
    except ConnectionError:
        return
