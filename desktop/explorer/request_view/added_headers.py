"""The list of the headers that are added by themselves, each with a tick box where it can be switched off."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from desktop import theme
from desktop.explorer.request_view.added import Added
from desktop.widgets.key_value_table import TickDelegate
from servers.logs import visible

_NAME, _VALUE = 0, 1
_FLAG = Qt.ItemFlag


class AddedHeaders(QTreeWidget):
    """``changed`` follows a tick. What is switched off though it is not shown stays switched off."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Added, ...] = ()
        self._without: frozenset[str] = frozenset()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAccessibleName("Headers added by Portside")
        self.setFont(theme.mono_font())
        self.setMinimumHeight(2 * theme.XL)
        self.setItemDelegate(TickDelegate(self))
        self.itemChanged.connect(self._ticked)

    def without(self) -> frozenset[str]:
        """The names that are switched off, in lower case."""
        return self._without

    def show_without(self, without: frozenset[str]) -> None:
        """Show other headers switched off."""
        self._without = without

    def show_rows(self, rows: Sequence[Added]) -> None:
        """Show these headers; the same again change nothing."""
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        current = self.currentIndex().row()
        with QSignalBlocker(self):
            self.clear()
            self.addTopLevelItems([_item(row) for row in self._shown])
            self.setCurrentIndex(self.model().index(min(current, len(self._shown) - 1), _NAME))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shown"):
            shown, self._shown = self._shown, ()
            self.show_rows(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.setColumnWidth(_NAME, min(200, event.size().width() * 2 // 5))

    def _ticked(self, item: QTreeWidgetItem) -> None:
        row = self._shown[self.indexOfTopLevelItem(item)]
        off = item.checkState(_NAME) == Qt.CheckState.Unchecked
        name = frozenset({row.name.lower()})
        self._without = self._without | name if off else self._without - name
        self.changed.emit()


def _item(row: Added) -> QTreeWidgetItem:
    item = QTreeWidgetItem(
        [visible(row.name), "  ".join(filter(None, (visible(row.value), row.why and f"({row.why})")))]
    )
    item.setToolTip(_VALUE, item.text(_VALUE))
    item.setFlags(
        _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | (_FLAG.NoItemFlags if row.why else _FLAG.ItemIsUserCheckable)
    )
    if not row.why:
        item.setCheckState(_NAME, Qt.CheckState.Checked if row.sent else Qt.CheckState.Unchecked)
    if row.why or not row.sent:
        for column in (_NAME, _VALUE):
            item.setForeground(column, QColor(theme.colors().muted))
    return item
