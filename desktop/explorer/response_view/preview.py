"""A body as it is meant to look: a picture, or a page in its simplest form; nothing runs, nothing is fetched."""

import asyncio
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.reading import pages
from desktop.explorer.reading.content import readable, text_in
from desktop.explorer.reading.formats import Format
from desktop.explorer.reading.jobs import JobDied, in_process
from desktop.explorer.response_view.pictures import Picture, picture_of, svg_drawn

LIMIT = 32 * 1024 * 1024
"""Bodies over this many bytes have no preview."""

_SVG_SECONDS = 10.0


class Page(QTextBrowser):
    """Simple HTML that cannot load or open anything, black on white as pages are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("Preview of the page, without its styles")
        palette = self.palette()
        for role, color in ((QPalette.ColorRole.Base, "#ffffff"), (QPalette.ColorRole.Text, "#1b1f24")):
            palette.setColor(role, QColor(color))
        self.setPalette(palette)
        self.document().setDefaultStyleSheet(f"a {{ color: {theme.LIGHT.accent}; }}")

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002, N802 - Qt's names
        return None


class Preview(QStackedWidget):
    """Shows one body; ``words`` say what it is, or why it cannot be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = Page(self)
        self._scene = QWidget(self)
        self.picture = QLabel(self._scene)
        self.picture.setAutoFillBackground(True)
        palette = self.picture.palette()
        palette.setBrush(QPalette.ColorRole.Window, QBrush(_chequers()))
        self.picture.setPalette(palette)
        self.words = QLabel(self._scene)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        area = QScrollArea(self._scene)
        area.setWidget(self.picture)
        area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self._scene)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(area, 1)
        layout.addWidget(self.words)
        self.addWidget(self._scene)
        self.addWidget(self.page)

    async def show_body(self, data: bytes, kind: Format, charset: str) -> str:
        """Show a body; returns a sentence about what is not shown, else an empty one."""
        if kind is Format.HTML:
            made = await asyncio.to_thread(pages.page_preview, readable(text_in(data[: pages.SHOWN], charset)))
            self.page.setHtml(made)
            self.setCurrentWidget(self.page)
            return _CUT if len(data) > pages.SHOWN else ""
        self._show(await (_svg(data) if kind is Format.SVG else asyncio.to_thread(picture_of, data)))
        return ""

    def clear(self) -> None:
        """Show nothing, and keep nothing in memory."""
        self.page.clear()
        self.picture.clear()
        self.picture.adjustSize()
        self.words.clear()

    def _show(self, picture: Picture) -> None:
        self.picture.setPixmap(QPixmap.fromImage(picture.image or QImage()))
        self.picture.adjustSize()
        self.picture.setAccessibleName(picture.words)
        self.words.setText(picture.words)
        self.setCurrentWidget(self._scene)


_CUT = f"The preview shows the first {pages.SHOWN >> 10} KB of the page."


async def _svg(data: bytes) -> Picture:
    try:
        drawn = await asyncio.wait_for(in_process(svg_drawn, data), _SVG_SECONDS)
    except (TimeoutError, JobDied):
        return Picture(None, "This drawing takes too much to be drawn here.")
    if not drawn:
        return Picture(None, "This is not an SVG drawing that can be shown.")
    image = QImage.fromData(drawn)
    return Picture(image, f"SVG, {image.width():,} × {image.height():,} pixels; nothing outside of it is fetched")


def _chequers() -> QPixmap:
    """What lies under a picture, so that its transparent parts show on light and dark alike."""
    tile = QPixmap(16, 16)
    tile.fill(QColor("#ffffff"))
    painter = QPainter(tile)
    for x, y in ((0, 0), (8, 8)):
        painter.fillRect(x, y, 8, 8, QColor("#dddddd"))
    painter.end()
    return tile
