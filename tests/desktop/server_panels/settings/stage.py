"""The Settings tab with a real server behind it, and hands to work it with."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.server_panels.control import SPECS, ServerControl
from desktop.server_panels.settings.panel import SettingsPanel
from desktop.server_panels.settings.websocket import LimitsSection
from desktop.tasks import TaskSet
from servers.http.server import HttpServer
from servers.recorder import Recorder
from servers.server import AnyServer, ServerState
from servers.settings import HttpSettings, Listen, WebSocketSettings
from servers.tls import certificate_path, local_authority
from servers.websocket.server import WebSocketServer
from tests.conftest import until


class Stage:
    """A panel for a server that is stopped; ``told`` has what is to be remembered."""

    def __init__(self, settings: Listen, data_dir: Path) -> None:
        self.owner = QObject()
        self.failures: list[BaseException] = []
        self.told: list[tuple[str, str, object]] = []
        self.tasks = TaskSet(self._fail)
        self.server = new_server(settings)
        self.server.authority = local_authority(data_dir)
        spec = next(one for one in SPECS if one.name == self.server.name)
        self.control = ServerControl(spec, settings, self.tasks, self.owner)
        self.control.setting_chosen.connect(self._tell)
        self.certificate = certificate_path(data_dir)
        self.panel = SettingsPanel(self.control, self.certificate, self.tasks)
        self.panel.resize(800, 1200)

    @property
    def limits(self) -> LimitsSection:
        assert self.panel.limits is not None
        return self.panel.limits

    @asynccontextmanager
    async def attached(self) -> AsyncIterator[None]:
        """The panel on the screen with a server that is stopped."""
        self.control.attach(self.server)
        self.panel.show()
        try:
            yield
        finally:
            await self.server.stop()
            await until(lambda: not len(self.tasks))
            self.panel.hide()
            assert not self.failures

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The panel on the screen with a server that runs."""
        async with self.attached():
            await self.server.start()
            yield

    async def restart(self) -> None:
        """Press the button, and wait until the server runs again, or has failed."""
        click(self.panel.listening.restart)
        await until(lambda: not len(self.tasks))
        assert self.server.state in (ServerState.RUNNING, ServerState.FAILED)

    def _fail(self, error: BaseException, _: str) -> None:
        self.failures.append(error)

    def _tell(self, name: str, key: str, value: object) -> None:
        self.told.append((name, key, value))


def new_server(settings: Listen) -> AnyServer:
    """A server with these settings."""
    if isinstance(settings, WebSocketSettings):
        return WebSocketServer(settings, Recorder())
    assert isinstance(settings, HttpSettings)
    return HttpServer(settings, Recorder())


def click(button: QAbstractButton) -> None:
    """Click on the mark, or in the middle of a button without one."""
    assert button.isVisible()
    assert button.isEnabled()
    place = button.rect().center()
    place.setX(min(place.x(), 10))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)


def taken_port() -> socket.socket:
    """A socket that listens on a port of 127.0.0.1, which nobody else can have."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    holder.listen()
    return holder
