"""The table of documents: cells are edited in place, and a text that is refused stays where it was typed."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop import theme
from desktop.server_panels.data.editing import Cell, Edit
from desktop.server_panels.data.model import DocumentModel, Index
from desktop.server_panels.data.records import Record
from desktop.widgets.table_looks import size_sections
from servers.logs import visible

_LONGEST = 2**31 - 1
_NARROW, _WIDE = 88, 152
_HINT = QAbstractItemDelegate.EndEditHint


class CellEditor(QLineEdit):
    """Edits one cell; ``record`` is the document when the typing began, ``fault`` why its text was refused."""

    def __init__(self, collection: str, record: Record, member: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.record = record
        self._collection = collection
        self._member = member
        self.fault = ""
        self.filled = False
        self.setFrame(False)
        self.setMaxLength(_LONGEST)
        self.setAccessibleName(f"{visible(member)} of {visible(record.row.key)}")

    def typed(self) -> Edit:
        """What is typed."""
        return Edit(self._collection, self.record, self._member, self.text())

    def show_fault(self, fault: str) -> None:
        """Mark the text as refused, or as not (any more)."""
        self.fault = fault
        self.setAccessibleDescription(fault)
        self.setStyleSheet(f"QLineEdit {{ border: 2px solid {theme.colors().failed}; }}" if fault else "")


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, table: "DocumentTable") -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, _: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        documents = self._table.documents
        return CellEditor(documents.collection, documents.base(index), documents.columns[index.column()], parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Fill the editor once: Qt asks again when the row changes, and would put what is stored over what is typed."""
        if isinstance(editor, CellEditor) and not editor.filled:
            editor.filled = True
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, _index: Index) -> None:  # noqa: N802
        if isinstance(editor, CellEditor):
            self._table.commit(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leave the editor open while its user looks at another window, where a client may be changing the document."""
        if isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            return False
        return super().eventFilter(editor, event)


class DocumentTable(QTableView):
    """Shows a DocumentModel. Enter, F2 and typing edit, Delete and Undo ask for that, Escape drops a refused text.

    ``store`` takes an Edit and returns why it is refused, empty if it is stored. ``looked_elsewhere`` says that other
    rows came into view, ``reverted`` that a refused text was dropped, ``editing_ended`` that an editor was closed.
    """

    looked_elsewhere = Signal()
    reverted = Signal()
    editing_ended = Signal()
    delete_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store: Callable[[Edit], str] | None = None
        self.hint = ""
        self.documents = DocumentModel(self)
        self.setModel(self.documents)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        size_sections(self)
        self.documents.modelReset.connect(self._size_all_columns)
        self.documents.columnsInserted.connect(self._size_columns)
        self.verticalScrollBar().valueChanged.connect(self.looked_elsewhere)

    def commit(self, editor: CellEditor) -> None:
        """Store what was typed into a cell, unless nothing was."""
        edit = editor.typed()
        if self.store is None or not (editor.isModified() or edit.cell in self.documents.drafts):
            return
        fault = self.store(edit)
        editor.show_fault(fault)
        if fault:
            self.documents.drafts[edit.cell] = (edit, fault)
        else:
            self.documents.drop_draft(edit.cell)

    def finish_editing(self) -> None:
        """Store what is being typed, or keep it in its cell where it is refused."""
        if (editor := self.edited()) is not None:
            self.commit(editor)
            self.closeEditor(editor, _HINT.NoHint)

    def drop(self, cell: Cell) -> None:
        """Forget what was typed into a cell and refused, also where it is still being edited."""
        self.documents.drop_draft(cell)
        editor = self.edited()
        if editor is not None and editor.typed().cell == cell:
            self.closeEditor(editor, _HINT.RevertModelCache)

    def edited(self) -> CellEditor | None:
        """The editor that is open, if one is."""
        return next((one for one in self.viewport().findChildren(CellEditor) if one.isVisible()), None)

    def rows_in_view(self) -> tuple[int, int]:
        """The first and the last row that can be seen; the last is before the first where there is none."""
        last = self.rowAt(self.viewport().height() - 1)
        return max(0, self.rowAt(0)), self.documents.rowCount() - 1 if last < 0 else last

    def selected_rows(self) -> list[range]:
        """The selected rows as ranges, from above."""
        spans = ((one.top(), one.bottom() + 1) for one in self.selectionModel().selection().toList())
        return [range(*span) for span in sorted(set(spans))]

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's name
        if isinstance(editor, CellEditor):
            if hint == _HINT.RevertModelCache:
                self._revert(editor.typed().cell)
            elif editor.fault and hint == _HINT.SubmitModelCache:
                return
            elif editor.fault:  # the cell shows the text; Tab must not be caught in the editor
                hint = _HINT.NoHint
        super().closeEditor(editor, hint)
        self.editing_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.edited() is None:
            if self.documents.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and (cell := self.documents.cell(self.currentIndex())) is not None:
            self._revert(cell)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        current = self.currentIndex()
        if QRect(QPoint(), event.oldSize()).intersects(self.visualRect(current)):
            self.scrollTo(current)  # a message or a form below must not hide the row that is being edited
        self.looked_elsewhere.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "documents"):
            size_sections(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self.hasFocus() and self.currentIndex().isValid():
            self._frame_current_cell(painter)
        if self.documents.rowCount() == 0:
            painter.setPen(self.palette().placeholderText().color())
            room = self.viewport().rect().adjusted(theme.L, theme.L, -theme.L, -theme.L)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.hint)

    def _frame_current_cell(self, painter: QPainter) -> None:
        """Show which cell would be edited: the style marks the whole row alike."""
        index = self.currentIndex()
        chosen = self.selectionModel().isSelected(index)
        color = self.palette().highlightedText() if chosen else self.palette().highlight()
        painter.setPen(QPen(color, 2))
        painter.drawRect(self.visualRect(index).adjusted(1, 1, -1, -1))

    def _revert(self, cell: Cell) -> None:
        if cell in self.documents.drafts:
            self.documents.drop_draft(cell)
            self.reverted.emit()

    def _size_all_columns(self) -> None:
        self._size_columns(QModelIndex(), 0, len(self.documents.columns) - 1)

    def _size_columns(self, _parent: QModelIndex, first: int, last: int) -> None:
        for section in range(first, last + 1):
            member = self.documents.columns[section]
            title = self.fontMetrics().horizontalAdvance(visible(member[:24])) + theme.XL
            self.setColumnWidth(section, max(title, _NARROW if self.documents.is_short(section) else _WIDE))
