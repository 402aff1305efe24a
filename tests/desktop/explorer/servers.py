"""A server that answers with exactly the bytes a test gives it, and keeps the bytes that it gets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class RawServer:
    """Reads the heads of requests with the bodies their Content-Length announces, and writes the next answer."""

    def __init__(self, *answers: bytes, hold: bool = False) -> None:
        self.requests: list[bytes] = []
        self.port = 0
        self.connections = 0
        self.got_request = asyncio.Event()
        self._answers = list(answers)
        self._hold = hold
        self._released = asyncio.Event()

    @property
    def url(self) -> str:
        """The server's root."""
        return f"http://127.0.0.1:{self.port}/"

    @asynccontextmanager
    async def running(self) -> AsyncIterator["RawServer"]:
        """Listen on a free port of the loopback interface."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self._released.set()
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.requests.append(head + await self._body(reader, head))
                self.got_request.set()
                answer = self._answers.pop(0) if self._answers else b""
                writer.write(answer)
                await writer.drain()
                if self._hold:
                    await self._released.wait()
                if self._hold or b"Content-Length" not in answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _body(self, reader: asyncio.StreamReader, head: bytes) -> bytes:
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                return await reader.readexactly(int(line.partition(b":")[2]))
        if b"transfer-encoding: chunked" in head.lower():
            return await reader.readuntil(b"0\r\n\r\n")
        return b""
