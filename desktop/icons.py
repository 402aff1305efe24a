"""Draws the icons: glyphs of QtAwesome's Material Design font in any colour, sharp at any size.

Only QtAwesome's font is used, because importing the package takes as long as all the rest of the window's start.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_FONT = "materialdesignicons6-webfont-"


def glyph_icon(name: str, color: str) -> QIcon:
    """The icon of that name in a #rrggbb colour. Raises KeyError for a name that the font does not have."""
    return QIcon(_GlyphEngine(chr(int(_codes()[name], 16)), color))


class _GlyphEngine(QIconEngine):
    def __init__(self, glyph: str, color: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._color = QColor(color)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = QColor(self._color)
        if mode is QIcon.Mode.Disabled:
            color.setAlphaF(0.5)
        font = QFont(_family())
        font.setPixelSize(rect.height())
        painter.save()  # a tab bar goes on painting its text with the same painter
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(QRectF(QPointF(rect.topLeft()), rect.size()), Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._glyph, self._color.name())


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("QtAwesome, which holds the icons, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _codes() -> dict[str, str]:
    """Code points in hexadecimal by icon name."""
    path = next(_folder().glob(f"{_FONT}charmap*.json"))
    codes: dict[str, str] = json.loads(path.read_bytes())
    return codes


@cache
def _family() -> str:
    path = next(_folder().glob(f"{_FONT}*.ttf"))
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))[0]
