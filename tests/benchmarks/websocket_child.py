"""The bare servers that the WebSocket server is measured against: `websocket_child.py echo|broadcast FOLDER`."""

import asyncio
import json
import sys
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed


async def echo(connection: ServerConnection) -> None:
    with suppress(ConnectionClosed):  # the load generator leaves without a close frame
        async for message in connection:
            await connection.send(message)


class Broadcast:
    """Sends what each client says to all."""

    def __init__(self) -> None:
        self.connections: set[ServerConnection] = set()

    async def __call__(self, connection: ServerConnection) -> None:
        self.connections.add(connection)
        try:
            async for message in connection:
                broadcast(self.connections, message)
        except ConnectionClosed:
            pass
        finally:
            self.connections.remove(connection)


async def main(kind: str) -> None:
    async with serve(echo if kind == "echo" else Broadcast(), "127.0.0.1", 0) as server:
        print(json.dumps({"ws": next(iter(server.sockets)).getsockname()[1]}), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
