"""The list of the history: keys, the menu of a row, and what is chosen while its rows change."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop.explorer.history.entry import Summary
from desktop.explorer.history_view.delegate import HistoryDelegate
from desktop.explorer.history_view.rows import HistoryModel

_SELECT = QItemSelectionModel.SelectionFlag.Select
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryList(QListView):
    """Signals tell what is wanted: to open an entry, by its id, perhaps in another tab; to delete some; more rows."""

    open_wanted = Signal(int, bool)
    removal_wanted = Signal(object)
    clear_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = HistoryModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(HistoryDelegate(self))
        self.setAccessibleName("Requests that were sent, the newest first")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.activated.connect(self._activate)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_entries(self, entries: Sequence[Summary]) -> None:
        """Show these; what was selected stays so, and what was at the top, unless that was the newest."""
        if tuple(entries) == self.rows.entries:
            return
        bar = self.verticalScrollBar()
        top = None if bar.value() == bar.minimum() else self._first_shown()
        current = self.rows.entry(self.currentIndex())
        selected = [entry.id for entry in self.chosen()]
        self.rows.show(entries)
        if current is not None:
            self.selectionModel().setCurrentIndex(
                self.rows.index_of(current.id), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        for entry in selected:
            self.selectionModel().select(self.rows.index_of(entry), _SELECT)
        if top is not None:
            self.scrollTo(self.rows.index_of(top.id), QAbstractItemView.ScrollHint.PositionAtTop)
        else:
            self.scrollToTop()

    def chosen(self) -> list[Summary]:
        """The entries that are selected, the newest first."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [entry for entry in map(self.rows.entry, indexes) if entry is not None]

    def menu(self) -> QMenu:
        """What can be done with the entries that are selected."""
        some = bool(self.chosen())
        menu = QMenu(self)
        self._add(menu, "&Open\tReturn", self._open, enabled=some)
        self._add(menu, "Open in a &new tab\tShift+Return", self._open_another, enabled=some)
        self._add(menu, "&Copy URL\tCtrl+C", self._copy, enabled=some)
        menu.addSeparator()
        self._add(menu, "&Delete\tDel", self._remove, enabled=some)
        self._add(menu, "Clear &all…", self._clear, enabled=bool(self.rows.entries))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and shift:
            self._open_another()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self._remove()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _add(self, menu: QMenu, text: str, slot: Callable[[], None], *, enabled: bool) -> None:
        action = menu.addAction(text)
        action.setEnabled(enabled)
        action.triggered.connect(slot)

    def _show_menu(self, point: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(point))

    def _activate(self, index: QModelIndex) -> None:
        entry = self.rows.entry(index)
        if entry is not None:
            self.open_wanted.emit(entry.id, False)

    def _open(self) -> None:
        self._activate(self.currentIndex())

    def _open_another(self) -> None:
        for entry in self.chosen():
            self.open_wanted.emit(entry.id, True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(entry.url for entry in self.chosen()))

    def _remove(self) -> None:
        if chosen := self.chosen():
            self.removal_wanted.emit([entry.id for entry in chosen])

    def _clear(self) -> None:
        self.clear_wanted.emit()

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self.more_wanted.emit()

    def _first_shown(self) -> Summary | None:
        row = self.indexAt(QPoint(1, 1)).row()
        shown = (self.rows.entry(self.rows.index(at)) for at in range(max(row, 0), len(self.rows.rows)))
        return next((entry for entry in shown if entry is not None), None)
