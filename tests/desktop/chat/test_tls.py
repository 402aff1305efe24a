"""Tests of chat over wss://: the local authority is trusted without being asked, and no other."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop.chat.entry import EntryKind
from desktop.chat.surroundings import Surroundings
from desktop.chat.windows import ChatWindows
from servers.recorder import Recorder
from servers.settings import WebSocketSettings
from servers.tls import LocalAuthority
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peers import Client, until


@contextlib.asynccontextmanager
async def secure_server(folder: Path) -> AsyncIterator[str]:
    """The URL of the application's own server under the authority in ``folder``."""
    server = WebSocketServer(WebSocketSettings(port=0, tls=True), Recorder())
    server.authority = LocalAuthority(folder)
    await server.start()
    try:
        assert server.address is not None
        yield server.address.url
    finally:
        await server.stop()


def test_the_local_authority_is_trusted(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with secure_server(tmp_path) as url:
            client = await Client(url, authority=tmp_path / "authority.pem").opened()
            await client.session.send("hé")
            await until(lambda: client.of(EntryKind.BROADCAST))
            await client.session.close()
            await client.ended()
        assert url.startswith("wss://")

    run(scenario())


@pytest.mark.parametrize("name", ["missing.pem", "other/authority.pem"])
def test_no_other_is(run: Run, tmp_path: Path, name: str) -> None:
    async def scenario() -> None:
        await LocalAuthority(tmp_path / "other").certificate()
        async with secure_server(tmp_path) as url:
            client = await Client(url, authority=tmp_path / name).ended()
        assert "is not trusted" in client.session.outcome

    run(scenario())


def test_windows_trust_the_one_that_they_are_given(run: Run, tmp_path: Path) -> None:
    faults: list[BaseException] = []

    async def scenario() -> None:
        async with secure_server(tmp_path) as url:
            surroundings = Surroundings(
                Recorder(), lambda error, _: faults.append(error), tmp_path / "chat", tmp_path / "authority.pem"
            )
            windows = ChatWindows(lambda: url, surroundings)
            window = windows.new_window()
            await until(lambda: window.state_text.lower().startswith("connected"))
            await windows.close()
            await asyncio.sleep(0)

    run(scenario())
    assert faults == []
