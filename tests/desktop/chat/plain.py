"""Chat windows around a plain server, which keeps all that its clients send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.desktop.chat.stage import Stage, staged


class Receiver:
    """What its clients have sent, their connections, and the codes with which they went."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[str | bytes] = []
        self.connections: list[ServerConnection] = []
        self.codes: list[int | None] = []

    async def __call__(self, connection: ServerConnection) -> None:
        self.connections.append(connection)
        with suppress(ConnectionClosed):
            async for message in connection:
                self.got.append(message)
        self.codes.append(connection.close_code)


@asynccontextmanager
async def receiving(folder: Path) -> AsyncIterator[tuple[Stage, Receiver]]:
    """Windows around it; it takes messages of 16 MB."""
    receiver = Receiver()
    async with serve(receiver, "127.0.0.1", 0, max_size=2**24) as server:
        receiver.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with staged(receiver.url, folder) as stage:
            yield stage, receiver
