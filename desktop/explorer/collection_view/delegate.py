"""Paints the rows of the tree: icons, the method as a word in its colour, the title, and what is unsaved or faulty."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop import theme
from desktop.explorer.collection_view.model import TreeModel
from desktop.explorer.collection_view.nodes import Node
from desktop.theme import Colors
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_ICON = 16
_UNSAVED = "●"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LETTERS = 7
"""Letters of a method that are shown, as in OPTIONS and CONNECT."""


def method_color(method: str, scheme: Colors) -> str:
    """The colour of a method as #rrggbb: what reads, makes, changes and deletes is told apart."""
    return {
        "GET": scheme.running,
        "POST": scheme.accent,
        "PUT": scheme.changing,
        "PATCH": scheme.changing,
        "DELETE": scheme.failed,
    }.get(method, scheme.muted)


class RowDelegate(QStyledItemDelegate):
    """Needs a QTreeView with a TreeModel as its parent."""

    def __init__(self, view: QTreeView, model: TreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._small = QFont()
        self.choose_font()

    def choose_font(self) -> None:
        """Measure the font of the view."""
        self._small = QFont(self._view.font())
        self._small.setPointSizeF(max(self._small.pointSizeF() * 0.8, 6.0))
        self._small.setBold(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(80, option.fontMetrics.height() + theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node = self._model.node(index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        scheme = theme.colors()
        rect, palette = QRect(option.rect), option.palette
        QApplication.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._view)
        painter.save()
        text = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        muted = text if chosen else QColor(scheme.muted)
        rect.adjust(theme.XS, 0, -theme.XS, 0)
        if self._model.is_unsaved(node):
            rect.setRight(self._paint_end(painter, rect, _UNSAVED, text if chosen else QColor(scheme.changing)))
        rect.setLeft(self._paint_start(painter, rect, node, text if chosen else None))
        left = self._paint_text(painter, rect, node.label, text)
        if node.fault:
            rect.setLeft(left + theme.S)
            self._paint_text(painter, rect, node.fault, muted)
        painter.restore()
        self._paint_focus(painter, option)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        editor = QLineEdit(parent)
        editor.setAccessibleName("Name")
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        inset = theme.XS + self._start_width(self._model.node(index))
        editor.setGeometry(option.rect.adjusted(inset - theme.XS, 0, 0, 0))

    def _start_width(self, node: Node) -> int:
        """The pixels that icon or method take."""
        if node.entry is None:
            return _ICON + theme.S
        return self._view.fontMetrics().horizontalAdvance("W" * _LETTERS) * 3 // 4

    def _paint_start(self, painter: QPainter, rect: QRect, node: Node, forced: QColor | None) -> int:
        """Icon or method; returns where the text begins."""
        scheme, width = theme.colors(), self._start_width(node)
        if node.entry is None:
            color = forced.name() if forced is not None else scheme.failed if node.fault else scheme.muted
            icon = theme.icon(_icon(node, self._view.isExpanded(self._model.index_of(node))), color)
            icon.paint(painter, QRect(rect.left(), rect.center().y() - _ICON // 2 + 1, _ICON, _ICON))
            return rect.left() + width
        method = visible(node.entry.method)
        painter.setFont(self._small)
        painter.setPen(forced or QColor(method_color(method, scheme)))
        room = QRect(rect.left(), rect.top(), width - theme.XS, rect.height())
        shown = painter.fontMetrics().elidedText(method, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)
        return rect.left() + width

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, color: QColor) -> int:
        """A text that is cut where it does not fit; returns where it ends."""
        painter.setFont(self._view.font())
        painter.setPen(color)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
        painter.drawText(rect, _LEFT, shown)
        return rect.left() + painter.fontMetrics().horizontalAdvance(shown)

    def _paint_end(self, painter: QPainter, rect: QRect, text: str, color: QColor) -> int:
        """A sign at the right; returns where the room before it ends."""
        painter.setPen(color)
        painter.drawText(rect, _RIGHT, text)
        return rect.right() - painter.fontMetrics().horizontalAdvance(text) - theme.XS

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QColor(theme.colors().text))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.restore()


def _icon(node: Node, is_open: bool) -> str:
    if node.fault and not node.children:
        return "alert-circle"
    if node.is_root:
        return "folder-multiple"
    if node.is_folder:
        return "folder-open-outline" if is_open else "folder-outline"
    return "file-document-outline"
