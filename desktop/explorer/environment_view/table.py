"""The table of variables: typing edits, Space ticks, Delete asks for removal; what is masked is typed masked."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop import theme
from desktop.explorer.environment_view.rows import NAME, PRIVATE, VALUE, VariableRows
from desktop.explorer.variables.cached import LONGEST
from desktop.widgets.key_value_table import TickDelegate
from desktop.widgets.table_looks import edit_in_place

_HINT = QAbstractItemDelegate.EndEditHint
_SHARE = 0.35  # of the width, for the names


class VariableTable(QTableView):
    """Whole rows are selected; ``delete_wanted`` asks for these to be removed."""

    delete_wanted = Signal()

    def __init__(self, rows: VariableRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self._rows = rows
        self.setItemDelegate(_Delegate(rows, self))
        self.setAccessibleName("Variables")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        edit_in_place(self)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(PRIVATE, header.fontMetrics().horizontalAdvance("Private") + theme.XL)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        delete = QAction("Delete\tDel", self)
        delete.triggered.connect(self.delete_wanted)
        self.addAction(delete)

    def selected(self) -> set[int]:
        """The numbers of the selected rows, without the one to type into."""
        return {index.row() for index in self.selectedIndexes() if index.row() < len(self._rows.rows)}

    def is_typing(self) -> bool:
        """Whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.setColumnWidth(NAME, round(event.size().width() * _SHARE))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's name
        """After Return and Tab, go on from a name to its value and from there to the next name."""
        steps = hint in (_HINT.SubmitModelCache, _HINT.EditNextItem)
        super().closeEditor(editor, _HINT.NoHint if steps else hint)
        index = self.currentIndex()
        if not steps or not 0 <= index.row() < len(self._rows.rows):
            return
        row, column = (index.row(), VALUE) if index.column() == NAME else (index.row() + 1, NAME)
        self.setCurrentIndex(self._rows.index(row, column))
        if hint == _HINT.EditNextItem:
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(TickDelegate):
    def __init__(self, rows: VariableRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFont(theme.mono_font())
        editor.setFrame(False)
        editor.setMaxLength(LONGEST)  # by itself it would cut off what is longer than 32,767
        if self._rows.is_masked(index):
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        return editor

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave alone what was only looked at: a field of one line has no line breaks."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            super().setModelData(editor, model, index)
