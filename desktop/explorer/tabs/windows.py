"""The windows that hold one request each, and how they come and go."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.tabs.tabs import Tabs
from desktop.explorer.tabs.window import RequestWindow


class RequestWindows(QObject):
    """``dropped`` carries a RequestTab whose window its user has closed."""

    dropped = Signal(object)

    def __init__(self, tabs: Tabs) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._ending = False
        self.open: list[RequestWindow] = []

    @property
    def requests(self) -> list[RequestTab]:
        """The tabs in the windows."""
        return [window.tab for window in self.open]

    def show(self, document: Document) -> RequestWindow:
        """Show a request in a window of its own."""
        window = RequestWindow(self._tabs.make_tab(document, None))
        window.closed.connect(self._closed)
        self.open.append(window)
        window.show()
        window.activateWindow()
        return window

    def set_roots(self, roots: tuple[Path, ...]) -> None:
        """Other folders are open."""
        for tab in self.requests:
            tab.set_roots(roots)

    def close(self) -> None:
        """Close all of them, and keep their drafts: the program ends."""
        self._ending = True
        for window in list(self.open):
            window.leave()

    def _closed(self, window: RequestWindow) -> None:
        self.open.remove(window)
        if not self._ending:
            self.dropped.emit(window.tab)
        window.tab.retire()
