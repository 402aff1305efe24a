"""A server that takes uploads, over a folder made for one test, and what tests send to it."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from servers.http.uploads.folder import PREFIX
from tests.conftest import Run
from tests.servers.http.site import Site
from tests.servers.wire import Reply, ask

BOUNDARY = "Content-Type: multipart/form-data; boundary=x"
LIMIT = 1_000_000

Files = dict[str, bytes]
Scenario = Callable[["UploadSite"], Coroutine[Any, Any, None]]


class UploadSite(Site):
    """A server with uploads on."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.settings = replace(self.settings, uploads=True, max_upload=LIMIT)


@asynccontextmanager
async def taking_uploads(root: Path) -> AsyncIterator[UploadSite]:
    """A started server over a folder."""
    server = UploadSite(root)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def serve(run: Run, root: Path, scenario: Scenario) -> None:
    """Run a scenario with a server over a folder."""

    async def served() -> None:
        async with taking_uploads(root) as server:
            await scenario(server)

    run(served())


def make_taken(tmp_path: Path) -> tuple[str, ...]:
    """Make the folder ``root`` with names that are taken by what no upload may replace; returns the names."""
    root = tmp_path / "root"
    (root / "taken").mkdir(parents=True)
    (tmp_path / "outside").write_bytes(b"outside")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "nowhere").symlink_to(tmp_path / "new")
    return "taken", "out", "nowhere"


def form(*parts: tuple[str, str | None, bytes]) -> bytes:
    """A form of fields and files: the name of the field, that of the file, and the content."""
    body = bytearray()
    for field, name, content in parts:
        filename = "" if name is None else f'; filename="{name}"'
        body += f'--x\r\nContent-Disposition: form-data; name="{field}"{filename}\r\n\r\n'.encode() + content + b"\r\n"
    return bytes(body) + b"--x--\r\n"


async def post(server: UploadSite, target: str, *parts: tuple[str, str | None, bytes], accept: str = "*/*") -> Reply:
    """Post a form with these parts."""
    return await ask(server.port, "POST", target, BOUNDARY, f"Accept: {accept}", body=form(*parts))


async def put(server: UploadSite, target: str, content: bytes, *fields: str) -> Reply:
    """Put a file."""
    return await ask(server.port, "PUT", target, *fields, body=content)


def content(root: Path) -> Files:
    """Every file in a folder and its folders, hidden ones too."""
    return {str(one.relative_to(root)): one.read_bytes() for one in sorted(root.rglob("*")) if one.is_file()}


def unfinished(root: Path) -> list[Path]:
    """What is still on its way into a folder."""
    return list(root.glob(f"{PREFIX}*"))
