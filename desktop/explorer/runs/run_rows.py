"""The rows of a run: what each shows of its request, and how it is painted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.explorer.http_files.http_file import Part
from desktop.explorer.model.request import Request
from desktop.explorer.runs.run import Result
from servers.logs import visible
from servers.status import official_reason

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROW = Qt.ItemDataRole.UserRole
_ICON = 18
_BAR = 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RunRow:
    """One line of the list, numbered from 1; ``shown`` while the fields beside it have it."""

    number: int
    part: Part
    result: Result | None = None
    shown: bool = False

    @property
    def ready(self) -> bool:
        """Whether there is something to show."""
        return self.result is not None

    @property
    def look(self) -> tuple[str, str]:
        """The icon's name, and the name of its colour."""
        if self.result is None:
            return "clock-outline", "muted"
        return ("check-circle", "running") if self.result.as_expected else ("alert-circle", "failed")

    @property
    def title(self) -> str:
        """Number and name."""
        return f"{self.number}  {visible(self.part.title or self.part.name)}"

    @property
    def verdict(self) -> str:
        """How it went."""
        return "not yet sent" if self.result is None else self.result.verdict

    @property
    def call(self) -> str:
        """Method and path; before it is sent, as the file writes them."""
        if self.result is None or self.result.reply is None:
            request = self.result.request if self.result is not None else self.part.request or Request()
            return visible(f"{request.method} {request.url}")
        sent = self.result.reply.request
        return visible(f"{sent.method} {sent.target.path}")

    @property
    def outcome(self) -> str:
        """Status with its official phrase, and the time that it took."""
        exchange = self.result.reply.exchange if self.result is not None and self.result.reply is not None else None
        if exchange is None or not exchange.status:
            return ""
        status = f"{exchange.status} {official_reason(exchange.status)}".rstrip()
        return f"{status} · {exchange.duration_ns / 1e6:,.1f} ms"

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        texts = (self.title, self.call, self.outcome, self.verdict, "in the fields" if self.shown else "")
        return ", ".join(text for text in texts if text)


class RunModel(QAbstractListModel):
    """The requests of a run."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[RunRow] = []

    def start(self, parts: Sequence[Part]) -> None:
        """Show another run, of which nothing has been sent."""
        self.beginResetModel()
        self.rows = [RunRow(number, part) for number, part in enumerate(parts, 1)]
        self.endResetModel()

    def put(self, number: int, results: Sequence[Result]) -> None:
        """Show how requests went, from that of this number on."""
        for at, result in enumerate(results, number - 1):
            self.rows[at] = replace(self.rows[at], result=result)
        self.dataChanged.emit(self.index(number - 1), self.index(number + len(results) - 2))

    def mark(self, number: int) -> None:
        """Mark the one row that the fields have, none with 0."""
        for row in list(self.rows):
            if row.shown != (row.number == number):
                self._replace(replace(row, shown=row.number == number))

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.rows[index.row()].ready:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken
        return None

    def _replace(self, row: RunRow) -> None:
        index = self.index(row.number - 1)
        self.rows[index.row()] = row
        self.dataChanged.emit(index, index)


class RunDelegate(QStyledItemDelegate):
    """Paints a row in two lines: icon, title and verdict; then method and path, status and time."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        lines = QFontMetrics(option.font).height() + QFontMetrics(theme.mono_font()).height()
        return QSize(0, lines + 2 * theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RunRow = index.data(_ROW)
        scheme = theme.colors()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(scheme.raised))
        if row.shown:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(_BAR, option.rect.height())), QColor(scheme.accent))
        _paint_lines(painter, option, row, scheme)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(scheme.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(option.rect.adjusted(_BAR, 0, -1, -1))
        painter.restore()


def _paint_lines(painter: QPainter, option: QStyleOptionViewItem, row: RunRow, scheme: theme.Colors) -> None:
    icon, name = row.look
    color = getattr(scheme, name)
    room = option.rect.adjusted(_BAR + theme.S, theme.S, -theme.S, -theme.S)
    first = QRect(room.left(), room.top(), room.width(), QFontMetrics(option.font).height())
    theme.icon(icon, color).paint(painter, QRect(first.left(), first.center().y() - _ICON // 2, _ICON, _ICON))
    indent = _ICON + theme.S
    painter.setFont(option.font)
    _pair(painter, first.adjusted(indent, 0, 0, 0), (row.title, scheme.text), (row.verdict, color))
    painter.setFont(theme.mono_font())
    second = QRect(room.left(), first.bottom() + 1, room.width(), room.bottom() - first.bottom())
    _pair(painter, second.adjusted(indent, 0, 0, 0), (row.call, scheme.muted), (row.outcome, scheme.muted))


def _pair(painter: QPainter, room: QRect, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Two texts with their colours at the two ends of a line; the left one is shortened where it has to be."""
    painter.setPen(QColor(right[1]))
    painter.drawText(room, _RIGHT, right[0])
    taken = painter.fontMetrics().horizontalAdvance(right[0]) + theme.M if right[0] else 0
    room = room.adjusted(0, 0, -taken, 0)
    painter.setPen(QColor(left[1]))
    painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(left[0], Qt.TextElideMode.ElideRight, room.width()))
