"""What a newcomer can try with one click: each server at work, and the CRUD tour through the REST service."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop import assets
from desktop.chat.windows import ChatWindows
from desktop.main_window import CHAT, EXPLORER, MainWindow
from desktop.server_panels.control import ServerControl
from desktop.tasks import TaskSet
from servers.exchange import Exchange
from servers.settings import HttpSettings

if TYPE_CHECKING:
    from desktop.explorer.page import ExplorerPage
    from servers.rest.service import Service

PLAYERS = "players"
"""The collection to show first, where there is one of this name."""

_GAME = "Breakout/index.html"
_PAGE = "WebSockets/client.html"
"""The HTML5 page, as a path in the bundled sites."""

_OTHER_DATA = (
    "The CRUD tour needs the sample data, and the REST server serves other data at the moment. "
    "“Reset to sample…” in its Data tab brings the sample back; “Undo” there returns to your data."
)


class Showcase(QObject):
    """Joins the servers to the clients that show them; ``service`` gives what REST serves, None unless it runs."""

    def __init__(
        self,
        window: MainWindow,
        chats: ChatWindows,
        controls: Mapping[str, ServerControl],
        service: Callable[[], "Service | None"],
        tasks: TaskSet,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._explorer: ExplorerPage | None = None
        self._chats = chats
        self._controls = controls
        self._service = service
        self._tasks = tasks
        for control in controls.values():
            control.try_requested.connect(self.show)

    def attach(self, explorer: "ExplorerPage") -> None:
        """The explorer is there."""
        self._explorer = explorer
        explorer.tour_requested.connect(self.start_tour)

    def show(self, name: str) -> None:
        """Show what the running server of this name does."""
        url = self._controls[name].url
        if name == "http":
            QDesktopServices.openUrl(QUrl(f"{url}/{_GAME if self._serves_bundled() else ''}"))
        elif name == "rest":
            self._show_rest(url)
        else:
            self._window.show_page(CHAT)
            self._chats.open_pair()

    def open_page(self) -> None:
        """Show the HTML5 page in the browser, from the HTTP server, which is started for it if need be."""
        self._tasks.spawn(self._open_page(), name="open the HTML5 page")

    def open_site(self, path: str) -> None:
        """Show a page of the HTTP server in the browser; the server is started for it if need be."""
        if path == f"/{_PAGE}":
            self.open_page()  # it is told where the WebSocket server is
        else:
            self._tasks.spawn(self._open_site(path), name="open a page of the HTTP server")

    def open_exchange(self, exchange: Exchange) -> None:
        """Bring a recorded request into the explorer."""
        if self._explorer is not None:
            self._window.show_page(EXPLORER)
            self._explorer.open_exchange(exchange)

    def start_tour(self) -> None:
        """Run the CRUD tour, with the REST server started for it if need be."""
        if self._explorer is not None:
            self._tasks.spawn(self._tour(self._explorer), name="start the CRUD tour")

    def _show_rest(self, url: str) -> None:
        if self._explorer is None:
            return
        self._window.show_page(EXPLORER)
        service = self._service()
        names = [] if service is None else list(service.definitions)
        chosen = PLAYERS if PLAYERS in names else next(iter(names), "")
        self._explorer.try_url(f"{url}/{quote(chosen, safe='')}")

    def _serves_bundled(self) -> bool:
        settings = self._controls["http"].settings
        return isinstance(settings, HttpSettings) and settings.root is None

    async def _open_site(self, path: str) -> None:
        http = self._controls["http"]
        if not await http.ensure_running():  # where it does not run, its card says why
            QDesktopServices.openUrl(QUrl(f"{http.url}{path}"))

    async def _open_page(self) -> None:
        http = self._controls["http"]
        await http.ensure_running()
        is_served = http.url and self._serves_bundled()
        page = QUrl(f"{http.url}/{_PAGE}") if is_served else QUrl.fromLocalFile(str(assets.site(_PAGE)))
        if url := self._controls["ws"].url:
            page.setQuery(f"url={quote(url, safe='')}")
        QDesktopServices.openUrl(page)

    async def _tour(self, explorer: "ExplorerPage") -> None:
        rest = self._controls["rest"]
        fault = await rest.ensure_running()
        service = self._service()
        if fault or service is None:
            explorer.tour_failed(fault)
        elif not service.dataset.is_sample:
            explorer.tour_failed(_OTHER_DATA)
        else:
            explorer.run_tour(rest.url)
