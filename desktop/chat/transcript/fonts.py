"""The fonts of a transcript, with what is measured and drawn in them again and again."""

from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.theme import icon, mono_font


class Fonts:
    """Those of badges and what is known, of senders, of notices, of links, and of what went over the wire."""

    def __init__(self) -> None:
        self.notice = QApplication.font()
        self.badge = QFont(self.notice)
        self.badge.setPointSizeF(max(7.0, self.notice.pointSizeF() - 1))
        self.sender = QFont(self.badge)
        self.sender.setBold(True)
        self.link = QFont(self.badge)
        self.link.setUnderline(True)
        self.wire = mono_font()
        self.wire.setPointSizeF(self.notice.pointSizeF())
        self._small, self._bold = QFontMetricsF(self.badge), QFontMetricsF(self.sender)
        self.line = self._small.height()
        # most of what is measured stands in many bubbles
        self.badge_width = lru_cache(maxsize=1024)(self._small.horizontalAdvance)
        self.sender_width = lru_cache(maxsize=1024)(self._bold.horizontalAdvance)
        self.icon = lru_cache(maxsize=128)(_icon)

    def drop(self, font: QFont) -> float:
        """By how much the baseline of a line of badge, sender or link lies below its middle."""
        metrics = self._bold if font is self.sender else self._small
        return (metrics.ascent() - metrics.descent()) / 2

    def elided(self, text: str, room: float, *, bold: bool = False) -> str:
        """As much of a badge, or of a sender, as there is room for."""
        width = self.sender_width(text) if bold else self.badge_width(text)
        if width <= room:
            return text
        return (self._bold if bold else self._small).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))


def _icon(name: str, color: str, side: int, ratio: float) -> QPixmap:
    """A square icon of that many pixels, for a screen of that pixel ratio."""
    return icon(name, color).pixmap(QSize(side, side), ratio)
