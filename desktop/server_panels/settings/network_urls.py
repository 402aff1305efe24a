"""The URLs by which other computers reach a server: to be copied, and the first one to be scanned."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.settings.section import CopyLine, muted
from desktop.widgets.qr_code import QrCode


class NetworkUrls(QWidget):
    """The likeliest URL comes first. It has a QR code where a phone's camera can do something with it: not for ws.

    The tab key comes here from ``after``.
    """

    def __init__(self, after: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._after = after
        self._urls: tuple[str, ...] = ()
        self.code = QrCode(self)
        self._scan = muted("Scan it with a phone that is in the same network.", self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.XS)
        picture = QHBoxLayout()
        picture.setSpacing(theme.M)
        picture.addWidget(self.code)
        picture.addWidget(self._scan, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(self._lines)
        column.addLayout(picture)
        self._scan.hide()

    def show_urls(self, urls: tuple[str, ...]) -> None:
        """Show these in place of those before."""
        if urls == self._urls:
            return
        self._urls = urls
        for line in self.findChildren(CopyLine):
            self._lines.removeWidget(line)
            line.setParent(None)
            line.deleteLater()
        before = self._after
        for url in urls:
            line = CopyLine(f"URL {url}", self)
            line.show_text(url)
            self._lines.addWidget(line)
            QWidget.setTabOrder(before, line.copy)
            before = line.copy
        scanned = urls[0] if urls and urls[0].startswith(("http://", "https://")) else ""
        self.code.show_text(scanned)
        self._scan.setVisible(bool(scanned))
