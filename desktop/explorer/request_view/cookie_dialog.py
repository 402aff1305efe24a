"""The window with the cookies of a workspace: to look at, change, add and delete."""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.request_view.cookie_rows import DOMAIN, EXPIRES, NAME, PATH, SECURE, VALUE, CookieRows
from desktop.explorer.sending.cookies import Cookie, CookieJar
from desktop.widgets.empty_state import Hint
from desktop.widgets.message_line import MessageLine
from desktop.widgets.table_looks import edit_in_place

_WIDTHS = {DOMAIN: 160, PATH: 80, NAME: 140, VALUE: 200, EXPIRES: 155, SECURE: 70}


class CookieDialog(QDialog):
    """A non-modal window. ``changed`` tells that the user has changed the jar, which its owner then saves."""

    changed = Signal()

    def __init__(self, jar: CookieJar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cookies")
        self.resize(940, 420)
        self._deleted: Sequence[Cookie] = ()
        self.rows = CookieRows(jar, self)
        self._make_controls()
        self.table = _CookieTable(self.rows, self)
        self._lay_out()
        self._connect()
        self._recolor()
        self._follow()

    def refresh(self) -> None:
        """Show what requests have changed meanwhile; what is being typed into a cell stays."""
        if self.table.indexWidget(self.table.currentIndex()) is None:
            self._keep_place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "stack"):
            self._recolor()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()

    def _make_controls(self) -> None:
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter cookies")
        self.filter.setClearButtonEnabled(True)
        self.add, self.delete = QPushButton("Add", self), QPushButton("Delete", self)
        self.clear = QPushButton("Delete all", self)
        self.undo = QPushButton("Undo", self)
        self.add.setAccessibleName("Add a cookie")
        self.delete.setAccessibleName("Delete the selected cookies")
        self.clear.setAccessibleName("Delete all cookies")
        self.undo.setAccessibleName("Bring the deleted cookies back")
        for button in (self.add, self.delete, self.clear, self.undo):
            button.setAutoDefault(False)
        self.message = MessageLine((self.undo,), self)
        self.empty = Hint(parent=self)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        bar = QHBoxLayout()
        bar.setSpacing(theme.S)
        bar.addWidget(self.filter, 1)
        for button in (self.add, self.delete, self.clear):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.message)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.add.clicked.connect(self._add)
        self.delete.clicked.connect(self._delete_selected)
        self.clear.clicked.connect(self._delete_all)
        self.undo.clicked.connect(self._bring_back)
        self.rows.edited.connect(self.changed)
        self.rows.refused.connect(self.say_fault)
        self.rows.modelReset.connect(self._follow)
        self.table.delete_wanted.connect(self._delete_selected)
        self.table.selectionModel().selectionChanged.connect(self._follow)

    def _follow(self) -> None:
        """Offer what can be done with what is shown."""
        has_any = bool(self.rows.jar.cookies())
        self.stack.setCurrentIndex(int(bool(self.rows.rows)))
        self.empty.setText(
            "No cookie has this text in it."
            if has_any
            else "No cookies yet.\nThose that servers set are kept here and sent back to them; press Add to make one."
        )
        self.delete.setEnabled(self.table.selectionModel().hasSelection())
        self.clear.setEnabled(has_any)

    def _filter(self, text: str) -> None:
        self.rows.set_filter(text)

    def _add(self) -> None:
        """Make a cookie beside the current one, and let its name be typed."""
        row = self.table.currentIndex().row()
        near = self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None
        domain, path = (near.domain, near.path) if near is not None else ("localhost", "/")
        taken = {cookie.key for cookie in self.rows.jar.cookies()}
        names = itertools.chain(("name",), (f"name-{number}" for number in itertools.count(2)))
        cookie = Cookie(next(name for name in names if (domain, path, name) not in taken), "", domain, path)
        self.filter.clear()
        self.rows.jar.put(cookie)
        self._changed("")
        index = self.rows.index(self.rows.row_of(cookie), NAME)
        self.table.setCurrentIndex(index)
        self.table.setFocus()
        self.table.edit(index)

    def _delete_selected(self) -> None:
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        self._delete(tuple(self.rows.rows[number] for number in numbers))

    def _delete_all(self) -> None:
        self._delete(self.rows.jar.cookies())

    def _delete(self, cookies: Sequence[Cookie]) -> None:
        if not cookies:
            return
        self._deleted = cookies
        for cookie in cookies:
            self.rows.jar.remove(cookie)
        self._changed("1 cookie was deleted." if len(cookies) == 1 else f"{len(cookies)} cookies were deleted.")

    def _bring_back(self) -> None:
        cookies, self._deleted = self._deleted, ()
        there = {cookie.key for cookie in self.rows.jar.cookies()}
        for cookie in cookies:
            if cookie.key not in there:
                self.rows.jar.put(cookie)
        self._changed("")

    def _changed(self, sentence: str) -> None:
        self.message.say(sentence, buttons=(self.undo,))
        self._keep_place()
        self.changed.emit()

    def _keep_place(self) -> None:
        """Show the jar as it is; the current row stays, or the one in its place."""
        place = self.table.currentIndex()
        row, column = place.row(), max(place.column(), 0)
        current = self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None
        self.rows.reload()
        found = self.rows.row_of(current) if current is not None else -1
        row = min(row, len(self.rows.rows) - 1) if found < 0 else found
        if row >= 0 and current is not None:
            self.table.setCurrentIndex(self.rows.index(row, column))
        self._follow()

    def say_fault(self, sentence: str) -> None:
        """Say what went wrong."""
        self.message.say(sentence, fault=bool(sentence))

    def _recolor(self) -> None:
        self.add.setIcon(theme.icon("plus"))
        self.delete.setIcon(theme.icon("delete-outline"))
        self.undo.setIcon(theme.icon("undo"))


class _CookieTable(QTableView):
    """Whole rows are selected; typing edits, Space ticks, Delete deletes."""

    delete_wanted = Signal()

    def __init__(self, rows: CookieRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setAccessibleName("Cookies")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        edit_in_place(self)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setSortingEnabled(True)
        self.sortByColumn(DOMAIN, Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
