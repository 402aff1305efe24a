"""The button that opens the list of kinds to show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.chat.reading.groups import ALL, AT_FIRST, Group
from desktop.widgets.icon_button import IconButton


class KindsButton(IconButton):
    """Says how many kinds are hidden; ``changed`` tells that others are chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("filter-variant", "Kinds of messages", parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._is_wide = False
        self._menu = _StayingMenu(self)
        self._actions = {group: self._menu.addAction(group.value) for group in Group}
        self._menu.addSeparator()
        self._menu.addAction("Show all", self.show_all)
        self._menu.addAction("Hide all", self._hide_all)
        for group, action in self._actions.items():
            action.setCheckable(True)
            action.setChecked(group in AT_FIRST)
            action.toggled.connect(self._toggled)
        self.setMenu(self._menu)
        self._say_hidden()

    @property
    def chosen(self) -> frozenset[Group]:
        """The kinds that are shown."""
        return frozenset(group for group, action in self._actions.items() if action.isChecked())

    def choose(self, groups: frozenset[Group]) -> None:
        """Show these kinds and no others."""
        if groups == self.chosen:
            return
        for group, action in self._actions.items():
            action.blockSignals(True)  # one change for all of them
            action.setChecked(group in groups)
            action.blockSignals(False)
        self._toggled()

    def show_all(self) -> None:
        """Show every kind."""
        self.choose(ALL)

    def set_wide(self, wide: bool) -> None:
        """Say it in words, or with a number alone."""
        self._is_wide = wide
        self._say_hidden()

    def _hide_all(self) -> None:
        self.choose(frozenset())

    def _toggled(self) -> None:
        self._say_hidden()
        self.changed.emit()

    def _say_hidden(self) -> None:
        hidden = len(ALL - self.chosen)
        words = f"{hidden} kind{'s' if hidden > 1 else ''} hidden" if hidden else "All kinds"
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style if hidden or self._is_wide else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setText(words if self._is_wide else str(hidden))
        self.setAccessibleName(f"Kinds of messages: {words.lower()}")
        self.setToolTip(f"Kinds of messages that are shown ({words.lower()})")


class _StayingMenu(QMenu):
    """Stays open while one kind after another is ticked, with the mouse or with Space."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if not self._ticked(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() != Qt.Key.Key_Space or not self._ticked(self.activeAction()):
            super().keyPressEvent(event)

    def _ticked(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.toggle()
        return True
