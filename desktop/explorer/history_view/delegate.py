"""Paints the rows of the history in two lines each: method and URL; status, time, duration, size."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.explorer.history.entry import Summary
from desktop.explorer.history_view.looks import duration_of, icon_of, place_of, result_of, size_of, time_of
from desktop.explorer.history_view.rows import ROW, Day
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_ICON = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode


class HistoryDelegate(QStyledItemDelegate):
    """Needs a HistoryModel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        line = QFontMetrics(option.font).height()
        return QSize(0, line + theme.M if isinstance(index.data(ROW), Day) else 2 * line + theme.M)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        if isinstance(row, Day):
            _paint_day(painter, option, row)
        else:
            _paint_entry(painter, option, row)
        painter.restore()


def _paint_day(painter: QPainter, option: QStyleOptionViewItem, day: Day) -> None:
    font = QFont(option.font)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(theme.colors().muted))
    room = option.rect.adjusted(theme.S, theme.XS, -theme.S, 0)
    painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(day.title, _ELIDE.ElideRight, room.width()))


def _paint_entry(painter: QPainter, option: QStyleOptionViewItem, entry: Summary) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    palette, scheme = option.palette, theme.colors()
    if chosen:
        painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
    text = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
    name, color = icon_of(entry)
    room = option.rect.adjusted(theme.S, theme.XS, -theme.S, -theme.XS)
    half = room.height() // 2
    first = QRect(room.left(), room.top(), room.width(), half)
    icon = QRect(first.left(), first.center().y() - _ICON // 2 + 1, _ICON, _ICON)
    theme.icon(name, text.name() if chosen else color).paint(painter, icon)
    first.setLeft(icon.right() + theme.S)
    second = QRect(first.left(), room.top() + half, first.width(), half)
    painter.setPen(text)
    _paint_call(painter, option.font, first, entry)
    painter.setPen(text if chosen else QColor(scheme.muted))
    _paint_text(painter, second, " · ".join(filter(None, _facts(entry))), _ELIDE.ElideRight)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(text, 1, Qt.PenStyle.DotLine))
        painter.drawRect(option.rect.adjusted(1, 1, -2, -2))


def _paint_call(painter: QPainter, font: QFont, room: QRect, entry: Summary) -> None:
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    taken = _paint_text(painter, room, visible(entry.method[:20]), _ELIDE.ElideRight)
    painter.setFont(font)
    _paint_text(painter, room.adjusted(taken + theme.S, 0, 0, 0), visible(place_of(entry)[:2000]), _ELIDE.ElideMiddle)


def _paint_text(painter: QPainter, room: QRect, text: str, elide: Qt.TextElideMode) -> int:
    """A text that is cut where it does not fit; returns its width in pixels."""
    shown = painter.fontMetrics().elidedText(text, elide, max(room.width(), 0))
    painter.drawText(room, _LEFT, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def _facts(entry: Summary) -> tuple[str, ...]:
    return result_of(entry), time_of(entry), duration_of(entry), size_of(entry)
