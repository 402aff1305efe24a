"""A session with a client of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.explorer.sending.client import Client
from desktop.explorer.session import Session
from servers.recorder import Recorder


@asynccontextmanager
async def session() -> AsyncIterator[Session]:
    """A session whose home is an empty folder; its client is closed in the end."""
    client = Client(Recorder())
    with TemporaryDirectory() as folder:
        try:
            yield Session(client, Path(folder))
        finally:
            await client.close()
