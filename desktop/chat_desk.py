"""The place of the chat in the program: its windows and page, the server at hand, what it borrows from the explorer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.chat.commands import ChatMenu
from desktop.chat.listing.servers import ServerAtHand
from desktop.chat.page import ChatPage
from desktop.chat.surroundings import Surroundings
from desktop.chat.windows import ChatWindows
from desktop.server_panels.control import ServerControl
from desktop.tasks import Report
from servers.exchange import Headers
from servers.recorder import Recorder
from servers.tls import certificate_path

if TYPE_CHECKING:
    from desktop.explorer.page import ExplorerPage
    from desktop.explorer.sending.cookies import CookieJar


class ChatDesk(QObject):
    """``windows``, their ``page`` and ``menu``; ``ws`` is the server that new windows connect to."""

    quit_requested = Signal()

    def __init__(self, ws: ServerControl, recorder: Recorder, report: Report, data_dir: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._ws = ws
        self._surroundings = Surroundings(recorder, report, data_dir / "chat", certificate_path(data_dir))
        self.windows = ChatWindows(self._url, self._surroundings, self)
        self.page = ChatPage(self.windows)
        self.menu = ChatMenu(self.windows, self)
        self.windows.quit_requested.connect(self.quit_requested)
        self.page.start_requested.connect(self._start)
        ws.changed.connect(self._show_server)
        self._show_server()

    def borrow(self, explorer: "ExplorerPage") -> None:
        """The explorer has been loaded: its variables and its cookies are there for the chat, too."""
        from desktop.explorer.session import Spot

        session = explorer.session
        self._surroundings.variables = partial(session.scope, Spot())
        if session.client.jar is not None:
            self._surroundings.cookies = BorrowedCookies(session.client.jar, explorer.cookies_changed)
        for window in self.windows.open:
            window.use_surroundings()

    def _url(self) -> str:
        ws = self._ws
        return ws.url or f"{'wss' if ws.settings.tls else 'ws'}://localhost:{ws.port}"

    def _start(self, _: str) -> None:
        self._ws.start()

    def _show_server(self) -> None:
        words = self._ws.error or self._ws.state.value.capitalize()
        server = ServerAtHand(f"{self._ws.spec.title} server", self._url(), bool(self._ws.url), words)
        self.page.show_servers([server])


class BorrowedCookies:
    """The explorer's jar for WebSocket URLs: ws has the cookies of http, wss those of https (RFC 6265)."""

    def __init__(self, jar: "CookieJar", changed: Callable[[], None]) -> None:
        self._jar = jar
        self._changed = changed

    def header_for(self, url: str) -> str:
        """The value of the Cookie header; empty where there is none."""
        from desktop.explorer.model.url import parse_url

        return self._jar.header_for(parse_url(_http(url)))

    def store(self, url: str, response_headers: Headers) -> None:
        """Keep what the answer to a handshake sets and unsets."""
        from desktop.explorer.model.url import parse_url

        self._jar.store(parse_url(_http(url)), response_headers)
        self._changed()


def _http(url: str) -> str:
    return f"http{url[2:]}" if url[:2].lower() == "ws" else url
