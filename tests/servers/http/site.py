"""An HTTP server over a folder made for one test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from servers.http.server import HttpServer
from servers.recorder import Recorder
from servers.settings import HttpSettings
from tests.servers.watched import Watched

SENTINEL = b"SENTINEL: nobody outside may read this"


class Site(Watched, HttpServer):
    """A server that knows its port and its records."""

    def __init__(self, root: Path | None) -> None:
        self.recorder = Recorder()
        super().__init__(HttpSettings(port=0, root=root), self.recorder)


@asynccontextmanager
async def serving(root: Path | None) -> AsyncIterator[Site]:
    """A started server over a folder, None for the bundled sites."""
    server = Site(root)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def make_folder(tmp_path: Path) -> Path:
    """A folder to serve, with secrets around it and hidden ones in it."""
    root = tmp_path / "site"
    (root / "sub").mkdir(parents=True)
    (root / "index.html").write_text("home")
    (root / "sub" / "index.html").write_text("sub home")
    (root / "sub" / "page.html").write_text("page")
    for secret in (tmp_path / "secret.txt", root / ".env", root / "sub" / ".hidden", tmp_path / "site2.txt"):
        secret.write_bytes(SENTINEL)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_bytes(SENTINEL)
    return root
