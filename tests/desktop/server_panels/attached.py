"""A panel with a real server behind it, on the screen for as long as a test looks at it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.server_panels.control import ServerControl
from desktop.tasks import TaskSet
from servers.server import AnyServer
from tests.conftest import until

C = TypeVar("C", bound=AnyServer, contravariant=True)  # noqa: PLC0105 - one letter, as all others here


class Panel(Protocol[C]):
    """What can be given its server."""

    def attach(self, server: C) -> None: ...


@asynccontextmanager
async def attached(control: ServerControl, server: C, panel: Panel[C], tasks: TaskSet) -> AsyncIterator[None]:
    """Hand the server, which is stopped, to both and show the panel; stop and close everything in the end."""
    assert isinstance(panel, QWidget)
    control.attach(server)
    panel.attach(server)
    panel.show()
    panel.activateWindow()
    await until(panel.isActiveWindow)
    try:
        yield
    finally:
        await server.stop()
        await tasks.close()
        panel.close()
