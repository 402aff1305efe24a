"""A table of names and values: editable with tick boxes and a last row to type into, or only to read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.widgets.key_value_model import NAME, VALUE, KeyValueModel, Remark, Row
from desktop.widgets.table_looks import edit_in_place
from servers.logs import visible

__all__ = ["KeyValueTable", "MakeEditor", "Remark", "Row", "TickDelegate"]

MakeEditor = Callable[[QWidget, str], QLineEdit]
"""Makes the field in which a cell is typed, from its parent and the name that stands in the row."""

_SHARE = 0.35  # of the width, for the names
_LONGEST = 2**31 - 1  # by itself a field cuts off what is longer than 32,767 characters


class KeyValueTable(QTableView):
    """Shows a KeyValueModel. Space ticks, typing edits, Return goes on, Delete removes rows; Alt+Up, Alt+Down and the
    mouse move them.

    Copy takes lines such as ``Name: value``, Paste adds them; ``separator`` is what stands in them. ``changed`` follows
    each character that is typed; Escape takes them back.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, editable: bool = True, *, fixed: bool = False) -> None:
        super().__init__(parent)
        self.pairs = KeyValueModel(editable, self, fixed=fixed)
        self.pairs.changed.connect(self.changed)
        self.separator = ": "
        self._makers: dict[int, MakeEditor] = {}
        self._before: tuple[Row, ...] = ()
        self._share = _SHARE
        self._sizing = False
        self.setModel(self.pairs)
        self.setItemDelegate(_Delegate(self))
        edit_in_place(self)
        if self.pairs.growing:
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
            self.setDragDropOverwriteMode(False)
            self._offer_actions()
        self.horizontalHeader().sectionResized.connect(self._column_resized)

    def rows(self) -> tuple[Row, ...]:
        """The rows as they stand, without the empty last one."""
        return self.pairs.rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.pairs.set_rows(rows)

    def set_editor(self, column: int, make: MakeEditor) -> None:
        """Type the cells of a column (0 for names, 1 for values) in a field of another kind."""
        self._makers[column] = make

    def set_remarks(self, remark: Callable[[str], Remark]) -> None:
        """Ask ``remark`` what is to be said about the text of a cell; call it again when the answers change."""
        self.pairs.remark = remark
        self.pairs.repaint()

    def make_editor(self, parent: QWidget, row: int, column: int) -> QLineEdit:
        """The field in which this cell is typed."""
        self._before = self.rows()
        name = self._before[row].name if row < len(self._before) else ""
        make = self._makers.get(column)
        editor = QLineEdit(parent) if make is None else make(parent, name)
        editor.setMaxLength(_LONGEST)
        editor.setFont(self.font())
        editor.setFrame(False)
        editor.textEdited.connect(self.commit)
        return editor

    def commit(self) -> None:
        """Take over what is being typed into a cell; its editor stays open."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's name
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache and self._before != self.rows():
            self.set_rows(self._before)
        elif hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste) and self.pairs.growing:
            self._paste()
        elif event.key() == Qt.Key.Key_Delete and self.pairs.growing:
            self._remove_selected()
        elif _is_move(event) and self.pairs.growing:
            self._move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._sizing = True
        super().resizeEvent(event)  # widens a column that had no room to the least width of one
        self.setColumnWidth(NAME, round(event.size().width() * self._share))
        self._sizing = False

    def _go_on(self) -> None:
        """After Return, from a name to its value and on to the next row: what is typed next is not typed over it."""
        index = self.currentIndex()
        if 0 <= index.row() < len(self.rows()):
            first = NAME if self.pairs.growing else VALUE
            row, column = (index.row(), VALUE) if index.column() == NAME else (index.row() + 1, first)
            if row < self.pairs.rowCount():
                self.setCurrentIndex(self.pairs.index(row, column))

    def _column_resized(self, column: int, before: int, now: int) -> None:
        """Keep the share of the width that the user has given the names."""
        if column == NAME and not self._sizing and self.viewport().width() > 0:
            self._share = now / self.viewport().width()

    def _offer_actions(self) -> None:
        """The context menu, for those who do not know the keys."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, do in (
            ("Copy\tCtrl+C", self._copy),
            ("Paste lines\tCtrl+V", self._paste),
            ("Move up\tAlt+Up", self._move_up),
            ("Move down\tAlt+Down", self._move_down),
            ("Delete\tDel", self._remove_selected),
        ):
            action = QAction(text, self)
            action.triggered.connect(do)
            self.addAction(action)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._selected_text())

    def _paste(self) -> None:
        """Add the lines in the clipboard as rows."""
        sign = self.separator.strip()
        parts = [line.strip().partition(sign) for line in QGuiApplication.clipboard().text().splitlines()]
        rows = [Row(name, value.removeprefix(" ") if sign == ":" else value) for name, _, value in parts if name]
        if rows:
            self.set_rows([*self.rows(), *rows])

    def _move_up(self) -> None:
        self._move_current(-1)

    def _move_down(self) -> None:
        self._move_current(1)

    def _move_current(self, by: int) -> None:
        index = self.currentIndex()
        if self.pairs.move(index.row(), index.row() + by):
            self.setCurrentIndex(self.pairs.index(index.row() + by, index.column()))

    def _remove_selected(self) -> None:
        current = self.currentIndex()
        self.pairs.remove({index.row() for index in self.selectedIndexes()})
        row = min(current.row(), self.pairs.rowCount() - 1)
        self.setCurrentIndex(self.pairs.index(row, max(current.column(), 0)))

    def _selected_text(self) -> str:
        numbers = sorted({index.row() for index in self.selectedIndexes() if index.row() < len(self.rows())})
        rows = [self.rows()[number] for number in numbers]
        return "\n".join(f"{visible(row.name)}{self.separator}{visible(row.value)}" for row in rows)


class TickDelegate(QStyledItemDelegate):
    """Outlines tick boxes in cells as strongly as those elsewhere: in dark schemes nobody would see them."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        role = QPalette.ColorRole.Window
        palette = QPalette(option.palette)
        outlined = QApplication.palette("QCheckBox")  # type: ignore[call-overload] # its stub asks for bytes
        palette.setColor(role, outlined.color(role))
        option.palette = palette


class _Delegate(TickDelegate):
    def __init__(self, table: KeyValueTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        return self._table.make_editor(parent, index.row(), index.column())

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        """Leave alone what is being typed: the cursor would move."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)


def _is_move(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return modifiers == Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
