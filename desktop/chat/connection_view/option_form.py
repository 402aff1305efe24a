"""Labels with their fields, side by side or, where that would be too narrow, one above the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop import theme

_ROOMY = 420
"""Pixels of width from which labels stand beside their fields."""


class OptionForm(QWidget):
    """Rows whose sentences wrap; rows can be hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QLabel, QWidget]] = []
        self._is_stacked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.S)
        self._grid.setColumnStretch(1, 1)

    def add_row(self, words: str, field: QWidget) -> None:
        """A further row below the others; a field with several parts has its first as focus proxy."""
        label = QLabel(words, self)
        label.setBuddy(field.focusProxy() or field)
        label.setMinimumHeight(theme.XL)  # about that of a field, beside whose text it stands
        self._rows.append((label, field))
        self._place(len(self._rows) - 1)

    def show_row(self, field: QWidget, visible: bool) -> None:
        """Show or hide the row of a field."""
        for label, one in self._rows:
            if one is field:
                label.setVisible(visible)
                field.setVisible(visible)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        stacked = event.size().width() < _ROOMY
        if stacked != self._is_stacked:
            self._is_stacked = stacked
            for number in range(len(self._rows)):
                self._place(number)

    def _place(self, number: int) -> None:
        label, field = self._rows[number]
        for widget in (label, field):
            self._grid.removeWidget(widget)
        if self._is_stacked:
            self._grid.addWidget(label, 2 * number, 0, 1, 2)
            self._grid.addWidget(field, 2 * number + 1, 0, 1, 2)
        else:
            self._grid.addWidget(label, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(field, 2 * number, 1)
