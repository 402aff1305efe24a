"""A process that serves REST from the data directory it is given until it is killed; it prints its port first."""

import asyncio
import sys
from pathlib import Path

from servers.recorder import Recorder
from servers.rest.server import RestServer
from servers.settings import RestSettings


async def main(data_dir: Path) -> None:
    """Serve for ever."""
    server = RestServer(RestSettings(port=0), Recorder(), data_dir)
    await server.start()
    assert server.address is not None
    print(server.address.port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
