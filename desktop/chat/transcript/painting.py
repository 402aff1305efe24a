"""Paints one bubble in the colours of the theme."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from desktop import theme
from desktop.chat.transcript.bubble import Bubble
from desktop.chat.transcript.fonts import Fonts
from desktop.chat.transcript.header import Header
from desktop.chat.transcript.layouts import Pattern
from desktop.chat.transcript.looks import Look, Place

RADIUS = 8.0
_ROUND = 14.0
_FAINT = {"border", "surface", "own", "broadcast", "raised"}  # lines too faint for words


class BubblePainter:
    """Paints a bubble whose row starts at the painter's origin; ``clip`` is the part of the row to paint."""

    def __init__(self, painter: QPainter, fonts: Fonts, scheme: theme.Colors, clip: QRectF) -> None:
        self._painter = painter
        self._fonts = fonts
        self._clip = clip
        self._scheme = scheme

    def paint(self, bubble: Bubble, pattern: Pattern | None, image: QImage | None) -> None:
        """Paint all of it, with its image if it has one, and frames around what an expression matches."""
        color = self._badge_color(bubble.look)
        self._frame(bubble.frame, bubble.look)
        if bubble.header is not None:
            self._header(bubble.header, color)
        side, ratio = round(bubble.icon_box.width()), self._painter.device().devicePixelRatioF()
        self._painter.drawPixmap(bubble.icon_box.toRect(), self._fonts.icon(bubble.look.icon, color, side, ratio))
        if pattern is not None:
            self._marks([box.translated(bubble.text_at) for box in bubble.marks(pattern)])
        self._painter.setPen(_color(self._scheme.muted if bubble.look.faint else self._scheme.text))
        bubble.text.draw(self._painter, bubble.text_at, [], self._clip)
        if image is not None:
            self._painter.drawImage(bubble.image_box, image)
        if bubble.note is not None:
            self._painter.setPen(_color(self._scheme.muted))
            bubble.note.draw(self._painter, bubble.note_at)
        for link in bubble.links:
            self._words(link.box, link.words, self._fonts.link, self._scheme.accent)

    def _frame(self, frame: QRectF, look: Look) -> None:
        style = Qt.PenStyle.DashLine if look.dashed else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(_color(getattr(self._scheme, look.line)), 1, style))
        self._painter.setBrush(_color(getattr(self._scheme, look.fill)))
        radius = min(frame.height() / 2, _ROUND) if look.place is Place.CENTER else RADIUS
        self._painter.drawRoundedRect(frame, radius, radius)
        if look.bar:
            bar = QRectF(frame.left(), frame.top(), theme.XS + 1, frame.height())
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(_color(getattr(self._scheme, look.line)))
            self._painter.drawRoundedRect(bar, 2, 2)

    def _header(self, header: Header, color: str) -> None:
        self._painter.setPen(QPen(_color(color), 1))
        self._painter.setBrush(_color(self._scheme.surface))
        self._painter.drawRoundedRect(header.pill, header.pill.height() / 2, header.pill.height() / 2)
        self._words(header.badge_box, header.badge, self._fonts.badge, color)
        self._words(header.known_box, header.known, self._fonts.badge, self._scheme.muted)
        if header.sender:
            self._words(header.sender_box, header.sender, self._fonts.sender, self._scheme.text)

    def _marks(self, boxes: list[QRectF]) -> None:
        self._painter.setPen(QPen(_color(self._scheme.reply_line), 1))
        self._painter.setBrush(_color(self._scheme.reply))
        for box in boxes:
            if box.intersects(self._clip):
                self._painter.drawRect(box)
                self._painter.drawLine(box.bottomLeft() - QPointF(0, 1), box.bottomRight() - QPointF(0, 1))

    def _words(self, box: QRectF, words: str, font: QFont, color: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(_color(color))
        # at a point: aligned in a box, Qt would lay the words out like a text of many lines, in twice the time
        self._painter.drawText(QPointF(box.left(), box.center().y() + self._fonts.drop(font)), words)

    def _badge_color(self, look: Look) -> str:
        """The colour of a look's line, or that of muted text where the line is too faint for words."""
        color: str = getattr(self._scheme, "muted" if look.line in _FAINT else look.line)
        return color


_color = lru_cache(maxsize=64)(QColor)
