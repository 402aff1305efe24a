"""Paints the entries of a transcript as bubbles."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.chat.entry import Entry
from desktop.chat.transcript.bubble import Bubble, Fonts
from desktop.chat.transcript.looks import Place

ENTRY_ROLE = Qt.ItemDataRole.UserRole
KEPT = 512
RADIUS = 8.0
_SELECTED_ALPHA = 60


class TranscriptDelegate(QStyledItemDelegate):
    """Lays out and paints entries; keeps the newest KEPT layouts of the present width."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fonts = Fonts()
        self._width = 0
        self._bubbles: OrderedDict[int, Bubble] = OrderedDict()

    def forget(self) -> None:
        """Lay out everything again, because the fonts have changed."""
        self._fonts = Fonts()
        self._bubbles.clear()

    def bubble(self, entry: Entry, width: int) -> Bubble:
        """The layout of an entry in a row of ``width`` pixels."""
        if width != self._width:
            self._width = width
            self._bubbles.clear()
        bubble = self._bubbles.get(entry.serial)
        if bubble is None:
            bubble = self._bubbles[entry.serial] = Bubble(entry, width, self._fonts)
            if len(self._bubbles) > KEPT:
                self._bubbles.popitem(last=False)
        return bubble

    def height(self, entry: Entry, width: int) -> int:
        """Pixels that an entry takes in a row of ``width`` pixels."""
        return self.bubble(entry, width).height

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = option.rect.width()
        return QSize(width, self.height(index.data(ENTRY_ROLE), width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, state = option.rect, option.state
        bubble = self.bubble(index.data(ENTRY_ROLE), row.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(row, QColor(theme.colors().surface))  # over the style's own, too strong selection
        if state & QStyle.StateFlag.State_Selected:
            tint = QColor(theme.colors().accent)
            tint.setAlpha(_SELECTED_ALPHA)
            painter.fillRect(row, tint)
        painter.translate(row.topLeft())
        self._paint_frame(painter, bubble)
        if bubble.has_header:
            self._paint_header(painter, bubble)
        else:
            self._paint_icon(painter, bubble)
        painter.setPen(QColor(theme.colors().text if bubble.has_header else theme.colors().muted))
        bubble.text.draw(painter, bubble.text_at)
        painter.restore()
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.colors().accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(row.adjusted(0, 0, -1, -1))

    def _paint_frame(self, painter: QPainter, bubble: Bubble) -> None:
        scheme, look = theme.colors(), bubble.look
        style = Qt.PenStyle.DashLine if look.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(getattr(scheme, look.line)), 1, style))
        painter.setBrush(QColor(getattr(scheme, look.fill)))
        radius = bubble.frame.height() / 2 if look.place is Place.CENTER else RADIUS
        painter.drawRoundedRect(bubble.frame, min(radius, 14.0), min(radius, 14.0))
        if look.bar:
            bar = QRectF(bubble.frame.left(), bubble.frame.top(), theme.XS + 1, bubble.frame.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(scheme, look.line)))
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_header(self, painter: QPainter, bubble: Bubble) -> None:
        scheme = theme.colors()
        painter.setPen(QPen(QColor(_badge_color(bubble)), 1))
        painter.setBrush(QColor(scheme.surface))
        painter.drawRoundedRect(bubble.pill, bubble.pill.height() / 2, bubble.pill.height() / 2)
        self._paint_icon(painter, bubble)
        painter.setFont(self._fonts.badge)
        painter.setPen(QColor(_badge_color(bubble)))
        words = bubble.pill.adjusted(theme.S + bubble.icon_box.width() + theme.XS, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, bubble.look.badge)
        painter.setPen(QColor(scheme.muted))
        painter.drawText(bubble.time_box, Qt.AlignmentFlag.AlignRight, bubble.time)
        painter.setPen(QColor(scheme.text))
        painter.setFont(self._fonts.sender)
        painter.drawText(bubble.sender_box, Qt.AlignmentFlag.AlignLeft, bubble.sender)

    def _paint_icon(self, painter: QPainter, bubble: Bubble) -> None:
        theme.icon(bubble.look.icon, _badge_color(bubble)).paint(painter, bubble.icon_box.toRect())


def _badge_color(bubble: Bubble) -> str:
    """The colour of a look's line, or that of muted text where the line is too faint for words."""
    scheme = theme.colors()
    faint = {"border", "surface", "own", "broadcast", "raised"}
    color: str = getattr(scheme, "muted" if bubble.look.line in faint else bubble.look.line)
    return color
