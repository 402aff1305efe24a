"""Pages to be opened in the browser: the bundled sites, or what a folder of the user's has at its top."""

import os
from urllib.parse import quote

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.server_panels.settings.section import Section, muted
from desktop.server_panels.site.folder import Look
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.tips import shortened, tip

_BUNDLED = (
    ("Start page", "/", "Leads to all the others"),
    ("Breakout", "/Breakout/", "Six walls of bricks and one paddle"),
    ("Catch", "/Catch/", "Gulls drop the harbour’s cargo: bring your net under it"),
    ("Snooker", "/Snooker/", "Reds and colours in turn, against computer or friend"),
    ("WebSocket page", "/WebSockets/client.html", "A client in HTML5 for the WebSocket server"),
)
_TWO_COLUMNS = 560
"""Pixels of the section from which on two pages have room beside each other."""


class OpenButton(QPushButton):
    """``wanted`` has the path of its page, percent-encoded."""

    wanted = Signal(str)

    def __init__(self, title: str, path: str, parent: QWidget) -> None:
        super().__init__("Open in browser", parent)
        self.path = path
        self.setAccessibleName(f"Open {title} in the browser")
        self.clicked.connect(self._want)

    def _want(self) -> None:
        self.wanted.emit(self.path)


class BundledPages(Section):
    """The bundled sites, while they are served."""

    open_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Bundled sites", parent)
        self.buttons = [OpenButton(title, path, self) for title, path, _ in _BUNDLED]
        for button, (title, _, note) in zip(self.buttons, _BUNDLED, strict=True):
            button.wanted.connect(self.open_wanted)
            self.add_row(title, button, note)


class OwnPages(Section):
    """The pages of the folder that is served; ``bundled_wanted`` asks for the bundled sites in its place."""

    open_wanted = Signal(str)
    bundled_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Pages of this folder", parent)
        self._names: tuple[str, ...] = ()
        self._pages: list[_Row] = []
        self.start = _Row("the start page", "/", self)
        self.start.button.wanted.connect(self.open_wanted)
        self.others = QWidget(self)
        self._rows = QGridLayout(self.others)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(theme.M)
        self._rows.setVerticalSpacing(theme.XS)
        self.bundled = QPushButton("Serve the bundled sites", self)
        self.bundled.clicked.connect(self.bundled_wanted)
        self.add_row("Start page", self.start)
        self.add_row("Other pages", self.others)
        self.add_below(self._offer())
        self.show_row(self.others, False)

    def show_look(self, look: Look, *, listing: bool) -> None:
        """Show the pages that were found, and what comes of the folder's own path."""
        self.start.setEnabled(not look.fault)
        without = "a list of what is in the folder" if listing else "answers 404: no index.html, and lists are off"
        self.start.show_text("" if look.fault else "index.html" if look.has_index else without)
        if look.pages != self._names:
            self._names = look.pages
            self._show_others()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _show_others(self) -> None:
        for row in self._pages:
            self._rows.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        before = self.start.button
        self._pages = [_Row(shortened(name), f"/{quote(os.fsencode(name))}", self.others) for name in self._names]
        for row, name in zip(self._pages, self._names, strict=True):
            row.show_text(name)
            row.button.wanted.connect(self.open_wanted)
            QWidget.setTabOrder(before, row.button)
            before = row.button
        self._arrange()
        self.show_row(self.others, bool(self._names))

    def _arrange(self) -> None:
        columns = 2 if self.width() >= _TWO_COLUMNS else 1
        for column in range(2):
            self._rows.setColumnStretch(column, int(column < columns))  # or a long name would leave others no room
        for number, row in enumerate(self._pages):
            self._rows.addWidget(row, *divmod(number, columns))

    def _offer(self) -> QWidget:
        offer = QWidget(self)
        line = QHBoxLayout(offer)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S)
        line.addWidget(muted("The bundled sites are not served at the moment.", offer), 1)
        line.addWidget(self.bundled)
        return offer


class _Row(QWidget):
    """A page's button, and beside it what it is."""

    def __init__(self, title: str, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = OpenButton(title, path, self)
        self.label = ElidedLabel(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.M)
        line.addWidget(self.button)
        line.addWidget(self.label, 1)
        self.setFocusProxy(self.button)

    def show_text(self, text: str) -> None:
        self.label.setText(shortened(text))
        self.label.setToolTip(tip(text))
